import type { Chance } from '../../src/engine/testing/chance.ts'
import type { Ended, Kill } from './engine-process.ts'
import { readJournal } from './journal-copy.ts'
import type { JournalRow } from './journal-copy.ts'
import { judge } from './judge.ts'
import type { Verdict } from './judge.ts'
import { crashPoints, doubtPoints } from './points.ts'
import type { CrashPoint } from './points.ts'
import type { Scene } from './scene.ts'
import { changed, customer, customers, partOf } from './systems.ts'

/** What one plan went through, from its approval to the end of its run. */
export interface Round {
  kills: number
  points: string[]
  /** Rows whose end nobody knew at some kill, and how many of them ended or wait for a person. */
  inDoubt: number
  settled: number
  queued: number
  edits: number
  verdict: Verdict
  /** What else was wrong: the database, the audit, the next plan. */
  problems: string[]
}

export interface RoundOptions {
  scene: Scene
  chance: Chance
  /** At most so many kills. */
  kills: number
  /** How often each point came in a run that nobody disturbed, and how long it took. */
  usual: Ended
  /** Points that are still to be hit; what is hit is taken out. */
  wanted: Set<CrashPoint>
}

/** More starts than this, and the run does not come to an end. */
const mostStarts = 25
/** A system's job, or a request that had arrived, is done by then. */
const settledDownMs = 60

/** Applies the approved plan, killed again and again, until the run ends; then judges what the system holds. */
export async function playRound(options: RoundOptions): Promise<Round> {
  const { scene, chance } = options
  await scene.again()
  const before = await scene.simulator.records(scene.system.object)
  const doubtful = new Set<number>()
  const edited = new Set<string>()
  const points: string[] = []
  const problems: string[] = []
  let left: JournalRow[] = []
  for (let start = 0; ; start++) {
    if (start === mostStarts) throw new Error('the run does not come to an end')
    await scene.simulator.faults(someFault(scene, chance))
    const kill = points.length < options.kills ? chooseKill(options, left) : undefined
    const ended = await scene.engine.run(['apply', scene.plan], kill)
    if (!ended.killed) {
      if (await runEnded(scene, ended, problems)) break
      continue
    }
    points.push(kill && 'point' in kill ? `${kill.point} ${kill.time}` : 'by the clock')
    if (kill && 'point' in kill) options.wanted.delete(kill.point)
    const copy = readJournal(scene.workspace)
    left = copy.rows
    problems.push(...copy.problems)
    for (const row of left.filter(isDoubtful)) doubtful.add(row.ordinal)
    if (chance.next() < 0.3) await personEdits(scene, chance, edited)
  }
  await scene.simulator.faults([])
  const { rows, problems: damaged } = readJournal(scene.workspace)
  const after = await scene.simulator.records(scene.system.object)
  const taken = await scene.simulator.rowsTaken(scene.system.writePaths)
  problems.push(...damaged, ...(await stillSound(scene, rows.length - rows.filter(({ state }) => state === 'delivered').length + edited.size)))
  const ends = rows.filter(({ ordinal }) => doubtful.has(ordinal))
  const queued = ends.filter(({ state, reason }) => state === 'unknown' && reason === 'needs a person').length
  const settled = ends.filter(({ state }) => ['delivered', 'rejected', 'quarantined', 'skipped'].includes(state)).length
  return { kills: points.length, points, inDoubt: doubtful.size, settled, queued, edits: edited.size, verdict: judge({ system: scene.system, before, after, rows, taken, edited }), problems }
}

/** A run that stopped because its system could not be used goes on when a person says so. */
async function runEnded(scene: Scene, ended: Ended, problems: string[]): Promise<boolean> {
  if (ended.exit === 0) return true
  const document = /\{[\s\S]*\}/.exec(ended.output)?.[0]
  const { runId, state } = document === undefined ? {} : (JSON.parse(document) as { runId?: string; state?: string })
  if (runId === undefined) {
    problems.push(`apply ended with ${ended.exit}: ${ended.output.slice(-400)}`)
    return true
  }
  if (state !== 'stopped' && state !== 'failed') return false
  await scene.simulator.faults([])
  const resumed = await scene.engine.run(['runs', 'resume', runId])
  if (resumed.exit !== 0) problems.push(`resume ended with ${resumed.exit}: ${resumed.output.slice(-400)}`)
  return true
}

function isDoubtful({ state }: JournalRow): boolean {
  return ['sent', 'accepted', 'unknown'].includes(state)
}

/** A moment that the next process is likely to come to: `left` is what the last one left in the journal. */
function chooseKill({ chance, usual, wanted }: RoundOptions, left: JournalRow[]): Kill {
  if (chance.next() < 0.3) return { afterMs: usual.milliseconds * (0.35 + 0.7 * chance.next()) }
  const doubt = left.some(isDoubtful)
  const possible = crashPoints.filter((point) => usual.tally[point] !== undefined || (doubt && doubtPoints.has(point)))
  const open = possible.filter((point) => wanted.has(point) || (doubt && doubtPoints.has(point)))
  const point = chance.pick(open.length > 0 ? open : possible)
  const toDo = 1 - left.length / changed
  // Early times are likelier: less comes than usually, where several batches share a commit.
  return { point, time: 1 + Math.floor(chance.next() ** 2 * toDo * (usual.tally[point] ?? 1)) }
}

const faultKinds = [{ kind: 'dropResponse' }, { kind: 'half' }, { kind: 'truncate' }, { kind: 'reset' }, { kind: 'status', status: 503 }, { kind: 'delay', ms: 30 }] as const

/** Beside the kills, every second process meets a network that fails once. */
function someFault({ system }: Scene, chance: Chance): object[] {
  if (chance.next() < 0.5) return []
  return [{ match: chance.pick(system.writePaths), after: chance.whole(0, 4), times: 1, do: chance.pick(faultKinds) }]
}

/** A person works on, while the engine lies dead: two records of the plan get another tier. */
async function personEdits(scene: Scene, chance: Chance, edited: Set<string>): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, settledDownMs))
  const held = new Map((await scene.simulator.records(scene.system.object)).map((record) => [String(record.fields[scene.system.keyField]), record]))
  for (let count = 0; count < 2; count++) {
    const index = chance.whole(0, customers - 1)
    const { customer_id: key, tier } = customer(index)
    const record = held.get(key)
    if (!record || partOf(index) === 'right') continue
    await scene.simulator.edit(scene.system.object, record.id, scene.system.editedField, tier === 'gold' ? 'silver' : 'gold')
    edited.add(key)
  }
}

/** The audit chain is whole, and the next plan finds nothing to do but for `open` records. */
async function stillSound({ engine }: Scene, open: number): Promise<string[]> {
  const { ok, problems } = await engine.done<{ ok: boolean; problems: object[] }>('audit', 'verify')
  const { counts } = await engine.done<{ counts: { create: number; update: number; remove: number } }>('plan', 'customers')
  return [
    ...(ok ? [] : [`the audit is broken: ${JSON.stringify(problems)}`]),
    ...(counts.create + counts.update + counts.remove > open ? [`the next plan has create ${counts.create}, update ${counts.update}, remove ${counts.remove}; ${open} rows are open`] : []),
  ]
}
