import { AppError } from '../../contract/errors.ts'
import type { ActivationShares, ActivationState, ActivationSummary, RunSummary } from '../../contract/shapes.ts'
import type { PlanState } from '../../contract/states.ts'
import { pauseOf } from '../execution/runs/pauses.ts'
import type { StoredPlan } from '../plans/plan-store.ts'
import type { Plans } from '../planning/plans.ts'
import type { Session } from '../session/session.ts'
import type { StateDatabase } from '../storage/database.ts'
import { requireActivation } from '../workspace/activation-parts.ts'
import { findDefinition } from '../workspace/find-definition.ts'
import type { Definition, Workspace } from '../workspace/workspace.ts'
import { proofMark, provedSince, sharesOf, standingWords } from './shares.ts'

/** The newest run of an activation, as the runs service tells it. */
export type LatestRun = (activation: string) => RunSummary | undefined

/** What is asked for a summary besides the definitions. */
export interface Standing {
  session: Session
  plans: Plans
  workspace: Workspace
  latestRun: LatestRun
}

/** Every activation with what the last evidence says of it, in order of their names. */
export async function summariseActivations(standing: Standing): Promise<ActivationSummary[]> {
  const waiting = await standing.plans.waiting.waiting()
  const summaries: ActivationSummary[] = []
  for (const activation of standing.workspace.definitions.activation.values()) summaries.push(await summarise(standing, activation, waiting))
  return summaries.sort((left, right) => left.name.localeCompare(right.name, 'en'))
}

export async function summariseActivation(standing: Standing, id: string): Promise<ActivationSummary> {
  return summarise(standing, findDefinition(standing.workspace, 'activation', id), await standing.plans.waiting.waiting())
}

type Waiting = Awaited<ReturnType<Plans['waiting']['waiting']>>[number]

async function summarise({ session, plans: service, workspace, latestRun }: Standing, activation: Definition<'activation'>, waitingPlans: readonly Waiting[]): Promise<ActivationSummary> {
  const run = latestRun(activation.id)
  const { id, value } = activation
  const connection = workspace.definitions.connection.get(value.destination.connection)?.value
  const destinationName = session.destinations.find((one) => one.id === connection?.destination)?.name ?? value.destination.connection
  const plans = service.store.list(id, 20)
  const plan = plans[0]
  const whole = plans.find((one) => one.kind === 'ordinary')
  const waiting = waitingPlans.find((one) => one.plan.activation === id)
  const shares = whole && (await sharesNow(session, service, whole))
  const paused = pauseOf(session.database, id, value.destination.connection) !== undefined
  const { state, because } = stateOf({ enabled: value.enabled, paused, waiting, run, destinationName, whole, shares, problem: problemOf(workspace, id) })
  return {
    id,
    name: value.name,
    product: value.product,
    ...(value.segment === undefined ? {} : { segment: value.segment }),
    connection: value.destination.connection,
    destination: connection?.destination ?? value.destination.connection,
    destinationName,
    object: value.destination.object,
    mode: value.mode,
    authority: value.authority,
    state,
    because,
    paused,
    ...(whole && shares ? { verified: shares.inStep, audience: whole.counts.source, shares, lastVerifiedAt: run?.planId === whole.id ? (run.finishedAt ?? whole.readScope.asOf) : whole.readScope.asOf } : {}),
    ...(waiting ? { waitingPlan: waiting.plan.id } : {}),
    ...(plan ? { lastPlan: { id: plan.id, state: stateNow(plan, session.ports.clock.now()), at: new Date(plan.createdAt).toISOString() } } : {}),
    ...(run ? { lastRun: { id: run.runId, state: run.state, at: run.finishedAt ?? run.startedAt } } : {}),
  }
}

/** What is wrong with the activation or with anything that it needs. */
function problemOf(workspace: Workspace, id: string): string | undefined {
  try {
    requireActivation(workspace, id)
    return undefined
  } catch (error) {
    if (error instanceof AppError) return error.message
    throw error
  }
}

function isOpen(plan: StoredPlan): boolean {
  return plan.state === 'in review' || plan.state === 'stopped by a guard' || plan.state === 'approved'
}

/** What is stored is the last thing that happened to it; time goes by without that. */
function stateNow(plan: StoredPlan, now: number): PlanState {
  return isOpen(plan) && plan.expiresAt <= now ? 'expired' : plan.state
}

/** Counted over all rows of a run, so only when something was proved. */
const sharesByPlan = new WeakMap<StateDatabase, Map<string, { mark: string; shares: ActivationShares }>>()

async function sharesNow({ database }: Session, { waiting }: Plans, plan: StoredPlan): Promise<ActivationShares> {
  const kept = await waiting.keptIn(plan)
  const mark = proofMark(database, plan)
  const known = sharesByPlan.get(database)?.get(plan.id)
  if (known?.mark === mark) return known.shares
  const shares = sharesOf(plan, kept, provedSince(database, plan, kept.updates))
  const remembered = sharesByPlan.get(database) ?? new Map<string, { mark: string; shares: ActivationShares }>()
  sharesByPlan.set(database, remembered.set(plan.id, { mark, shares }))
  return shares
}

interface Evidence {
  enabled: boolean
  paused: boolean
  /** A plan that waits for a person. */
  waiting: Waiting | undefined
  /** The last plan of the whole audience. */
  whole: StoredPlan | undefined
  shares: ActivationShares | undefined
  run: RunSummary | undefined
  destinationName: string
  /** Why it cannot be planned as it is defined. */
  problem: string | undefined
}

function stateOf({ enabled, paused, waiting, whole, shares, run, destinationName, problem }: Evidence): { state: ActivationState; because: string } {
  if (!enabled) return { state: 'off', because: 'Switched off in its definition.' }
  if (problem !== undefined) return { state: 'problem', because: problem }
  if (run && (run.state === 'applying' || run.state === 'verifying' || run.state === 'approved')) return { state: 'running', because: run.state === 'verifying' ? 'Reading back what was delivered.' : 'Applying a plan.' }
  if (paused) return { state: 'paused', because: 'Paused by a person.' }
  if (waiting?.plan.state === 'stopped by a guard') return { state: 'needs you', because: waiting.plan.guards[0]?.message ?? 'A guard stopped the plan.' }
  if (waiting) return { state: 'needs you', because: waitingWords(waiting) }
  // What was read after the run tells more than the run.
  const readSince = whole !== undefined && (run === undefined || Date.parse(run.startedAt) < whole.createdAt) && run?.planId !== whole.id
  if (!run || readSince) return stateAsRead(shares, run !== undefined, destinationName)
  const last = stateOfRun(run, destinationName)
  if (last.state !== 'verified' || shares === undefined) return run.planId === whole?.id ? last : partly(last, run)
  return shares.notSeen === 0 ? { state: 'verified', because: standingWords(shares, destinationName) } : { state: 'accepted, not verified', because: standingWords(shares, destinationName) }
}

/** By the newest whole plan alone. */
function stateAsRead(shares: ActivationShares | undefined, ran: boolean, destinationName: string): { state: ActivationState; because: string } {
  if (shares === undefined || (!ran && (shares.notSeen > 0 || shares.inStep + shares.kept === 0))) return { state: 'never run', because: 'Nothing was sent yet.' }
  return { state: shares.notSeen === 0 ? 'verified' : 'accepted, not verified', because: standingWords(shares, destinationName) }
}

/** A trial proves its rows and nothing of the others: green would say more than is known. */
function partly(last: { state: ActivationState; because: string }, run: RunSummary): { state: ActivationState; because: string } {
  if (last.state !== 'verified') return last
  return { state: 'accepted, not verified', because: `Only ${counted(run.counts.verified)} of the audience ${run.counts.verified === 1 ? 'was' : 'were'} in the last run.` }
}

function waitingWords({ totals }: Waiting): string {
  const { openConflicts, willSend } = totals
  if (openConflicts > 0) return `A plan with ${openConflicts.toLocaleString('en-GB')} ${openConflicts === 1 ? 'conflict' : 'conflicts'} to answer waits in Review.`
  return `A plan with ${willSend.toLocaleString('en-GB')} ${willSend === 1 ? 'change' : 'changes'} waits in Review.`
}

function stateOfRun(run: RunSummary, destinationName: string): { state: ActivationState; because: string } {
  const { rejected, quarantined, unknown, overridden, unverifiable } = run.counts
  if (run.state === 'failed' || run.state === 'stopped') return { state: 'problem', because: run.reason ?? 'The last run stopped.' }
  if (unknown > 0) return { state: 'problem', because: `${counted(unknown)} in doubt: nobody can say whether ${destinationName} has ${unknown === 1 ? 'it' : 'them'}.` }
  if (rejected + quarantined > 0) return { state: 'problem', because: `${destinationName} refused ${counted(rejected + quarantined)}.` }
  if (overridden > 0) return { state: 'needs you', because: `${destinationName} overrode ${counted(overridden)} by a rule of its own.` }
  if (unverifiable > 0) return { state: 'accepted, not verified', because: `${destinationName} accepted ${counted(unverifiable)} that cannot be read back.` }
  return { state: 'verified', because: 'Every delivered value was read back.' }
}

function counted(records: number): string {
  return `${records.toLocaleString('en-GB')} ${records === 1 ? 'record' : 'records'}`
}
