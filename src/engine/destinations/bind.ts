import { AppError } from '../../contract/errors.ts'
import type { Limiter } from '../limits/limiter.ts'
import type { Connection, ConnectionsOptions } from './connection.ts'
import type { Driver } from '../drivers/driver.ts'
import type { DestinationRequest, DestinationResponse } from '../drivers/http-messages.ts'
import { createRequester } from '../drivers/requester.ts'
import type { AnyDriver, DestinationContext, DestinationObject, DestinationProfile, WriteAnswer } from './destination.ts'
import { describedObjects } from './refusals.ts'
import type { Caller } from '../drivers/request-record.ts'
import type { AnyDestination } from './destination.ts'
import type { RetryBudget } from '../drivers/retry.ts'
import type { SecretMask } from '../drivers/masking.ts'

/** The way to the system, made once for a connection. */
export type Reached = { kind: 'http'; baseUrl: string; driver: Driver<DestinationRequest, DestinationResponse> } | { kind: 'driver'; driver: AnyDriver }

/** What is known of a connection once it is open. */
export interface Open {
  id: string
  name: string
  declaration: AnyDestination
  profile: DestinationProfile
  settings: unknown
  secrets: Record<string, string>
  reached: Reached
  /** Takes the secrets out of whatever is answered. */
  mask: SecretMask
  /** The place as plans pin it (address.ts). */
  goesTo: string
  simulated: boolean
  limiter: Limiter
  /** Shared by everything that uses the connection. */
  retries: RetryBudget
  facts: Map<string, unknown>
}

/** Binds a declaration's functions to one connection and one caller. */
export function bindDestination(open: Open, options: ConnectionsOptions, caller: Caller = {}): Connection {
  const { declaration, limiter, facts } = open
  const context = (signal?: AbortSignal, onJobSlot?: () => void): DestinationContext =>
    contextOf(open, options, { ...caller, ...both(caller.signal, signal) }, onJobSlot)
  const slots = jobSlots(open)
  const connected: Connection = {
    id: open.id,
    name: open.name,
    declaration,
    profile: open.profile,
    simulated: open.simulated,
    goesTo: open.goesTo,
    for: (other) => bindDestination(open, options, { ...caller, ...other }),
    waiting: () => limiter.waiting(caller.owner),
    check: (signal) => declaration.check(context(signal)),
    async discover({ refresh = false, signal } = {}) {
      if (refresh || !facts.has(describedObjects)) facts.set(describedObjects, await declaration.discover(context(signal)))
      return facts.get(describedObjects) as DestinationObject[]
    },
    async object(name, signal) {
      const objects = await connected.discover({ signal })
      return objects.find((object) => object.name === name) ?? missingObject(open, name, objects)
    },
    read: (query, signal) => declaration.read(context(signal), query),
    list: async (query, signal) => (declaration.list ?? unable(open, 'list its records'))(context(signal), query),
    write: (request, signal) => slots.start((keep) => declaration.write(context(signal, keep), request)),
    pollJob: async (job, signal) => slots.polled(job.jobId, await (declaration.pollJob ?? unable(open, 'run jobs'))(context(signal), job)),
    uploadJob: async (job, signal) => (declaration.uploadJob ?? unable(open, 'bring jobs their rows'))(context(signal), job),
    async abandonJob(job, signal) {
      const gone = (await declaration.abandonJob?.(context(signal), job)) ?? false
      if (gone) slots.polled(job.jobId, { kind: 'lost' })
      return gone
    },
    encode: declaration.encode.bind(declaration),
    decode: declaration.decode.bind(declaration),
  }
  return connected
}

function both(callers: AbortSignal | undefined, own: AbortSignal | undefined): { signal?: AbortSignal } {
  if (!own || !callers) return own ? { signal: own } : {}
  return { signal: AbortSignal.any([callers, own]) }
}

function contextOf(open: Open, options: ConnectionsOptions, caller: Caller, onJobSlot?: () => void): DestinationContext {
  const { declaration, profile, settings, secrets, limiter, retries, facts, reached, mask } = open
  const { clock, random, log } = options.ports
  const requester = createRequester({
    driver: reached.driver as AnyDriver,
    connection: { id: open.id, name: open.name, destination: declaration.name },
    clock,
    random,
    limiter,
    retries,
    log,
    profile,
    mask,
    ...(options.onRequest ? { onRequest: options.onRequest } : {}),
    ...(onJobSlot ? { onJobSlot } : {}),
    caller,
  })
  const common = { name: open.name, settings, secrets, profile, facts, ...(caller.signal ? { signal: caller.signal } : {}) }
  // Which of the two a declaration's functions take is between them and their transport.
  return (reached.kind === 'http' ? { ...common, baseUrl: reached.baseUrl, http: requester } : { ...common, driver: requester }) as DestinationContext
}

/** A job keeps its place under the vendor's job limit until it ends, whoever polls it. */
function jobSlots({ profile, limiter, facts }: Open) {
  const limit = profile.limits.find(({ kind }) => kind === 'jobs')?.name
  const open = openJobs(facts)
  const free = (slots: number): void => {
    for (let slot = 0; limit !== undefined && slot < slots; slot += 1) limiter.jobEnded(limit)
  }
  return {
    /** Runs a write; of the slots that its requests kept, only those of its jobs stay taken. */
    async start(write: (keep: () => void) => Promise<WriteAnswer>): Promise<WriteAnswer> {
      let kept = 0
      try {
        const answer = await write(() => (kept += 1))
        if (answer.kind === 'jobs') {
          kept -= answer.jobs.length
          for (const { jobId } of answer.jobs) open.add(jobId)
        }
        return answer
      } finally {
        free(kept)
      }
    },
    polled<Answer extends { kind: string }>(jobId: string, answer: Answer): Answer {
      if (limit !== undefined && !open.has(jobId)) {
        // Started before this process began.
        limiter.jobResumed(limit)
        open.add(jobId)
      }
      if (answer.kind !== 'working' && answer.kind !== 'waiting' && open.delete(jobId)) free(1)
      return answer
    },
  }
}

function openJobs(facts: Map<string, unknown>): Set<string> {
  const key = 'open jobs'
  if (!facts.has(key)) facts.set(key, new Set<string>())
  return facts.get(key) as Set<string>
}

function unable(open: Open, what: string): never {
  throw new AppError('destination-refused', `${open.declaration.name} cannot ${what}.`, { retryable: false })
}

function missingObject(open: Open, name: string, objects: DestinationObject[]): never {
  throw new AppError('field-unknown', `${open.name} has no object ${name}.`, {
    field: 'destination.object',
    value: name,
    next: `It has: ${objects.map((object) => object.name).join(', ')}.`,
  })
}
