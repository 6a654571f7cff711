import type { IdentitySource } from '../../../../contract/shapes.ts'
import { sha256Hex } from '../../../values/hash.ts'
import { canonicalJson } from '../../../values/json.ts'
import type { DuckDb } from '../../../storage/duckdb.ts'
import type { OpenSource } from './record-sources.ts'

/** What an index file holds of one source, and as of when. */
export interface SourceState {
  source: string
  name: string
  kind: IdentitySource['kind']
  how: IdentitySource['how']
  records: number
  /** When reading began; everything held is at least as new, but for what a feed tells later. */
  readAt: number
  /** When all of it was last read. */
  fullAt: number
  /** Which values were read, from where: held values serve again only while this stays. */
  print: string
}

/** Changes with the columns of the rules and with where the source has them. */
export function printOf(source: OpenSource, columns: readonly string[]): string {
  const lookUp = source.kind === 'destination' && source.lookUp ? [source.lookUp.field, source.lookUp.product.id, source.lookUp.column] : null
  return sha256Hex(canonicalJson([columns.map((column) => [column, source.columns.get(column) ?? null]), [...source.label], lookUp]))
}

export async function readStates(db: DuckDb): Promise<SourceState[]> {
  return db.rows<SourceState>('SELECT source, name, kind, how, records, read_at AS "readAt", full_at AS "fullAt", print FROM source_state ORDER BY place')
}

/** Puts these in the place of what was said before, with the records that each source has now. */
export async function storeStates(db: DuckDb, states: readonly Omit<SourceState, 'records'>[]): Promise<void> {
  const writer = await db.createTable('next_state', { place: 'whole number', source: 'text', name: 'text', kind: 'text', how: 'text', read_at: 'whole number', full_at: 'whole number', print: 'text' })
  states.forEach(({ source, name, kind, how, readAt, fullAt, print }, place) => writer.add([place, source, name, kind, how, readAt, fullAt, print]))
  writer.finish()
  await db.run('CREATE OR REPLACE TABLE source_state AS SELECT next_state.*, (SELECT count(*) FROM record WHERE record.source = next_state.source) AS records FROM next_state')
}
