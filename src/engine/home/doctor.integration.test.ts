import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Disk } from '../ports/ports.ts'
import { EngineScene, type Person } from '../testing/engine-scene.ts'
import { stateChecks } from './doctor-state.ts'

const day = 24 * 60 * 60_000
let scene: EngineScene
const person = (id: string): Person => ({ id, name: `Name ${id}`, tier: 'gold', score: '1.00' })
beforeEach(async () => {
  scene = await EngineScene.open([{ ...person('1'), blocked: false }], [])
})
afterEach(() => scene.close())

const check = async (name: string) => (await scene.client.home.doctor()).find((one) => one.name === name)
const database = () => scene.engine.workspace().session.database

it('finds a new workspace in order, apart from the keychain that this computer lacks', async () => {
  const checks = await scene.client.home.doctor()
  expect(checks.filter(({ state }) => state === 'needs you' || state === 'problem').map(({ name }) => name)).toEqual(['Keychain'])
  expect(checks.map(({ name }) => name)).toEqual([
    'Definitions', 'State', 'Data files', 'Where the state lies', 'Room on the disk', 'Backups', 'Owner', 'Clock', 'Left-over files', 'Retention', 'Data at rest', 'Records in doubt', 'Runs under way', 'Work in the background', 'Keychain', 'Connection CRM',
  ])
})

it('asks for a backup once something was applied, and again when the newest is old', async () => {
  await scene.apply((await scene.plan()).planId)
  expect(await check('Backups')).toMatchObject({ state: 'needs you', action: { does: { call: 'back up' } } })
  await scene.client.workspace.backUp()
  expect(await check('Backups')).toMatchObject({ state: 'healthy' })
  scene.advance(31 * day)
  expect(await check('Backups')).toMatchObject({ state: 'needs you', message: expect.stringContaining('31 days old') as string })
})

it('says when the clock is behind what was recorded', async () => {
  await scene.apply((await scene.plan()).planId)
  scene.advance(-2 * 60 * 60_000)
  expect(await check('Clock')).toMatchObject({ state: 'needs you', next: 'Set the clock of this computer right.' })
})

it('counts the records whose end nobody knows, and leads to their run', async () => {
  const { runId } = await scene.apply((await scene.plan()).planId)
  database().run("UPDATE journal SET state = 'unknown'")
  expect(await check('Records in doubt')).toMatchObject({ state: 'needs you', message: expect.stringMatching(/^1 record in 1 run/) as string, action: { does: { route: `/runs/${runId}` } } })
})

it('names what works in the background, and what stopped by a fault', async () => {
  expect(await check('Work in the background')).toMatchObject({ state: 'healthy', message: 'Working: Retention, Anchors of the audit.' })
  const { engine } = scene
  vi.spyOn(engine, 'background').mockReturnValue([{ name: 'Retention', state: { kind: 'failed', reason: 'the disk is full.' } }])
  expect(await check('Work in the background')).toMatchObject({ state: 'problem', message: 'Retention stopped: the disk is full.' })
})

it('says which connection does not answer', async () => {
  await scene.writeFile('connections/crm.yaml', 'name: CRM\ndestination: local-file\nsettings: { path: /nowhere/crm.duckdb, table: contacts, key: id }\n')
  expect(await check('Connection CRM')).toMatchObject({ state: 'problem', action: { does: { route: '/connections/crm' } } })
})

it.each([[10e9, 'healthy'], [1e9, 'needs you'], [0.1e9, 'problem']] as const)('finds %d bytes of room %s', async (freeBytes, state) => {
  const { session } = scene.engine.workspace()
  const disk = async (): Promise<Disk> => ({ kind: 'local', freeBytes })
  const checks = await stateChecks({ ...session, ports: { ...session.ports, files: { ...session.ports.files, disk } } })
  expect(checks.find(({ name }) => name === 'Room on the disk')).toMatchObject({ state })
})

it('says where the state lies when it cannot lie beside the workspace', async () => {
  const { session } = scene.engine.workspace()
  const checks = await stateChecks({ ...session, location: { folder: '/data/states/scene', elsewhereBecause: 'on a network drive' } })
  expect(checks.find(({ name }) => name === 'Where the state lies')).toMatchObject({ state: 'quiet', message: expect.stringContaining('a network drive') as string })
})
