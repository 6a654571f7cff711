import { afterEach, describe, expect, it } from 'vitest'
import { activationText, EngineScene, type Person } from '../../testing/engine-scene.ts'

const scenes: EngineScene[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
})

const ada = { id: 'a', name: 'Ada', tier: 'gold', score: 1.5 }
const bob = { id: 'b', name: 'Bob', tier: 'silver', score: 2 }
const all = { all: true, cause: 'gone' } as const
const withoutScore = activationText.replace('  - { from: score, to: score, authority: warehouse }\n', '')
const scores = 'name: Scores\nproduct: people\ndestination: { connection: crm, object: contacts }\nmatch: { column: id, field: id }\nauthority: warehouse\nfields:\n  - { from: score, to: score }\n'

/** Finds people by their own id; Ada was in step and has been deleted over there. */
async function withoutAda(activation = activationText): Promise<EngineScene> {
  const people: Person[] = [ada, bob]
  const scene = await EngineScene.open(people, people, activation)
  scenes.push(scene)
  await scene.plan()
  await scene.sql('crm.duckdb', "DELETE FROM contacts WHERE id = 'a'")
  return scene
}

type Plan = Awaited<ReturnType<EngineScene['plan']>>

async function apply(scene: EngineScene, plan: Plan) {
  for (const { guard, count } of plan.guards) if (count === undefined) await scene.client.plans.liftGuard({ plan: plan.planId, guard, reason: 'The scene is small.' })
  return scene.apply(plan.planId)
}

const blocked = async (scene: EngineScene, plan: Plan) => (await scene.client.plans.recordRows({ plan: plan.planId, filter: 'blocked' })).rows
const ids = async (scene: EngineScene) => (await scene.contacts()).map(({ id }) => id)

/** Plans, and decides about everything that is gone. */
async function decided(scene: EngineScene, choice: 're-create' | 'forget', reason?: string): Promise<Plan> {
  const plan = await scene.plan()
  expect(plan.counts).toMatchObject({ gone: 1, blocked: 1, create: 0 })
  expect(await scene.client.plans.decideMissing({ plan: plan.planId, scope: all, choice, ...(reason === undefined ? {} : { reason }) })).toEqual({ planId: plan.planId, records: 1 })
  return plan
}

describe('a deleted record that a person wants again', () => {
  it('is a preselected create of the next plan, is made, and is then in step', async () => {
    const scene = await withoutAda()
    const asked = await decided(scene, 're-create', 'Deleted by mistake')
    expect(await blocked(scene, asked), 'the plan stays as it is, and tells what comes').toMatchObject([{ record: 'a', cause: 'gone', choice: { choice: 're-create', by: 'Ada', reason: 'Deleted by mistake', inPlan: false } }])
    expect(await scene.client.plans.causes({ plan: asked.planId })).toMatchObject([{ cause: 'gone', count: 1, decided: [{ choice: 're-create', count: 1 }] }])
    await scene.engine.close()
    await scene.engine.open(scene.folder)
    const plan = await scene.plan()
    expect(plan, 'also after a restart').toMatchObject({ unselected: 0, willSend: 1, counts: { create: 1, gone: 0, blocked: 0, unchanged: 1 } })
    expect(await scene.client.plans.record({ plan: plan.planId, record: 'a' })).toMatchObject({ operation: 'create', preselected: true, choice: { choice: 're-create', inPlan: true } })
    expect(await apply(scene, plan)).toMatchObject({ state: 'done', counts: { delivered: 1, verified: 1 } })
    expect((await scene.contacts())[0]).toEqual({ id: 'a', name: 'Ada', tier: 'gold', score: '1.50' })
    expect((await scene.plan()).counts).toMatchObject({ create: 0, update: 0, gone: 0, blocked: 0, unchanged: 2 })
  })

  it('is asked about again when it is lost again, also at once after it was made', async () => {
    const scene = await withoutAda()
    await decided(scene, 're-create')
    await apply(scene, await scene.plan())
    await scene.sql('crm.duckdb', "DELETE FROM contacts WHERE id = 'a'")
    expect((await scene.plan()).counts).toMatchObject({ gone: 1, blocked: 1, create: 0 })
    expect((await scene.plan()).counts, 'and stays a question').toMatchObject({ gone: 1, create: 0 })
  })

  it('is not made when it came back by itself, and the choice is over', async () => {
    const scene = await withoutAda()
    await decided(scene, 're-create')
    await scene.sql('crm.duckdb', "INSERT INTO contacts VALUES ('a', 'Ada', 'gold', 1.5)")
    expect((await scene.plan()).counts).toMatchObject({ create: 0, unchanged: 2 })
    await scene.sql('crm.duckdb', "DELETE FROM contacts WHERE id = 'a'")
    expect((await scene.plan()).counts).toMatchObject({ gone: 1, create: 0 })
  })

  it('waits again once that is taken back, and a plan that would make it is stale', async () => {
    const scene = await withoutAda()
    await decided(scene, 're-create')
    const plan = await scene.plan()
    await scene.client.plans.decideMissing({ plan: plan.planId, scope: { record: 'a' }, choice: 'take back' })
    expect(await scene.client.plans.get({ plan: plan.planId })).toMatchObject({ state: 'stale' })
    expect((await scene.plan()).counts).toMatchObject({ gone: 1, blocked: 1, create: 0 })
  })

  it('is made once, although the run that made it could not say so any more', async () => {
    const scene = await withoutAda()
    await decided(scene, 're-create')
    const { runId } = await apply(scene, await scene.plan())
    const { database } = scene.engine.workspace().session
    // As a crash leaves it: delivered, not verified, and nothing published.
    database.run('UPDATE journal SET verification = NULL WHERE run = ?', runId)
    database.run("UPDATE runs SET state = 'failed', counts = json_set(counts, '$.verified', 0) WHERE id = ?", runId)
    database.run("DELETE FROM data_files WHERE sequence = (SELECT max(sequence) FROM data_files) AND kind <> 'base'")
    expect((await scene.plan()).counts).toMatchObject({ create: 0, gone: 0, blocked: 0 })
    expect(await ids(scene)).toEqual(['a', 'b'])
  })

  it('is decided for every activation of the product and object', async () => {
    const scene = await withoutAda(withoutScore)
    await scene.writeFile('activations/second.yaml', scores)
    await decided(scene, 're-create')
    const second = await scene.client.plans.create({ activation: 'second' })
    expect(second.counts).toMatchObject({ create: 1, gone: 0, matched: 1 })
    await apply(scene, await scene.plan())
    expect((await scene.client.plans.create({ activation: 'second' })).counts, 'made by the other').toMatchObject({ create: 0, matched: 2 })
  })
})

describe('a deleted record that a person forgets', () => {
  it('is blocked as forgotten, with who and when, until that is taken back', async () => {
    const scene = await withoutAda()
    await decided(scene, 'forget', 'Asked to be left alone')
    for (const which of ['next', 'the one after']) {
      const plan = await scene.plan()
      expect(plan.counts, which).toMatchObject({ gone: 0, blocked: 1, create: 0, unchanged: 1 })
      expect(await blocked(scene, plan), which).toMatchObject([{ record: 'a', cause: 'forgotten', causeMessage: 'Forgotten by Ada on 2026-01-05: Asked to be left alone.' }])
    }
    const plan = await scene.plan()
    await scene.client.plans.decideMissing({ plan: plan.planId, scope: { all: true, cause: 'forgotten' }, choice: 'take back' })
    expect(await scene.client.plans.causes({ plan: plan.planId }), 'the plan tells what the next one brings').toMatchObject([{ cause: 'forgotten', decided: [{ choice: 'taken back', count: 1 }] }])
    expect((await scene.plan()).counts).toMatchObject({ gone: 1, blocked: 1 })
  })

  it('gets nothing, although the record is there again or the row changes', async () => {
    const scene = await withoutAda()
    await decided(scene, 'forget')
    await scene.sql('crm.duckdb', "INSERT INTO contacts VALUES ('a', 'Ada', 'bronze', 9)")
    await scene.sql('warehouse.duckdb', "UPDATE people SET score = 7 WHERE id = 'a'")
    expect((await scene.plan()).counts).toMatchObject({ blocked: 1, update: 0, create: 0, conflicts: 0 })
  })

  it('makes a plan of another activation stale that would write it', async () => {
    const scene = await withoutAda(withoutScore)
    await scene.writeFile('activations/second.yaml', scores)
    await decided(scene, 're-create')
    const other = await scene.client.plans.create({ activation: 'second' })
    expect(other.counts).toMatchObject({ create: 1 })
    await scene.client.plans.decideMissing({ plan: (await scene.client.plans.list({ activation: 'tier-to-crm' }))[0]?.planId ?? '', scope: { record: 'a' }, choice: 'forget' })
    expect(await scene.client.plans.get({ plan: other.planId })).toMatchObject({ state: 'stale' })
  })

  it('is audited, with what was decided', async () => {
    const scene = await withoutAda()
    await decided(scene, 'forget', 'Asked to be left alone')
    const { entries } = await scene.client.audit.list({})
    expect(JSON.stringify(entries)).toContain('Decided to forget 1 record of “Tier to CRM”: Local file gets nothing of it until that is taken back: Asked to be left alone.')
  })
})

it('lets a choice about one record stand when all the others are decided about', async () => {
  const scene = await withoutAda()
  await scene.sql('crm.duckdb', 'DELETE FROM contacts')
  const { planId: plan } = await scene.plan()
  await scene.client.plans.decideMissing({ plan, scope: { record: 'a' }, choice: 'forget' })
  expect(await scene.client.plans.decideMissing({ plan, scope: all, choice: 're-create' })).toMatchObject({ records: 1 })
  expect((await scene.plan()).counts).toMatchObject({ create: 1, blocked: 1, gone: 0 })
})

it('refuses a choice that nothing in the plan asks for', async () => {
  const scene = await withoutAda()
  const { planId: plan } = await scene.plan()
  for (const choice of ['follow', 'take back'] as const) await expect(scene.client.plans.decideMissing({ plan, scope: all, choice })).rejects.toThrow('Nothing to')
  await expect(scene.client.plans.decideMissing({ plan, scope: { record: 'b' }, choice: 'forget' })).rejects.toThrow('Nothing to forget')
})
