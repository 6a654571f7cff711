import type { FieldNarrowing, NarrowedBy } from '../../../contract/shapes.ts'
import type { Raw } from '../../../contract/states.ts'
import type { SqlValue } from '../../storage/duckdb.ts'
import { parseRaw, rawText } from '../../values/json.ts'

/** Columns of `review_fields` in which a text is looked for. */
export const searchedInFields = ['label', 'key', 'field', 'warehouse', 'destination', 'editor_name']

/** Who changed it by name. Where the destination does not tell, there is no name, whatever stands in the column. */
const nameSql = `CASE WHEN coalesce(editor_kind, 'unknown') <> 'unknown' THEN editor_name END`

/** Why a value waits for a person, in the words of the contract. */
const reasonSql = `CASE
  WHEN operation = 'remove' THEN 'removes'
  WHEN class = 'clear' THEN 'empties'
  WHEN class = 'conflict' AND NOT base_known THEN 'never agreed'
  ELSE coalesce(editor_kind, 'unknown') END`

const asText = (text: string | null): Raw => text

/** What each side of a narrowing looks at, and how its choices are read. */
export const narrowedColumns: Record<NarrowedBy, { column: string; valueOf: (text: string | null) => Raw }> = {
  field: { column: 'field', valueOf: asText },
  changedBy: { column: nameSql, valueOf: asText },
  from: { column: `coalesce(destination, 'null')`, valueOf: parseRaw },
  to: { column: `coalesce(warehouse, 'null')`, valueOf: parseRaw },
  reason: { column: reasonSql, valueOf: asText },
  state: { column: `coalesce(answer, 'open')`, valueOf: asText },
}

/** Conditions over `review_fields`: lists, counts and answers are narrowed by these alone. */
export function narrowingSql(narrowing: FieldNarrowing, parameters: SqlValue[]): string[] {
  const { field, editor, changedBy, from, to, reason, state } = narrowing
  const where: string[] = []
  const equals = (by: NarrowedBy, value: string) => where.push(`${narrowedColumns[by].column} = ${bound(parameters, value)}`)
  if (field !== undefined) equals('field', field)
  if (editor !== undefined) where.push(`coalesce(editor_kind, 'unknown') = ${bound(parameters, editor)}`)
  if (changedBy === null) where.push(`${nameSql} IS NULL`)
  else if (changedBy !== undefined) equals('changedBy', changedBy)
  if (from !== undefined) equals('from', rawText(from))
  if (to !== undefined) equals('to', rawText(to))
  if (reason !== undefined) equals('reason', reason)
  // Only a conflict can be answered, so nothing else is open.
  if (state !== undefined) where.push(`class = 'conflict' AND coalesce(answer, 'open') = ${bound(parameters, state)}`)
  return where.map((one) => `(${one})`)
}

/** Adds a value to the parameters and names it. */
export function bound(parameters: SqlValue[], value: SqlValue): string {
  parameters.push(value)
  return `$${parameters.length}`
}

/** Narrows to rows in which one of the columns contains the text. */
export function addSearch(where: string[], parameters: SqlValue[], search: string | undefined, columns: readonly string[]): void {
  if (search === undefined || search.trim() === '') return
  const value = bound(parameters, search.trim().toLowerCase())
  where.push(`(${columns.map((column) => `contains(lower(coalesce(${column}, '')), ${value})`).join(' OR ')})`)
}
