import type { Authority } from '../../../contract/definitions.ts'
import type { StateDatabase } from '../../storage/database.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import type { Session } from '../../session/session.ts'
import type { PlanSetup } from '../build/prepare.ts'
import type { StickyAnswer, StickyKind } from '../../plans/plan-rows.ts'
import type { Canonical } from '../../values/canonical.ts'

/** Destination field → the choice that stands for it. */
export type StickyByField = Record<string, StickyAnswer>
/** Destination field → the value pinned by hand, in the destination's form as JSON text. */
export type OverridesByField = Record<string, string>

/** A field of a record with what both sides said of it. */
export interface FieldStand {
  remoteId: string
  field: string
  d: Canonical
  a: Canonical
}

/** How the sticky answers of an object change with a plan. */
export interface StickyChanges {
  /** No longer fit both sides of their field. */
  lapsed: FieldStand[]
  /** What the destination says there now is accepted, as the declared authority has it. */
  accepted: (FieldStand & { authority: Authority })[]
}

interface StandingRow {
  remote_id: string
  field: string
  d: string | null
  a: string | null
  kind: StickyKind
}

/** Puts the sticky answers of an object beside the audience: `sticky` (remote_id, answers as JSON). */
export async function loadStickyAnswers(database: StateDatabase, duckdb: DuckDb, connection: string, object: string): Promise<void> {
  const table = await duckdb.createTable('sticky', { remote_id: 'text', answers: 'text' })
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

/** Ends what lapsed, where it was not given anew meanwhile, and keeps what was accepted. Call in the transaction that stores the plan. */
export function changeStickyAnswers(database: StateDatabase, place: { connection: string; object: string; createdAt: number }, { lapsed, accepted }: StickyChanges): void {
  const { connection, object, createdAt } = place
  const remove = database.sqlite.prepare('DELETE FROM standing_answers WHERE connection = ? AND object = ? AND remote_id = ? AND field = ? AND d IS ? AND a IS ?')
  for (const { remoteId, field, d, a } of lapsed) remove.run(connection, object, remoteId, field, d, a)
  const keep = database.sqlite.prepare("INSERT OR REPLACE INTO standing_answers (connection, object, remote_id, field, d, a, kind, by, at) VALUES (?, ?, ?, ?, ?, ?, 'accept', ?, ?)")
  for (const { remoteId, field, d, a, authority } of accepted) keep.run(connection, object, remoteId, field, d, a, `authority: ${authority}`, createdAt)
}
