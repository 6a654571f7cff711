import { describe, expect, it } from 'vitest'
import { AppError } from '../../contract/errors.ts'
import { createLimiter } from '../limits/limiter.ts'
import { HttpFailure } from '../ports/ports.ts'
import type { HttpRequest, HttpResponse } from '../ports/ports.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { UnknownOutcome } from './driver.ts'
import type { DestinationRequest } from './http-messages.ts'
import type { DestinationProfile } from '../destinations/destination.ts'
import { httpRequester } from '../testing/http-requester.ts'
import { secretMask } from './masking.ts'
import type { RequestRecord } from './request-record.ts'
import { RetryBudget } from './retry.ts'

const profile: DestinationProfile = {
  rowsPerRead: 100,
  rowsPerReadWithHistory: 50,
  rowsPerWrite: 100,
  bytesPerWrite: 1_000_000,
  limits: [{ kind: 'daily', name: 'daily', label: 'requests per day', requests: 1000 }],
  requestTimeoutMs: 5000,
  consistencyDelayMs: 0,
  changeFeedDelayMs: 0,
  readBack: 'by id or key',
  attribution: 'none',
  settle: 'strong read',
  jobPollMs: 1000,
}

type Step = Partial<HttpResponse> | HttpFailure

/** A vendor that answers as scripted, then with 200. */
function vendor(...steps: Step[]) {
  const clock = createFakeClock()
  const sent: HttpRequest[] = []
  const sentAt: number[] = []
  const records: RequestRecord[] = []
  const stop = new AbortController()
  const http = httpRequester({
    connection: { id: 'crm', name: 'Sample CRM', destination: 'HubSpot' },
    http: {
      request: async (request) => {
        sent.push(request)
        sentAt.push(clock.monotonic())
        const step = steps.shift() ?? {}
        if (step instanceof HttpFailure) throw step
        return { status: 200, headers: {}, body: '{"ok":true}', ...step }
      },
    },
    clock,
    random: { next: () => 0.5 },
    limiter: createLimiter(clock, profile.limits),
    retries: new RetryBudget(clock),
    baseUrl: 'https://api.example.com',
    fileHosts: ['files.example.com'],
    headers: { authorization: 'Bearer secret-token' },
    mask: secretMask(['secret-token']),
    limitsSeen: ({ status, body }) => (status === 429 && JSON.stringify(body ?? null).includes('DAILY') ? [{ limit: 'daily', refused: true }] : []),
    profile,
    onRequest: (record) => records.push(record),
    caller: { signal: stop.signal },
  })
  return { http, clock, sent, sentAt, records, stop, ask: (request: Partial<DestinationRequest> = {}) => clock.runUntil(http.request({ method: 'GET', path: '/things?email=ana@example.com', effect: 'read', ...request })) }
}

const write = { method: 'POST', path: '/things', json: { name: 'Ana' }, effect: 'write' } as const
const lost = new HttpFailure('maybe', 'reset', 'lost')
const refused = new HttpFailure('no', 'refused', 'refused')

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(() => undefined, (error: unknown) => error)
}

describe('a request', () => {
  it('carries the credentials, JSON and the profile’s timeout', async () => {
    const { ask, sent } = vendor()
    expect(await ask(write)).toEqual({ status: 200, headers: {}, body: { ok: true } })
    expect(sent[0]).toMatchObject({
      url: 'https://api.example.com/things',
      headers: { authorization: 'Bearer secret-token', 'content-type': 'application/json' },
      body: '{"name":"Ana"}',
      timeoutMs: 5000,
    })
  })

  it('is noted without query values, headers and bodies', async () => {
    const { ask, records } = vendor({ status: 404, body: 'no' })
    await ask()
    expect(records).toEqual([{ connection: 'crm', method: 'GET', path: '/things', status: 404, milliseconds: 0, attempt: 1 }])
  })
})

describe('a body', () => {
  it('may be a form, or come in pieces that are asked anew for each attempt', async () => {
    const { ask, sent } = vendor({ status: 429, headers: { 'retry-after': '1' } })
    await ask({ method: 'POST', path: '/token', form: { grant_type: 'refresh_token', a: 'b c&d' }, effect: 'read' })
    expect(sent.map(({ body }) => body)).toEqual(['grant_type=refresh_token&a=b+c%26d', 'grant_type=refresh_token&a=b+c%26d'])
    expect(sent[0]?.headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded' })

    const upload = vendor(refused)
    let made = 0
    const pieces = async function* () {
      made += 1
      yield 'id,tier\n'
      yield '1,gold\n'
    }
    await upload.ask({ method: 'PUT', path: 'https://files.example.com/up?signature=s', stream: { contentType: 'text/csv', pieces }, effect: 'write' })
    expect(upload.sent[1]).toMatchObject({ url: 'https://files.example.com/up?signature=s', headers: { 'content-type': 'text/csv' } })
    for (const { body } of upload.sent) {
      const text: unknown[] = []
      if (typeof body === 'function') for await (const piece of body()) text.push(piece)
      expect(text.join('')).toBe('id,tier\n1,gold\n')
    }
    expect(made).toBe(2)
  })

  it('goes to a declared host without what proves who we are, and to no other', async () => {
    const { ask, sent, records } = vendor()
    await ask({ method: 'PUT', path: 'https://files.example.com/up?signature=s', effect: 'write' })
    await ask({ path: 'https://api.example.com/next?page=2' })
    expect(sent.map(({ headers }) => headers?.['authorization'])).toEqual([undefined, 'Bearer secret-token'])
    expect(JSON.stringify(records)).not.toContain('signature')
    const failure = await failureOf(ask({ method: 'PUT', path: 'https://evil.example/up', effect: 'write' }))
    expect(failure).toMatchObject({ code: 'destination-refused', message: 'HubSpot named evil.example as the place of a file of Sample CRM. Nothing was sent there.' })
    expect(sent).toHaveLength(2)
  })
})

describe('an answer in pieces', () => {
  const count = async (pieces: AsyncIterable<Uint8Array>): Promise<number> => {
    let bytes = 0
    for await (const piece of pieces) bytes += piece.length
    return bytes
  }

  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('half')
    throw new HttpFailure('maybe', 'truncated', 'cut')
  }

  it('is read as it comes, and read again from its beginning when it breaks off', async () => {
    const { ask, sent } = vendor({ body: '', pieces: broken() }, { body: 'whole' })
    expect(await ask({ readPieces: count })).toEqual({ status: 200, headers: {}, body: 5 })
    expect(sent).toMatchObject([{ inPieces: true }, { inPieces: true }])
  })

  it('that is a refusal is read as text, and of a long one the beginning', async () => {
    expect(await vendor({ status: 404, body: '{"message":"gone"}' }).ask({ readPieces: count })).toMatchObject({ status: 404, body: { message: 'gone' } })
  })

  it('gives no secret away in what is made of it', async () => {
    const { ask } = vendor({ body: 'x' })
    expect(await ask({ readPieces: async () => ({ error: 'Bearer secret-token' }) })).toMatchObject({ body: { error: expect.not.stringContaining('secret-token') as string } })
  })
})

describe('repeats', () => {
  it('spread by chance, doubling up to the cap', async () => {
    const failing = Array.from({ length: 7 }, () => ({ status: 500 }))
    const { ask, sentAt } = vendor(...failing)
    await ask()
    expect(sentAt).toEqual([0, 500, 1500, 3500, 7500, 15_500, 31_500, 61_500])
  })

  it('end after eight attempts with what happened, to what, and what to do', async () => {
    const { ask, sent } = vendor(...Array.from({ length: 20 }, () => refused))
    const failure = await failureOf(ask())
    expect(failure).toBeInstanceOf(AppError)
    expect(failure).toMatchObject({ code: 'destination-unreachable', message: 'Sample CRM cannot be reached at api.example.com: nothing answers there.', place: { retryable: true } })
    expect(sent).toHaveLength(8)
  })

  it.each([
    ['seconds', '3', 3000],
    ['a part of a second', '0.4', 400],
    ['a date', 'Mon, 05 Jan 2026 09:00:05 GMT', 5000],
  ])('wait exactly as long as Retry-After says in %s', async (_form, header, waited) => {
    const { ask, sentAt } = vendor({ status: 429, headers: { 'retry-after': header } })
    await ask(write)
    expect(sentAt).toEqual([0, waited])
  })

  it('take a date against the answer’s own clock, so that a wrong one here does no harm', async () => {
    const { ask, sentAt } = vendor({ status: 429, headers: { date: 'Tue, 01 Jan 2030 00:00:00 GMT', 'retry-after': 'Tue, 01 Jan 2030 00:00:07 GMT' } })
    await ask(write)
    expect(sentAt).toEqual([0, 7000])
  })

  it('are paid from one budget of the connection: an outage is met with few requests, and time gives some back', async () => {
    const { http, clock, sent } = vendor(...Array.from({ length: 1000 }, () => refused))
    const many = Array.from({ length: 30 }, () => failureOf(http.request({ method: 'GET', path: '/things', effect: 'read' })))
    const failures = await clock.runUntil(Promise.all(many))
    expect(failures.every((failure) => failure instanceof AppError && failure.code === 'destination-unreachable')).toBe(true)
    expect(sent.length).toBeLessThan(30 + 50)
    await clock.advance(100_000)
    const before = sent.length
    await clock.runUntil(failureOf(http.request({ method: 'GET', path: '/things', effect: 'read' })))
    expect(sent.length).toBe(before + 8)
  })

  it('wait for a new day as often as it takes when the day’s quota is used up', async () => {
    const over = Array.from({ length: 20 }, () => ({ status: 429, body: '{"policyName":"DAILY"}' }))
    const { ask, sent, clock } = vendor(...over)
    expect(await ask(write)).toMatchObject({ status: 200 })
    expect(sent).toHaveLength(21)
    expect(clock.monotonic()).toBeGreaterThan(19 * 3_600_000)
  })

  it('of a write happen only where it was not processed', async () => {
    const safe = vendor(refused, { status: 429 })
    await safe.ask(write)
    expect(safe.sent).toHaveLength(3)
    for (const unsafe of [lost, { status: 500 }, { status: 503, headers: { 'retry-after': '1' } }]) {
      const { ask, sent } = vendor(unsafe)
      expect(await failureOf(ask(write))).toBeInstanceOf(UnknownOutcome)
      expect(sent).toHaveLength(1)
    }
  })
})

describe('a refusal', () => {
  it.each([401, 403])('of the credentials (%i) names the connection and the next step, and no secret', async (status) => {
    const failure = await failureOf(vendor({ status, body: '{"message":"No"}' }).ask(write))
    expect(failure).toMatchObject({ code: 'unauthorised', place: { next: expect.any(String) as string, detail: 'No' } })
    expect(String(failure)).toContain('Sample CRM')
    expect(JSON.stringify((failure as AppError).toBody())).not.toContain('secret-token')
  })

  it('of the data is the destination’s to read', async () => {
    expect(await vendor({ status: 400, body: '{"message":"bad"}' }).ask(write)).toMatchObject({ status: 400, body: { message: 'bad' } })
  })

  it('that redirects is not followed', async () => {
    expect(await failureOf(vendor({ status: 302 }).ask())).toMatchObject({ code: 'destination-refused' })
  })
})

describe('cancelling', () => {
  it('ends a wait at once, and sends nothing more', async () => {
    const { http, sent, stop, clock } = vendor({ status: 429, headers: { 'retry-after': '60' } })
    const asked = failureOf(http.request({ method: 'GET', path: '/things', effect: 'read' }))
    await clock.advance(0)
    stop.abort()
    expect(await asked).toMatchObject({ code: 'cancelled' })
    expect(sent).toHaveLength(1)
  })
})
