import { settleByTruth } from './a-person-looks.ts'
import { act, editOnItsWay, freeDisk } from './actors.ts'
import { liftPause } from '../../execution/runs/pauses.ts'
import { AppError } from '../../../contract/errors.ts'
import type { SimulatedPlan } from './plans.ts'
import { checkConverged } from './convergence.ts'
import { layOut } from './scenery.ts'
import { World } from './world.ts'
import type { Violation } from './world.ts'

export interface SeedResult {
  seed: number
  character: string
  faults: number
  recoveries: number
  violations: Violation[]
  traceHash: string
  trace: string[]
}

/** More steps than this is a run that never ends. */
const mostSteps = 30_000
const anna = { name: 'Anna' }

/** Plays one seed: a plan is applied while everything goes wrong, then the world is calm and all must come right. */
export async function playSeed(seed: number, options: { keepTrace?: boolean } = {}): Promise<SeedResult> {
  const world = new World(seed, { keepTrace: options.keepTrace ?? false })
  try {
    const plans = layOut(world)
    await applyInTrouble(world, plans)
    await comeRight(world, plans)
  } catch (error) {
    world.violate('program', error instanceof Error ? (error.stack ?? error.message) : String(error))
  } finally {
    await world.end()
  }
  const { violations, faults, recoveries, traceHash, trace } = world
  return { seed, character: world.character.name, faults: faults + world.network.injected + world.vendor.lies, recoveries, violations, traceHash, trace }
}

/** The first part: faults at any moment. */
async function applyInTrouble(world: World, plans: SimulatedPlan[]): Promise<void> {
  const { chance } = world
  const restless = chance.pick([0, 0.02, 0.06, 0.15])
  let acts = chance.whole(0, 14)
  world.network.onWait = () => {
    if (chance.happens(0.9)) world.time.after(chance.whole(200, 5000), () => void editOnItsWay(world))
  }
  startProcess(world)
  for (const plan of plans) startRun(world, plan)
  let attempts = chance.whole(0, 3)
  let visits = 0
  for (let step = 0; step < mostSteps; step += 1) {
    if (!world.process?.alive) await restart(world)
    if (acts > 0 && chance.happens(restless)) {
      acts -= 1
      act(world)
    }
    if (await stepOn(world)) continue
    if (openRuns(world).length > 0 && held(world).length === openRuns(world).length) {
      // Paused, and nothing else happens: somebody comes back to it, later.
      visits += 1
      if (visits > 4) return
      resumeAll(world)
    } else if (attempts > 0) {
      attempts -= 1
      for (const plan of plans) startRun(world, plan)
      resumeAll(world)
    } else {
      return
    }
    if (world.time.idle && !(await stepOn(world)) && attempts <= 0) return
  }
  world.violate('end', 'the runs do not come to an end in trouble')
}

/** The second part: nothing goes wrong any more, and people do what they are asked to. */
async function comeRight(world: World, plans: SimulatedPlan[]): Promise<void> {
  calm(world)
  const looks = world.chance.fork('looks').happens(0.5)
  for (let round = 0; round < 12; round += 1) {
    if (!world.process?.alive) await restart(world)
    calm(world)
    if (round === 0 && looks) await lookAgain(world)
    for (const plan of plans) startRun(world, plan)
    resumeAll(world)
    await untilQuiet(world)
    if (openRuns(world).length > 0) {
      if (round > 2) return world.violate('end', `a run does not go on: ${JSON.stringify(openRuns(world))}`)
      continue
    }
    if (settleByTruth(world)) continue
    if (unfinished(world).length === 0) break
  }
  if (unfinished(world).length > 0) world.violate('I5', `a run does not come to its end: ${JSON.stringify(unfinished(world))}`)
  await world.checkWhole()
  // What people did last can be seen by every read.
  world.time.after(world.vendor.rules.visibleAfterMs + 1000, () => undefined)
  await untilQuiet(world)
  await checkConverged(world, { startRun, untilQuiet: () => untilQuiet(world) })
  await world.checkWhole()
}

/** Somebody looks up what is in doubt: nothing may leave. */
async function lookAgain(world: World): Promise<void> {
  await untilQuiet(world)
  if (openRuns(world).length > 0 || !world.process?.alive) return
  world.invariants.onlyLooking = true
  for (const { runId } of unfinished(world)) world.guard(() => world.process?.runs.look(runId, anna))
  await untilQuiet(world)
  world.invariants.onlyLooking = false
}

function calm(world: World): void {
  world.network.trouble = 0
  world.network.onWait = () => undefined
  const { rules } = world.vendor
  world.vendor.forgetful = false
  rules.tokenAccepted = true
  rules.lies = 0
  rules.poison.clear()
  rules.rejected.clear()
  rules.busy.clear()
  delete rules.missingField
  world.secretKnown = true
  freeDisk(world)
  const { process } = world
  if (!process?.alive) return
  process.spare()
  liftPause({ database: process.database, ports: { clock: process.clock } }, { all: true }, 'Anna')
  process.runs.pausesChanged()
}

async function stepOn(world: World): Promise<boolean> {
  const moved = await world.time.step()
  return moved
}

async function untilQuiet(world: World): Promise<void> {
  for (let step = 0; step < mostSteps; step += 1) if (!(await stepOn(world))) return
  world.violate('end', 'the world does not come to rest')
}

function startProcess(world: World): void {
  const mortal = world.network.trouble > 0 || world.chance.happens(0.5)
  world.start(mortal && world.recoveries < 4 && world.chance.happens(0.6) ? world.chance.whole(1, 80) : Number.POSITIVE_INFINITY)
}

/** Nobody is there for a while; what was under way at the vendor goes on. */
async function restart(world: World): Promise<void> {
  const until = world.time.now + world.chance.whole(10, 8000)
  let woken = false
  world.time.after(until - world.time.now, () => {
    woken = true
  })
  while (!woken) await stepOn(world)
  world.recoveries += 1
  world.note('the engine starts again')
  startProcess(world)
}

function startRun(world: World, plan: SimulatedPlan): void {
  const { process } = world
  if (!process?.alive) return
  process.runs.start(plan.id, anna).then(
    (run) => world.note(`started ${run.runId.slice(0, 8)}: ${run.state}`),
    (error: unknown) => refused(world, error),
  )
}

function resumeAll(world: World): void {
  const { process } = world
  if (!process?.alive) return
  for (const run of process.runs.list({ limit: 50 })) {
    if (!process.alive) return
    process.runs.resume(run.runId, anna).then(() => undefined, (error: unknown) => refused(world, error))
  }
}

function refused(world: World, error: unknown): void {
  if (error instanceof AppError) world.note(`refused: ${error.message}`)
  else if (world.process?.alive) world.violate('program', error instanceof Error ? (error.stack ?? error.message) : String(error))
}

function openRuns(world: World) {
  return world.process?.alive ? world.process.runs.list({ limit: 50 }).filter(({ state }) => state === 'approved' || state === 'applying' || state === 'verifying') : []
}

function held(world: World) {
  return openRuns(world).filter(({ paused }) => paused)
}

/** Runs that ended with something that a resume can bring further. */
function unfinished(world: World) {
  if (!world.process?.alive) return []
  return world.process.runs.list({ limit: 50 }).filter(({ state, counts }) => state === 'failed' || counts.sent + counts.accepted + counts.unknown > 0 || (state === 'stopped' && counts.pending > 0))
}
