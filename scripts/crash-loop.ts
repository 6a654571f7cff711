/**
 * `npm run crash-loop -- --kills 200`: real engine processes apply real plans over HTTP to simulated systems and are killed,
 * at named moments and by the clock, until each run ends; then the systems' own records are compared with the journal.
 * The last line says what was found; ends with 1 where a promise was broken.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Chance } from '../src/engine/testing/chance.ts'
import type { Ended } from './crash-loop/engine-process.ts'
import { crashPoints, doubtPoints, jobPoints } from './crash-loop/points.ts'
import type { CrashPoint } from './crash-loop/points.ts'
import { playRound } from './crash-loop/round.ts'
import type { Round } from './crash-loop/round.ts'
import { makeScene } from './crash-loop/scene.ts'
import type { Scene } from './crash-loop/scene.ts'
import { systems } from './crash-loop/systems.ts'

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, system: { type: 'string' }, keep: { type: 'boolean', default: false } },
})

const mostKills = 8

/** A scene with the figures of a run that nobody disturbed. */
interface Played {
  scene: Scene
  usual: Ended
  wanted: Set<CrashPoint>
}

async function prepare(folder: string): Promise<Played[]> {
  const played: Played[] = []
  for (const system of systems.filter(({ name }) => values.system === undefined || name === values.system)) {
    const scene = await makeScene(folder, system)
    const usual = await scene.engine.run(['apply', scene.plan])
    if (usual.exit !== 0) throw new Error(`${system.name}: the plan cannot be applied\n${usual.output}`)
    // A point that never comes would be tested by nobody.
    const expected = crashPoints.filter((point) => !doubtPoints.has(point) && (system.jobs || !jobPoints.has(point)))
    const missing = expected.filter((point) => usual.tally[point] === undefined)
    if (missing.length > 0) throw new Error(`${system.name}: these points never come: ${missing.join(', ')}`)
    played.push({ scene, usual, wanted: new Set(expected) })
  }
  return played
}

function describe(name: string, round: Round): string {
  const { kills, inDoubt, settled, queued, edits, verdict, problems } = round
  const broken = [...Object.entries(verdict).flatMap(([what, list]) => (list as string[]).map((line) => `${what}: ${line}`)), ...problems]
  const line = `${name.padEnd(10)} ${kills} kills, in doubt ${inDoubt}, settled ${settled}, for a person ${queued}, edits ${edits}`
  return broken.length === 0 ? line : `${line}\n  at ${round.points.join(', ')}\n${broken.slice(0, 8).map((text) => `  ✗ ${text}`).join('\n')}`
}

async function loop(played: Played[], wanted: number, chance: Chance): Promise<Round[]> {
  const rounds: Round[] = []
  let kills = 0
  for (let turn = 0; kills < wanted; turn++) {
    const one = played[turn % played.length]
    if (!one) throw new Error('there is no such system')
    // A few kills a run, and some for every system however few there are in all.
    const round = await playRound({ ...one, chance, kills: Math.min(chance.whole(1, mostKills), Math.ceil(wanted / played.length), wanted - kills) })
    kills += round.kills
    rounds.push(round)
    console.log(describe(one.scene.system.name, round))
  }
  return rounds
}

const folder = await mkdtemp(join(tmpdir(), 'lockstep-crash-loop-'))
let played: Played[] = []
try {
  const started = performance.now()
  played = await prepare(folder)
  const rounds = await loop(played, Number(values.kills), new Chance(Number(values.seed)))
  const sum = (of: (round: Round) => number): number => rounds.reduce((total, round) => total + of(round), 0)
  const [kills, inDoubt, queued] = [sum((round) => round.kills), sum((round) => round.inDoubt), sum((round) => round.queued)]
  const settled = sum((round) => round.settled) + queued
  const [duplicates, lost] = [sum(({ verdict }) => verdict.duplicates.length), sum(({ verdict }) => verdict.lost.length)]
  const [outside, overwritten, problems] = [sum(({ verdict }) => verdict.outside.length), sum(({ verdict }) => verdict.overwritten.length), sum((round) => round.problems.length)]
  const distinct = new Set(rounds.flatMap(({ points }) => points.map((point) => point.replace(/ \d+$/, ''))))
  console.log(`\n${rounds.length} runs in ${Math.round((performance.now() - started) / 1000)} s, seed ${values.seed}; killed at ${distinct.size} kinds of moment.`)
  console.log(`Of the rows in doubt ${queued} wait for a person. Outside the plan ${outside}, a person's value overwritten ${overwritten}, other problems ${problems}.`)
  if (duplicates + lost + outside + overwritten + problems > 0 || settled !== inDoubt) process.exitCode = 1
  console.log(`kills ${kills} in-doubt ${inDoubt} settled ${settled} duplicates ${duplicates} lost ${lost}`)
} finally {
  for (const { scene } of played) await scene.simulator.stop()
  if (values.keep) console.log(`Kept in ${folder}`)
  else await rm(folder, { recursive: true, force: true })
}
