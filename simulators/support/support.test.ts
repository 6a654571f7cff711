import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { at, listAt, pause, startForTest } from '../kit/testing.ts'
import type { Answer, TestSimulator } from '../kit/testing.ts'
import { createSupport } from './simulator.ts'

const seed = [
  {
    object: 'users',
    id: '901',
    fields: { external_id: 'C1', email: 'ann@example.com', name: 'Ann', user_fields: { tier: 'silver', vip: true, renewal_date: '2026-05-01' } },
    history: { 'user_fields.tier': [{ value: 'silver', at: '2026-01-05T00:00:00Z', actor: { kind: 'person', name: 'Dana Fox' } }] },
    at: '2026-01-01T00:00:00Z',
  },
  { object: 'users', id: '902', fields: { external_id: 'C2', email: 'ben@example.com', name: 'Ben' }, at: '2026-01-02T00:00:00Z' },
]

const USERS = '/api/v2/users'

let support: TestSimulator

beforeEach(async () => {
  support = await startForTest(createSupport, seed)
})

afterEach(() => support.close())

const startJob = (users: unknown, path = `${USERS}/create_or_update_many.json`, method = 'POST') => support.call(method, path, { users })

async function jobOf(started: Answer): Promise<unknown> {
  const id = String(at(started.body, 'job_status', 'id'))
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const { body } = await support.call('GET', `/api/v2/job_statuses/${id}.json`)
    if (at(body, 'job_status', 'status') === 'completed') return at(body, 'job_status')
    await pause(2)
  }
  throw new Error('The job did not end')
}

const write = async (users: unknown) => listAt(await jobOf(await startJob(users)), 'results')
const show = async (query: string) => listAt((await support.call('GET', `${USERS}/show_many.json?${query}`)).body, 'users')

describe('jobs', () => {
  it('are answered at once and report every row in the order of the request', async () => {
    const started = await startJob([
      { external_id: 'C9', name: 'New', email: 'New@Example.com' },
      { external_id: 'C1', user_fields: { tier: 'gold' } },
      { external_id: 'C2', email: 'broken' },
    ])
    expect(started.status).toBe(200)
    expect(at(started.body, 'job_status')).toMatchObject({ total: 3, results: null })
    const job = await jobOf(started)
    expect(job).toMatchObject({ status: 'completed', progress: 3 })
    expect(listAt(job, 'results')).toMatchObject([
      { status: 'Created', email: 'new@example.com' },
      { id: 901, status: 'Updated' },
      { id: 2, status: 'Failed', error: 'UserUpdateError', details: 'Email: broken is not properly formatted' },
    ])
  })

  it('make nothing visible before they are done', async () => {
    await support.close()
    support = await startForTest(createSupport, seed, { limits: { jobTimeAtLeast: 20_000 } })
    const started = await startJob([{ external_id: 'C1', user_fields: { tier: 'gold' } }])
    expect(at(started.body, 'job_status', 'status')).toBe('working')
    expect(at(await show('external_ids=C1'), 0, 'user_fields', 'tier')).toBe('silver')
    await jobOf(started)
    expect(at(await show('external_ids=C1'), 0, 'user_fields', 'tier')).toBe('gold')
  })

  it('are refused beyond 30 queued or running', async () => {
    await support.close()
    support = await startForTest(createSupport, seed, { limits: { jobTimeAtLeast: 60_000 } })
    const user = { external_id: 'C1', name: 'Ann' }
    const answers: Answer[] = []
    for (let count = 0; count < 31; count += 1) answers.push(await startJob([user]))
    expect(answers.slice(0, 30).every((answer) => answer.status === 200)).toBe(true)
    expect(answers[30]?.status).toBe(429)
    expect(at(answers[30]?.body, 'error')).toBe('TooManyJobs')
    expect(at(answers[29]?.body, 'job_status', 'status')).toBe('queued')
  })

  it('are forgotten but for the latest', async () => {
    await support.close()
    support = await startForTest(createSupport, seed, { limits: { jobsKept: 2, jobTimeAtLeast: 0, jobTimePerUser: 0 } })
    const first = await startJob([{ external_id: 'C1' }])
    await jobOf(first)
    for (let count = 0; count < 2; count += 1) await jobOf(await startJob([{ external_id: 'C1' }]))
    expect((await support.call('GET', `/api/v2/job_statuses/${String(at(first.body, 'job_status', 'id'))}`)).status).toBe(404)
    expect(listAt((await support.call('GET', '/api/v2/job_statuses')).body, 'job_statuses')).toHaveLength(2)
  })

  it('expire', async () => {
    await support.close()
    support = await startForTest(createSupport, seed, { limits: { jobLife: 5_000 } })
    const job = await jobOf(await startJob([{ external_id: 'C1' }]))
    await pause(70)
    expect((await support.call('GET', `/api/v2/job_statuses/${String(at(job, 'id'))}`)).status).toBe(404)
  })

  it('can be asked for together', async () => {
    const ids = [await startJob([{ external_id: 'C1' }]), await startJob([{ external_id: 'C2' }])].map((job) => at(job.body, 'job_status', 'id'))
    const answer = await support.call('GET', `/api/v2/job_statuses/show_many.json?ids=${ids.join(',')}`)
    expect(listAt(answer.body, 'job_statuses').map((job) => at(job, 'id'))).toEqual(ids)
  })

  it('are refused where bulk import is not enabled', async () => {
    await support.close()
    support = await startForTest(createSupport, seed, { limits: { bulkImport: 0 } })
    expect((await startJob([{ external_id: 'C1' }])).status).toBe(403)
  })

  it('take at most 100 users', async () => {
    expect((await startJob(Array.from({ length: 101 }, () => ({ external_id: 'C1' })))).status).toBe(400)
  })
})

describe('writing users', () => {
  it('matches external ids in any case and keeps the case that was sent', async () => {
    expect(await write([{ external_id: 'c1', phone: '+44' }])).toMatchObject([{ id: 901, status: 'Updated' }])
    expect(at(await show('ids=901'), 0, 'external_id')).toBe('c1')
  })

  it('matches by address where there is no external id', async () => {
    expect(await write([{ email: 'BEN@example.com', notes: 'x' }])).toMatchObject([{ id: 902, status: 'Updated' }])
  })

  it('keeps the primary address of an existing user', async () => {
    await write([{ external_id: 'C1', email: 'ann.new@example.com' }])
    expect(at(await show('ids=901'), 0, 'email')).toBe('ann@example.com')
    expect(await write([{ email: 'ann.new@example.com', phone: '+1' }])).toMatchObject([{ id: 901 }])
  })

  it('fails rows with taken addresses, without a name, and with impossible values', async () => {
    const results = await write([
      { external_id: 'C1', email: 'ben@example.com' },
      { external_id: 'C8' },
      { external_id: 'C1', user_fields: { tier: 'diamond' } },
      { external_id: 'C1', user_fields: { renewal_date: '2026-02-30' } },
      { external_id: 'C1', user_fields: { open_balance: 'much' } },
      { external_id: 'C1', role: 'king' },
    ])
    expect(results.map((result) => [at(result, 'id'), at(result, 'status')])).toEqual([0, 1, 2, 3, 4, 5].map((index) => [index, 'Failed']))
    expect(at(results, 0, 'details')).toContain('already being used')
    expect(at(results, 1, 'details')).toContain('Name:')
  })

  it('ignores custom fields that it does not have, and clears with null', async () => {
    expect(await write([{ external_id: 'C1', user_fields: { shoe: 9, tier: null } }])).toMatchObject([{ status: 'Updated' }])
    const fields = at(await show('ids=901'), 0, 'user_fields')
    expect(fields).toEqual({ tier: null, risk_band: null, vip: true, renewal_date: '2026-05-01T00:00:00+00:00', open_balance: null, notes_internal: null })
  })

  it('creates, updates and deletes many in jobs', async () => {
    const created = await jobOf(await startJob([{ name: 'Cleo', external_id: 'C3' }, { name: 'Ann', external_id: 'c1' }], `${USERS}/create_many`))
    expect(listAt(created, 'results')).toMatchObject([{ status: 'Created' }, { status: 'Failed', error: 'UserCreateError' }])
    const updated = await jobOf(await startJob([{ id: 902, phone: '+2' }, { external_id: 'C77', phone: '+2' }], `${USERS}/update_many`, 'PUT'))
    expect(listAt(updated, 'results')).toMatchObject([{ id: 902, status: 'Updated' }, { status: 'Failed', error: 'UserNotFound' }])
    await jobOf(await support.call('DELETE', `${USERS}/destroy_many?external_ids=C3`))
    expect(await show('external_ids=C3')).toEqual([])
  })

  it('writes one at once, at most one a second', async () => {
    const created = await support.call('POST', `${USERS}/create_or_update`, { user: { external_id: 'C4', name: 'Dan' } })
    expect(created.status).toBe(201)
    const refused = await support.call('POST', `${USERS}/create_or_update`, { user: { external_id: 'C4', name: 'Dan' } })
    expect(refused.status).toBe(429)
    await pause(15)
    const invalid = await support.call('PUT', `${USERS}/901`, { user: { email: 'nope' } })
    expect(invalid.status).toBe(422)
    expect(at(invalid.body, 'error')).toBe('RecordInvalid')
  })
})

describe('reading users', () => {
  it('leaves out unknown ids and shows deleted users as inactive', async () => {
    await support.call('DELETE', `${USERS}/902`)
    expect((await show('ids=902,901,999')).map((user) => [at(user, 'id'), at(user, 'active')])).toEqual([[901, true], [902, false]])
    expect(await show('external_ids=C2')).toEqual([])
    expect((await support.call('GET', `${USERS}/show_many?ids=${Array.from({ length: 101 }, (_, id) => id).join(',')}`)).status).toBe(400)
  })

  it('shows a merged user as inactive and leads its address to the other', async () => {
    await support.control('POST', 'edit', { op: 'merge', object: 'users', id: '902', into: '901', actor: { kind: 'person', name: 'Dana Fox' } })
    expect(at(await show('ids=902'), 0, 'active')).toBe(false)
    expect(await write([{ email: 'ben@example.com', phone: '+3' }])).toMatchObject([{ id: 901 }])
  })

  it('pages by cursor', async () => {
    const first = await support.call('GET', `${USERS}?page[size]=1`)
    expect(at(first.body, 'meta', 'has_more')).toBe(true)
    const second = await support.call('GET', `${USERS}?page[size]=1&page[after]=${String(at(first.body, 'meta', 'after_cursor'))}`)
    expect([first, second].map((page) => at(page.body, 'users', 0, 'id'))).toEqual([901, 902])
    expect(at(second.body, 'meta', 'has_more')).toBe(false)
    expect(at((await support.call('GET', `${USERS}/count`)).body, 'count', 'value')).toBe(2)
  })

  it('searches an index that lags behind', async () => {
    await support.close()
    support = await startForTest(createSupport, seed, { limits: { searchDelay: 20_000 } })
    const search = async (query: string) => listAt((await support.call('GET', `${USERS}/search.json?${query}`)).body, 'users').map((user) => at(user, 'id'))
    expect(await search('external_id=c1')).toEqual([901])
    expect(await search('query=email:ben@example.com')).toEqual([902])
    await write([{ external_id: 'C5', name: 'Eve Example' }])
    expect(await search('query=eve')).toEqual([])
    expect(await show('external_ids=C5')).toHaveLength(1)
    await pause(230)
    expect(await search('query=eve')).toHaveLength(1)
  })

  it('exports incrementally in the order of changes, but not the latest minute', async () => {
    const start = Date.parse('2026-01-01T12:00:00Z') / 1000
    const first = await support.call('GET', `/api/v2/incremental/users/cursor.json?start_time=${start}&per_page=1`)
    expect(at(first.body, 'users', 0, 'id')).toBe(902)
    expect(at(first.body, 'end_of_stream')).toBe(false)
    await write([{ external_id: 'C2', phone: '+9' }])
    const next = `/api/v2/incremental/users/cursor?cursor=${String(at(first.body, 'after_cursor'))}`
    const second = await support.call('GET', next)
    expect(listAt(second.body, 'users').map((user) => at(user, 'id'))).toEqual([901])
    expect(at(second.body, 'end_of_stream')).toBe(true)
    await pause(620)
    expect(listAt((await support.call('GET', next)).body, 'users').map((user) => at(user, 'id'))).toEqual([901, 902])
    const recent = await support.call('GET', `/api/v2/incremental/users/cursor?start_time=${Math.ceil(Date.now() / 1000)}`)
    expect(at(recent.body, 'error')).toBe('StartTimeTooRecent')
  })

  it('describes the custom fields', async () => {
    const fields = listAt((await support.call('GET', '/api/v2/user_fields.json')).body, 'user_fields')
    expect(fields.map((field) => [at(field, 'key'), at(field, 'type')])).toEqual([
      ['tier', 'dropdown'],
      ['risk_band', 'dropdown'],
      ['vip', 'checkbox'],
      ['renewal_date', 'date'],
      ['open_balance', 'decimal'],
      ['notes_internal', 'text'],
    ])
    expect(listAt(fields, 0, 'custom_field_options').map((option) => at(option, 'value'))).toEqual(['bronze', 'silver', 'gold', 'platinum'])
  })
})

describe('access and limits', () => {
  it('takes the token as basic or bearer', async () => {
    const basic = (credentials: string) => ({ authorization: `Basic ${Buffer.from(credentials).toString('base64')}` })
    const status = async (headers: Record<string, string>) => (await support.call('GET', `${USERS}/me`, undefined, headers)).status
    expect(await status(basic('ops@example.com/token:test-token'))).toBe(200)
    expect(await status({ authorization: 'Bearer test-token' })).toBe(200)
    expect(await status(basic('ops@example.com/token:wrong'))).toBe(401)
    expect(await status(basic('ops@example.com:test-token'))).toBe(401)
  })

  it('says what is left of the minute, and how long to wait', async () => {
    await support.close()
    support = await startForTest(createSupport, seed, { limits: { requestsPerMinute: 2 } })
    const first = await support.call('GET', `${USERS}/901`)
    expect([first.headers.get('x-rate-limit'), first.headers.get('x-rate-limit-remaining'), first.headers.get('ratelimit-reset')]).toEqual(['2', '1', '1'])
    await support.call('GET', `${USERS}/901`)
    const refused = await support.call('GET', `${USERS}/901`)
    expect(refused.status).toBe(429)
    expect(at(refused.body, 'error')).toBe('APIRateLimitExceeded')
    expect(refused.headers.get('retry-after')).toBe('1')
    await pause(620)
    expect((await support.call('GET', `${USERS}/901`)).status).toBe(200)
  })
})

describe('the control interface', () => {
  it('shows custom fields under their full name and edits them by either', async () => {
    await support.control('POST', 'edit', { op: 'set', object: 'users', key: 'C1', field: 'tier', value: 'gold', actor: { kind: 'person', name: 'Dana Fox' } })
    await support.control('POST', 'edit', { op: 'clear', object: 'users', key: 'C1', field: 'user_fields.vip', actor: { kind: 'person', name: 'Dana Fox' } })
    const { body } = await support.control('GET', 'records?object=users')
    expect(at(body, 'records', 0, 'fields')).toEqual({ external_id: 'C1', email: 'ann@example.com', name: 'Ann', 'user_fields.tier': 'gold', 'user_fields.renewal_date': '2026-05-01' })
    expect(at(body, 'records', 0, 'keys')).toEqual({ external_id: 'C1', email: 'ann@example.com' })
    expect(at(body, 'records', 0, 'updatedAt')).not.toBe('2026-01-05T00:00:00.000Z')
  })

  it('applies the first half of a job whose connection is cut', async () => {
    await support.control('POST', 'faults', [{ match: { path: `${USERS}/create_or_update_many` }, do: { kind: 'half' } }])
    await expect(startJob([{ external_id: 'C1', phone: '+5' }, { external_id: 'C2', phone: '+5' }])).rejects.toThrow()
    await pause(30)
    expect((await show('ids=901,902')).map((user) => at(user, 'phone'))).toEqual(['+5', null])
  })
})
