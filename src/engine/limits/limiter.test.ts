import { describe, expect, it } from 'vitest'
import type { Limit } from './limit.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import type { FakeClock } from '../testing/fake-clock.ts'
import { createLimiter } from './limiter.ts'
import type { LimitMemory } from './rate-limits.ts'
import type { Ask, Limiter } from './limiter.ts'

const burst: Limit = { kind: 'window', name: 'burst', label: 'requests per 10 seconds', requests: 4, perMs: 10_000 }
const search: Limit = { kind: 'window', name: 'search', label: 'searches per second', requests: 1, perMs: 1000, counts: 'named' }

/** Sends `count` requests and records when each was let through. */
function send(limiter: Limiter, clock: FakeClock, count: number, ask: Ask = {}, into: { owner: string; at: number }[] = []) {
  const sent = Array.from({ length: count }, async () => {
    const permit = await limiter.acquire(ask)
    into.push({ owner: ask.owner ?? '', at: clock.monotonic() })
    permit.answered()
  })
  return { into, done: Promise.all(sent) }
}

describe('window limits', () => {
  it('let no more through than the window holds, in any stretch of its length', async () => {
    const clock = createFakeClock()
    const { into, done } = send(createLimiter(clock, [burst]), clock, 11)
    await clock.runUntil(done)
    expect(into.map(({ at }) => at)).toEqual([0, 0, 0, 0, 10_000, 10_000, 10_000, 10_000, 20_000, 20_000, 20_000])
  })

  it('count a slow request until a window after its answer, for nobody knows when the vendor counted it', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [{ ...burst, requests: 1 }])
    const slow = await limiter.acquire({})
    await clock.advance(9000)
    slow.answered()
    const { into, done } = send(limiter, clock, 1)
    await clock.runUntil(done)
    expect(into[0]?.at).toBe(19_000)
  })

  it('hold back only requests that name them, where they say so', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [burst, search])
    const searches = send(limiter, clock, 2, { named: ['search'] })
    const reads = send(limiter, clock, 2)
    await clock.runUntil(Promise.all([searches.done, reads.done]))
    expect(reads.into.map(({ at }) => at)).toEqual([0, 0])
    expect(searches.into.map(({ at }) => at)).toEqual([0, 1000])
  })

  it('take over the vendor’s own count, so that other programs on the account are left room', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [burst])
    limiter.learn([{ limit: 'burst', allowed: 4, remaining: 1, resetsInMs: 2500 }])
    const { into, done } = send(limiter, clock, 2)
    await clock.runUntil(done)
    expect(into.map(({ at }) => at)).toEqual([0, 2500])
  })

  it('follow the vendor’s allowance up, unless a person set the number', async () => {
    const clock = createFakeClock()
    const free = createLimiter(clock, [burst])
    const fixed = createLimiter(clock, [{ ...burst, fixed: true }])
    for (const limiter of [free, fixed]) limiter.learn([{ limit: 'burst', allowed: 6, remaining: 6 }])
    const [all, some] = [send(free, clock, 6), send(fixed, clock, 6)]
    await clock.advance(0)
    expect([all.into.length, some.into.length]).toEqual([6, 4])
    await clock.advance(10_000)
  })
})

describe('a refusal by the vendor', () => {
  it('holds everybody back exactly as long as it said, and says so', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [burst])
    let told = 0
    limiter.onChange(() => { told += 1 })
    limiter.tooMany({ waitMs: 1500 })
    const { into, done } = send(limiter, clock, 1, { owner: 'other activation' })
    expect(limiter.waiting()).toEqual({ limit: 'burst', label: 'limit of 4 requests per 10 seconds', why: 'It refused a request and asked for this pause.', until: clock.now() + 1500 })
    expect(limiter.waiting('nobody')).toBeUndefined()
    await clock.runUntil(done)
    expect(into[0]?.at).toBe(1500)
    expect(limiter.waiting()).toBeUndefined()
    expect(told).toBe(2)
  })

  it('slows down by half, once per burst of refusals, and recovers', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [burst])
    for (let refusal = 0; refusal < 3; refusal += 1) limiter.tooMany({})
    const slow = send(limiter, clock, 4)
    await clock.runUntil(slow.done)
    expect(slow.into.map(({ at }) => at)).toEqual([0, 0, 10_000, 10_000])
    for (let answer = 0; answer < 30; answer += 1) limiter.succeeded()
    await clock.advance(10_000)
    const fast = send(limiter, clock, 4)
    await clock.advance(0)
    expect(fast.into).toHaveLength(4)
  })

  it('pauses even a connection without declared limits', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [])
    limiter.tooMany({ waitMs: 700 })
    const { into, done } = send(limiter, clock, 1)
    await clock.runUntil(done)
    expect(into[0]?.at).toBe(700)
  })

  it('is looked at again after an hour, however long it asked to wait', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [burst])
    limiter.tooMany({ waitMs: 1e12 })
    const { into, done } = send(limiter, clock, 1)
    await clock.runUntil(done)
    expect(into[0]?.at).toBe(3_600_000)
  })

  it('touches only the limit it names', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [burst, search])
    limiter.tooMany({ limit: 'search', waitMs: 5000 })
    const { into, done } = send(limiter, clock, 1)
    await clock.runUntil(done)
    expect(into[0]?.at).toBe(0)
  })
})

describe('daily, concurrency and job limits', () => {
  it('wait for the next day, asking once an hour because the vendor’s midnight is not known', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [{ kind: 'daily', name: 'daily', label: 'requests per day', requests: 2 }])
    const { into, done } = send(limiter, clock, 3)
    await clock.runUntil(done)
    expect(into.map(({ at }) => at)).toEqual([0, 0, 3_600_000])
  })

  it('let so many be open at once', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [{ kind: 'concurrency', name: 'concurrency', label: 'requests at once', requests: 1 }])
    const first = await limiter.acquire({})
    const second = limiter.acquire({})
    await clock.advance(60_000)
    expect(limiter.waiting()).toBeUndefined()
    first.answered()
    await expect(second).resolves.toBeDefined()
  })

  it('keep a job’s place until the job ends, also one started before a restart', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [{ kind: 'jobs', name: 'jobs', label: 'open jobs', jobs: 2 }])
    limiter.jobResumed('jobs')
    const first = await limiter.acquire({ named: ['jobs'] })
    first.answered(true)
    let started = false
    const second = limiter.acquire({ named: ['jobs'] }).then(() => { started = true })
    await clock.advance(1000)
    expect(started).toBe(false)
    limiter.jobEnded('jobs')
    await second
    expect(started).toBe(true)
  })
})

describe('the queue', () => {
  it('takes turns between owners', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [{ ...burst, requests: 1, perMs: 1000 }])
    const into: { owner: string; at: number }[] = []
    const long = send(limiter, clock, 4, { owner: 'long' }, into)
    const short = send(limiter, clock, 2, { owner: 'short' }, into)
    await clock.runUntil(Promise.all([long.done, short.done]))
    expect(into.map(({ owner }) => owner)).toEqual(['long', 'short', 'long', 'short', 'long', 'long'])
  })

  it('lets a higher priority go first', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [{ ...burst, requests: 1, perMs: 1000 }])
    const into: { owner: string; at: number }[] = []
    const run = send(limiter, clock, 3, { owner: 'run' }, into)
    const person = send(limiter, clock, 1, { owner: 'person', priority: 1 }, into)
    await clock.runUntil(Promise.all([run.done, person.done]))
    expect(into.map(({ owner }) => owner)).toEqual(['run', 'person', 'run', 'run'])
  })

  it('a critical request goes before everything that waits already, and says so to who waits behind it', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [{ ...burst, requests: 1, perMs: 1000 }])
    const into: { owner: string; at: number }[] = []
    const newsletter = send(limiter, clock, 5, { owner: 'newsletter', priority: -1 }, into)
    await clock.advance(1500)
    const fraud = send(limiter, clock, 2, { owner: 'fraud', priority: 1 }, into)
    expect(limiter.waiting('newsletter')).toMatchObject({ why: 'Requests of a more critical activation go first.' })
    await clock.runUntil(Promise.all([newsletter.done, fraud.done]))
    expect(into.map(({ owner }) => owner)).toEqual(['newsletter', 'newsletter', 'fraud', 'fraud', 'newsletter', 'newsletter', 'newsletter'])
  })

  it('forgets a request that was given up, and lets the next one through', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [{ ...burst, requests: 1, perMs: 1000 }])
    const stop = new AbortController()
    const first = await limiter.acquire({})
    first.answered()
    const given = limiter.acquire({ signal: stop.signal })
    const next = send(limiter, clock, 1)
    stop.abort(new Error('cancelled'))
    await expect(given).rejects.toThrow('cancelled')
    await clock.runUntil(next.done)
    expect(next.into[0]?.at).toBe(1000)
    expect(clock.sleepers()).toBe(0)
  })
})

describe('records', () => {
  const user: Limit = { kind: 'record', name: 'user', label: 'updates of one user per minute', requests: 2, perMs: 60_000 }

  it('change only so often each; others go on meanwhile', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [user])
    const same = send(limiter, clock, 3, { records: ['7'] })
    const both = send(limiter, clock, 1, { records: ['7', '8'] })
    const other = send(limiter, clock, 2, { records: ['8'] })
    await clock.advance(0)
    expect(limiter.waiting()).toMatchObject({ limit: 'user', label: 'limit of 2 updates of one user per minute' })
    await clock.runUntil(Promise.all([same.done, both.done, other.done]))
    expect(same.into.map(({ at }) => at)).toEqual([0, 0, 60_000])
    expect(other.into.map(({ at }) => at)).toEqual([0, 0])
    expect(both.into.map(({ at }) => at)).toEqual([60_000])
  })

  it('wait together when the system refuses one of them', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [user])
    limiter.tooMany({ limit: 'user', waitMs: 4000 })
    const [held, free] = [send(limiter, clock, 1, { records: ['7'] }), send(limiter, clock, 1)]
    await clock.runUntil(Promise.all([held.done, free.done]))
    expect([held.into[0]?.at, free.into[0]?.at]).toEqual([4000, 0])
  })
})

describe('the day’s quota', () => {
  const daily: Limit = { kind: 'daily', name: 'daily', label: 'requests per day', requests: 5000 }

  /** What a limiter remembers, and what it comes to after a while. */
  function notebook(clock: FakeClock) {
    let kept: { used: number; endsAt: number } | undefined
    let saves = 0
    const memory: LimitMemory = {
      load: () => kept && { used: kept.used, endsInMs: kept.endsAt - clock.now() },
      save: (_limit, { used, endsInMs }) => {
        saves += 1
        kept = { used, endsAt: clock.now() + endsInMs }
      },
    }
    return { memory, saves: () => saves, used: () => kept?.used }
  }

  it('is remembered over a restart, never too little and at most a block too much, with few writes', async () => {
    const clock = createFakeClock()
    const { memory, saves, used } = notebook(clock)
    const before = send(createLimiter(clock, [daily], memory), clock, 4990)
    await before.done
    expect(used()).toBeGreaterThanOrEqual(4990)
    expect(used()).toBeLessThan(4990 + 5)
    expect(saves()).toBeLessThan(1100)
    await clock.advance(2 * 3_600_000)
    const after = send(createLimiter(clock, [daily], memory), clock, 30)
    await clock.advance(0)
    expect(after.into.length).toBeGreaterThanOrEqual(5)
    expect(after.into.length).toBeLessThanOrEqual(10)
    await clock.advance(22 * 3_600_000)
    expect(after.into).toHaveLength(30)
  })

  it('begins anew when its day is over while nothing ran', async () => {
    const clock = createFakeClock()
    const { memory } = notebook(clock)
    await send(createLimiter(clock, [daily], memory), clock, 5000).done
    await clock.advance(25 * 3_600_000)
    const next = send(createLimiter(clock, [daily], memory), clock, 5000)
    await clock.advance(0)
    expect(next.into).toHaveLength(5000)
  })

  it('says what it waits for', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [{ ...daily, requests: 1 }])
    const sent = send(limiter, clock, 2)
    expect(limiter.waiting()).toMatchObject({ label: 'limit of 1 requests per day', until: clock.now() + 3_600_000, why: expect.stringContaining('used up') as string })
    await clock.runUntil(sent.done)
  })
})

describe('after sleep', () => {
  it('a wait ends when its time has come by the clock, however late its timer is', async () => {
    const clock = createFakeClock()
    let slept = 0
    const machine = { ...clock, now: () => clock.now() + slept }
    const limiter = createLimiter(machine, [burst])
    limiter.tooMany({ waitMs: 3_600_000 })
    const { into, done } = send(limiter, clock, 1)
    await clock.advance(1000)
    // Closed for eight hours: the monotonic clock and all timers stood still.
    slept = 8 * 3_600_000
    await clock.advance(15_000)
    await done
    expect(into[0]?.at).toBeLessThanOrEqual(16_000)
  })

  it('a clock that was set back prolongs nothing', async () => {
    const clock = createFakeClock()
    let shift = 0
    const limiter = createLimiter({ ...clock, now: () => clock.now() + shift }, [{ ...burst, requests: 1 }])
    const { into, done } = send(limiter, clock, 2)
    await clock.advance(1000)
    shift = -86_400_000
    await clock.runUntil(done)
    expect(into[1]?.at).toBe(10_000)
  })
})

describe('leave that was not used', () => {
  it.each<Limit>([
    { ...burst, requests: 1 },
    { kind: 'daily', name: 'daily', label: 'requests per day', requests: 1 },
    { kind: 'concurrency', name: 'concurrency', label: 'requests at once', requests: 1 },
    { kind: 'jobs', name: 'jobs', label: 'open jobs', jobs: 1 },
    { kind: 'record', name: 'user', label: 'updates of one user', requests: 1, perMs: 60_000 },
  ])('counts for no limit: $kind', async (limit) => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [limit])
    const ask = { named: [limit.name], records: ['7'] }
    const first = await limiter.acquire(ask)
    first.unused()
    const next = send(limiter, clock, 1, ask)
    await clock.advance(0)
    expect(next.into).toHaveLength(1)
  })
})

describe('many requests', () => {
  it('are let through as fast as there is room: ten thousand that wait at once take no time worth speaking of', async () => {
    const clock = createFakeClock()
    const limiter = createLimiter(clock, [{ ...burst, requests: 5000 }, search, { kind: 'concurrency', name: 'concurrency', label: 'requests at once', requests: 8 }])
    const startedAt = performance.now()
    const all = Array.from({ length: 4 }, (_, run) => send(limiter, clock, 2500, { owner: `run ${run}` }))
    await clock.runUntil(Promise.all(all.map(({ done }) => done)))
    expect(all.flatMap(({ into }) => into)).toHaveLength(10_000)
    expect(performance.now() - startedAt).toBeLessThan(1500)
  })
})
