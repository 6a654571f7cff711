import type { DestinationProfile } from '../../destinations/destination.ts'
import type { Chance } from '../chance.ts'
import type { VendorRules } from './vendor.ts'

/** How a simulated destination is declared, and how it really behaves: the declaration never promises more. */
export interface Character {
  name: (typeof names)[number]
  profile: DestinationProfile
  rules: VendorRules
  /** Share of requests with trouble on the way. */
  trouble: number
}

const names = ['by id and key', 'upserts', 'jobs', 'messages', 'audience', 'idempotency key', 'idempotency key, readable'] as const

/** Draws one of the kinds of destinations there are, with its numbers. */
export function characterOf(chance: Chance): Character {
  const name = chance.pick(names)
  const requestTimeoutMs = chance.pick([2000, 10_000])
  const consistencyDelayMs = chance.pick([0, 500, 3000])
  const readable = name !== 'messages' && name !== 'audience' && name !== 'idempotency key'
  const profile: DestinationProfile = {
    rowsPerRead: chance.whole(1, 10),
    rowsPerReadWithHistory: 10,
    rowsPerWrite: chance.whole(1, 8),
    bytesPerWrite: 1_000_000,
    limits: [
      { kind: 'window', name: 'burst', label: 'requests a second', requests: chance.whole(2, 10), perMs: 1000 },
      { kind: 'concurrency', name: 'at once', label: 'requests at once', requests: chance.whole(1, 4) },
    ],
    requestTimeoutMs,
    consistencyDelayMs,
    changeFeedDelayMs: 0,
    readBack: readable ? 'by id or key' : 'none',
    attribution: 'none',
    settle: settleOf(name),
    jobPollMs: 500,
    ...(name === 'jobs' ? { jobWithinMs: 6000 } : {}),
    ...(name.startsWith('idempotency key') ? { idempotencyLifeMs: 120_000 } : {}),
    retry: { attempts: 6, baseMs: 200, capMs: 10_000 },
  }
  const rules: VendorRules = {
    upserts: name === 'upserts' || name === 'audience',
    remembersTracesMs: profile.idempotencyLifeMs ?? 0,
    jobs: name === 'jobs',
    visibleAfterMs: consistencyDelayMs,
    poison: new Set(),
    rejected: new Set(),
    busy: new Map(),
    overridden: new Set(),
    tokenAccepted: true,
    lies: 0,
  }
  // Drawn apart, so that the other worlds stay as they were.
  const apart = chance.fork('bulk jobs')
  if (name === 'jobs' && apart.happens(0.5)) {
    rules.rowsPerJob = apart.whole(1, 4)
    profile.own = { rowsPerJob: rules.rowsPerJob }
  }
  const trouble = chance.pick([0, 0.1, 0.25, 0.45])
  // Where nobody can look, a lie is found out by nobody.
  if (readable) rules.lies = chance.pick([0, 0, 0.15, 0.5])
  return { name, profile, rules, trouble }
}

function settleOf(name: Character['name']): DestinationProfile['settle'] {
  switch (name) {
    case 'by id and key':
    case 'upserts':
    case 'jobs':
      return 'strong read'
    case 'messages':
      return 'none'
    case 'audience':
      return 'set idempotent'
    case 'idempotency key':
    case 'idempotency key, readable':
      return 'idempotency key'
  }
}
