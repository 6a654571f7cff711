import { closeSync, existsSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { EngineScene, type Person } from '../testing/engine-scene.ts'

let scene: EngineScene
afterEach(() => scene.close())

const person = (id: string, tier: string): Person => ({ id, name: `Name ${id}`, tier, score: '1.00' })
const inWarehouse = (id: string, tier: string): Person => ({ ...person(id, tier), blocked: false })
const tiers = async (): Promise<Record<string, unknown>> => Object.fromEntries((await scene.contacts()).filter(({ tier }) => tier !== 'basic').map(({ id, tier }) => [id, tier]))

async function inStep(): Promise<void> {
  const others = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  scene = await EngineScene.open(
    [inWarehouse('1', 'gold'), inWarehouse('2', 'silver'), inWarehouse('3', 'gold'), ...others.map((id) => inWarehouse(id, 'basic'))],
    [person('1', 'basic'), person('2', 'silver'), ...others.map((id) => person(id, 'basic'))],
  )
  expect(await scene.apply((await scene.plan()).planId)).toMatchObject({ state: 'done' })
}

it('goes back to a backup, and from there writes nothing that the destination has already, and nobody else’s value', async () => {
  await inStep()
  const backup = await scene.client.workspace.backUp()
  expect(backup).toMatchObject({ reason: 'Asked for by Ada' })

  // Life goes on: a change of ours, a new record, and somebody else's edit.
  await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'platinum' WHERE id = '1'")
  await scene.sql('warehouse.duckdb', "INSERT INTO people VALUES ('4', 'Name 4', 'gold', 1, false)")
  expect(await scene.apply((await scene.plan()).planId)).toMatchObject({ state: 'done', counts: { delivered: 2, verified: 2 } })
  await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'theirs' WHERE id = '2'")

  await scene.client.workspace.restore({ id: backup.id })
  const plan = await scene.plan()
  expect(plan.counts).toMatchObject({ source: 11, create: 0, update: 1, unchanged: 10, conflicts: 1 })
  expect(plan).toMatchObject({ willSend: 0, openConflicts: 1 })
  expect(await scene.apply(plan.planId, 'destination')).toMatchObject({ state: 'done', counts: { delivered: 0 } })
  expect(await tiers()).toEqual({ 1: 'platinum', 2: 'theirs', 3: 'gold', 4: 'gold' })
  expect(await scene.contacts()).toHaveLength(11)
  expect((await scene.plan()).counts).toMatchObject({ create: 0, update: 0, unchanged: 11 })
  expect(await scene.client.audit.verify({})).toMatchObject({ ok: true })
})

it('sends nothing on the word of an approval that is older than the restore', async () => {
  await inStep()
  await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'platinum' WHERE id = '1'")
  const plan = await scene.plan()
  await scene.client.plans.select({ plan: plan.planId, scope: { all: true } })
  await scene.client.plans.approve({ plan: plan.planId })
  const backup = await scene.client.workspace.backUp()
  await scene.started(plan.planId)
  await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'theirs' WHERE id = '1'")

  await scene.client.workspace.restore({ id: backup.id })
  await expect(scene.client.runs.start({ plan: plan.planId })).rejects.toThrow('restored from a backup')
  expect(await scene.client.plans.get({ plan: plan.planId })).toMatchObject({ state: 'stale' })
  expect(await tiers()).toMatchObject({ 1: 'theirs' })
})

it('lets nobody go on sending from a plan of before, not even by resuming its run', async () => {
  await inStep()
  const { plans } = scene.engine.workspace()
  const [applied] = await scene.client.plans.list({})
  expect(await plans.validity.whyInvalid(plans.store.find(applied?.planId ?? ''))).toBeUndefined()
  const backup = await scene.client.workspace.backUp()
  await scene.client.workspace.restore({ id: backup.id })
  const after = scene.engine.workspace().plans
  expect(await after.validity.whyInvalid(after.store.find(applied?.planId ?? ''))).toMatchObject({ kind: 'expired' })
})

it('can be undone: the state of before is a backup too, and what people stopped stays stopped', async () => {
  await inStep()
  const backup = await scene.client.workspace.backUp()
  await scene.client.activations.pause({ scope: { all: true }, reason: 'Wait' })
  const before = (await scene.client.audit.list({})).total
  await scene.client.workspace.restore({ id: backup.id })
  expect(await scene.client.home.summary()).toMatchObject({ pausedAll: true })
  const { entries } = await scene.client.audit.list({ kind: 'workspace restored' })
  expect(entries[0]).toMatchObject({ actor: 'Ada', subject: backup.id, data: { replacedEntries: before } })

  const [undo] = await scene.client.workspace.backups()
  expect(undo?.reason).toBe(`Before the backup ${backup.id} was restored`)
  await scene.client.workspace.restore({ id: undo?.id ?? '' })
  expect((await scene.client.audit.list({})).total).toBeGreaterThan(before)
  expect(await scene.client.audit.verify({})).toMatchObject({ ok: true })
})

it('opens a workspace again whose state is damaged, from its newest backup', async () => {
  await inStep()
  const backup = await scene.client.workspace.backUp()
  await scene.engine.close()
  damagePage(join(scene.folder, '.lockstep', 'state.db'))
  await expect(scene.client.workspace.open({ folder: scene.folder })).rejects.toMatchObject({ data: { code: 'state-damaged', next: expect.stringContaining(backup.id) } })
  expect((await scene.client.workspace.backups({ folder: scene.folder })).map(({ id }) => id)).toEqual([backup.id])

  await scene.client.workspace.restore({ id: backup.id, folder: scene.folder })
  expect((await scene.plan()).counts).toMatchObject({ create: 0, update: 0, unchanged: 10 })
  expect(existsSync(join(scene.folder, '.lockstep', 'damaged', 'state.db'))).toBe(true)
})

it('refuses a backup that is not what was written, and changes nothing', async () => {
  await inStep()
  const backup = await scene.client.workspace.backUp()
  rmSync(join(backup.path, 'reference.key'))
  expect(await scene.client.workspace.backups()).toMatchObject([{ id: backup.id, problem: 'reference.key is not there any more.' }])
  damagePage(join(backup.path, 'state.db'))
  await expect(scene.client.workspace.restore({ id: backup.id })).rejects.toThrow('state.db is not what was written')
  expect((await scene.plan()).counts).toMatchObject({ unchanged: 10 })
})

/** A page in the middle of the file, as a failing disk leaves it. */
function damagePage(path: string): void {
  const file = openSync(path, 'r+')
  try {
    for (let page = 2; page < 12; page++) writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096)
  } finally {
    closeSync(file)
  }
}
