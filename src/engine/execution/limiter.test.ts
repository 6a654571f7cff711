import { describe, expect, it } from 'vitest'
import type { Limit } from '../destinations/destination.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import type { FakeClock } from '../testing/fake-clock.ts'
import { createLimiter } from './limiter.ts'
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
    expect(limiter.waiting()).toEqual({ limit: 'burst', label: 'requests per 10 seconds', until: clock.now() + 1500 })
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
