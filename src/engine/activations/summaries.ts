import { AppError } from '../../contract/errors.ts'
import type { ActivationState, ActivationSummary, RunSummary } from '../../contract/shapes.ts'
import type { PlanState } from '../../contract/states.ts'
import { destinations } from '../destinations/registry.ts'
import { pauseOf } from '../execution/pauses.ts'
import { plannedOf } from '../planning/counts.ts'
import { PlanStore, type StoredPlan } from '../planning/plan-store.ts'
import type { Session } from '../session.ts'
import { requireActivation } from '../workspace/activation-parts.ts'
import { findDefinition } from '../workspace/find-definition.ts'
import type { Definition, Workspace } from '../workspace/workspace.ts'

/** The newest run of an activation, as the runs service tells it. */
export type LatestRun = (activation: string) => RunSummary | undefined

/** Every activation with what the last evidence says of it, in order of their names. */
export function summariseActivations(session: Session, workspace: Workspace, latestRun: LatestRun): ActivationSummary[] {
  return [...workspace.definitions.activation.values()]
    .map((activation) => summarise(session, workspace, activation, latestRun(activation.id)))
    .sort((left, right) => left.name.localeCompare(right.name, 'en'))
}

export function summariseActivation(session: Session, workspace: Workspace, id: string, latestRun: LatestRun): ActivationSummary {
  return summarise(session, workspace, findDefinition(workspace, 'activation', id), latestRun(id))
}

function summarise(session: Session, workspace: Workspace, activation: Definition<'activation'>, run: RunSummary | undefined): ActivationSummary {
  const { id, value } = activation
  const connection = workspace.definitions.connection.get(value.destination.connection)?.value
  const destinationName = destinations.find((one) => one.id === connection?.destination)?.name ?? value.destination.connection
  const plans = new PlanStore(session.database).list(id, 20)
  const plan = plans[0]
  const whole = plans.find((one) => one.kind === 'ordinary')
  const paused = pauseOf(session.database, id, value.destination.connection) !== undefined
  const { state, because } = stateOf({ enabled: value.enabled, paused, plan: plan && waits(plan, session.ports.clock.now()) ? plan : undefined, run, destinationName, whole, problem: problemOf(workspace, id) })
  const proof = proofOf(whole, run)
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
    ...proof,
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

/** A plan somebody should look at. */
function waits(plan: StoredPlan, now: number): boolean {
  return isOpen(plan) && plan.expiresAt > now
}

function isOpen(plan: StoredPlan): boolean {
  return plan.state === 'in review' || plan.state === 'stopped by a guard' || plan.state === 'approved'
}

/** What is stored is the last thing that happened to it; time goes by without that. */
function stateNow(plan: StoredPlan, now: number): PlanState {
  return isOpen(plan) && plan.expiresAt <= now ? 'expired' : plan.state
}

/** Read back: what the last whole plan found in step, and what its run proved. */
function proofOf(plan: StoredPlan | undefined, run: RunSummary | undefined): Partial<Pick<ActivationSummary, 'verified' | 'audience' | 'lastVerifiedAt'>> {
  if (!plan) return {}
  const ran = run?.planId === plan.id ? run : undefined
  return {
    verified: plan.counts.unchanged + (ran?.counts.verified ?? 0),
    audience: plan.counts.source,
    lastVerifiedAt: ran?.finishedAt ?? plan.readScope.asOf,
  }
}

interface Evidence {
  enabled: boolean
  paused: boolean
  /** A plan that waits for a person. */
  plan: StoredPlan | undefined
  /** The last plan of the whole audience. */
  whole: StoredPlan | undefined
  run: RunSummary | undefined
  destinationName: string
  /** Why it cannot be planned as it is defined. */
  problem: string | undefined
}

function stateOf({ enabled, paused, plan, whole, run, destinationName, problem }: Evidence): { state: ActivationState; because: string } {
  if (!enabled) return { state: 'off', because: 'Switched off in its definition.' }
  if (problem !== undefined) return { state: 'problem', because: problem }
  if (run && (run.state === 'applying' || run.state === 'verifying' || run.state === 'approved')) return { state: 'running', because: run.state === 'verifying' ? 'Reading back what was delivered.' : 'Applying a plan.' }
  if (paused) return { state: 'paused', because: 'Paused by a person.' }
  if (plan?.state === 'stopped by a guard') return { state: 'needs you', because: plan.guards[0]?.message ?? 'A guard stopped the plan.' }
  if (plan && plan.counts.create + plan.counts.update + plan.counts.remove > 0) return { state: 'needs you', because: waitingWords(plan) }
  if (run && run.planId !== whole?.id && whole && whole.counts.create + whole.counts.update === 0) return { state: 'verified', because: `${destinationName} holds what the warehouse says.` }
  if (!run) return whole && whole.counts.create + whole.counts.update === 0 && whole.counts.source > 0 ? { state: 'verified', because: `${destinationName} holds what the warehouse says.` } : { state: 'never run', because: 'Nothing was sent yet.' }
  const last = stateOfRun(run, destinationName)
  // A trial proves its rows and nothing of the others: green would say more than is known.
  if (last.state !== 'verified' || run.planId === whole?.id) return last
  return { state: 'accepted, not verified', because: `Only ${counted(run.counts.verified)} of the audience ${run.counts.verified === 1 ? 'was' : 'were'} in the last run.` }
}

function waitingWords(plan: StoredPlan): string {
  const { conflicts } = plan.counts
  const changes = plannedOf(plan.counts)
  if (conflicts > 0) return `A plan with ${conflicts.toLocaleString('en-GB')} ${conflicts === 1 ? 'conflict' : 'conflicts'} waits in Review.`
  return `A plan with ${changes.toLocaleString('en-GB')} ${changes === 1 ? 'change' : 'changes'} waits in Review.`
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
