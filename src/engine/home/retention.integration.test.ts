import { existsSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { IdentityRun } from '../../contract/shapes.ts'
import { StoredIdentityRuns } from '../identity/graph/run/stored-identity-runs.ts'
import { EngineScene, type Person } from '../testing/engine-scene.ts'

const day = 24 * 60 * 60_000
let scene: EngineScene
afterEach(() => scene.close())

const person = (id: string, tier: string): Person => ({ id, name: `Name ${id}`, tier, score: '1.00' })
const ids = ['1', '2', '3', '4', '5', '6', '7', '8', '9']
const stateFolder = (...path: string[]): string => join(scene.folder, '.lockstep', ...path)

/** The workspace as somebody opens it that much later; what is kept no longer has gone. */
async function later(milliseconds: number): Promise<void> {
  await scene.engine.close()
  scene.advance(milliseconds)
  await scene.engine.open(scene.folder)
  await expect.poll(async () => (await scene.client.audit.list({ kind: 'bulk dropped' })).total).toBeGreaterThan(0)
}

async function applied(): Promise<{ planId: string; runId: string }> {
  scene = await EngineScene.open(ids.map((id) => ({ ...person(id, 'gold'), blocked: false })), ids.slice(0, 6).map((id) => person(id, 'gold')))
  const { planId } = await scene.plan()
  const { runId } = await scene.apply(planId)
  const { exportId } = await scene.client.plans.exportRows({ plan: planId, filter: 'create' })
  // The disk keeps real time.
  utimesSync(stateFolder('exports', exportId), new Date('2026-01-05T09:00:00Z'), new Date('2026-01-05T09:00:00Z'))
  await scene.client.workspace.backUp()
  return { planId, runId }
}

it('drops bulk after 90 days and keeps what proves', async () => {
  const { planId, runId } = await applied()
  const before = { run: await scene.client.runs.get({ run: runId }), approved: (await scene.client.audit.list({ kind: 'plan approved' })).entries }
  expect(readdirSync(stateFolder('data')).some((name) => name.startsWith('receipts-'))).toBe(true)
  await later(91 * day)

  expect(existsSync(stateFolder('plans', planId))).toBe(false)
  expect(readdirSync(stateFolder('data')).some((name) => name.startsWith('receipts-'))).toBe(false)
  expect(readdirSync(stateFolder('exports'))).toEqual([])
  expect(await scene.client.workspace.backups()).toEqual([])
  await expect(scene.client.plans.get({ plan: planId })).rejects.toThrow('not kept any more')

  const { rows } = await scene.client.runs.rows({ run: runId })
  expect(rows).toHaveLength(before.run.counts.planned)
  expect(rows.every(({ label, record }) => label === '' && ids.includes(record))).toBe(true)
  expect(await scene.client.runs.get({ run: runId })).toEqual(before.run)
  expect((await scene.client.audit.list({ kind: 'plan approved' })).entries).toEqual(before.approved)
  expect(await scene.client.audit.verify({})).toMatchObject({ ok: true })
  expect((await scene.plan()).counts).toMatchObject({ create: 0, update: 0, unchanged: ids.length })
})

it('keeps everything until then, and what the workspace says it keeps longer', async () => {
  const { planId } = await applied()
  await scene.writeFile('lockstep.yaml', 'id: scene\nname: Scene\nretention: { bulkDays: 365 }\n')
  await scene.engine.close()
  scene.advance(300 * day)
  await scene.engine.open(scene.folder)
  expect(await scene.client.plans.get({ plan: planId })).toMatchObject({ state: 'applied' })
  expect(await scene.client.workspace.backups()).toHaveLength(1)
  expect((await scene.client.audit.list({ kind: 'bulk dropped' })).total).toBe(0)
})

it('drops the proof of a run when its years are over; the audit says so and still verifies', async () => {
  const { runId } = await applied()
  const { total } = await scene.client.audit.list({})
  await later(8 * 366 * day)
  await expect(scene.client.runs.get({ run: runId })).rejects.toThrow('There is no run')
  expect((await scene.client.audit.list({ kind: 'proof dropped' })).entries[0]).toMatchObject({ subject: runId })
  expect((await scene.client.audit.list({})).total).toBeGreaterThan(total)
  expect(await scene.client.audit.verify({})).toMatchObject({ ok: true })
})

/** A run of rules as far as retention looks at it. */
function figures(run: number, at: string, how: IdentityRun['how'] = 'incremental'): Parameters<StoredIdentityRuns['add']>[1] {
  const none = { numerator: 0, denominator: 0, value: null }
  return {
    run: { run, at, how, rulesVersion: 'v1', records: 0, entities: 0, changed: 0, gone: 0, affected: 0, linkedShare: none, ambiguous: none, duplication: none, sources: [], matches: [] },
    rules: [],
    keys: [],
    queues: { ambiguous: 0, duplicates: 0, unmatched: 0 },
  }
}

it('keeps the figures of identity by days after 90 days, none after the years of proof, and always the newest', async () => {
  scene = await EngineScene.open([], [])
  const runs = new StoredIdentityRuns(scene.engine.workspace().session.database)
  for (const run of [
    figures(1, '2018-05-01T08:00:00.000Z'),
    figures(2, '2025-05-01T08:00:00.000Z'),
    figures(3, '2025-05-01T09:00:00.000Z'),
    figures(4, '2025-05-01T10:00:00.000Z', 'decisions only'),
    figures(5, '2025-05-02T00:00:00.000Z', 'decisions only'),
    figures(6, '2025-12-20T08:00:00.000Z'),
    figures(7, '2025-12-20T09:00:00.000Z'),
  ]) runs.add('people', run)
  runs.add('households', figures(8, '2018-05-01T08:00:00.000Z'))
  const kept = async (identity: string) => (await scene.client.identity.history({ identity })).map(({ run }) => run)

  await later(1000)
  expect(await kept('people')).toEqual([7, 6, 5, 3])
  expect(await kept('households'), 'counts until the next run').toEqual([8])
  expect((await scene.client.audit.list({ kind: 'bulk dropped' })).entries[0]?.words).toContain('figures of 3 identity runs')
  expect((await scene.client.home.doctor()).find(({ name }) => name === 'Retention')?.message).toContain('figures of identity, of every run for 90 days and then of one run a day')

  await later(200 * day)
  await expect.poll(() => kept('people'), { message: 'the newest days too, once they are older' }).toEqual([7, 5, 3])
})
