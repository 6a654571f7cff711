import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { PlanResult, RunResult } from '../engine.ts'
import { median } from '../measure.ts'
import { heading, line, number, percent, spent } from '../report.ts'
import { runStep } from '../step.ts'
import type { WorkspaceOptions } from '../workspace.ts'
import type { HttpApplyInput } from './apply.ts'
import type { CeilingResult } from './ceiling.ts'

type Measured<Result> = Result & { peakMb: number }

/** How a run meets its system, what it may not fall below, and in what state the system is. */
const ways = [
  { name: 'write only', readBack: 'none', held: 'empty', aim: 0.25 },
  { name: 'compared, written, read back', readBack: 'by id or key', held: 'old', aim: 0.1 },
] as const

/** A run over HTTP beside the ceiling of HTTP alone, several times over, so that both meet the same machine. */
export async function measureHttpApply(base: WorkspaceOptions, runs: number): Promise<object> {
  const server = await startServer()
  try {
    heading(`Apply over HTTP, ${number(base.rows)} rows: 100 a request, 8 at once, journal with synchronous = FULL`)
    mkdirSync(base.folder, { recursive: true })
    await runStep('./data-set.ts', base)
    const results: Record<string, unknown> = {}
    for (const way of ways) results[way.name] = await measureWay(server.url, base, way, runs)
    return results
  } finally {
    server.child.kill()
  }
}

async function measureWay(url: string, base: WorkspaceOptions, way: (typeof ways)[number], runs: number): Promise<object> {
  const input = { ...base, url, workspace: `${base.folder}/http-${way.held}` }
  await reset(url, way.held)
  const { planId, counts } = await runStep<Measured<PlanResult>>('./http/plan.ts', input)
  const planned = counts.create + counts.update
  if (planned !== base.rows) throw new Error(`the plan changes ${planned} records, not ${base.rows}`)
  const ceilings: Measured<CeilingResult>[] = []
  const durable: Measured<CeilingResult>[] = []
  const applies: Measured<RunResult>[] = []
  for (let run = 0; run < runs; run++) {
    await reset(url, 'empty')
    ceilings.push(await runStep<CeilingResult>('./http/ceiling.ts', { url, rows: base.rows }))
    await reset(url, 'empty')
    durable.push(await runStep<CeilingResult>('./http/ceiling.ts', { url, rows: base.rows, journal: `${base.folder}/bare-journal` }))
    await reset(url, way.held)
    const apply: HttpApplyInput = { ...input, planId, readBack: way.readBack }
    applies.push(await runStep<RunResult>('./http/apply.ts', apply))
  }
  for (const { counts: ended } of applies) if (ended.delivered !== planned || ended.verified + ended.unverifiable !== planned) throw new Error(`of ${planned} rows ${ended.delivered} were delivered, ${ended.verified} verified`)
  const shareOf = (of: CeilingResult[]): number => median(applies.map((apply, index) => apply.rowsPerSecond / (of[index]?.rowsPerSecond ?? Number.NaN)))
  const processorShareOf = (of: CeilingResult[]): number => median(applies.map((apply, index) => perRow(of[index], base.rows) / perRow(apply, base.rows)))
  const share = shareOf(ceilings)
  const processorShare = processorShareOf(ceilings)
  line(way.name, `${number(median(applies.map(({ rowsPerSecond }) => rowsPerSecond)))} rows/s   ${percent(share)} of the ceiling (${percent(processorShare)} by processor time; aim ${percent(way.aim)})`)
  line('  ceiling: the same requests with nothing remembered', `${number(median(ceilings.map(({ rowsPerSecond }) => rowsPerSecond)))} rows/s`)
  line('  ceiling: the same with a bare journal, synchronous = FULL', `${number(median(durable.map(({ rowsPerSecond }) => rowsPerSecond)))} rows/s   the run reaches ${percent(shareOf(durable))} of it (${percent(processorShareOf(durable))} by processor time)`)
  line('  one run', `${applies.map((apply) => spent(apply)).join(', ')}   ${applies.map(({ peakMb }) => number(peakMb)).join(', ')} MiB`)
  return { ceilings, durable, applies, share, processorShare, durableShare: shareOf(durable), aim: way.aim }
}

/** Milliseconds of processor time a row. */
function perRow(spent: { cpuMs: number; rows?: number } | undefined, rows: number): number {
  return spent === undefined ? Number.NaN : spent.cpuMs / (spent.rows ?? rows)
}

async function reset(url: string, to: 'empty' | 'old'): Promise<void> {
  await fetch(url, { method: 'POST', body: JSON.stringify({ reset: to }) })
}

async function startServer(): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./server.ts', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] })
  for await (const port of createInterface({ input: child.stdout })) return { url: `http://127.0.0.1:${port}`, child }
  throw new Error('the server ended before it was ready')
}
