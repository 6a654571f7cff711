import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCrm } from '../crm/simulator.ts'
import { CONTACTS, crmSeed } from '../crm/testing.ts'
import { at, listAt, startForTest } from './testing.ts'
import type { TestSimulator } from './testing.ts'

let crm: TestSimulator

beforeEach(async () => {
  crm = await startForTest(createCrm, crmSeed)
})

afterEach(() => crm.close())

const setFaults = (...faults: unknown[]) => crm.control('POST', 'faults', faults)
const update = () =>
  crm.call('POST', `${CONTACTS}/batch/update`, { inputs: ['101', '102', '103'].map((id) => ({ id, properties: { phone: '+7' } })) })
const get = () => crm.call('GET', `${CONTACTS}/101`)

async function phones(): Promise<unknown[]> {
  const { body } = await crm.control('GET', 'records?object=contacts')
  return listAt(body, 'records').map((record) => at(record, 'fields', 'phone'))
}

describe('faults', () => {
  it('lets requests pass first and then acts a number of times', async () => {
    await setFaults({ match: { method: 'GET', path: '/crm' }, after: 1, times: 2, do: { kind: 'status', status: 503, body: { oops: true } } })
    const answers = [await get(), await get(), await get(), await get()]
    expect(answers.map((answer) => answer.status)).toEqual([200, 503, 503, 200])
    expect(answers[1]?.body).toEqual({ oops: true })
  })

  it('matches by method and by the beginning of the path', async () => {
    await setFaults({ match: { method: 'POST', path: `${CONTACTS}/batch/update` }, times: 5, do: { kind: 'status', status: 500 } })
    expect((await get()).status).toBe(200)
    expect((await update()).status).toBe(500)
    expect(await phones()).toEqual([undefined, undefined, undefined])
  })

  it('sends Retry-After in seconds and as a date', async () => {
    await setFaults(
      { match: { path: '/crm' }, do: { kind: 'retryAfter', seconds: 3 } },
      { match: { path: '/crm' }, do: { kind: 'retryAfter', seconds: 3, date: true } },
    )
    const [inSeconds, asDate] = [await get(), await get()]
    expect(inSeconds.status).toBe(429)
    expect(inSeconds.headers.get('retry-after')).toBe('3')
    const wait = Date.parse(asDate.headers.get('retry-after') ?? '') - Date.now()
    expect(wait).toBeGreaterThan(1000)
    expect(wait).toBeLessThanOrEqual(3000)
  })

  it('resets without applying', async () => {
    await setFaults({ match: { path: '/crm' }, do: { kind: 'reset' } })
    await expect(update()).rejects.toThrow()
    expect(await phones()).toEqual([undefined, undefined, undefined])
  })

  it('drops the answer after applying', async () => {
    await setFaults({ match: { path: '/crm' }, do: { kind: 'dropResponse' } })
    await expect(update()).rejects.toThrow()
    expect(await phones()).toEqual(['+7', '+7', '+7'])
    const log = await crm.control('GET', 'log')
    expect(at(log.body, 'entries', 0)).toMatchObject({ rows: 3, status: 0, fault: 'dropResponse' })
  })

  it('applies the first half and resets', async () => {
    await setFaults({ match: { path: '/crm' }, do: { kind: 'half' } })
    await expect(update()).rejects.toThrow()
    expect(await phones()).toEqual(['+7', '+7', undefined])
  })

  it('cuts the answer in the middle', async () => {
    await setFaults({ match: { path: '/crm' }, do: { kind: 'truncate' } })
    await expect(update()).rejects.toThrow()
    expect(await phones()).toEqual(['+7', '+7', '+7'])
  })

  it('delays', async () => {
    await setFaults({ match: { path: '/crm' }, do: { kind: 'delay', ms: 120 } })
    const startedAt = performance.now()
    expect((await get()).status).toBe(200)
    expect(performance.now() - startedAt).toBeGreaterThan(110)
  })

  it('replaces the list, and refuses what it does not know', async () => {
    await setFaults({ match: { path: '/crm' }, times: 9, do: { kind: 'reset' } })
    await setFaults()
    expect((await get()).status).toBe(200)
    expect((await setFaults({ match: { path: '/crm' }, do: { kind: 'explode' } })).status).toBe(400)
  })
})
