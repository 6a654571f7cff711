import { afterEach, describe, expect, it } from 'vitest'
import { EngineScene } from '../../testing/engine-scene.ts'

const scenes: EngineScene[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
})

const person = (id: string, tier: string) => ({ id, name: `Person ${id}`, tier, score: 1 })

/** A run over five people of whom the destination refused two: one for good, one after several tries. */
async function refusedTwo(): Promise<{ scene: EngineScene; runId: string }> {
  const ids = ['1', '2', '3', '4', '5']
  const scene = await EngineScene.open(ids.map((id) => ({ ...person(id, 'gold'), blocked: false })), ids.map((id) => person(id, 'silver')))
  scenes.push(scene)
  const plan = await scene.plan()
  const { runId } = await scene.apply(plan.planId)
  const { database } = scene.engine.workspace().session
  database.run("UPDATE journal SET state = 'rejected', reason = 'value-invalid', verification = NULL WHERE record = '2'")
  database.run("UPDATE journal SET state = 'quarantined', reason = 'locked', verification = NULL WHERE record = '4'")
  await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'silver' WHERE id IN ('2', '4')")
  return { scene, runId }
}

describe('retrying what was refused', () => {
  it('makes a new plan of just those records, from the warehouse as it is now, to be reviewed and applied like any other', async () => {
    const { scene, runId } = await refusedTwo()
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'platinum' WHERE id = '2'")
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'platinum' WHERE id = '5'")
    const plan = await scene.client.runs.retryRejected({ run: runId })
    expect(plan).toMatchObject({ activation: 'tier-to-crm', state: 'in review', counts: { source: 2, update: 2 } })
    const { rows } = await scene.client.plans.fieldRows({ plan: plan.planId, filter: 'update', offset: 0, limit: 10 })
    expect(rows.filter(({ field }) => field === 'tier').map(({ record, warehouse }) => [record, warehouse])).toEqual([['2', 'platinum'], ['4', 'gold']])
    expect(await scene.apply(plan.planId)).toMatchObject({ state: 'done', counts: { delivered: 2 } })
    expect((await scene.contacts()).map(({ tier }) => tier)).toEqual(['gold', 'platinum', 'gold', 'gold', 'gold'])
  })

  it('says so when there is nothing to retry', async () => {
    const scene = await EngineScene.open([{ ...person('1', 'gold'), blocked: false }], [person('1', 'silver')])
    scenes.push(scene)
    const { runId } = await scene.apply((await scene.plan()).planId)
    await expect(scene.client.runs.retryRejected({ run: runId })).rejects.toThrow('No record of this run was rejected or set apart.')
  })

  it('leaves out who is not in the audience any more', async () => {
    const { scene, runId } = await refusedTwo()
    await scene.sql('warehouse.duckdb', "DELETE FROM people WHERE id = '4'")
    expect((await scene.client.runs.retryRejected({ run: runId })).counts.source).toBe(1)
  })
})
