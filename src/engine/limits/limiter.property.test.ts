import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Limit } from './limit.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createLimiter } from './limiter.ts'

interface Sent {
  at: number
  answeredAt: number
  search: boolean
  record: string
  priority: number
  askedAt: number
}

const requests = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: 400 }), takes: fc.integer({ min: 0, max: 3000 }), search: fc.boolean(), record: fc.constantFrom('', '', 'a', 'b'), priority: fc.constantFrom(-1, 0, 1), owner: fc.constantFrom('x', 'y', 'z') }),
  { minLength: 1, maxLength: 60 },
)

const window = { requests: 5, perMs: 2000 }
const searches = { requests: 2, perMs: 1000 }
const changes = { requests: 2, perMs: 3000 }
const atOnce = 3
const limits: Limit[] = [
  { kind: 'window', name: 'burst', label: 'requests', ...window },
  { kind: 'window', name: 'search', label: 'searches', counts: 'named', ...searches },
  { kind: 'record', name: 'user', label: 'changes', ...changes },
  { kind: 'concurrency', name: 'concurrency', label: 'at once', requests: atOnce },
]

/** The vendor may count a request at any moment between its start and its answer: wherever it does, the window holds. */
function mostInAWindow(sent: { at: number; answeredAt: number }[], perMs: number): number {
  return Math.max(0, ...sent.map(({ at }) => sent.filter((other) => other.at <= at && other.answeredAt > at - perMs).length))
}

it('keeps every limit at every moment, lets everybody through, and never a less critical one before its equal that waited', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (asked) => {
      const clock = createFakeClock()
      const limiter = createLimiter(clock, limits)
      const sent: Sent[] = []
      const ends: Promise<void>[] = []
      for (const { after, takes, search, record, priority, owner } of asked) {
        await clock.advance(after)
        const askedAt = clock.monotonic()
        ends.push(
          limiter.acquire({ owner, priority, ...(search ? { named: ['search'] } : {}), ...(record === '' ? {} : { records: [record] }) }).then(async (permit) => {
            const one: Sent = { at: clock.monotonic(), answeredAt: Number.POSITIVE_INFINITY, search, record, priority, askedAt }
            sent.push(one)
            await clock.sleep(takes)
            one.answeredAt = clock.monotonic()
            permit.answered()
          }),
        )
      }
      await clock.runUntil(Promise.all(ends))
      expect(sent).toHaveLength(asked.length)
      expect(mostInAWindow(sent, window.perMs)).toBeLessThanOrEqual(window.requests)
      expect(mostInAWindow(sent.filter(({ search }) => search), searches.perMs)).toBeLessThanOrEqual(searches.requests)
      for (const record of ['a', 'b']) expect(mostInAWindow(sent.filter((one) => one.record === record), changes.perMs)).toBeLessThanOrEqual(changes.requests)
      expect(mostInAWindow(sent, 0)).toBeLessThanOrEqual(atOnce)
      // Of two requests that count for the same limits, the less critical never goes while the other waits.
      for (const one of sent) {
        const overtaken = sent.filter((other) => other.priority > one.priority && other.search === one.search && other.record === one.record && other.askedAt < one.at && other.at > one.at)
        expect(overtaken).toEqual([])
      }
    }),
    { numRuns: 150 },
  )
})
