import type { AnswerKind, Raw } from '../../../contract/states.ts'
import type { StateDatabase } from '../../storage/database.ts'
import { growingSha256 } from '../../values/hash.ts'
import { decisionHash } from '../stored/plan-hash.ts'

interface AnswerRow {
  record: string
  field: string
  kind: AnswerKind
  value: string | null
  reason: string | null
  expires_at: number | null
}

/** The hash of a plan with its answers and selection as they are stored now: what an approval signs (semantics §4). */
export function signedDecisions(database: StateDatabase, plan: string, planHash: string): string {
  const answers = database.all<AnswerRow>('SELECT record, field, kind, value, reason, expires_at FROM answers WHERE plan = ? ORDER BY record, field', plan)
  const selections = database.all<{ record: string; selected: number }>('SELECT record, selected FROM selections WHERE plan = ? ORDER BY record', plan)
  return decisionHash(
    planHash,
    answers.map(({ value, reason, expires_at: expiresAt, ...answer }) => ({
      ...answer,
      ...(value === null ? {} : { value: JSON.parse(value) as Raw }),
      ...(reason === null ? {} : { reason }),
      ...(expiresAt === null ? {} : { expiresAt }),
    })),
    selections.map(({ record, selected }) => ({ record, selected: selected === 1 })),
  )
}

/** The hash of who answered and selected what, and by which policy: an approval records it beside what it signs. */
export function whoDecided(database: StateDatabase, plan: string): string {
  const hash = growingSha256()
  for (const table of ['answers', 'selections'] as const) {
    const rows = database.sqlite.prepare<[string], unknown[]>(deciders[table]).raw().iterate(plan)
    for (const row of rows) hash.add(`${JSON.stringify(row)}\n`)
    hash.add(`${table}\n`)
  }
  return hash.digest()
}

const deciders = {
  answers: 'SELECT record, field, by, policy, at FROM answers WHERE plan = ? ORDER BY record, field',
  selections: 'SELECT record, by, policy, at FROM selections WHERE plan = ? ORDER BY record',
}
