import type { FieldRow, PlanFilter, RecordRow } from '../../../../contract/shapes.ts'
import { blockedCauses } from '../../../../contract/states.ts'
import { Value, ValueChange } from '../../../shared/diff/diff-value.tsx'
import { Sign } from '../../../shared/diff/diff-list.tsx'
import { signOf, valueIfSent } from '../../../shared/diff/diff-sign.ts'
import { formatRaw, sentence } from '../../../shared/format.ts'
import type { GridColumn } from '../../../shared/grid/grid-column.ts'
import { AnswerMark, answerWords } from '../record/answer-mark.tsx'
import classes from '../review.module.css'
import type { PlanRow } from './use-plan-rows.ts'

type Place = { destinationName: string; one: string }
type FieldColumn = GridColumn<FieldRow>

const VALUE_WIDEST = 240

const name = (one: string): FieldColumn => ({ id: 'label', header: sentence(one), width: 116, widest: 240, grow: 1.2, important: true, sortable: true, text: (row) => row.label, cell: (row) => <span>{row.label}</span> })
const field: FieldColumn = {
  id: 'field',
  header: 'Field',
  width: 90,
  sortable: true,
  text: (row) => row.fieldLabel,
  cell: (row) => <span className={classes['quiet']}>{row.fieldLabel}</span>,
}
const signed: FieldColumn = {
  ...field,
  width: 110,
  text: (row) => `~  ${row.fieldLabel}`,
  copied: (row) => row.fieldLabel,
  cell: (row) => (
    <span className={classes['signed']}>
      <Sign sign={signOf(row)} />
      <span className={classes['quiet']}>{row.fieldLabel}</span>
    </span>
  ),
}
const now = ({ destinationName }: Place): FieldColumn => ({
  id: 'destination',
  header: `In ${destinationName} now`,
  width: 104,
  widest: VALUE_WIDEST,
  grow: 1,
  sortable: true,
  text: (row) => formatRaw(row.destination),
  cell: (row) => <Value value={row.destination} />,
})
const agreed: FieldColumn = {
  id: 'base',
  secondary: true,
  header: 'Last agreed',
  width: 100,
  widest: VALUE_WIDEST,
  grow: 1,
  text: (row) => (row.base.known ? formatRaw(row.base.value) : 'not known'),
  cell: (row) => (row.base.known ? <Value value={row.base.value} /> : <span className={classes['quiet']}>not known</span>),
}
const warehouse: FieldColumn = {
  id: 'warehouse',
  header: 'Warehouse',
  width: 92,
  widest: VALUE_WIDEST,
  grow: 1,
  sortable: true,
  text: (row) => formatRaw(row.warehouse),
  cell: (row) => <Value value={row.warehouse} strong />,
}
const changedBy: FieldColumn = {
  id: 'editor',
  header: 'Changed by',
  secondary: true,
  width: 110,
  widest: 220,
  grow: 1,
  sortable: true,
  text: (row) => row.editor?.name ?? 'Unknown',
  cell: (row) => <span className={classes['quiet']}>{row.editor === undefined || row.editor.kind === 'unknown' ? 'Unknown' : row.editor.name}</span>,
}
const answer = ({ destinationName }: Place): FieldColumn => ({
  id: 'answer',
  header: 'Answer',
  width: 130,
  sortable: true,
  text: (row) => `     ${answerWords(row.answer, destinationName)}`,
  cell: (row) => <AnswerMark answer={row.answer} destinationName={destinationName} />,
})
const change: FieldColumn = {
  id: 'change',
  header: 'Change',
  width: 200,
  widest: 420,
  grow: 2.4,
  text: (row) => `${formatRaw(row.destination)}   →   ${formatRaw(valueIfSent(row))}${!row.preselected && !row.selected ? '     not selected' : ''}`,
  cell: (row) => (
    <span className={classes['change']}>
      <ValueChange before={row.destination} after={valueIfSent(row)} />
      {!row.preselected && !row.selected && <span className={classes['leftOut']}>not selected</span>}
    </span>
  ),
}
/** Where everything is not selected, nothing needs to say so. */
const proposed: FieldColumn = { ...change, text: (row) => `${formatRaw(row.destination)}   →   ${formatRaw(valueIfSent(row))}`, cell: (row) => <ValueChange before={row.destination} after={valueIfSent(row)} /> }
const starts: FieldColumn = { ...warehouse, header: 'Starts with', grow: 2.4, cell: (row) => <Value value={row.result === undefined ? row.warehouse : row.result} strong /> }
const why: FieldColumn = { id: 'why', header: 'Left out because', width: 150, text: whyWords, cell: (row) => <span className={classes['quiet']}>{whyWords(row)}</span> }

const fate = ({ destinationName }: Place): FieldColumn => ({
  id: 'answer',
  header: 'What happens',
  width: 130,
  text: (row) => `     ${fateWords(row, destinationName)}`,
  cell: (row) => (row.class === 'conflict' ? <AnswerMark answer={row.answer} destinationName={destinationName} /> : <span className={classes['quiet']}>{fateWords(row, destinationName)}</span>),
})

/** What becomes of a value that somebody else changed. */
function fateWords(row: FieldRow, destinationName: string): string {
  if (row.class === 'conflict') return answerWords(row.answer, destinationName)
  if (row.class === 'accept' || row.class === 'keep') return 'Left: theirs to decide'
  return row.selected ? 'Put back' : 'Left as it is'
}

/** Why a row is not preselected. */
export function whyWords(row: FieldRow): string {
  if (row.operation === 'remove') return 'it removes something'
  if (row.class === 'clear') return 'it empties the field'
  if (row.editor === undefined || row.editor.kind === 'unknown') return 'somebody may have typed the value'
  return row.editor.kind === 'person' ? 'a person typed the value' : 'it overwrites somebody’s value'
}

type RecordColumn = GridColumn<RecordRow>
const recordName = (one: string): RecordColumn => ({ id: 'label', header: sentence(one), width: 150, widest: 260, grow: 1, important: true, sortable: true, text: (row) => row.label, cell: (row) => <span>{row.label}</span> })
const recordKey: RecordColumn = { id: 'record', header: 'Key', width: 100, sortable: true, text: (row) => `${row.record}  `, cell: (row) => <span className="mono">{row.record}</span> }
const matchKey: RecordColumn = {
  id: 'matchKey',
  secondary: true,
  header: 'Matched by',
  width: 160,
  grow: 1,
  text: matchedBy,
  cell: (row) => <span className={classes['quiet']}>{matchedBy(row)}</span>,
}

/** A row that a link leads to its record, of an earlier run or of Identity, needs no key. */
function matchedBy({ matchKey, remoteId }: RecordRow): string {
  return matchKey ?? (remoteId === undefined ? 'nothing' : 'its link')
}

const remoteId = ({ destinationName }: Place): RecordColumn => ({
  id: 'remoteId',
  header: `In ${destinationName}`,
  width: 110,
  text: (row) => `${row.remoteId ?? ''}  `,
  cell: (row) => <span className="mono">{row.remoteId ?? '—'}</span>,
})
const cause: RecordColumn = {
  id: 'cause',
  header: 'Cause',
  width: 200,
  widest: 420,
  grow: 2,
  sortable: true,
  text: causeWords,
  cell: (row) => <span>{causeWords(row)}</span>,
}

function causeWords(row: RecordRow): string {
  const title = row.cause === undefined ? (row.hold ?? '') : blockedCauses[row.cause].title
  return row.causeMessage ?? title
}

/** Columns for one filter. Fields and records never mix, so the cast is safe. */
export function columnsFor(filter: PlanFilter, place: Place): readonly GridColumn<PlanRow>[] {
  return chosenColumns(filter, place) as readonly GridColumn<PlanRow>[]
}

function chosenColumns(filter: PlanFilter, place: Place): readonly FieldColumn[] | readonly RecordColumn[] {
  switch (filter) {
    case 'create':
      return [name(place.one), signed, starts]
    case 'update':
    case 'clear':
      return [name(place.one), signed, change]
    case 'conflicts':
    case 'open conflicts':
      return [name(place.one), field, now(place), warehouse, changedBy, answer(place)]
    case 'drift':
      return [name(place.one), field, agreed, now(place), changedBy, fate(place)]
    case 'not preselected':
      return [name(place.one), signed, proposed, changedBy, why]
    case 'kept':
      return [name(place.one), field, agreed, now(place), warehouse]
    case 'blocked':
      return [recordName(place.one), recordKey, matchKey, cause]
    case 'left out':
      return [recordName(place.one), recordKey, { ...cause, header: 'Why' }]
    case 'remove':
    case 'gone':
      return [recordName(place.one), recordKey, matchKey, remoteId(place)]
    case 'unchanged':
      // A plan keeps no more of a record that it leaves alone.
      return [recordName(place.one), recordKey]
  }
}
