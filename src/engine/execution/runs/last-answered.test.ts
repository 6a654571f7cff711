import { afterEach, beforeEach, expect, it } from 'vitest'
import { EngineScene } from '../../testing/engine-scene.ts'

let scene: EngineScene

beforeEach(async () => {
  scene = await EngineScene.open([{ id: '1', name: 'Ada', tier: 'gold', score: 1, blocked: false }], [{ id: '1', name: 'Ada', tier: 'bronze', score: 1 }])
})
afterEach(() => scene.close())

const said = async () => (await scene.client.connections.list())[0]?.lastAnswered

it('says of a connection in use when it answered last: for a plan, then in a run', async () => {
  expect(await said()).toBeUndefined()
  const { planId } = await scene.plan()
  expect(await said()).toBe('2026-01-05T09:00:00.000Z')
  scene.advance(60_000)
  await scene.apply(planId)
  expect(await said()).toBe('2026-01-05T09:01:00.000Z')
})

it('says nothing where the last request of its newest run was refused, or it goes elsewhere since', async () => {
  const { planId } = await scene.plan()
  const { runId } = await scene.apply(planId)
  const { database } = scene.engine.workspace().session
  const note = (at: string, status: number | null) =>
    database.run("INSERT INTO requests (run, at, method, path, purpose, attempt, status, outcome, failed, milliseconds, refs) VALUES (?, ?, 'GET', '/', 'read', 1, ?, '', 0, 1, '')", runId, Date.parse(at), status)
  note('2026-01-05T10:00:00Z', 401)
  expect(await said()).toBeUndefined()
  note('2026-01-05T10:01:00Z', 200)
  expect(await said()).toBe('2026-01-05T10:01:00.000Z')
  note('2026-01-05T10:02:00Z', null)
  expect(await said()).toBeUndefined()
  note('2026-01-05T10:03:00Z', 207)
  await scene.writeFile('connections/crm.yaml', 'name: CRM\ndestination: local-file\nsettings: { path: elsewhere.duckdb, table: contacts, key: id }\n')
  await expect.poll(said).toBeUndefined()
})
