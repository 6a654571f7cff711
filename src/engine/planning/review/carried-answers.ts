import type { AnswerKind, RowState } from '../../../contract/states.ts'
import type { StateDatabase } from '../../storage/database.ts'
import { parseRaw } from '../../values/json.ts'
import type { Decision } from './decision.ts'
import type { OpenField } from '../stored/review-view.ts'

/** An answer of an earlier plan, and the same question in this one. */
export interface CarriedAnswer {
  question: OpenField
  decision: Decision
  by: string
}

interface EarlierAnswer {
  record: string
  field: string
  kind: AnswerKind
  value: string | null
  d: string | null
  a: string | null
  reason: string | null
  by: string
  policy: string | null
  expires_at: number | null
  /** Place of its plan among plans and runs. */
  number: number
}

/** "Skip for now" was for then, so it is asked again. The newest answer comes last. */
const earlierSql = `SELECT a.record, a.field, a.kind, a.value, a.d, a.a, a.reason, a.by, a.policy, a.expires_at, p.number
  FROM answers a JOIN plans p ON p.id = a.plan
  WHERE p.activation = ? AND a.plan <> ? AND a.kind <> 'skip' AND coalesce(a.expires_at > ?, true) ORDER BY a.at, p.number`

/**
 * Answers that still fit: record, field, warehouse and destination value are all the same (semantics §4). One that a
 * later run carried out has done its work; one that no run came to, or that was refused there, is still an answer.
 */
export function answersToCarry(database: StateDatabase, plan: { activation: string; plan: string; now: number }, open: OpenField[]): CarriedAnswer[] {
  const questions = new Map(open.map((question) => [placeOf(question), question]))
  const fitting: { answer: EarlierAnswer; question: OpenField }[] = []
  for (const answer of database.sqlite.prepare<[string, string, number], EarlierAnswer>(earlierSql).iterate(plan.activation, plan.plan, plan.now)) {
    const question = questions.get(placeOf(answer))
    if (question && question.d === answer.d && question.a === answer.a) fitting.push({ answer, question })
  }
  if (fitting.length === 0) return []
  const dealtWith = runsOf(database, plan.activation, fitting.map(({ answer }) => answer))
  const carried = fitting.filter(({ answer }) => !(dealtWith.get(answer.record) ?? []).some((row) => row.number > answer.number && carriesOut(row, answer.kind)))
  return [...new Map(carried.map(({ answer, question }) => [placeOf(answer), { question, decision: decisionOf(answer), by: answer.by }])).values()]
}

interface RunRow {
  record: string
  number: number
  state: RowState
  reason: string | null
}

/** What the runs since the oldest of the answers did with their records. */
function runsOf(database: StateDatabase, activation: string, answers: EarlierAnswer[]): Map<string, RunRow[]> {
  const since = answers.reduce((least, { number }) => Math.min(least, number), Infinity)
  const records = JSON.stringify([...new Set(answers.map(({ record }) => record))])
  const rows = database.sqlite
    .prepare<[string, number, string], RunRow>('SELECT j.record, r.number, j.state, j.reason FROM runs r JOIN journal j ON j.run = r.id WHERE r.activation = ? AND r.number > ? AND j.record IN (SELECT value FROM json_each(?))')
    .all(activation, since, records)
  const byRecord = new Map<string, RunRow[]>()
  for (const row of rows) byRecord.set(row.record, [...(byRecord.get(row.record) ?? []), row])
  return byRecord
}

/** Not come to, or not taken: the answer was not carried out. What is kept stands also where the rest was not selected. */
function carriesOut({ state, reason }: RunRow, kind: AnswerKind): boolean {
  if (state !== 'skipped') return state === 'delivered'
  const notComeTo = reason === 'cancelled' || reason === 'expired' || reason === 'moved'
  return !notComeTo && (reason !== 'not selected' || kind === 'destination')
}

function placeOf({ record, field }: { record: string; field: string }): string {
  return `${record}\u0000${field}`
}

function decisionOf(answer: EarlierAnswer): Decision {
  return {
    take: answer.kind,
    ...(answer.value === null ? {} : { value: parseRaw(answer.value) }),
    ...(answer.reason === null ? {} : { reason: answer.reason }),
    ...(answer.policy === null ? {} : { policy: answer.policy }),
    ...(answer.expires_at === null ? {} : { expiresAt: answer.expires_at }),
  }
}
