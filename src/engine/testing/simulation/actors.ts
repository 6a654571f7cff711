import { liftPause, setPause } from '../../execution/runs/pauses.ts'
import { AppError } from '../../../contract/errors.ts'
import { latest } from './vendor.ts'
import type { World } from './world.ts'
import { matchKeyOf, personal } from './world.ts'

const anna = { name: 'Anna' }

/** What people and the world do to a run, one at a time. Each says whether it did anything. */
const acts: Record<string, (world: World) => boolean> = {
  'pauses the run': (world) => onRun(world, (runs, run) => runs.pause(run, anna)),
  'resumes the run': (world) => onRun(world, (runs, run) => runs.resume(run, anna)),
  'cancels the run': (world) => world.chance.happens(0.6) && onRun(world, (runs, run) => runs.cancel(run, anna)),
  'pauses everything': (world) => onProcess(world, ({ database, clock, runs }) => {
    setPause({ database, ports: { clock } }, { all: true }, 'Anna')
    runs.pausesChanged()
  }),
  'lifts the pause': (world) => onProcess(world, ({ database, clock, runs }) => {
    liftPause({ database, ports: { clock } }, { all: true }, 'Anna')
    runs.pausesChanged()
  }),
  'edits a record': (world) => editRecord(world, true),
  'edits another field': (world) => editRecord(world, false),
  'deletes a record': (world) => {
    const record = aRecord(world)
    if (record) world.vendor.edit(world.time.now, record, { gone: true })
    return record !== undefined
  },
  'makes a record': (world) => {
    const missing = [...world.warehouse.keys()].filter((key) => !world.vendor.living().some((record) => record.key === matchKeyOf(key)))
    if (missing.length === 0) return false
    world.vendor.add(world.time.now, matchKeyOf(world.chance.pick(missing)), { tier: 'theirs' }, 'person')
    return true
  },
  'takes a field away': (world) => {
    world.vendor.rules.missingField = 'score'
    world.time.after(world.chance.whole(1000, 60_000), () => delete world.vendor.rules.missingField)
    return true
  },
  'lets the token expire': (world) => {
    world.vendor.rules.tokenAccepted = false
    world.time.after(world.chance.whole(500, 30_000), () => {
      world.vendor.rules.tokenAccepted = true
    })
    return true
  },
  'loses the secret': (world) => {
    world.secretKnown = false
    world.time.after(world.chance.whole(500, 30_000), () => {
      world.secretKnown = true
    })
    return true
  },
  'turns the clock': (world) => {
    const hours = world.chance.pick([-26, -1, 1, 26])
    world.wall.offset += hours * 3_600_000
    return true
  },
  'lets the machine sleep': (world) => {
    const { process } = world
    if (!process?.alive || world.asleepUntil > world.time.now) return false
    const slept = world.chance.pick([20_000, 600_000, 8 * 3_600_000])
    world.asleepUntil = world.time.now + slept
    world.network.breakAll(slept + 5)
    process.sleepThrough(slept)
    return true
  },
  'fills the disk': (world) => {
    const { process } = world
    if (!process?.alive || world.disk.full) return false
    world.disk.full = true
    const { page_count: pages } = process.database.get<{ page_count: number }>('PRAGMA page_count') ?? { page_count: 0 }
    process.database.sqlite.pragma(`max_page_count = ${pages + world.chance.whole(0, 2)}`)
    world.time.after(world.chance.whole(2000, 120_000), () => freeDisk(world))
    return true
  },
  'kills the process': (world) => {
    const { process } = world
    if (!process?.alive) return false
    process.kill('at any moment')
    return true
  },
}

/** There is room again. */
export function freeDisk(world: World): void {
  world.disk.full = false
  if (world.process?.alive) world.process.database.sqlite.pragma('max_page_count = 1073741823')
}

/** One of them happens. Somebody at the screen waits while the machine sleeps. */
export function act(world: World): void {
  const name = world.chance.pick(Object.keys(acts))
  if (world.asleepUntil > world.time.now && !outside.has(name)) return
  if (acts[name]?.(world)) world.fault(`somebody ${name}`)
}

/** What happens elsewhere than on this machine. */
const outside = new Set(['edits a record', 'edits another field', 'deletes a record', 'makes a record', 'takes a field away', 'lets the token expire'])

function onProcess(world: World, does: (process: NonNullable<World['process']>) => unknown): boolean {
  const { process } = world
  if (!process?.alive) return false
  try {
    world.guard(() => does(process))
  } catch (error) {
    // A full disk or an ended run refuses, in words.
    if (!(error instanceof AppError)) throw error
    world.note(`refused: ${error.message}`)
  }
  return true
}

function onRun(world: World, does: (runs: NonNullable<World['process']>['runs'], run: string) => unknown): boolean {
  return onProcess(world, ({ runs, alive }) => {
    const open = alive ? runs.list({ limit: 10 }).filter(({ state }) => state === 'approved' || state === 'applying' || state === 'verifying') : []
    if (open.length === 0) return
    const done = does(runs, world.chance.pick(open).runId)
    if (done instanceof Promise) done.catch((error: unknown) => world.note(`refused: ${error instanceof Error ? error.message : ''}`))
  })
}

function aRecord(world: World): string | undefined {
  const living = world.vendor.living()
  return living.length === 0 ? undefined : world.chance.pick(living).id
}

/** The worst moment for an edit: between the last look and the write. */
export function editOnItsWay(world: World): boolean {
  const { process } = world
  if (!process?.alive) return false
  const sent = process.database.all<{ id: string }>("SELECT remote_id AS id FROM journal WHERE state = 'sent' AND remote_id IS NOT NULL ORDER BY ordinal")
  if (sent.length === 0) return false
  for (const { id } of sent) if (world.chance.happens(0.5)) world.vendor.edit(world.time.now, id, { fields: { tier: `${personal} typed ${world.time.now}` } })
  world.fault('somebody edits records that wait to be written')
  return true
}

function editRecord(world: World, ours: boolean): boolean {
  const id = aRecord(world)
  const record = id === undefined ? undefined : world.vendor.records.get(id)
  if (!record || !latest(record)) return false
  world.vendor.edit(world.time.now, record.id, { fields: ours ? { tier: `${personal} typed ${world.time.now}` } : { note: `${personal} note ${world.time.now}` } })
  return true
}
