import type { ActivationSummary, HomeSummary, NeedsYou, RunSummary } from '../../contract/shapes.ts'
import { listPauses } from '../execution/runs/pauses.ts'
import type { Plans } from '../planning/plans.ts'
import type { StoredPlan } from '../plans/plan-store.ts'
import type { ReviewTotals } from '../planning/stored/review-view.ts'
import type { Actor, Session } from '../session/session.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { identityNeeds } from './identity-needs.ts'

export interface HomeInput {
  session: Session
  workspace: Workspace
  plans: Plans
  activations: ActivationSummary[]
  /** Newest first. */
  runs: RunSummary[]
  /** Who looks. */
  actor: Actor
}

/** What waits for a person, most urgent first, and how every activation is. */
export async function summariseHome(input: HomeInput): Promise<HomeSummary> {
  const { session, activations, runs } = input
  const pausedAll = listPauses(session.database).some((pause) => 'all' in pause.scope)
  const needs = [...problemNeeds(input.workspace), ...runNeeds(runs), ...(await planNeeds(input)), ...identityNeeds(session, input.workspace), ...pauseNeeds(pausedAll)]
  const read = session.database.get<{ read_until: string }>('SELECT max(read_until) AS read_until FROM read_marks')?.read_until
  return {
    needsYou: needs.sort((left, right) => Number(right.severity === 'problem') - Number(left.severity === 'problem')),
    activations,
    running: activations.filter((activation) => activation.state === 'running').length,
    pausedAll,
    ...(read ? { sourceReadAt: read } : {}),
    asOf: new Date(session.ports.clock.now()).toISOString(),
  }
}

/** So many files at once are enough to begin with. */
const problemFilesShown = 5

/** One item a file, with the first of its problems. */
function problemNeeds({ problems }: Workspace): NeedsYou[] {
  const byFile = Map.groupBy(problems, ({ file }) => file)
  return [...byFile].slice(0, problemFilesShown).map(([file, [first, ...further]]) => ({
    kind: 'problem',
    severity: 'problem',
    title: `${file} cannot be used as it is`,
    detail: `${first === undefined ? '' : withLine(first)}${further.length === 0 ? '' : ` And ${number(further.length)} more.`}`,
    action: 'Open the file',
    route: routeOf(file),
  }))
}

function withLine({ message, line }: Workspace['problems'][number]): string {
  return line === undefined || message.includes(`line ${line}`) ? message : `${message} (line ${line})`
}

function routeOf(file: string): string {
  const [folder = '', name = ''] = file.split('/')
  const id = name.replace(/\.(yaml|sql)$/, '')
  return ['connections', 'products', 'segments', 'activations'].includes(folder) ? `/${folder}/${id}` : folder === 'identity' ? `/identity/rules?of=${id}` : '/settings'
}

/** Only an activation's newest run counts: a later one has taken over what the earlier left open, except what is in doubt. */
function runNeeds(runs: RunSummary[]): NeedsYou[] {
  const seen = new Set<string>()
  return runs.flatMap((run) => {
    const needs = doubtNeeds(run)
    if (seen.has(run.activation)) return needs
    seen.add(run.activation)
    const { rejected, quarantined, overridden } = run.counts
    const route = `/runs/${run.runId}`
    if (run.hold === 'reconnect') needs.push({ kind: 'secret', severity: 'problem', title: `“${run.activationName}” waits: ${run.destinationName} refuses the credentials`, detail: run.next ?? 'Set the secret of the connection again, then resume the run.', action: 'See the run', route })
    if (rejected + quarantined > 0) needs.push({ kind: 'rejected', severity: 'problem', title: `${run.destinationName} refused ${people(rejected + quarantined)} in “${run.activationName}”`, detail: 'Grouped by cause, with the fix.', action: 'See why', route })
    if (overridden > 0) needs.push({ kind: 'overridden', severity: 'needs you', title: `${run.destinationName} overrode ${people(overridden)} in “${run.activationName}”`, detail: 'A rule over there put another value back. Lockstep does not fight it.', action: 'See which', route })
    return needs
  })
}

/** Rows whose answer was lost and that nothing could settle; while the run goes on, it still tries. */
function doubtNeeds(run: RunSummary): NeedsYou[] {
  const { unknown } = run.counts
  if (unknown === 0 || run.state === 'applying') return []
  return [{ kind: 'unknown', severity: 'problem', title: `${people(unknown)} in doubt in “${run.activationName}”`, detail: `The answer of ${run.destinationName} was lost, and nobody knows whether ${unknown === 1 ? 'it' : 'they'} arrived. Look there, then say so.`, action: `Settle ${number(unknown)}`, route: `/runs/${run.runId}?show=unknown` }]
}

async function planNeeds({ plans, activations, actor }: HomeInput): Promise<NeedsYou[]> {
  const needs: NeedsYou[] = []
  for (const { plan, totals } of await plans.waiting.waiting()) {
    if (!activations.some(({ id }) => id === plan.activation)) continue
    const need = handOverNeed(plan, plans, actor) ?? planNeed(plan, totals)
    if (need && need !== 'with somebody else') needs.push(need)
  }
  return needs
}

/** A plan in somebody's hands: theirs to decide, nobody else's to be reminded of. */
function handOverNeed(plan: StoredPlan, plans: Plans, actor: Actor): NeedsYou | 'with somebody else' | undefined {
  const handOver = plan.state === 'in review' || plan.state === 'approved' || plan.state === 'stopped by a guard' ? plans.handOvers.of(plan) : undefined
  if (!handOver) return undefined
  if (handOver.by === actor.name) return 'with somebody else'
  const to = handOver.to.toLocaleLowerCase() === actor.name.toLocaleLowerCase() ? 'you' : handOver.to
  return {
    kind: 'handed over',
    severity: 'needs you',
    title: `“${plan.header.activationName}” was handed over to ${to} by ${handOver.by}`,
    detail: `${handOver.reason === undefined ? '' : `“${handOver.reason}” `}Valid until ${utc(plan.expiresAt)}.`,
    action: plan.state === 'approved' ? 'Apply' : 'Review',
    route: `/review/${plan.id}`,
  }
}

function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function planNeed(plan: StoredPlan, totals: ReviewTotals): NeedsYou | undefined {
  const name = plan.header.activationName
  const route = `/review/${plan.id}`
  if (plan.state === 'stopped by a guard') return { kind: 'guard', severity: 'needs you', title: `A guard stopped the plan of “${name}”`, detail: plan.guards[0]?.message ?? '', action: 'Look at it', route }
  if (plan.state === 'approved') return { kind: 'approval', severity: 'needs you', title: `“${name}” is approved and not yet applied`, detail: `Valid until ${utc(plan.expiresAt)}.`, action: 'Apply', route }
  if (totals.openConflicts > 0) {
    return { kind: 'conflicts', severity: 'needs you', title: `${number(totals.openConflicts)} ${totals.openConflicts === 1 ? 'conflict waits' : 'conflicts wait'} in “${name}”`, detail: `Somebody else changed these values in ${plan.header.destinationName}.`, action: 'Review', route }
  }
  return { kind: 'approval', severity: 'needs you', title: `${number(totals.willSend)} ${totals.willSend === 1 ? 'change waits' : 'changes wait'} for approval in “${name}”`, detail: 'Every conflict has an answer.', action: 'Review', route }
}

function pauseNeeds(pausedAll: boolean): NeedsYou[] {
  return pausedAll ? [{ kind: 'paused', severity: 'needs you', title: 'Everything is stopped', detail: 'No activation sends anything until it is resumed.', action: 'Resume', route: '/' }] : []
}

function number(value: number): string {
  return value.toLocaleString('en-GB')
}

function people(count: number): string {
  return `${number(count)} ${count === 1 ? 'record' : 'records'}`
}
