import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator } from '../../../../simulators/testing/start-simulator.ts'
import type { StartedSimulator } from '../../../../simulators/testing/start-simulator.ts'
import { createHttp } from '../../../platform/http.ts'
import { EngineScene, type Person } from '../../testing/engine-scene.ts'

const http = createHttp()
let crm: StartedSimulator
const scenes: EngineScene[] = []

beforeAll(async () => {
  crm = await startSimulator('crm')
})
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
  await crm.reset()
})
afterAll(async () => {
  await http.close()
  await crm.stop()
})

const activation = `name: First names
product: people
destination: { connection: crm, object: contacts }
match: { column: id, field: customer_id }
authority: review
guards: { removalShare: 1, updateShare: 1, createShare: 1 }
fields:
  - { from: tier, to: firstname }
`
const dana = { kind: 'person', name: 'Dana Fox' }
const keys = ['a', 'b', 'c', 'd']
/** Contacts have the ids 101, 102 … in this order. */
const contactId = (key: string): string => String(101 + keys.indexOf(key))
const person = (id: string): Person => ({ id, name: `Name ${id}`, tier: 'Ghent', score: 1, blocked: false })
const merge = (key: string, into: string) => crm.edit({ op: 'merge', object: 'contacts', id: contactId(key), into: contactId(into), actor: dana })

type Plan = Awaited<ReturnType<EngineScene['plan']>>

/** In step with the contacts of the rows; `others` are contacts without a row. */
async function open(rows: string[], others: string[] = []): Promise<EngineScene> {
  for (const key of keys) if (rows.includes(key) || others.includes(key)) await crm.edit({ op: 'create', object: 'contacts', id: contactId(key), fields: { customer_id: key, firstname: 'Ghent' }, actor: dana })
  const scene = await EngineScene.open(rows.map(person), [], activation, { url: crm.url, token: crm.token, http })
  scenes.push(scene)
  expect((await scene.plan()).counts).toMatchObject({ unchanged: rows.length, create: 0, update: 0 })
  return scene
}

async function apply(scene: EngineScene, plan: Plan) {
  for (const { guard, count } of plan.guards) if (count === undefined) await scene.client.plans.liftGuard({ plan: plan.planId, guard, reason: 'The scene is small.' })
  return scene.apply(plan.planId)
}

const contact = async (key: string) => (await crm.records('contacts')).find(({ id }) => id === contactId(key))
const living = async () => (await crm.records('contacts')).filter(({ deleted }) => deleted !== true).length
const decide = (scene: EngineScene, plan: Plan, cause: 'gone' | 'moved', choice: 're-create' | 'follow' | 'forget' | 'take back') => scene.client.plans.decideMissing({ plan: plan.planId, scope: { all: true, cause }, choice })

describe('a record that was merged into another', () => {
  it('is asked about; followed, its row writes the one that is left, and what was agreed goes with it', async () => {
    const scene = await open(['a', 'b'], ['c'])
    await merge('a', 'c')
    const asked = await scene.plan()
    expect(asked.counts).toMatchObject({ blocked: 1, unchanged: 1, update: 0 })
    expect(await decide(scene, asked, 'moved', 'follow')).toMatchObject({ records: 1 })
    expect((await scene.plan()).counts).toMatchObject({ blocked: 0, matched: 2, unchanged: 2 })
    // Only the warehouse moves: an update, since what was agreed on the first record is known of the other.
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'Lyon' WHERE id = 'a'")
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ update: 1, conflicts: 0, create: 0 })
    expect(await apply(scene, plan)).toMatchObject({ state: 'done', counts: { delivered: 1, verified: 1 } })
    expect((await contact('c'))?.fields).toMatchObject({ firstname: 'Lyon' })
    expect((await scene.plan()).counts).toMatchObject({ unchanged: 2, update: 0, blocked: 0 })
  })

  it('is compared with what was agreed before, so that a person’s edit is a conflict', async () => {
    const scene = await open(['a'], ['c'])
    await merge('a', 'c')
    await crm.edit({ op: 'set', object: 'contacts', id: contactId('c'), field: 'firstname', value: 'Oslo', actor: dana })
    await decide(scene, await scene.plan(), 'moved', 'follow')
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ conflicts: 1, drift: 1, update: 1 })
    expect((await scene.client.plans.fieldRows({ plan: plan.planId, filter: 'conflicts' })).rows).toMatchObject([{ base: { known: true, value: 'Ghent' }, destination: 'Oslo', remoteId: contactId('c') }])
  })

  it('asks again when that is taken back', async () => {
    const scene = await open(['a'], ['c'])
    await merge('a', 'c')
    await decide(scene, await scene.plan(), 'moved', 'follow')
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ blocked: 0, unchanged: 1 })
    await scene.client.plans.decideMissing({ plan: plan.planId, scope: { record: 'a' }, choice: 'take back' })
    for (const which of ['next', 'the one after']) expect((await scene.plan()).counts, which).toMatchObject({ blocked: 1, unchanged: 0 })
    const again = await scene.plan()
    expect(await scene.client.plans.causes({ plan: again.planId })).toMatchObject([{ cause: 'moved', count: 1 }])
    await decide(scene, again, 'moved', 'forget')
    expect(await scene.client.plans.causes({ plan: (await scene.plan()).planId })).toMatchObject([{ cause: 'forgotten', count: 1 }])
  })

  it('makes both rows ambiguous where another row has the one that is left', async () => {
    const scene = await open(['a', 'b'])
    await merge('a', 'b')
    await decide(scene, await scene.plan(), 'moved', 'follow')
    for (const which of ['next', 'the one after']) {
      const plan = await scene.plan()
      expect(plan.counts, which).toMatchObject({ ambiguous: 2, blocked: 2, create: 0, update: 0 })
      expect(await scene.client.plans.causes({ plan: plan.planId }), which).toMatchObject([{ cause: 'link shared', count: 2 }])
    }
  })
})

describe('a record that was deleted', () => {
  it('is made again under a new id, once, and then in step', async () => {
    const scene = await open(['a', 'b'])
    await crm.edit({ op: 'delete', object: 'contacts', id: contactId('a'), actor: dana })
    const asked = await scene.plan()
    expect(asked.counts).toMatchObject({ gone: 1, blocked: 1, create: 0 })
    expect((await scene.client.plans.recordRows({ plan: asked.planId, filter: 'gone' })).rows).toMatchObject([{ record: 'a', cause: 'gone' }])
    await decide(scene, asked, 'gone', 're-create')
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ create: 1, gone: 0, blocked: 0 })
    expect(await apply(scene, plan)).toMatchObject({ state: 'done', counts: { delivered: 1, verified: 1 } })
    expect(await living()).toBe(2)
    expect((await scene.plan()).counts).toMatchObject({ unchanged: 2, create: 0, gone: 0 })
  })

  it('is not made twice when the run that made it crashed before it could say so', async () => {
    const scene = await open(['a', 'b'])
    await crm.edit({ op: 'delete', object: 'contacts', id: contactId('a'), actor: dana })
    await decide(scene, await scene.plan(), 'gone', 're-create')
    const plan = await scene.plan()
    const { database } = scene.engine.workspace().session
    const newest = database.get<{ newest: number }>('SELECT max(sequence) AS newest FROM data_files')?.newest ?? 0
    const { runId } = await apply(scene, plan)
    // As a crash leaves it: delivered, not verified, and nothing published.
    database.run('UPDATE journal SET verification = NULL WHERE run = ?', runId)
    database.run("UPDATE runs SET state = 'failed', counts = json_set(counts, '$.verified', 0) WHERE id = ?", runId)
    database.run('DELETE FROM data_files WHERE sequence > ?', newest)
    const next = await scene.plan()
    expect(next.counts).toMatchObject({ create: 0, gone: 0, blocked: 0, matched: 2 })
    expect(await living()).toBe(2)
  })
})
