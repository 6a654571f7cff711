import { afterEach, beforeEach, expect, it } from 'vitest'
import { EngineScene } from '../../testing/engine-scene.ts'

let scene: EngineScene
const person = (id: string, tier: string) => ({ id, name: id, tier, score: 1 })
beforeEach(async () => {
  scene = await EngineScene.open([person('a', 'gold'), person('b', 'gold')], [person('a', 'bronze'), person('b', 'bronze')])
})
afterEach(() => scene.close())

it('lists what a person pinned and kept, with owner, reason and end, and ends each', async () => {
  const { planId } = await scene.plan()
  await scene.client.plans.resolve({ plan: planId, scope: { record: 'a' }, take: 'value', value: 'platinum', reason: 'Agreed by telephone', expires: '2026-03-01' })
  await scene.client.plans.resolve({ plan: planId, scope: { record: 'b' }, take: 'destination', reason: 'The CRM is right' })
  expect((await scene.client.plans.record({ plan: planId, record: 'a' })).fieldsChanged[0]?.answer).toMatchObject({ take: 'value', reason: 'Agreed by telephone', by: 'Ada', expiresAt: '2026-03-01T00:00:00.000Z' })
  await scene.apply(planId)

  const { overrides, kept } = await scene.client.decisions.list()
  expect(overrides).toMatchObject([{ activation: 'tier-to-crm', record: 'a', field: 'tier', value: 'platinum', reason: 'Agreed by telephone', owner: 'Ada', expiresAt: '2026-03-01T00:00:00.000Z' }])
  expect(kept).toMatchObject([{ connection: 'crm', object: 'contacts', remoteId: 'b', field: 'tier', by: 'Ada' }])
  const [override] = overrides
  const [standing] = kept
  if (!override || !standing) throw new Error('nothing holds')
  await scene.client.decisions.endOverride(override)
  await scene.client.decisions.endKept(standing)
  expect(await scene.client.decisions.list()).toMatchObject({ overrides: [], overridesTotal: 0, kept: [], keptTotal: 0 })
  expect((await scene.client.audit.list({})).entries.slice(0, 2).map(({ kind }) => kind)).toEqual(['kept value ended', 'override ended'])
  await expect(scene.client.decisions.endOverride(override)).rejects.toMatchObject({ data: { code: 'not-found' } })
  expect((await scene.plan()).counts, 'both are looked at anew').toMatchObject({ update: 2 })
})
