import { AppError } from '../../contract/errors.ts'
import type { Limiter } from '../limits/limiter.ts'
import type { Connection, ConnectionsOptions } from './connection.ts'
import type { DestinationContext, DestinationObject, DestinationProfile, WriteAnswer } from './destination.ts'
import { describedObjects } from './refusals.ts'
import { createDestinationHttp } from './http.ts'
import type { Caller } from './http.ts'
import type { AnyDestination } from './destination.ts'
import type { RetryBudget } from './retry.ts'
import { secretMask } from './masking.ts'
import type { SecretMask } from './masking.ts'

/** What is known of a connection once it is open. */
export interface Open {
  id: string
  name: string
  declaration: AnyDestination
  profile: DestinationProfile
  settings: unknown
  secrets: Record<string, string>
  baseUrl: string
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
    baseUrl: open.baseUrl,
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
    remove: (request, signal) => slots.start((keep) => (declaration.remove ?? unable(open, 'remove records'))(context(signal, keep), request)),
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
  const { declaration, profile, baseUrl, settings, secrets, limiter, retries } = open
  const { clock, random, http, log } = options.ports
  const headers = declaration.authenticate(settings, secrets)
  return {
    name: open.name,
    settings,
    baseUrl,
    secrets,
    profile,
    facts: open.facts,
    ...(caller.signal ? { signal: caller.signal } : {}),
    http: createDestinationHttp({
      connection: { id: open.id, name: open.name, destination: declaration.name },
      http,
      clock,
      random,
      limiter,
      retries,
      log,
      baseUrl,
      profile,
      headers,
      mask: maskOf(open, headers),
      ...(declaration.limitsSeen ? { limitsSeen: declaration.limitsSeen.bind(declaration) } : {}),
      ...(options.onRequest ? { onRequest: options.onRequest } : {}),
      ...(onJobSlot ? { onJobSlot } : {}),
      caller,
    }),
  }
}

/** Made once for a connection: its forms are many. */
function maskOf({ facts, secrets }: Open, headers: Record<string, string>): SecretMask {
  const known = facts.get(maskName) as SecretMask | undefined
  const mask = known ?? secretMask(Object.values(secrets), headers)
  if (!known) facts.set(maskName, mask)
  return mask
}

const maskName = 'secret mask'

/** A job keeps its place under the vendor's job limit until it ends, whoever polls it. */
function jobSlots({ profile, limiter, facts }: Open) {
  const limit = profile.limits.find(({ kind }) => kind === 'jobs')?.name
  const open = openJobs(facts)
  const free = (slots: number): void => {
    for (let slot = 0; limit !== undefined && slot < slots; slot += 1) limiter.jobEnded(limit)
  }
  return {
    /** Runs a write; of the slots that its requests kept, only that of a started job stays taken. */
    async start(write: (keep: () => void) => Promise<WriteAnswer>): Promise<WriteAnswer> {
      let kept = 0
      try {
        const answer = await write(() => (kept += 1))
        if (answer.kind === 'job') {
          kept -= 1
          open.add(answer.jobId)
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
      if (answer.kind !== 'working' && open.delete(jobId)) free(1)
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
