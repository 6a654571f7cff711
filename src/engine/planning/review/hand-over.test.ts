import { createRouter } from '../../calls/router.ts'
import { createRouterClient } from '@orpc/server'
import { afterEach, describe, expect, it } from 'vitest'
import { EngineScene } from '../../testing/engine-scene.ts'

let scene: EngineScene
afterEach(() => scene.close())

const hour = 3_600_000
const code = (error: unknown): unknown => (error as { data?: { code?: string } }).data?.code
const as = (name: string): EngineScene['client'] => createRouterClient(createRouter(scene.engine), { context: { actor: { name } } })

/** One conflict, answered by Ada. */
async function reviewed(): Promise<string> {
  scene = await EngineScene.open([{ id: 'a', name: 'Ada', tier: 'gold', score: 1 }], [{ id: 'a', name: 'Ada', tier: 'silver', score: 1 }])
  const { planId } = await scene.plan()
  await scene.client.plans.resolve({ plan: planId, scope: { all: true }, take: 'warehouse' })
  return planId
}

describe('a plan is handed over', () => {
  it('stays valid for seven days, and whoever got it approves and applies exactly that', async () => {
    const planId = await reviewed()
    const given = await scene.client.plans.handOver({ plan: planId, to: ' Ben ', reason: 'The tiers are his' })
    expect(given.handOver).toEqual({ by: 'Ada', to: 'Ben', reason: 'The tiers are his', at: '2026-01-05T09:00:00.000Z', changed: false })
    expect(given.expiresAt).toBe('2026-01-12T09:00:00.000Z')
    scene.advance(7 * 24 * hour - 1)
    const ben = as('Ben')
    expect((await ben.plans.get({ plan: planId })).state).toBe('in review')
    expect((await ben.plans.approve({ plan: planId })).approvedBy).toBe('Ben')
    expect((await scene.started(planId)).counts).toMatchObject({ delivered: 1 })
  })

  it('expires on the seventh day', async () => {
    const planId = await reviewed()
    await scene.client.plans.handOver({ plan: planId, to: 'Ben' })
    scene.advance(7 * 24 * hour)
    await expect(scene.client.plans.approve({ plan: planId })).rejects.toSatisfy((error) => code(error) === 'plan-expired')
    await expect(scene.client.plans.handOver({ plan: planId, to: 'Eve' })).rejects.toSatisfy((error) => code(error) === 'plan-expired')
  })

  it('says so when the answers are not those any more that were handed over', async () => {
    const planId = await reviewed()
    await scene.client.plans.handOver({ plan: planId, to: 'Ben' })
    await as('Ben').plans.resolve({ plan: planId, scope: { all: true }, take: 'skip' })
    expect((await scene.client.plans.get({ plan: planId })).handOver).toMatchObject({ to: 'Ben', changed: true })
  })

  it('is in the audit with who, to whom and why, and on the Home of whoever got it', async () => {
    const planId = await reviewed()
    await scene.client.plans.handOver({ plan: planId, to: 'ben', reason: 'The tiers are his' })
    expect((await scene.client.audit.list({ kind: 'plan handed over' })).entries).toEqual([expect.objectContaining({ actor: 'Ada', words: 'Handed the plan of “Tier to CRM” over to ben: The tiers are his.' })])
    const titles = async (name: string): Promise<string[]> => (await as(name).home.summary()).needsYou.map((need) => need.title)
    expect(await titles('Ben')).toEqual(['“Tier to CRM” was handed over to you by Ada'])
    expect(await titles('Eve')).toEqual(['“Tier to CRM” was handed over to ben by Ada'])
    expect(await titles('Ada')).toEqual([])
  })

  it('goes to somebody else', async () => {
    const planId = await reviewed()
    await expect(scene.client.plans.handOver({ plan: planId, to: 'ADA' })).rejects.toSatisfy((error) => code(error) === 'bad-input')
    await scene.apply(planId)
    await expect(scene.client.plans.handOver({ plan: planId, to: 'Ben' })).rejects.toSatisfy((error) => code(error) === 'plan-stale')
  })
})
