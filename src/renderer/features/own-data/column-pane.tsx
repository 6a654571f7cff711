import { Select } from '@mantine/core'
import type { CsvColumnFormat } from '../../../contract/csv.ts'
import type { FileColumn, InspectedFile } from '../../../contract/shapes.ts'
import { formatNumber, plural } from '../../shared/format.ts'
import { StatusWord } from '../../shared/status-word.tsx'
import { typeLabel } from './file-types.ts'
import classes from './own-data.module.css'
import { UnfitRows } from './unfit-rows.tsx'
import type { ChoiceHistory } from './use-choices.ts'
import { formatKey, formatOffers } from './value-formats.ts'

/** One column: what it loads as, how its values are written, what does not fit, and what to look at. */
export function ColumnPane({ file, column, history }: { file: InspectedFile; column: FileColumn; history: ChoiceHistory }) {
  const unfit = file.unfit.find((candidate) => candidate.column === column.name)
  return (
    <section aria-label={`Column ${column.name}`}>
      <h2>
        <span>
          {column.name} as {typeLabel(column.type)}
        </span>
        {unfit !== undefined && (
          <span className={classes['chip']}>
            {formatNumber(unfit.rows)} of {plural(file.rows, { one: 'row', many: 'rows' })} {unfit.rows === 1 ? 'does' : 'do'} not fit
          </span>
        )}
      </h2>
      {unfit === undefined && <p>{column.why.charAt(0).toUpperCase() + column.why.slice(1)}.</p>}
      <WrittenAs column={column} history={history} />
      {column.warnings.map((warning) => (
        <p key={warning}>
          <StatusWord meaning="needs you">To look at</StatusWord> {warning}
        </p>
      ))}
      {column.emptyWords.map((word) => (
        <EmptyWord key={word.text} word={word} history={history} />
      ))}
      {unfit !== undefined && <UnfitRows file={file} unfit={unfit} history={history} />}
    </section>
  )
}

function WrittenAs({ column, history }: { column: FileColumn; history: ChoiceHistory }) {
  const { options } = history.choices
  const offers = formatOffers(column.type)
  if (offers.length === 0) return null
  const choose = (format: CsvColumnFormat) => history.set(column.name, { types: { ...options.types, [column.name]: column.type }, formats: { ...options.formats, [column.name]: format } })
  const current = formatKey(column.format ?? {})
  return (
    <Select
      label="Written as"
      size="xs"
      data={offers.map(({ format, words }) => ({ value: formatKey(format), label: words }))}
      value={current}
      onChange={(next) => {
        const offer = offers.find(({ format }) => formatKey(format) === next)
        if (offer !== undefined && next !== current) choose(offer.format)
      }}
    />
  )
}

/** A person may be called Null, so only somebody who knows the file says what means no value. */
function EmptyWord({ word, history }: { word: FileColumn['emptyWords'][number]; history: ChoiceHistory }) {
  const { emptyTexts = [] } = history.choices.options
  return (
    <p>
      {plural(word.count, { one: 'row says', many: 'rows say' })} <code>{word.text}</code>.{' '}
      <button type="button" className={classes['link']} onClick={() => history.set('what is empty', { emptyTexts: [...emptyTexts, word.text] })}>
        Read {word.text} as empty
      </button>
    </p>
  )
}
