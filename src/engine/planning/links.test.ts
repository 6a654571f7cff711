import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { EngineScene, type Person } from '../testing/engine-scene.ts'

const scenes: EngineScene[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
})

const code = (error: unknown): unknown => (error as { data?: { code?: string } }).data?.code
const ada = { id: 'a', name: 'Ada', tier: 'x1', score: 1.5 }
const bob = { id: 'b', name: 'Bob', tier: 'x2', score: 2 }

/** Finds people by their tier, and sends names. */
const byTier = `name: Names by tier
product: people
destination: { connection: crm, object: contacts }
match: { column: tier, field: id }
authority: warehouse
fields:
  - { from: name, to: name }
`
/** Finds people by their id, and sends scores. */
const byId = `name: Scores by id
product: people
destination: { connection: crm, object: contacts }
match: { column: id, field: id }
authority: warehouse
fields:
  - { from: score, to: score }
`

async function open(warehouse: Person[], destination: Person[], first = byTier): Promise<EngineScene> {
  const scene = await EngineScene.open(warehouse, destination, first)
  scenes.push(scene)
  return scene
}

/** Two activations of one product to one object, which find the same person by different keys. */
async function two(warehouse: Person[] = [ada], destination: Person[] = [], second = byId): Promise<EngineScene> {
  const scene = await open(warehouse, destination)
  await scene.writeFile('activations/second.yaml', second)
  return scene
}

const planSecond = (scene: EngineScene) => scene.client.plans.create({ activation: 'second' })

/** Applies a plan, whatever the guards say: the scenes are small. */
async function apply(scene: EngineScene, plan: Awaited<ReturnType<EngineScene['plan']>>) {
  for (const { guard, count } of plan.guards) if (count === undefined) await scene.client.plans.liftGuard({ plan: plan.planId, guard, reason: 'The scene is small.' })
  return scene.apply(plan.planId)
}

describe('§1 links shared by the activations of a product and object', () => {
  it('lead a second activation to a record that its own key would not find', async () => {
    const scene = await two()
    await apply(scene, await scene.plan())
    expect(await scene.contacts()).toMatchObject([{ id: 'x1', name: 'Ada' }])
    const plan = await planSecond(scene)
    expect(plan.counts).toMatchObject({ matched: 1, create: 0, update: 1 })
    await apply(scene, plan)
    expect(await scene.contacts()).toEqual([{ id: 'x1', name: 'Ada', tier: null, score: '1.50' }])
    expect((await planSecond(scene)).counts).toMatchObject({ unchanged: 1, create: 0, update: 0 })
  })

  it('are known from a plan that only looked', async () => {
    const scene = await two([ada], [{ ...ada, id: 'x1' }])
    expect((await scene.plan()).counts).toMatchObject({ unchanged: 1 })
    expect((await planSecond(scene)).counts).toMatchObject({ matched: 1, unchanged: 1, create: 0 })
  })

  it('leave each activation its own settled rows: what one has settled the other still looks at', async () => {
    const scene = await two([ada], [{ ...ada, id: 'x1', score: 9 }])
    expect((await scene.plan()).counts).toMatchObject({ unchanged: 1 })
    expect((await planSecond(scene)).counts).toMatchObject({ update: 1, unchanged: 0 })
  })

  it('belong to one product: the same key of another product is somebody else', async () => {
    const scene = await two([ada], [], byId.replace('product: people', 'product: others'))
    await scene.writeFile('products/others.yaml', 'name: Others\nsource: warehouse\ntable: people\nkey: id\ncontract:\n  - { column: id, type: string }\n  - { column: score, type: number }\n')
    await apply(scene, await scene.plan())
    expect((await planSecond(scene)).counts).toMatchObject({ unmatched: 1, create: 1 })
  })
})

describe('a person is never made twice', () => {
  it('by two plans that were made before either was applied', async () => {
    const scene = await two()
    const [first, second] = [await scene.plan(), await planSecond(scene)]
    expect([first.counts, second.counts]).toMatchObject([{ create: 1 }, { create: 1 }])
    await scene.client.plans.approve({ plan: second.planId, confirmCount: 1 })
    await apply(scene, first)
    expect(await scene.client.plans.get({ plan: second.planId })).toMatchObject({ state: 'stale' })
    await expect(scene.client.runs.start({ plan: second.planId })).rejects.toSatisfy((error) => code(error) === 'plan-stale')
    expect(await scene.contacts()).toHaveLength(1)
  })

  it('by a run that waits for its turn behind the other', async () => {
    const scene = await two([ada, bob])
    const first = await scene.plan({ keys: ['a'] })
    const second = await planSecond(scene)
    await scene.client.plans.approve({ plan: first.planId })
    await scene.client.plans.approve({ plan: second.planId, confirmCount: 2 })
    const runs = await Promise.all([first, second].map(({ planId }) => scene.client.runs.start({ plan: planId })))
    for (const { runId } of runs) await scene.engine.workspace().runs.whenEnded(runId)
    expect(await scene.contacts(), 'whoever went first').toHaveLength(2)
    const ended = await Promise.all(runs.map(({ runId }) => scene.client.runs.get({ run: runId })))
    expect(ended.map(({ counts }) => counts.delivered).reduce((sum, delivered) => sum + delivered)).toBe(2)
    expect(ended.map(({ counts }) => counts.skipped).reduce((sum, skipped) => sum + skipped)).toBe(1)
    expect((await planSecond(scene)).counts).toMatchObject({ create: 0, matched: 2 })
  })

  it('by a plan made after a run that could not read back what it had made', async () => {
    const scene = await two()
    const run = await apply(scene, await scene.plan())
    // As a run leaves it when the destination answers no more: delivered, not verified, and no link published.
    const { database } = scene.engine.workspace().session
    database.run('UPDATE journal SET verification = NULL WHERE run = ?', run.runId)
    database.run("UPDATE runs SET state = 'failed', counts = json_set(counts, '$.verified', 0) WHERE id = ?", run.runId)
    database.run("DELETE FROM data_files WHERE kind IN ('links', 'settled')")
    const plan = await planSecond(scene)
    expect(plan.counts).toMatchObject({ matched: 1, create: 0, update: 1 })
    await apply(scene, plan)
    expect(await scene.contacts()).toMatchObject([{ id: 'x1', score: '1.50' }])
  })

  it('and nothing is written to a record that only an answer called theirs', async () => {
    const scene = await two([ada], [{ ...bob, id: 'stranger' }])
    const run = await apply(scene, await scene.plan())
    const { database } = scene.engine.workspace().session
    // The answer named the record of somebody else, and the run could not read back.
    database.run("UPDATE journal SET verification = NULL, remote_id = 'stranger' WHERE run = ?", run.runId)
    database.run("UPDATE runs SET state = 'failed', counts = json_set(counts, '$.verified', 0) WHERE id = ?", run.runId)
    database.run("DELETE FROM data_files WHERE kind IN ('links', 'settled')")
    await apply(scene, await planSecond(scene))
    expect(await scene.contacts(), 'the record that holds the key').toMatchObject([{ id: 'stranger', name: 'Bob', score: '2.00' }, { id: 'x1', name: 'Ada', score: '1.50' }])
    // Nor is it made again unasked where no record holds the key.
    database.run("UPDATE journal SET read_id = '', verification = 'overridden', remote_id = 'stranger' WHERE run = ?", run.runId)
    database.run("DELETE FROM data_files WHERE kind IN ('links', 'settled')")
    await scene.sql('crm.duckdb', "DELETE FROM contacts WHERE id = 'x1'")
    expect(await planSecond(scene)).toMatchObject({ counts: { create: 1, update: 0 }, unselected: 1, willSend: 0 })
  }, 120_000)

  it('unasked, while nobody knows whether another run’s create arrived', async () => {
    const scene = await two()
    const run = await apply(scene, await scene.plan())
    const { database } = scene.engine.workspace().session
    database.run("UPDATE journal SET state = 'unknown', remote_id = NULL, verification = NULL WHERE run = ?", run.runId)
    database.run("UPDATE runs SET counts = json_set(counts, '$.delivered', 0, '$.verified', 0, '$.unknown', 1) WHERE id = ?", run.runId)
    database.run("DELETE FROM data_files WHERE kind IN ('links', 'settled')")
    expect(await planSecond(scene)).toMatchObject({ counts: { create: 1 }, unselected: 1, willSend: 0 })
    expect(await scene.plan(), 'its own key finds the record').toMatchObject({ counts: { create: 0, matched: 1 } })
  })
})

describe('§3 removal and shared links', () => {
  const mirror = `${byTier}mode: mirror\nonRemove: delete\n`

  it('removes what this activation made; for the others the record is gone and not made again', async () => {
    const scene = await open([ada, bob], [], mirror)
    mkdirSync(join(scene.folder, 'segments'))
    await scene.writeFile('segments/silver.yaml', 'name: Silver\nproduct: people\nfilter: { all: [{ column: name, operator: is, value: Bob }] }\n')
    await scene.writeFile('activations/second.yaml', byId)
    await apply(scene, await scene.plan())
    await apply(scene, await planSecond(scene))
    await scene.writeFile('activations/tier-to-crm.yaml', mirror.replace('product: people', 'product: people\nsegment: silver'))
    const removal = await scene.plan()
    expect(removal.counts).toMatchObject({ remove: 1 })
    await apply(scene, removal)
    expect((await scene.contacts()).map(({ id }) => id)).toEqual(['x2'])
    const after = await planSecond(scene)
    expect(after.counts).toMatchObject({ create: 0, gone: 1, blocked: 1, unchanged: 1 })
  })

  it('does not remove what another activation made', async () => {
    const scene = await two([ada, bob])
    await apply(scene, await scene.plan())
    await scene.writeFile('activations/second.yaml', `${byId}mode: mirror\nonRemove: delete\n`)
    await apply(scene, await planSecond(scene))
    await scene.sql('warehouse.duckdb', "DELETE FROM people WHERE id = 'a'")
    expect((await planSecond(scene)).counts).toMatchObject({ remove: 0 })
  })
})

describe('§3 two rows and one record', () => {
  it('a linked row keeps its record, and a new row with its key is ambiguous', async () => {
    const scene = await open([ada], [{ ...ada, id: 'x1' }])
    await scene.plan()
    await scene.sql('warehouse.duckdb', "UPDATE people SET name = 'Ada L.'; INSERT INTO people VALUES ('n', 'Nora', 'x1', 3, false)")
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ matched: 1, ambiguous: 1, update: 1, blocked: 1, create: 0 })
    expect(await scene.client.plans.causes({ plan: plan.planId })).toMatchObject([{ cause: 'link shared', count: 1 }])
    await apply(scene, plan)
    expect(await scene.contacts()).toMatchObject([{ id: 'x1', name: 'Ada L.' }])
    expect((await scene.plan()).counts, 'and so it stays').toMatchObject({ unchanged: 1, ambiguous: 1, create: 0 })
  })
})

describe('§3 a link of another activation and a key of this one', () => {
  it('that lead two rows to one record make both ambiguous: nobody’s values are written to somebody else', async () => {
    const scene = await two([{ ...ada, id: 'a', tier: 'b' }], [{ ...bob, score: 9 }])
    await apply(scene, await scene.plan())
    await scene.sql('warehouse.duckdb', "INSERT INTO people VALUES ('b', 'Bob', 'other', 2, false)")
    const plan = await planSecond(scene)
    expect(plan.counts).toMatchObject({ ambiguous: 2, create: 0, update: 0 })
    expect((await planSecond(scene)).counts, 'and so they stay').toMatchObject({ ambiguous: 2, update: 0 })
    expect(await scene.client.plans.causes({ plan: plan.planId })).toMatchObject([{ cause: 'link shared', count: 2 }])
  })
})

describe('§3 a key that changes on a linked record', () => {
  it('is blocked where the destination keeps the key, and never makes a new record', async () => {
    const scene = await open([ada, bob], [])
    await apply(scene, await scene.plan())
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'x9' WHERE id = 'a'")
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ create: 0, blocked: 1, unchanged: 1 })
    expect(await scene.client.plans.causes({ plan: plan.planId })).toMatchObject([{ cause: 'key cannot change', count: 1 }])
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'x1' WHERE id = 'a'")
    expect((await scene.plan()).counts, 'restored in the warehouse').toMatchObject({ blocked: 0, unchanged: 2 })
  })

  it('blocks the record also where the key is a mapped field', async () => {
    const scene = await open([ada, bob], [], byTier.replace('  - { from: name', '  - { from: tier, to: id }\n  - { from: name'))
    await apply(scene, await scene.plan())
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'x9', name = 'Ada L.' WHERE id = 'a'")
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ create: 0, update: 0, blocked: 1 })
    expect(await scene.client.plans.causes({ plan: plan.planId })).toMatchObject([{ cause: 'key cannot change', field: 'id', count: 1 }])
  })
})
