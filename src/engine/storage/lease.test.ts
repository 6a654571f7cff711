import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Clock } from '../ports/ports.ts'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import type { StateDatabase } from './database.ts'
import { beatEveryMs, type Lease, lookMs, openAsOwner, type OpenedState, silentAfterMs } from './lease.ts'

const hour = 60 * 60_000
let folder: string
let clock: FakeClock
const open: StateDatabase[] = []
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'lockstep-lease-')), 'state')
  clock = createFakeClock()
})
afterEach(() => {
  for (const database of open.splice(0)) if (database.sqlite.open) database.close()
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

interface Who {
  process: number
  host?: string
  /** Processes that run on this machine. */
  running?: number[]
  clock?: Clock
  onLost?: () => void
}

async function start({ process, host = 'here', running = [1, 2, 3], onLost, ...more }: Who): Promise<OpenedState> {
  const opened = await clock.runUntil(openAsOwner(folder, { clock: more.clock ?? clock, holder: { process, host, isRunning: (id) => running.includes(id) }, ...(onLost ? { onLost } : {}) }))
  if (opened.kind === 'owner') open.push(opened.database)
  return opened
}

async function owner(who: Who): Promise<{ database: StateDatabase; lease: Lease }> {
  const opened = await start(who)
  if (opened.kind !== 'owner') throw new Error('somebody else owns it')
  return opened
}

/** The same clock, set to another time. */
function set(by: number): Clock {
  return { ...clock, now: () => clock.now() + by }
}

it('tells the second shell who owns the workspace and where it serves', async () => {
  const first = await owner({ process: 1 })
  first.lease.announce('/tmp/socket')
  expect(await start({ process: 2 })).toMatchObject({ kind: 'owned', owner: { process: 1, socket: '/tmp/socket' } })
  first.lease.release()
  expect(await start({ process: 3 })).toMatchObject({ kind: 'owner' })
})

it('succeeds a dead owner at once', async () => {
  await owner({ process: 1 })
  const began = clock.now()
  expect(await start({ process: 2, running: [2] })).toMatchObject({ kind: 'owner' })
  expect(clock.now()).toBe(began)
})

it('succeeds one of before that had the same number, as in a container, but never one that lives', async () => {
  const first = await owner({ process: 1 })
  expect(await start({ process: 1 })).toMatchObject({ kind: 'owned' })
  first.database.close()
  expect(await start({ process: 1 })).toMatchObject({ kind: 'owner' })
})

it('never takes the lease of an owner that is heard of, also on another machine', async () => {
  await owner({ process: 1 })
  await clock.advance(silentAfterMs * 3)
  expect(await start({ process: 9, host: 'there' })).toMatchObject({ kind: 'owned' })
})

for (const [words, jump] of [['ahead', hour], ['back', -hour]] as const) {
  it(`does not take a living owner’s lease when the clock was set ${words}`, async () => {
    const first = await owner({ process: 1 })
    expect(await start({ process: 2, clock: set(jump) })).toMatchObject({ kind: 'owned', owner: { process: 1 } })
    expect(first.lease.beat()).toBe(true)
  })

  it(`does not keep a silent owner’s lease when the clock was set ${words}, although a process of that number runs`, async () => {
    const first = await owner({ process: 1 })
    // It ended without a word, and its number went to another program.
    first.database.close()
    expect(await start({ process: 2, clock: set(jump) })).toMatchObject({ kind: 'owner' })
  })
}

it('lets a process that slept through the loss of its lease write nothing', async () => {
  let lost = 0
  let awake = true
  const sleepy: Clock = { ...clock, sleep: (milliseconds, signal) => (awake ? clock.sleep(milliseconds, signal) : new Promise(() => {})) }
  const first = await owner({ process: 1, clock: sleepy, onLost: () => lost++ })
  awake = false
  await clock.advance(beatEveryMs)
  await clock.advance(silentAfterMs + lookMs)
  const second = await owner({ process: 2 })
  expect(() => first.database.transaction(() => first.database.run("INSERT INTO meta VALUES ('a', 'late')"))).toThrow('taken this workspace over')
  expect(lost).toBe(1)
  expect(() => first.lease.assertHeld()).toThrow('taken this workspace over')
  second.database.transaction(() => second.database.run("INSERT INTO meta VALUES ('a', 'mine')"))
  expect(second.database.all('SELECT value FROM meta')).toEqual([{ value: 'mine' }])
})

it('leaves the workspace to exactly one of several that find it ownerless', async () => {
  const dead = await owner({ process: 1 })
  dead.database.close()
  const running = [2, 3, 4]
  const all = await Promise.all(running.map((process) => start({ process, running })))
  expect(all.map(({ kind }) => kind).sort()).toEqual(['owned', 'owned', 'owner'])
})
