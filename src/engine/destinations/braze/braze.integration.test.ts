import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator } from '../../../../simulators/testing/start-simulator.ts'
import type { StartedSimulator } from '../../../../simulators/testing/start-simulator.ts'
import { systemClock } from '../../../platform/clock.ts'
import { createHttp } from '../../../platform/http.ts'
import { connectTo } from '../../testing/connect-to.ts'
import type { Connection } from '../connect.ts'
import type { WriteRow } from '../destination.ts'

let simulator: StartedSimulator
let marketing: Connection
const http = createHttp()

beforeAll(async () => {
  simulator = await startSimulator('marketing', { limits: { attributesPerPage: 3 } })
  marketing = await connectTo({ simulator: 'marketing', destination: 'braze', url: simulator.url, token: simulator.token, http, clock: systemClock })
})
afterEach(() => simulator.reset())
afterAll(async () => {
  await http.close()
  await simulator.stop()
})

const row = (position: number, key: string, fields: WriteRow['fields']): WriteRow => ({ position, traceId: `trace ${position}`, key: { field: 'external_id', value: key }, fields })

function write(operation: 'create' | 'update', ...rows: WriteRow[]) {
  return marketing.write({ object: 'users', operation, rows })
}

describe('Braze', () => {
  it('has fixed attributes and the custom ones of all pages', async () => {
    const { fields } = await marketing.object('users')
    expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining(['email', 'churn_band', 'tier', 'interests']))
    expect(fields.find(({ name }) => name === 'interests')).toMatchObject({ type: 'set', maxItems: 25 })
    expect(fields.find(({ name }) => name === 'renewal_date')).toMatchObject({ type: 'instant' })
  })

  it('gives back what was written, in comparable form', async () => {
    const canonical: Record<string, string | null> = {
      email: 's:ada@example.com',
      country: 's:GB',
      tier: 's:gold',
      lifetime_value: 'n:1250.75',
      renewal_date: 't:2026-03-29T00:00:00Z',
      interests: 'x:["s:cycling","s:travel"]',
      churn_band: null,
    }
    const fields = (await marketing.object('users')).fields.filter(({ name }) => name in canonical)
    const encoded = Object.fromEntries(fields.map((field) => {
      const one = marketing.encode(field, canonical[field.name] ?? null)
      return [field.name, one.ok ? one.raw : 'refused']
    }))
    await write('create', row(0, 'C-1', { ...encoded, interests: ['travel', 'cycling'] }))
    await systemClock.sleep(marketing.profile.consistencyDelayMs)
    const [found] = await marketing.read({ object: 'users', fields: fields.map(({ name }) => name), by: { kind: 'key', field: 'external_id', values: ['C-1'] } })
    expect(found?.requestedKey).toBe('C-1')
    expect(Object.fromEntries(fields.map((field) => [field.name, marketing.decode(field, found?.fields[field.name] ?? null)]))).toEqual(canonical)
  })

  it('is asked to change only users who are there: an update brings nobody back', async () => {
    await write('update', row(0, 'gone', { tier: 'gold' }))
    expect(await simulator.records('users')).toEqual([])
  })

  it('answers for every row, also when it takes none', async () => {
    const answer = await write('create', row(0, 'C-1', { email: 'no address' }), row(1, 'C-2', { email_subscribe: 'maybe' }))
    expect(answer).toMatchObject({
      kind: 'rows',
      rows: [
        { position: 0, outcome: 'rejected', refusal: { code: 'address-invalid', field: 'email' } },
        { position: 1, outcome: 'rejected', refusal: { code: 'not-in-list', field: 'email_subscribe' } },
      ],
    })
  })
})
