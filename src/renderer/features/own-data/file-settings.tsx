import { Button, Select, TagsInput } from '@mantine/core'
import type { FileOptions, InspectedFile } from '../../../contract/shapes.ts'
import { delimiters, encodings } from './file-types.ts'
import classes from './own-data.module.css'
import type { ChoiceHistory } from './use-choices.ts'

interface FileSettingsProps {
  /** Absent when the file could not be read at all; changing how it is read may help. */
  file: InspectedFile | undefined
  history: ChoiceHistory
}

/** How the file as a whole is read, and the way back from every choice. */
export function FileSettings({ file, history }: FileSettingsProps) {
  const { choices, changed, undo } = history
  return (
    <div className={classes['settings']} role="group" aria-label="How the file is read">
      {file === undefined || file.form === 'text' ? <TextSettings file={file} history={history} /> : <TableSetting file={file} options={choices.options} history={history} />}
      <span className={classes['grow']} />
      {changed !== undefined && (
        <span className={classes['undo']} role="status">
          <span title={changed}>You changed {changed}</span>
          <Button size="xs" variant="subtle" onClick={undo}>
            Undo
          </Button>
        </span>
      )}
    </div>
  )
}

function TableSetting({ file, options, history }: { file: InspectedFile; options: FileOptions; history: ChoiceHistory }) {
  const { tables = [] } = file
  if (tables.length === 0) return <span>{file.label}</span>
  return (
    <Setting label="Table">
      <Select aria-label="Table" size="xs" w={220} data={tables} value={options.table ?? tables[0] ?? null} onChange={(table) => table !== null && history.set('the table', { table, types: {}, key: undefined })} />
    </Setting>
  )
}

const named = { true: 'names', false: 'values' } as const

function TextSettings({ file, history }: FileSettingsProps) {
  const { options } = history.choices
  // Columns are others from here on, so what was said of the ones before is of no use.
  const anew = { types: {}, formats: {}, unfit: {}, key: undefined, repeated: undefined }
  const delimiter = options.delimiter ?? file?.delimiter
  const known = delimiter === undefined || delimiters.some((choice) => choice.value === delimiter)
  const header = options.header ?? file?.header ?? true
  return (
    <>
      <Setting label="Separator">
        <Select aria-label="Separator" size="xs" w={100} data={known ? delimiters : [...delimiters, { value: delimiter, label: delimiter }]} value={delimiter ?? null} onChange={(next) => next !== null && history.set('the separator', { ...anew, delimiter: next })} />
      </Setting>
      <Setting label="Encoding">
        <Select aria-label="Encoding" size="xs" w={88} data={encodings} value={options.encoding ?? file?.encoding?.toLowerCase() ?? null} onChange={(next) => (next === 'utf-8' || next === 'utf-16' || next === 'latin-1') && history.set('the encoding', { ...anew, encoding: next })} />
      </Setting>
      <Setting label="Decimals">
        <Select aria-label="Decimals" size="xs" w={128} data={[{ value: '.', label: 'point, 1,499.00' }, { value: ',', label: 'comma, 1.499,00' }]} value={options.decimal ?? '.'} onChange={(next) => history.set('decimals', { decimal: next === ',' ? ',' : '.' })} />
      </Setting>
      <Setting label="Dates">
        <Select aria-label="Dates" size="xs" w={98} data={['day first', 'month first']} value={options.dates ?? 'day first'} onChange={(next) => history.set('dates', { dates: next === 'month first' ? next : 'day first' })} />
      </Setting>
      <Setting label="Empty is">
        <TagsInput aria-label="Texts that count as empty" size="xs" w={96} placeholder={(options.emptyTexts ?? []).length === 0 ? 'nothing, or …' : ''} value={options.emptyTexts ?? []} onChange={(emptyTexts) => history.set('what is empty', { emptyTexts })} />
      </Setting>
      <Setting label="First line">
        <Select aria-label="First line" size="xs" w={80} data={Object.values(named)} value={header ? named.true : named.false} onChange={(next) => history.set('the first line', { ...anew, header: next === named.true })} />
      </Setting>
    </>
  )
}

function Setting({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <span className={classes['setting']}>
      <span aria-hidden="true">{label}</span>
      {children}
    </span>
  )
}
