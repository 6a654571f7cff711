import { afterEach, describe, expect, it } from 'vitest'
import { at, pause, startForTest } from '../kit/testing.ts'
import type { TestSimulator } from '../kit/testing.ts'
import { createCrm } from './simulator.ts'
import { CONTACTS, crmSeed } from './testing.ts'

let crm: TestSimulator

afterEach(() => crm.close())

describe('rate limits', () => {
  it('counts a rolling window, says what is left, and takes requests again when it has passed', async () => {
    crm = await startForTest(createCrm, crmSeed, { limits: { burstRequests: 3, burstWindow: 20_000 } })
    const remaining: (string | null)[] = []
    for (let index = 0; index < 3; index += 1) {
      const answer = await crm.call('GET', `${CONTACTS}/101`)
      remaining.push(answer.headers.get('X-HubSpot-RateLimit-Remaining'))
    }
    expect(remaining).toEqual(['2', '1', '0'])
    const refused = await crm.call('GET', `${CONTACTS}/101`)
    expect(refused.status).toBe(429)
    expect(refused.body).toMatchObject({ status: 'error', errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' })
    expect(refused.headers.get('retry-after')).toBeNull()
    expect(refused.headers.get('X-HubSpot-RateLimit-Interval-Milliseconds')).toBe('200')
    await pause(220)
    expect((await crm.call('GET', `${CONTACTS}/101`)).status).toBe(200)
  })

  it('has a daily limit with a policy of its own', async () => {
    crm = await startForTest(createCrm, crmSeed, { limits: { dailyRequests: 1 } })
    const first = await crm.call('GET', `${CONTACTS}/101`)
    expect(first.headers.get('X-HubSpot-RateLimit-Daily')).toBe('1')
    expect(first.headers.get('X-HubSpot-RateLimit-Daily-Remaining')).toBe('0')
    expect((await crm.call('GET', `${CONTACTS}/101`)).body).toMatchObject({ policyName: 'DAILY' })
  })

  it('counts search apart, without headers', async () => {
    crm = await startForTest(createCrm, crmSeed, { limits: { searchWindow: 60_000 } })
    for (let index = 0; index < 5; index += 1) expect((await crm.call('POST', `${CONTACTS}/search`, {})).status).toBe(200)
    const refused = await crm.call('POST', `${CONTACTS}/search`, {})
    expect(refused.status).toBe(429)
    expect(refused.body).toMatchObject({ policyName: 'SECONDLY' })
    expect(refused.headers.get('X-HubSpot-RateLimit-Max')).toBeNull()
    expect((await crm.call('GET', `${CONTACTS}/101`)).status).toBe(200)
  })
})

describe('requests that are refused', () => {
  it('needs the token', async () => {
    crm = await startForTest(createCrm, crmSeed)
    for (const authorization of ['Bearer wrong', '', 'Basic abc']) {
      const answer = await crm.call('GET', `${CONTACTS}/101`, undefined, { authorization })
      expect(answer.status).toBe(401)
      expect(at(answer.body, 'category')).toBe('INVALID_AUTHENTICATION')
    }
  })

  it('answers malformed JSON, unknown paths and bodies without inputs in the shape of the vendor', async () => {
    crm = await startForTest(createCrm, crmSeed)
    expect((await crm.call('POST', `${CONTACTS}/batch/read`, '{"inputs": [')).status).toBe(400)
    expect((await crm.call('GET', '/crm/v3/nothing')).status).toBe(404)
    const answer = await crm.call('POST', `${CONTACTS}/batch/update`, {})
    expect(answer.body).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR' })
    expect((await crm.call('POST', `${CONTACTS}/batch/read`, ' '.repeat(11 * 1024 * 1024))).status).toBe(413)
  })
})
