import { mkdirSync, writeFileSync } from 'node:fs'
import type { PlanCounts } from '../src/contract/states.ts'
import type { ApplyResult } from './apply.ts'
import { expected } from './data-set.ts'
import type { PlanResult } from './engine.ts'
import { measureHttpApply } from './http/measure.ts'
import { measureIdentity } from './identity.ts'
import type { LimitResult } from './limit.ts'
import { median, type Spent } from './measure.ts'
import { type BenchOptions, readOptions } from './options.ts'
import { measureRenderer } from './renderer/measure.ts'
import { heading, line, number, ratio, seconds, spent, times } from './report.ts'
import type { ReadOnceResult } from './read-once.ts'
import type { ReviewResult } from './review.ts'
import { runStep } from './step.ts'
import type { WorkspaceOptions } from './workspace.ts'

type Measured<Result> = Result & { peakMb: number }

const referenceRows = 1_000_000
const deltaPhase = 'Finding what changed'

/** The middle run, by wall time. */
function middle<Result extends Spent>(results: Result[]): Result {
  const sorted = [...results].sort((one, other) => one.ms - other.ms)
  const result = sorted[Math.floor((sorted.length - 1) / 2)]
  if (!result) throw new Error('nothing was measured')
  return result
}

function inputFor(options: BenchOptions, rows = options.rows): WorkspaceOptions {
  const folder = `${options.folder}/${rows}-${options.keys}`
  return { folder, rows, keys: options.keys, workspace: `${folder}/workspace`, drift: 'only changed rows' }
}

function assertCounts(counts: PlanCounts, wanted: Partial<PlanCounts>): void {
  for (const [name, count] of Object.entries(wanted)) {
    if (counts[name as keyof PlanCounts] !== count) throw new Error(`the plan has ${name} ${counts[name as keyof PlanCounts]}, not ${count}`)
  }
}

async function prepare(input: WorkspaceOptions): Promise<void> {
  mkdirSync(input.folder, { recursive: true })
  await runStep('./data-set.ts', input)
  await runStep('./settle.ts', input)
}

/** One plan beside one limit, several times over, so that both meet the same machine. */
async function comparedPlans(input: WorkspaceOptions, runs: number): Promise<{ limits: Measured<LimitResult>[]; plans: Measured<PlanResult>[] }> {
  const limits: Measured<LimitResult>[] = []
  const plans: Measured<PlanResult>[] = []
  for (let run = 0; run < runs; run++) {
    limits.push(await runStep<LimitResult>('./limit.ts', input))
    const plan = await runStep<PlanResult>('./plan.ts', input)
    assertCounts(plan.counts, { ...expected(input.rows), conflicts: 0 })
    plans.push(plan)
  }
  return { limits, plans }
}

async function measureChanges(options: BenchOptions): Promise<object> {
  const input = inputFor(options)
  await prepare(input)
  heading(`${number(options.rows)} rows × 12, ${options.keys} keys: 1% changed, 0.1% new, 0.1% gone`)
  const { limits, plans } = await comparedPlans(input, options.runs)
  const limit = middle(limits)
  const plan = middle(plans)
  const deltas = plans.map(({ phases }) => phases[deltaPhase] ?? { ms: 0, cpuMs: 0 })
  const delta = middle(deltas)
  line('limit: DuckDB compares, changed rows to JavaScript, fingerprints committed', `${spent(limit)}   ${number(limit.peakMb)} MiB`)
  line('delta of the plan', `${spent(delta)}   ${ratio(delta, limit)} of the limit (aim 2)`)
  line('whole plan: extract, match, delta, map, classify, store', `${spent(plan)}   ${ratio(plan, limit)} of the limit (aim 3.5)`)
  for (const [phase, part] of Object.entries(plan.phases)) line(`  ${phase}`, spent(part))
  const peak = median(plans.map(({ peakMb }) => peakMb))
  line('most memory', `${number(peak)} MiB (aim below 1,024 at 1,000,000)`)
  const memory = options.rows > referenceRows ? await memoryAgainstReference(options, peak) : {}
  return { limits, plans, ...memory, ...(await measureApply(input)) }
}

async function memoryAgainstReference(options: BenchOptions, peak: number): Promise<object> {
  const input = inputFor(options, referenceRows)
  await prepare(input)
  const reference = await runStep<PlanResult>('./plan.ts', input)
  line(`most memory against ${number(referenceRows)} rows`, `${number(peak)} / ${number(reference.peakMb)} MiB = ${times(peak / reference.peakMb)} (aim 1.3)`)
  return { reference }
}

async function measureApply(input: WorkspaceOptions): Promise<object> {
  const apply = await runStep<ApplyResult>('./apply.ts', input)
  assertCounts(apply.after, { create: 0, update: 0, blocked: 0 })
  const journal = await runStep<Spent & { rowsPerSecond: number }>('./journal-limit.ts', { ...input, changes: apply.counts.planned })
  line(`apply ${number(apply.counts.delivered)} changes: compare, journal, send, read back, receipts`, `${spent(apply)}   ${number(apply.rowsPerSecond)} rows/s   ${number(apply.peakMb)} MiB`)
  line('limit: journal alone, 1,000 rows a commit, synchronous = FULL', `${spent(journal)}   ${number(journal.rowsPerSecond)} rows/s   apply takes ${ratio(apply, journal)}`)
  line('the plan straight after', `create ${apply.after.create}, update ${apply.after.update}, unchanged ${number(apply.after.unchanged)}`)
  return { apply, journal }
}

async function measureEverythingRead(options: BenchOptions): Promise<object> {
  const input: WorkspaceOptions = { ...inputFor(options), workspace: `${inputFor(options).folder}/full`, drift: 'full' }
  await prepare(input)
  heading('The same plan, and drift looked for in every record')
  const plan = await runStep<PlanResult>('./plan.ts', input)
  assertCounts(plan.counts, expected(input.rows))
  line(`plan, ${number(plan.looked)} records read`, `${spent(plan)}   ${number(plan.peakMb)} MiB`)
  return { plan }
}

async function measureFirstLoad(options: BenchOptions): Promise<object> {
  const results: Record<string, unknown> = {}
  await prepare(inputFor(options))
  heading(`The first plan of an activation: ${number(options.rows)} rows × 12`)
  for (const held of ['warehouse', 'nothing'] as const) {
    const once = await runStep<ReadOnceResult>('./read-once.ts', inputFor(options))
    line('limit: every row into JavaScript once', `${spent(once)}   ${number(once.peakMb)} MiB`)
    const input = { ...inputFor(options), workspace: `${inputFor(options).folder}/first-${held}`, held }
    const plan = await runStep<PlanResult>('./first-load.ts', input)
    assertCounts(plan.counts, held === 'nothing' ? { create: options.rows } : { unchanged: options.rows })
    line(held === 'nothing' ? 'every record is to be created' : 'every record is there and in sync', `${spent(plan)}   ${number(Math.round((options.rows / plan.ms) * 1000))} rows/s   ${number(plan.peakMb)} MiB   ${ratio(plan, once)} of the limit (aim ${held === 'nothing' ? 12 : 8})`)
    for (const [phase, part] of Object.entries(plan.phases)) line(`  ${phase}`, spent(part))
    results[held] = { plan, once }
  }
  return results
}

async function measureReview(options: BenchOptions): Promise<object> {
  const input = { ...inputFor(options), workspace: `${inputFor(options).folder}/first-nothing`, held: 'nothing' }
  if (!options.parts.includes('first load')) {
    await prepare(inputFor(options))
    await runStep<PlanResult>('./first-load.ts', input)
  }
  const review = await runStep<ReviewResult>('./review.ts', input)
  heading(`Review of a plan with ${number(review.records)} records and ${number(review.fields)} fields: pages of 100`)
  line('open', `${number(Math.round(review.openMs))} ms   ${number(review.peakMb)} MiB`)
  for (const [what, { firstMs, medianMs }] of Object.entries(review.pages)) line(what, `first ${number(Math.round(firstMs))} ms, then ${number(Math.round(medianMs))} ms`)
  return review
}

/** Fewer rows than elsewhere are enough for a rate; a large run is for its memory. */
function measureApplyHttp(options: BenchOptions): Promise<object> {
  return measureHttpApply(inputFor(options, Math.min(options.rows, 200_000)), options.runs)
}

function measurePage(options: BenchOptions): Promise<object> {
  return measureRenderer(inputFor(options, Math.min(options.rows, 100_000)))
}

/** At three sizes, so that it shows how time grows, unless one is asked for. */
function measureClusters({ rows, rowsGiven, folder }: BenchOptions): Promise<object> {
  return measureIdentity(rowsGiven ? [rows] : [100_000, 1_000_000, 3_000_000], folder)
}

const options = readOptions(process.argv.slice(2))
const started = new Date().toISOString()
const results: Record<string, unknown> = {}
const measures = { changes: measureChanges, 'everything read': measureEverythingRead, 'first load': measureFirstLoad, review: measureReview, 'apply-http': measureApplyHttp, renderer: measurePage, identity: measureClusters }
for (const part of options.parts) results[part] = await measures[part](options)
console.log(`\n${seconds(performance.now())} in all. Times: wall, and processor time of all threads. Where other programs run beside, trust the second.`)
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ started, options: { ...options, folder: undefined, json: undefined }, results }, null, 2)}\n`)
