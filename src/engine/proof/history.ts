import type { RunCounts } from '../../contract/states.ts'
import { auditEntries } from '../audit/audit.ts'
import type { SealedEntry } from '../audit/audit.ts'
import { countsIn } from '../audit/run-end.ts'
import type { StateDatabase } from '../storage/database.ts'

/** What the chain tells of one run. */
export interface RunHistory {
  started: { seq: number; plan: string; activation: string; planned: number; by: string } | undefined
  /** By number of the batch. */
  batches: Map<number, { seq: number; outcomes: string; rows: number }>
  /** Its last end. */
  finished: { seq: number; at: string; state: string; reason: string | null; counts: RunCounts | undefined; outcomes: string } | undefined
  /** Somebody opened it again after its last end. */
  reopened: boolean
  /** Entries that end a run which had ended already. */
  needlessEnds: number[]
  /** Its rows went when the years of proof were over. */
  dropped: { seq: number; at: string } | undefined
}

/** What the chain tells of one plan; what an entry of an older version does not hold is undefined. */
export interface PlanHistory {
  stored: { seq: number; planHash: string; activation: string; data: Record<string, unknown> } | undefined
  approved: { seq: number; by: string; planHash: string | undefined; decisionHash: string | undefined; decidedBy: string | undefined; confirmed: number | undefined } | undefined
  /** Answers or selection changed after the last approval, which voids it. */
  changedSince: boolean
  lifts: { seq: number; guard: string; reason: string; by: string }[]
  handedOver: { seq: number; by: string; to: string; reason: string | null; decisionHash: string | undefined } | undefined
}

/** What the chain tells of one decision about who is one person. */
export interface DecisionHistory {
  seq: number
  identity: string
  kind: string
  by: string
  reason: string
  references: readonly string[]
  undone: { seq: number; by: string; reason: string } | undefined
}

/** Everything that stored rows are held against, read from the chain in one go. */
export interface History {
  runs: Map<string, RunHistory>
  plans: Map<string, PlanHistory>
  decisions: Map<string, DecisionHistory>
  /** Restored backups: how long the chain was that each replaced, where that was known. */
  restores: { seq: number; replacedEntries: number | undefined; replacedHead: string | undefined }[]
  last: number
}

/** Acts that change what an approval signed. */
const changing = new Set(['conflicts answered', 'answers taken back', 'rows selected', 'rows unselected'])

export function readHistory(database: StateDatabase): History {
  const history: History = { runs: new Map(), plans: new Map(), decisions: new Map(), restores: [], last: 0 }
  for (const entry of auditEntries(database)) {
    history.last = entry.seq
    tell(history, entry)
  }
  return history
}

function tell(history: History, entry: SealedEntry): void {
  const { kind, subject, data, seq } = entry
  if (kind === 'workspace restored') {
    history.restores.push({ seq, replacedEntries: numberIn(data, 'replacedEntries'), replacedHead: textIn(data, 'replacedHead') })
    return
  }
  if (subject === undefined) return
  if (kind === 'identity decided' || kind === 'identity undone') tellDecision(history.decisions, entry, subject)
  else if (runKinds.has(kind)) tellRun(runIn(history, subject), entry)
  else if (planKinds.has(kind) || changing.has(kind)) tellPlan(planIn(history, subject), entry)
}

const runKinds = new Set(['run started', 'batch', 'run finished', 'run resumed', 'run looked at', 'unknown rows settled', 'proof dropped'])
const planKinds = new Set(['plan stored', 'plan approved', 'guard lifted', 'plan handed over'])

function runIn({ runs }: History, id: string): RunHistory {
  const known = runs.get(id) ?? { started: undefined, batches: new Map(), finished: undefined, reopened: false, needlessEnds: [], dropped: undefined }
  runs.set(id, known)
  return known
}

function planIn({ plans }: History, id: string): PlanHistory {
  const known = plans.get(id) ?? { stored: undefined, approved: undefined, changedSince: false, lifts: [], handedOver: undefined }
  plans.set(id, known)
  return known
}

function tellRun(run: RunHistory, { kind, seq, at, actor, data }: SealedEntry): void {
  switch (kind) {
    case 'run started':
      run.started = { seq, plan: textIn(data, 'plan') ?? '', activation: textIn(data, 'activation') ?? '', planned: numberIn(data, 'planned') ?? 0, by: actor }
      return
    case 'batch':
      run.batches.set(numberIn(data, 'batch') ?? 0, { seq, outcomes: textIn(data, 'outcomes') ?? '', rows: numberIn(data, 'rows') ?? 0 })
      return
    case 'run finished':
      if (run.finished && !run.reopened) run.needlessEnds.push(seq)
      run.finished = { seq, at, state: textIn(data, 'state') ?? '', reason: textIn(data, 'reason') ?? null, counts: countsIn(data), outcomes: textIn(data, 'outcomes') ?? '' }
      run.reopened = false
      return
    case 'proof dropped':
      run.dropped = { seq, at }
      return
    default:
      run.reopened = run.finished !== undefined
  }
}

function tellPlan(plan: PlanHistory, { kind, seq, actor, data }: SealedEntry): void {
  const planHash = textIn(data, 'planHash')
  const decisionHash = textIn(data, 'decisionHash')
  const reason = textIn(data, 'reason')
  switch (kind) {
    case 'plan stored':
      plan.stored = { seq, planHash: planHash ?? '', activation: textIn(data, 'activation') ?? '', data }
      return
    case 'plan approved':
      plan.approved = { seq, by: actor, planHash, decisionHash, decidedBy: textIn(data, 'decidedBy'), confirmed: numberIn(data, 'confirmed') }
      plan.changedSince = false
      return
    case 'guard lifted':
      plan.lifts.push({ seq, guard: textIn(data, 'guard') ?? '', reason: reason ?? '', by: actor })
      return
    case 'plan handed over':
      plan.handedOver = { seq, by: actor, to: textIn(data, 'to') ?? '', reason: reason ?? null, decisionHash }
      return
    default:
      plan.changedSince = true
  }
}

function tellDecision(decisions: Map<string, DecisionHistory>, { kind, seq, actor, data }: SealedEntry, identity: string): void {
  const id = textIn(data, 'decision') ?? ''
  const reason = textIn(data, 'reason') ?? ''
  const known = decisions.get(id)
  if (kind === 'identity undone') {
    if (known) known.undone = { seq, by: actor, reason }
    return
  }
  const references = Array.isArray(data['references']) ? data['references'].map(String) : []
  decisions.set(id, { seq, identity, kind: textIn(data, 'what') ?? '', by: actor, reason, references, undone: undefined })
}

function textIn(data: Record<string, unknown>, name: string): string | undefined {
  return typeof data[name] === 'string' ? data[name] : undefined
}

function numberIn(data: Record<string, unknown>, name: string): number | undefined {
  return typeof data[name] === 'number' ? data[name] : undefined
}
