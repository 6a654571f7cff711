import { describe, expect, it } from 'vitest'
import { AppError } from '../../../contract/errors.ts'
import { NotSent, UnknownOutcome } from '../../drivers/driver.ts'
import type { DestinationProfile, ReadRecord, WriteAnswer, WriteRow } from '../../destinations/destination.ts'
import type { Limit } from '../../limits/limit.ts'
import type { Caller } from '../../drivers/request-record.ts'
import { FakeDestination } from '../../testing/fake-destination.ts'
import { createFakeClock } from '../../testing/fake-clock.ts'
import { RunControl } from '../runs/control.ts'
import { createLimiter } from '../../limits/limiter.ts'
import type { Limiter } from '../../limits/limiter.ts'
import { RunConnection } from './run-connection.ts'
import type { RunConnectionOptions, SharedConnection } from './run-connection.ts'

const row: WriteRow = { position: 0, traceId: 'run-0', id: '1', key: { field: 'email', value: 'a' }, fields: {} }
const request = { object: 'contacts', operation: 'update', rows: [row] } as const

/** A connection whose writes end as told. */
class Scripted extends FakeDestination {
  writes = 0
  private readonly outcome: (write: number) => Error | undefined

  constructor(outcome: (write: number) => Error | undefined) {
    super()
    this.outcome = outcome
  }

  override async write(): Promise<WriteAnswer> {
    this.writes += 1
    const error = this.outcome(this.writes)
    await Promise.resolve()
    if (error) throw error
    return { kind: 'rows', rows: [] }
  }
}

const refused = (): Error => new AppError('unauthorised', 'The token has expired.')

function targetOver(connection: SharedConnection, options: Partial<RunConnectionOptions>): { target: RunConnection; control: RunControl; idle: () => number } {
  const control = new RunControl()
  let idle = 0
  const target = new RunConnection({
    run: 'run', connection, connect: async () => connection, caller: { owner: 'run' }, control, clock: createFakeClock(), log: { note: () => undefined } as never, referenceKey: 'key', noun: { one: 'contact', many: 'contacts' },
    onIdle: () => (idle += 1), hasPending: () => true, isVerifying: () => false, holdForReconnect: async () => false, ...options,
  })
  return { target, control, idle: () => idle }
}

describe('refused credentials', () => {
  it('are renewed once for all requests under way, without anybody noticing, where new ones are in place', async () => {
    const [old, fresh] = [new Scripted(refused), new Scripted(() => undefined)]
    let renewals = 0
    let holds = 0
    const { target } = targetOver(old, {
      connect: async () => {
        renewals += 1
        await new Promise((later) => setImmediate(later))
        return fresh
      },
      holdForReconnect: async () => {
        holds += 1
        return true
      },
    })
    await Promise.all(Array.from({ length: 6 }, () => target.write({ ...request, rows: [row] })))
    expect([old.writes, fresh.writes, renewals, holds]).toEqual([6, 6, 1, 0])
  })

  it('hold the run once, also when there are none at all any more, and everything goes on afterwards', async () => {
    const connection = new Scripted((write) => (write <= 4 ? refused() : undefined))
    const reasons: string[] = []
    let missing = 1
    const { target } = targetOver(connection, {
      connect: async () => {
        if (missing-- > 0) throw new AppError('secret-missing', 'CRM has no token.')
        return connection
      },
      holdForReconnect: async (because) => {
        reasons.push(because.message)
        await new Promise((later) => setImmediate(later))
        return true
      },
    })
    await Promise.all(Array.from({ length: 4 }, () => target.write({ ...request, rows: [row] })))
    expect(reasons).toEqual(['CRM has no token.'])
    expect(connection.writes).toBe(8)
  })

  it('end the request as refused when the run is cancelled instead, so that its rows are pending again', async () => {
    const { target, control } = targetOver(new Scripted(refused), {})
    await expect(target.write({ ...request, rows: [row] })).rejects.toMatchObject({ code: 'unauthorised' })
    control.halt({ kind: 'cancelled' })
    await expect(target.write({ ...request, rows: [row] })).rejects.toMatchObject({ code: 'unauthorised' })
  })
})

describe('lost answers', () => {
  it('stop the run only when several are lost in a row', async () => {
    const connection = new Scripted((write) => (write === 5 || write > 9 ? undefined : new UnknownOutcome('lost')))
    const { target, control } = targetOver(connection, {})
    for (let write = 0; write < 9; write++) await target.write({ ...request, rows: [row] }).catch(() => undefined)
    expect(control.stop).toBeUndefined()
    await target.write({ ...request, rows: [row] })
    const broken = targetOver(new Scripted(() => new UnknownOutcome('lost')), {})
    for (let write = 0; write < 5; write++) await broken.target.write({ ...request, rows: [row] }).catch(() => undefined)
    expect(broken.control.stop).toMatchObject({ kind: 'stopped', reason: expect.stringContaining('did not answer 5 requests in a row') as string })
  })
})

it('tells when nothing of the run is on its way any more', async () => {
  const { target, idle } = targetOver(new Scripted(() => undefined), {})
  const two = [target.write({ ...request, rows: [row] }), target.write({ ...request, rows: [row] })]
  expect(target.isWriting).toBe(true)
  await Promise.all(two)
  expect([target.isWriting, idle()]).toEqual([false, 1])
})

describe('a connection with few requests a minute', () => {
  /** Reads and writes of a system count for one narrow window, and what waited too long is looked at again. */
  class Narrow extends FakeDestination {
    private readonly limiter: Limiter
    private readonly isStale: (() => boolean) | undefined

    constructor(limiter: Limiter, profile: Partial<DestinationProfile>, isStale?: () => boolean) {
      super(profile)
      this.limiter = limiter
      this.isStale = isStale
    }

    override for(caller: Caller = {}): Narrow {
      return new Narrow(this.limiter, this.profile, caller.isStale)
    }

    override async read(): Promise<ReadRecord[]> {
      const permit = await this.limiter.acquire({})
      permit.answered()
      return []
    }

    override async write(): Promise<WriteAnswer> {
      const permit = await this.limiter.acquire({})
      if (this.isStale?.()) {
        permit.unused()
        throw new NotSent()
      }
      permit.answered()
      return { kind: 'rows', rows: [] }
    }
  }

  it.each([1, 2, 3, 5])('writes as well as it looks, also when only %i are allowed', async (requests) => {
    const clock = createFakeClock()
    const limits: Limit[] = [{ kind: 'window', name: 'minute', label: 'requests per minute', requests, perMs: 60_000 }]
    const { target } = targetOver(new Narrow(createLimiter(clock, limits), { limits }), { clock })
    let written = 0
    async function batches(count: number): Promise<void> {
      for (let batch = 0; batch < count; batch++) {
        for (let done = false; !done; ) {
          await target.read({ object: 'contacts', fields: [], by: { kind: 'id', values: ['1'] } })
          done = await target.write({ ...request, rows: [row] }).then(() => true, (error: unknown) => {
            if (error instanceof NotSent) return false
            throw error
          })
        }
        written += 1
      }
    }
    const all = Promise.all(Array.from({ length: 4 }, () => batches(5)))
    await clock.advance(60_000 * Math.ceil(60 / requests))
    expect(written).toBe(20)
    await all
  })
})
