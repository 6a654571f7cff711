import type { Raw } from '../../contract/states.ts'
import { parseExactJson } from '../storage/raw-values.ts'
import { keyText } from './canonical-sql.ts'
import { storableType, valueTypeOf } from './column-types.ts'
import { exactJson, holdsBinary, isNested } from './exact-json.ts'
import type { Cell } from './source.ts'

/**
 * The text in which a value leaves a source, and the DuckDB type that holds it. Text is as it is; every other value is in its
 * canonical form (semantics §1): `12.5`, `true`, `2026-03-29`, `2026-03-29T01:00:00Z`; what is no value of its type is the word
 * for it (`nan`, `inf`, `infinity`), so that it is told of and not lost. A list is a JSON list of such texts. JSON is its text.
 */

const WHOLE = /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/
const LIST = /^(.*)\[\d*\]$/s

/** The type that holds every value of one of DuckDB's types exactly; undefined where no system takes such values. */
export function heldAs(nativeType: string): string | undefined {
  if (holdsBinary(nativeType) || valueTypeOf(nativeType) === undefined) return undefined
  const item = LIST.exec(nativeType)?.[1]
  if (item !== undefined) return `${isNested(item) ? 'JSON' : (heldAs(item) ?? 'VARCHAR')}[]`
  if (isNested(nativeType)) return 'JSON'
  if (nativeType === 'FLOAT') return 'DOUBLE'
  if (nativeType.startsWith('ENUM')) return 'VARCHAR'
  return /^TIMESTAMP_(S|MS)$/.test(nativeType) ? 'TIMESTAMP' : nativeType
}

/** SQL that gives a value of one of DuckDB's types as its cell. */
export function cellText(expression: string, nativeType: string): string {
  if (nativeType === 'VARCHAR') return expression
  const item = LIST.exec(nativeType)?.[1]
  if (item !== undefined) return `CASE WHEN ${expression} IS NOT NULL THEN CAST(to_json(list_transform(${expression}, lambda cell: ${itemText('cell', item)})) AS VARCHAR) END`
  if (isNested(nativeType)) return exactJson(expression, nativeType)
  return nativeType === 'JSON' || nativeType.startsWith('ENUM') ? `CAST(${expression} AS VARCHAR)` : keyText(expression, nativeType)
}

function itemText(expression: string, nativeType: string): string {
  return isNested(nativeType) ? exactJson(expression, nativeType) : cellText(expression, nativeType)
}

/** SQL that gives the value that a cell spells; NULL where it spells none. */
export function cellValue(cell: string, held: string): string {
  const item = LIST.exec(held)?.[1]
  if (item !== undefined) return `TRY_CAST(TRY_CAST(TRY_CAST(${cell} AS JSON) AS VARCHAR[]) AS ${held})`
  return held === 'VARCHAR' ? cell : `TRY_CAST(${cell} AS ${held})`
}

/** SQL that is true where a cell spells exactly one value of its column: written again, that is the same text. */
export function spellsValue(cell: string, held: string): string {
  if (held === 'VARCHAR') return 'TRUE'
  const value = cellValue(cell, held)
  if (held === 'JSON') return `json_valid(${cell})`
  const item = LIST.exec(held)?.[1]
  // Lists are compared as lists: JSON has several ways to write one text.
  if (item !== undefined) return `coalesce(list_transform(${value}, lambda cell: ${itemText('cell', item)}) = TRY_CAST(TRY_CAST(${cell} AS JSON) AS VARCHAR[]), FALSE)`
  return `coalesce(${cellText(value, held)} = ${cell}, FALSE)`
}

/** The type in which a data file holds what a held type has: Parquet knows fewer. */
export function storedAs(held: string): string {
  const item = LIST.exec(held)?.[1]
  return item === undefined ? storableType(held) : `${storableType(item) === 'JSON' || item === 'JSON' ? 'VARCHAR' : storableType(item)}[]`
}

/** A cell as a screen shows it: exact, so what a double cannot hold stays text. */
export function rawOfCell(cell: Cell, held: string): Raw {
  if (cell === null) return null
  const item = LIST.exec(held)?.[1]
  if (item !== undefined) return (JSON.parse(cell) as Cell[]).map((text) => rawOfCell(text, item))
  if (held === 'BOOLEAN') return cell === 'true'
  if (WHOLE.test(held) || held === 'DOUBLE') {
    const number = Number(cell)
    return Number.isFinite(number) && (held === 'DOUBLE' || Number.isSafeInteger(number)) ? number : cell
  }
  return held === 'JSON' ? parseExactJson(cell) : cell
}
