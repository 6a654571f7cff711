import type { StateDatabase } from '../storage/database.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import type { Session } from '../session.ts'
import type { PlanSetup } from './prepare.ts'
import type { Canonical, StandingAnswer, StandingKind } from './types.ts'

/** Destination field → the choice that stands for it. */
export type StandingByField = Record<string, StandingAnswer>
/** Destination field → the value pinned by hand, in the destination's form as JSON text. */
export type OverridesByField = Record<string, string>

/** A standing answer that no longer fits both sides of its field. */
export interface LapsedAnswer {
  remoteId: string
  field: string
  d: Canonical
  a: Canonical
}

interface StandingRow {
  remote_id: string
  field: string
  d: string | null
  a: string | null
  kind: StandingKind
}

/** Puts the standing answers of an object beside the audience: `standing` (remote_id, answers as JSON). */
export async function loadStandingAnswers(database: StateDatabase, duckdb: DuckDb, connection: string, object: string): Promise<void> {
  const table = await duckdb.createTable('standing', { remote_id: 'text', answers: 'text' })
  const rows = database.sqlite
    .prepare<[string, string], StandingRow>('SELECT remote_id, field, d, a, kind FROM standing_answers WHERE connection = ? AND object = ? ORDER BY remote_id')
    .iterate(connection, object)
  for (const [remoteId, fields] of grouped(rows, (row) => row.remote_id)) {
    table.add([remoteId, JSON.stringify(Object.fromEntries(fields.map(({ field, d, a, kind }) => [field, { d, a, kind }])))])
  }
  table.finish()
}

/** Puts the overrides that have not expired beside the audience: `overrides` (key, overrides as JSON). */
export async function loadOverrides(session: Session, duckdb: DuckDb, setup: PlanSetup): Promise<void> {
  const table = await duckdb.createTable('overrides', { key: 'text', overrides: 'text' })
  const rows = session.database.sqlite
    .prepare<[string, number], { record: string; field: string; value: string }>('SELECT record, field, value FROM overrides WHERE activation = ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY record')
    .iterate(setup.activationId, session.ports.clock.now())
  for (const [record, fields] of grouped(rows, (row) => row.record)) {
    table.add([record, JSON.stringify(Object.fromEntries(fields.map(({ field, value }) => [field, value])))])
  }
  table.finish()
}

/** Neighbours with one key, without holding more than one group. */
function* grouped<Row>(rows: Iterable<Row>, keyOf: (row: Row) => string): Generator<[string, Row[]]> {
  let key: string | undefined
  let group: Row[] = []
  for (const row of rows) {
    if (key !== undefined && keyOf(row) !== key) {
      yield [key, group]
      group = []
    }
    key = keyOf(row)
    group.push(row)
  }
  if (key !== undefined) yield [key, group]
}

/** Ends standing answers; one that was given anew meanwhile stays. Call in the transaction that stores the plan. */
export function endStandingAnswers(database: StateDatabase, place: { connection: string; object: string }, lapsed: LapsedAnswer[]): void {
  const remove = database.sqlite.prepare('DELETE FROM standing_answers WHERE connection = ? AND object = ? AND remote_id = ? AND field = ? AND d IS ? AND a IS ?')
  for (const { remoteId, field, d, a } of lapsed) remove.run(place.connection, place.object, remoteId, field, d, a)
}
