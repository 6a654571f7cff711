import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EngineScene } from '../../testing/engine-scene.ts'

const ada = { id: 'a', name: 'Ada', tier: 'gold', score: 1.5 }
const bob = { id: 'b', name: 'Bob', tier: 'silver', score: 2 }
let scene: EngineScene
beforeEach(async () => {
  scene = await EngineScene.open([ada, bob], [ada, bob])
  await scene.plan()
})
afterEach(() => scene.close())

/** A run that writes the tier of one person; returns the newest audit entry of before its end. */
async function writes(id: string, tier: string): Promise<number> {
  await scene.sql('warehouse.duckdb', 'UPDATE people SET tier = ? WHERE id = ?', [tier, id])
  const plan = await scene.plan({ keys: [id] })
  const { newest } = scene.engine.workspace().session.database.get<{ newest: number }>('SELECT max(sequence) AS newest FROM audit') ?? { newest: 0 }
  await scene.apply(plan.planId)
  return newest
}

/** A plan that began to read before some entry of the audit, however long that took. */
async function planReadAfter(entry: number): Promise<string> {
  const { planId } = await scene.plan()
  scene.engine.workspace().session.database.run('UPDATE plans SET read_after = ? WHERE id = ?', entry, planId)
  return planId
}

const stateOf = async (plan: string) => (await scene.client.plans.get({ plan })).state

describe('a plan is stale', () => {
  it('once a run that was started after it has moved a record of it', async () => {
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'bronze' WHERE id = 'a'")
    const { planId } = await scene.plan()
    await writes('a', 'platinum')
    expect(await stateOf(planId)).toBe('stale')
  })

  it('when a run that started before it ended while it was read, having moved a record of it', async () => {
    const before = await writes('a', 'bronze')
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'platinum' WHERE id = 'a'")
    const planId = await planReadAfter(before)
    expect(await scene.client.plans.get({ plan: planId })).toMatchObject({ state: 'stale', stale: 'A run has changed records of this plan since it was made.' })
  })

  it('while such a run goes on', async () => {
    await writes('a', 'bronze')
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'platinum' WHERE id = 'a'")
    const { planId } = await scene.plan()
    expect(await stateOf(planId)).toBe('in review')
    scene.engine.workspace().session.database.run('UPDATE runs SET finished_at = NULL')
    expect(await stateOf(planId)).toBe('stale')
  })

  it('by no run that wrote other records, and by none that ended before it read', async () => {
    const before = await writes('a', 'bronze')
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'platinum' WHERE id = 'b'")
    expect(await stateOf(await planReadAfter(before))).toBe('in review')
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'platinum' WHERE id = 'a'")
    expect(await stateOf((await scene.plan()).planId)).toBe('in review')
  })
})
