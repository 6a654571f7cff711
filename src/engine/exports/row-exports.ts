import { blockedCauses, rowState, verification } from '../../contract/states.ts'
import type { PlanFilter } from '../../contract/shapes.ts'
import type { ExportResult, RunRow } from '../../contract/shapes.ts'
import { AppError } from '../../contract/errors.ts'
import { appendAudit } from '../audit/audit.ts'
import { exportableRows } from '../execution/results/run-rows.ts'
import { causeWords, overriddenWords } from '../execution/results/run-words.ts'
import type { ExportedRecord, Narrowing } from '../planning/stored/plan-lists.ts'
import type { StoredPlan } from '../plans/plan-store.ts'
import type { Actor, Session } from '../session/session.ts'
import { ExportFolder } from './export-folder.ts'

type ExportSession = Pick<Session, 'ports' | 'folders' | 'database'>

/**
 * Rows of a plan as files, with cause and fix. They name a record by its product key; only where they stand for what
 * would be sent do they carry values, and then all of them.
 */
export async function exportPlanRows(session: ExportSession, what: { plan: StoredPlan; filter: PlanFilter; narrowing: Narrowing; rows: AsyncIterable<ExportedRecord> }, actor: Actor): Promise<ExportResult> {
  const { plan, filter, narrowing } = what
  const columns = ['record', 'remoteId', 'operation', 'cause', 'field', 'message', 'fix', 'fields', 'conflicts', 'selected', 'values'] as const
  const folder = new ExportFolder(session)
  const rows = await folder.writeTable('rows', columns, mapRows(what.rows, planRow))
  return finish(session, folder, { kind: 'plan rows', subject: plan.id, rows, facts: { plan: plan.id, planHash: plan.planHash, activation: plan.activation, filter, ...(Object.keys(narrowing).length === 0 ? {} : { narrowing }) } }, actor)
}

/** Rows of a run as files; `state` is a state, a read-back result, or "all". */
export async function exportRunRows(session: ExportSession, what: { run: string; state: string }, actor: Actor): Promise<ExportResult> {
  const state = what.state === 'all' ? undefined : parseState(what.state)
  const columns = ['ordinal', 'record', 'remoteId', 'operation', 'state', 'verification', 'cause', 'field', 'message', 'vendor', 'fix', 'attempts', 'settledAt'] as const
  const folder = new ExportFolder(session)
  const rows = await folder.writeTable('rows', columns, mapRows(exportableRows(session.database, what.run, state), runRow))
  return finish(session, folder, { kind: 'run rows', subject: what.run, rows, facts: { run: what.run, state: what.state } }, actor)
}

function parseState(text: string): Parameters<typeof exportableRows>[2] {
  const state = rowState.safeParse(text)
  if (state.success) return state.data
  const readBack = verification.safeParse(text)
  if (readBack.success) return readBack.data
  throw new AppError('bad-usage', `“${text}” is no state of a row.`, { value: text, next: `States are: all, ${[...rowState.options, ...verification.options].join(', ')}.` })
}

function planRow(row: ExportedRecord): Record<string, unknown> {
  return {
    record: row.record,
    remoteId: row.remoteId,
    operation: row.operation,
    cause: row.cause && blockedCauses[row.cause].title,
    field: row.causeField,
    message: row.causeMessage ?? row.hold,
    fix: row.cause && blockedCauses[row.cause].fix,
    fields: row.fields,
    conflicts: row.conflicts,
    selected: row.selected,
    values: row.values,
  }
}

function runRow(row: RunRow): Record<string, unknown> {
  const well = row.state === 'delivered' && row.verification !== 'overridden'
  const words = row.verification === 'overridden' ? overriddenWords : causeWords(row.state, row.reason ?? null, row.message ?? null)
  return {
    ordinal: row.ordinal,
    record: row.record,
    remoteId: row.remoteId,
    operation: row.operation,
    state: row.state,
    verification: row.verification,
    cause: well ? undefined : words.title,
    field: row.field,
    message: row.message,
    vendor: row.detail,
    fix: well || row.state === 'pending' ? undefined : words.fix,
    attempts: row.attempts,
    settledAt: row.settledAt,
  }
}

async function* mapRows<Row, Out>(rows: AsyncIterable<Row> | Iterable<Row>, map: (row: Row) => Out): AsyncGenerator<Out> {
  for await (const row of rows) yield map(row)
}

async function finish(session: ExportSession, folder: ExportFolder, what: { kind: string; subject: string; rows: number; facts: Record<string, unknown> }, actor: Actor): Promise<ExportResult> {
  const result = await folder.finish({ kind: what.kind, ...what.facts }, what.rows)
  appendAudit(session, { kind: 'rows exported', actor: actor.name, subject: what.subject, data: { export: folder.id, kind: what.kind, rows: what.rows, files: result.files.map(({ name, sha256 }) => ({ name, sha256 })) } })
  return result
}
