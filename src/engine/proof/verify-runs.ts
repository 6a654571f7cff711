import type { RunCounts } from '../../contract/states.ts'
import { isOpen, recount } from '../plans/journal-rows.ts'
import type { RunRecord } from '../plans/journal-rows.ts'
import type { StateDatabase } from '../storage/database.ts'
import type { History, RunHistory } from './history.ts'
import { changed, missing, unrecorded } from './problem.ts'
import type { AuditProblem } from './problem.ts'

/** No workspace may keep proof shorter than this (definitions.ts), so nothing younger was ever dropped. */
const shortestProofMs = 364 * 24 * 60 * 60_000

/** Runs as they are stored, held against what the chain says of each: that they are, whose, how they ended, with which counts. */
export function verifyRuns(database: StateDatabase, history: History): AuditProblem[] {
  const rows = new Map(database.all<RunRecord>('SELECT * FROM runs').map((row) => [row.id, row]))
  const problems: AuditProblem[] = []
  for (const [id, row] of rows) problems.push(...storedRunProblems(database, row, history.runs.get(id), history.last))
  for (const [id, told] of history.runs) problems.push(...toldRunProblems(database, id, told, rows.has(id)))
  const strangers = database.all<{ run: string }>('SELECT DISTINCT run FROM journal WHERE run NOT IN (SELECT id FROM runs)')
  problems.push(...strangers.map(({ run }) => unrecorded(history.last, `There are rows of a run ${run} that is not there.`)))
  return problems
}

function storedRunProblems(database: StateDatabase, row: RunRecord, told: RunHistory | undefined, last: number): AuditProblem[] {
  const { started, finished, reopened } = told ?? {}
  if (!started) return [unrecorded(last, `No entry tells of the run ${row.id}.`)]
  const same = row.plan === started.plan && row.activation === started.activation && row.planned === started.planned && row.started_by === started.by
  if (!same) return [changed(started.seq, `The run ${row.id} is not the one that was started.`)]
  if (!finished || reopened) return isOpen(row) ? [] : [unrecorded(last, `No entry tells that the run ${row.id} ended.`)]
  if (row.state !== finished.state || row.reason !== finished.reason) return [changed(finished.seq, `The run ${row.id} did not end as “${row.state}”.`)]
  return countProblems(row, { cached: JSON.parse(row.counts) as RunCounts, counted: countedRows(database, row), told: finished })
}

/** The cached figures, those of the rows and those of the chain are one. */
function countProblems(run: RunRecord, { cached, counted, told }: { cached: RunCounts; counted: RunCounts | undefined; told: NonNullable<RunHistory['finished']> }): AuditProblem[] {
  if (!counted) return [changed(told.seq, `The rows of the run ${run.id} do not add up to its ${run.planned} planned records.`)]
  const wrong = (Object.keys(counted) as (keyof RunCounts)[]).find((name) => cached[name] !== counted[name] || (told.counts && told.counts[name] !== counted[name]))
  return wrong === undefined ? [] : [changed(told.seq, `The count “${wrong}” of the run ${run.id} is not what its rows say.`)]
}

function countedRows(database: StateDatabase, run: RunRecord): RunCounts | undefined {
  try {
    return recount(database, run.id, run.planned)
  } catch {
    // Rows that somebody took or added do not balance; that is the finding, not a failure.
    return undefined
  }
}

function toldRunProblems(database: StateDatabase, id: string, { started, finished, dropped, needlessEnds }: RunHistory, there: boolean): AuditProblem[] {
  const problems = needlessEnds.map((seq) => changed(seq, `Entry ${seq} ends the run ${id}, which had ended already.`))
  if (!dropped) return started && !there ? [...problems, missing(started.seq, `The run ${id} is not there.`)] : problems
  const age = finished ? Date.parse(dropped.at) - Date.parse(finished.at) : 0
  if (age < shortestProofMs) problems.push(changed(dropped.seq, `Entry ${dropped.seq} says that the proof of the run ${id} was dropped, long before its time.`))
  const left = there || database.get('SELECT 1 FROM journal WHERE run = ? LIMIT 1', id) !== undefined
  if (left) problems.push(changed(dropped.seq, `Entry ${dropped.seq} says that the proof of the run ${id} was dropped, and it is there.`))
  return problems
}
