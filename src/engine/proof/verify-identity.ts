import { recordReferences } from '../audit/reference-key.ts'
import type { StateDatabase } from '../storage/database.ts'
import type { DecisionHistory, History } from './history.ts'
import { changed, missing, unrecorded } from './problem.ts'
import type { AuditProblem } from './problem.ts'

interface DecisionRow {
  id: string
  identity: string
  kind: string
  parts: string
  reason: string
  by: string
  undone_by: string | null
  undo_reason: string | null
}

/** What people decided about who is one person, held against what the chain says of each decision. */
export function verifyIdentityDecisions(database: StateDatabase, history: History, key: string): AuditProblem[] {
  const referenceTo = recordReferences(key)
  const rows = database.all<DecisionRow>('SELECT id, identity, kind, parts, reason, by, undone_by, undo_reason FROM identity_decisions')
  const there = new Set(rows.map(({ id }) => id))
  const lost = [...history.decisions].filter(([id]) => !there.has(id)).map(([id, { seq }]) => missing(seq, `The decision ${id} about who is one person is not there.`))
  return [...rows.flatMap((row) => decisionProblems(row, history.decisions.get(row.id), { referenceTo, last: history.last })), ...lost]
}

function decisionProblems(row: DecisionRow, told: DecisionHistory | undefined, { referenceTo, last }: { referenceTo: (record: string) => string; last: number }): AuditProblem[] {
  if (!told) return [unrecorded(last, `No entry tells of the decision ${row.id} about who is one person.`)]
  const references = [...new Set((JSON.parse(row.parts) as string[][]).flat())].map(referenceTo)
  const same = row.identity === told.identity && row.kind === told.kind && row.by === told.by && row.reason === told.reason && references.join() === told.references.join()
  if (!same) return [changed(told.seq, `The decision ${row.id} about who is one person is not what was recorded.`)]
  const undone = told.undone
  if (row.undone_by === (undone?.by ?? null) && row.undo_reason === (undone?.reason ?? null)) return []
  return [changed(undone?.seq ?? told.seq, `Whether the decision ${row.id} was taken back is not what was recorded.`)]
}
