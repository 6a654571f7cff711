import { AppError } from '../../contract/errors.ts'
import type { ErrorPlace } from '../../contract/errors.ts'
import { nearestWord } from '../values/nearest-word.ts'
import type { SourceTable } from './source.ts'

/** A table by name, or an error that names the nearest one, or that says why it cannot be read. `source`: what messages call it. */
export function findTable(tables: readonly SourceTable[], source: string, name: string, place: ErrorPlace = {}): SourceTable {
  const found = tables.find((table) => table.name === name)
  if (found) return requireReadable(found, source, place)
  const names = tables.map((table) => table.name)
  const near = nearestWord(name, names)
  throw new AppError('bad-input', `${source} has no table '${name}'.`, { ...place, value: name, next: near === undefined ? `It has: ${names.slice(0, 20).join(', ') || 'no tables'}.` : `Did you mean '${near}'?` })
}

/** The first table that can be read; an error where there are tables and none can be. */
export function firstReadable(tables: readonly SourceTable[], source: string, place: ErrorPlace = {}): SourceTable | undefined {
  const [first] = tables
  return tables.find((table) => table.unreadable === undefined) ?? (first && requireReadable(first, source, place))
}

/** "It can be read: 3 tables. Of these, old_view cannot be read." */
export function readableWords(tables: readonly SourceTable[]): string {
  const broken = tables.filter(({ unreadable }) => unreadable !== undefined).map(({ name }) => name)
  const names = `${broken.slice(0, 5).join(', ')}${broken.length > 5 ? ` and ${broken.length - 5} more` : ''}`
  return `It can be read: ${tables.length} ${tables.length === 1 ? 'table' : 'tables'}.${broken.length === 0 ? '' : ` Of these, ${names} cannot be read.`}`
}

function requireReadable(table: SourceTable, source: string, place: ErrorPlace): SourceTable {
  if (table.unreadable === undefined) return table
  throw new AppError('source-failed', `${source} cannot read its view '${table.name}'.`, {
    ...place,
    value: table.name,
    detail: table.unreadable,
    next: 'Correct the view in the database, or choose another table.',
  })
}
