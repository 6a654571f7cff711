import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouter } from '../calls/router.ts'
import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createEngine, type Engine } from '../engine.ts'
import { EngineScene, type Person } from '../testing/engine-scene.ts'

let scene: EngineScene
let appData: string
let engine: Engine
const person = (id: string): Person => ({ id, name: `Name ${id}`, tier: 'gold', score: '1.00' })

beforeEach(async () => {
  appData = mkdtempSync(join(tmpdir(), 'lockstep-app-data-'))
  scene = await EngineScene.open([{ ...person('1'), blocked: false }, { ...person('2'), blocked: false }], [person('1')])
  await scene.apply((await scene.plan()).planId)
  await scene.engine.close()
  // From now on the workspace's folder is a share of another machine.
  const { ports } = scene.engine.options
  engine = createEngine({ ...scene.engine.options, statesFolder: join(appData, 'states'), ports: { ...ports, files: { ...ports.files, disk: async (path) => ({ kind: path.startsWith(appData) ? 'local' : 'network', freeBytes: 1e12 }) } } })
})
afterEach(async () => {
  await engine.close()
  await scene.close()
  rmSync(appData, { recursive: true, force: true })
})

it('moves a state out of a network drive with everything that is known, says so, and backs up and restores there', async () => {
  const client = createRouterClient(createRouter(engine), { context: { actor: { name: 'Ada' } } })
  const info = await client.workspace.open({ folder: scene.folder })
  expect(info.stateFolder.startsWith(join(appData, 'states', 'scene-'))).toBe(true)
  expect(existsSync(join(scene.folder, '.lockstep', 'state.db'))).toBe(false)
  expect(existsSync(join(scene.folder, '.lockstep', 'MOVED.txt'))).toBe(true)

  expect((await client.plans.create({ activation: 'tier-to-crm' })).counts).toMatchObject({ create: 0, update: 0, unchanged: 2 })
  expect(await client.audit.verify({})).toMatchObject({ ok: true })
  expect(await client.home.doctor()).toContainEqual(expect.objectContaining({ name: 'Where the state lies', message: expect.stringContaining('a network drive') as string }))

  const backup = await client.workspace.backUp()
  expect(backup.path.startsWith(info.stateFolder)).toBe(true)
  expect(await client.workspace.restore({ id: backup.id })).toMatchObject({ stateFolder: info.stateFolder })
})
