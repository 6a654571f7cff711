import type { Raw } from '../../../contract/states.ts'
import type { Session } from '../../session/session.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import { fieldColumn, objectScope } from '../../storage/data-file-log.ts'
import { parseRaw } from '../../values/json.ts'
import type { CompiledMapping } from '../../values/mapping.ts'
import { decideLeaving } from './decide-member.ts'
import { lastSyncedOf, unknownBase } from './last-synced.ts'
import type { PlanSetup } from '../build/prepare.ts'
import type { LastSynced, FieldChange } from '../../plans/plan-rows.ts'

/** A record of ours whose row left the audience. */
export interface LeftRecord {
  key: string
  remoteId: string
  /** What is taken away; none for a record that is removed as a whole. Absent: the record is not there any more. */
  fields?: FieldChange[]
}

/** Records this activation made or added whose product keys are gone from the audience; not those that a person forgot, or that were merged into another's. */
export const leftLinks = "SELECT key, remote_id FROM (SELECT * FROM settled WHERE created AND key NOT IN (SELECT key FROM choices WHERE choice <> 're-create')) ANTI JOIN source USING (key)"

/** What is to be removed, in key order, some at a time. Asked for only after a complete extraction (semantics §3). */
export async function* departedRecords({ setup, duckdb, session }: { setup: PlanSetup; duckdb: DuckDb; session: Session }): AsyncGenerator<LeftRecord[]> {
  const fields = setup.mappings.map(({ field }) => field.name)
  const base = await session.dataFiles.baseQuery(duckdb, objectScope(setup.connected.id, setup.object.name), fields, `(${leftLinks})`)
  const partly = setup.object.membership !== undefined || setup.activation.onRemove === 'clear fields'
  for await (const { rows, columns } of duckdb.columns(removalQuery(fields, base))) {
    const chunk: LeftRecord[] = []
    for (let row = 0; row < rows; row++) {
      const record = { key: columns[0]?.[row] as string, remoteId: columns[1]?.[row] as string }
      const found = columns[2]?.[row] !== null && columns[3]?.[row] !== true
      const taken = found && partly ? takenAway(setup, (column) => parsedCell(columns, 4 + column, row)) : []
      // Cleared before, or by now all somebody else's: there is nothing to take away. The link stays, dormant.
      if (found && partly && taken.length === 0) continue
      chunk.push(found ? { ...record, fields: taken } : record)
    }
    yield chunk
  }
}

function removalQuery(fields: string[], base: string): string {
  const actual = fields.map((field) => `, a.${fieldColumn(field)}`).join('')
  const agreed = fields.map((field) => `, b.${fieldColumn(field)}.raw`).join('')
  return `SELECT l.key, l.remote_id, a.remote_id, coalesce(a.deleted, false)${actual}${agreed}
    FROM (${leftLinks}) l LEFT JOIN one_actual a ON a.requested_id = l.remote_id LEFT JOIN (${base}) b ON b.remote_id = l.remote_id ORDER BY l.key`
}

/** Undefined where nothing is stored; an empty value is stored as null. */
function parsedCell(columns: unknown[][], column: number, row: number): Raw | undefined {
  const text = (columns[column]?.[row] ?? null) as string | null
  return text === null ? undefined : parseRaw(text)
}

/** `cell`: actual values by mapping, then what was agreed. */
function takenAway({ mappings, object }: PlanSetup, cell: (column: number) => Raw | undefined): FieldChange[] {
  return mappings.flatMap((compiled, index) => {
    const actual = cell(index) ?? null
    const agreed = cell(mappings.length + index)
    const base = agreed === undefined ? unknownBase : lastSyncedOf(compiled, agreed, null, false)
    const change = object.membership ? decideLeaving({ compiled, authority: 'review', forwarded: compiled.forward(null), base, actual }, true) : clearing(compiled, base, actual)
    return change ?? []
  })
}

/** Ours is what we agreed on and nobody changed since; the rest is left to its owner. */
function clearing(compiled: CompiledMapping, base: LastSynced, actual: Raw): FieldChange | undefined {
  const a = compiled.normalise(actual)
  if (a === null || !base.known || base.canonical !== a) return undefined
  return { field: compiled.field.name, class: 'clear', case: 4, write: true, drift: false, firstContact: false, destroys: false, base, warehouse: compiled.empty, destination: actual, d: null, a }
}
