import { Select } from '@mantine/core'
import type { FileKey, InspectedFile, RepeatedChoice } from '../../../contract/shapes.ts'
import { formatNumber, plural } from '../../shared/format.ts'
import { ChoiceList } from './choice-list.tsx'
import classes from './own-data.module.css'
import type { ChoiceHistory } from './use-choices.ts'

/** The key with exact counts: what repeats, what is empty, why this column, and what else could be it. */
export function KeyPane({ file, fileKey, history }: { file: InspectedFile; fileKey: FileKey | undefined; history: ChoiceHistory }) {
  const choose = (column: string) => history.set('the key', { key: column })
  return (
    <section aria-label="Key">
      <h2>
        <span>{fileKey === undefined ? 'No column can be the key' : `Key: ${fileKey.column}`}</span>
        {fileKey !== undefined && trouble(fileKey) !== undefined && <span className={classes['chip']}>{trouble(fileKey)}</span>}
      </h2>
      <p>
        {fileKey === undefined ? 'Each column repeats or is empty somewhere. Choose the one that should tell the rows apart.' : figures(file, fileKey)}
      </p>
      {fileKey !== undefined && fileKey.repeated > 0 && (
        <ChoiceList
          label="What becomes of rows with one key"
          value={history.choices.options.repeated ?? fileKey.choice}
          offers={fileKey.choices.map(({ choice, blocked }) => ({ value: choice, words: repeatedWords(fileKey, choice), effect: `${formatNumber(blocked)} blocked` }))}
          onChange={(choice) => history.set('the key', { repeated: choice })}
        />
      )}
      {fileKey !== undefined && fileKey.repeated > 0 && <Alternatives file={file} fileKey={fileKey} onChoose={choose} />}
      <Select aria-label="Key" size="xs" searchable placeholder="Choose a column" data={keyChoices(file)} value={fileKey?.column ?? null} onChange={(column) => column !== null && choose(column)} />
    </section>
  )
}

/** A key that repeats has neighbours that do not: one press away. */
function Alternatives({ file, fileKey, onChoose }: { file: InspectedFile; fileKey: FileKey; onChoose: (column: string) => void }) {
  const others = file.keyProposal.filter((column) => column !== fileKey.column).slice(0, 2)
  if (others.length === 0) return null
  return (
    <ChoiceList
      label="Other columns that could be the key"
      value={undefined}
      offers={others.map((column) => ({ value: column, words: `${column} as the key: ${formatNumber(file.rows)} different`, effect: '0 blocked' }))}
      onChange={onChoose}
    />
  )
}

function keyChoices(file: InspectedFile): { value: string; label: string }[] {
  return file.columns.map(({ name }) => ({ value: name, label: file.keyProposal.includes(name) ? `${name} (one value a row)` : name }))
}

function trouble({ repeated, empty, examples }: FileKey): string | undefined {
  const [first] = examples
  if (repeated === 1 && first !== undefined) return `${first.value} ${first.lines.length === 2 ? 'twice' : `${formatNumber(first.lines.length)} times`}`
  if (repeated > 1) return `${formatNumber(repeated)} values repeat`
  return empty > 0 ? `${formatNumber(empty)} empty` : undefined
}

function figures(file: InspectedFile, { because, distinct, empty, examples }: FileKey): string {
  const counts = `${formatNumber(distinct)} different of ${formatNumber(file.rows)}${empty > 0 ? `, ${formatNumber(empty)} empty: rows without a key are blocked` : ''}. ${because}.`
  const named = examples.slice(0, 3).map(({ value, lines, differ }) => {
    const where = lines.length === 0 ? `${value} repeats` : `${value} is on lines ${listed(lines.slice(0, 4).map(formatNumber))}${lines.length > 4 ? ' and more' : ''}`
    return `${where}, which ${differ.length === 0 ? 'are the same in every column' : `differ in ${differ.length <= 2 ? listed(differ) : plural(differ.length, { one: 'column', many: 'columns' })}`}.`
  })
  return [counts, ...named].join(' ')
}

function listed(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
}

function repeatedWords({ repeated, examples }: FileKey, choice: RepeatedChoice): string {
  const lines = repeated === 1 ? (examples[0]?.lines ?? []) : []
  const [first, last] = [lines[0], lines.at(-1)]
  switch (choice) {
    case 'last':
      return last === undefined ? 'Take the last row of each' : `Take line ${formatNumber(last)}, the last`
    case 'first':
      return first === undefined ? 'Take the first row of each' : `Take line ${formatNumber(first)}`
    case 'none':
      return lines.length === 2 ? 'Block both until the file is right' : 'Block all of them until the file is right'
  }
}
