import type { StateDatabase } from '../storage/database.ts'
import { signedDecisions, whoDecided } from '../planning/review/signed-decisions.ts'
import type { History, PlanHistory } from './history.ts'
import { changed, missing, unrecorded } from './problem.ts'
import type { AuditProblem } from './problem.ts'

interface PlanRow {
  id: string
  activation: string
  plan_hash: string
  counts: string
}

interface ApprovalRow {
  plan: string
  plan_hash: string
  decision_hash: string
  approved_by: string
  confirmed_count: number | null
}

/** Plans, approvals, answers, lifted guards and hand-overs as they are stored, held against what the chain says of each. */
export function verifyPlans(database: StateDatabase, history: History): AuditProblem[] {
  const rows = new Map(database.all<PlanRow>('SELECT id, activation, plan_hash, counts FROM plans').map((row) => [row.id, row]))
  const dropped = plansOfDroppedRuns(history)
  const problems: AuditProblem[] = []
  for (const [id, row] of rows) problems.push(...planProblems(row, history.plans.get(id), history.last))
  for (const [id, { stored }] of history.plans) {
    if (stored && !rows.has(id) && !dropped.has(id)) problems.push(missing(stored.seq, `The plan ${id} is not there.`))
  }
  problems.push(...approvalProblems(database, history, dropped), ...liftProblems(database, history, dropped), ...handOverProblems(database, history))
  return problems
}

/** Plans whose runs went when the years of proof were over. */
function plansOfDroppedRuns({ runs }: History): Set<string> {
  return new Set([...runs.values()].flatMap(({ dropped, started }) => (dropped && started ? [started.plan] : [])))
}

function planProblems(row: PlanRow, told: PlanHistory | undefined, last: number): AuditProblem[] {
  const stored = told?.stored
  if (!stored) return [unrecorded(last, `No entry tells of the plan ${row.id}.`)]
  if (row.plan_hash !== stored.planHash || row.activation !== stored.activation) return [changed(stored.seq, `The plan ${row.id} is not the one that was stored.`)]
  const counts = JSON.parse(row.counts) as Record<string, unknown>
  const differing = Object.keys(counts).find((name) => stored.data[name] !== counts[name])
  return differing === undefined ? [] : [changed(stored.seq, `The count “${differing}” of the plan ${row.id} is not what was recorded.`)]
}

function approvalProblems(database: StateDatabase, history: History, dropped: ReadonlySet<string>): AuditProblem[] {
  const rows = new Map(database.all<ApprovalRow>('SELECT plan, plan_hash, decision_hash, approved_by, confirmed_count FROM approvals').map((row) => [row.plan, row]))
  const problems: AuditProblem[] = []
  for (const [plan, row] of rows) {
    const approved = history.plans.get(plan)?.approved
    if (!approved) problems.push(unrecorded(history.last, `No entry tells of the approval of the plan ${plan}.`))
    else if (!isApproval(row, approved)) problems.push(changed(approved.seq, `The approval of the plan ${plan} is not the one that was given.`))
  }
  for (const [plan, { approved, changedSince }] of history.plans) {
    if (!approved || changedSince || dropped.has(plan)) continue
    if (!rows.has(plan)) problems.push(missing(approved.seq, `The approval of the plan ${plan} is not there.`))
    else if (approved.planHash !== undefined && signedDecisions(database, plan, approved.planHash) !== approved.decisionHash) problems.push(changed(approved.seq, `Answers or selection of the plan ${plan} are not those that were approved.`))
    else if (approved.decidedBy !== undefined && whoDecided(database, plan) !== approved.decidedBy) problems.push(changed(approved.seq, `Who answered or selected what in the plan ${plan} is not what was recorded.`))
  }
  return problems
}

function isApproval(row: ApprovalRow, { by, planHash, decisionHash, confirmed }: NonNullable<PlanHistory['approved']>): boolean {
  const asTold = (stored: string | number | null, told: string | number | undefined): boolean => told === undefined || stored === told
  return row.approved_by === by && asTold(row.plan_hash, planHash) && asTold(row.decision_hash, decisionHash) && asTold(row.confirmed_count, confirmed)
}

function liftProblems(database: StateDatabase, history: History, dropped: ReadonlySet<string>): AuditProblem[] {
  const rows = database.all<{ plan: string; guard: string; reason: string; by: string }>('SELECT plan, guard, reason, by FROM guard_lifts')
  const problems = rows
    .filter((row) => !history.plans.get(row.plan)?.lifts.some((lift) => lift.guard === row.guard && lift.reason === row.reason && lift.by === row.by))
    .map((row) => unrecorded(history.last, `No entry tells that ${row.by} lifted the guard “${row.guard}” of the plan ${row.plan} so.`))
  const there = new Set(rows.map(({ plan, guard }) => JSON.stringify([plan, guard])))
  for (const [plan, { lifts }] of history.plans) {
    for (const { seq, guard } of lifts) if (!dropped.has(plan) && !there.has(JSON.stringify([plan, guard]))) problems.push(missing(seq, `That the guard “${guard}” of the plan ${plan} was lifted is not there.`))
  }
  return problems
}

function handOverProblems(database: StateDatabase, history: History): AuditProblem[] {
  const rows = database.all<{ plan: string; given_by: string; given_to: string; reason: string | null; decision_hash: string }>('SELECT plan, given_by, given_to, reason, decision_hash FROM hand_overs')
  return rows.flatMap((row) => {
    const told = history.plans.get(row.plan)?.handedOver
    if (!told) return [unrecorded(history.last, `No entry tells that the plan ${row.plan} was handed over.`)]
    const same = told.by === row.given_by && told.to === row.given_to && told.reason === row.reason && told.decisionHash === row.decision_hash
    return same ? [] : [changed(told.seq, `The hand-over of the plan ${row.plan} is not the one that was recorded.`)]
  })
}
