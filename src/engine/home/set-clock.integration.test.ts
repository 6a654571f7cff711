import { afterEach, expect, it } from 'vitest'
import { EngineScene, type Person } from '../testing/engine-scene.ts'

const hour = 60 * 60_000
const day = 24 * hour
let scene: EngineScene
afterEach(() => scene.close())

const person = (id: string, tier: string): Person => ({ id, name: `Name ${id}`, tier, score: '1.00' })
const ids = ['1', '2', '3', '4', '5', '6', '7', '8']

it('keeps what is newest by order, not by a clock that is set back and forth (F4)', async () => {
  scene = await EngineScene.open(ids.map((id) => ({ ...person(id, 'gold'), blocked: false })), ids.map((id) => person(id, 'gold')))
  await scene.apply((await scene.plan()).planId)
  const runs: string[] = []
  for (const [round, jump] of [-hour, hour, -30 * day, 2 * day, -7 * hour].entries()) {
    scene.advance(jump)
    // Every round writes the value that an earlier round had, so that an old statement would not be missed.
    await scene.sql('warehouse.duckdb', `UPDATE people SET tier = '${round % 2 === 0 ? 'platinum' : 'gold'}' WHERE id = '1'`)
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ create: 0, update: 1, conflicts: 0 })
    const run = await scene.apply(plan.planId)
    expect(run).toMatchObject({ state: 'done', counts: { delivered: 1, verified: 1 } })
    runs.unshift(run.runId)
    expect((await scene.plan()).counts).toMatchObject({ update: 0, unchanged: ids.length })
  }
  expect((await scene.client.runs.list({ limit: runs.length })).map(({ runId }) => runId)).toEqual(runs)
  expect(await scene.client.audit.verify({})).toMatchObject({ ok: true })
})
