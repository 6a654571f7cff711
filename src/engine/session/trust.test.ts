import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ContractRouterClient } from '@orpc/contract'
import { createRouter } from '../calls/router.ts'
import { createRouterClient } from '@orpc/server'
import { afterEach, describe, expect, it } from 'vitest'
import type { Contract } from '../../contract/contract.ts'
import { createEngine } from '../engine.ts'
import type { Engine } from '../engine.ts'
import { lastPlaceOf, plannedPlace } from '../planning/build/plan-place.ts'
import type { PlanHeader } from '../plans/plan-store.ts'
import { openDuckDb } from '../storage/duckdb.ts'
import { destinations } from '../destinations/registry.ts'
import { EngineScene } from '../testing/engine-scene.ts'
import { scriptedSource, scriptedWarehouse } from '../testing/scripted-source.ts'
import { secretsOf } from '../testing/source-benches.ts'
import { mayConnect, type NamedPlace, type Reach, type TrustedFolders } from './trust.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

function remembering(given: Reach): TrustedFolders & { reach: Reach } {
  const folders = {
    reach: given,
    reachOf: async () => folders.reach,
    trust: async (_folder: string, _id: string, reach: Exclude<Reach, 'nowhere'>) => void (folders.reach = reach),
  }
  return folders
}

/** A workspace with a run that its engine was closed in the middle of. */
async function sceneWithOpenRun(): Promise<{ scene: EngineScene; run: string }> {
  const scene = await EngineScene.open([{ id: 'a', name: 'Ada', tier: 'gold', score: 1, blocked: false }], [{ id: 'a', name: 'Ada', tier: 'silver', score: 1 }])
  ends.push(() => scene.close())
  const plan = await scene.plan()
  if (plan.openConflicts > 0) await scene.client.plans.resolve({ plan: plan.planId, scope: { all: true }, take: 'warehouse' })
  await scene.client.plans.select({ plan: plan.planId, scope: { all: true } })
  await scene.client.plans.approve({ plan: plan.planId })
  const { runId } = await scene.client.runs.start({ plan: plan.planId })
  await scene.engine.close()
  expect((await scene.contacts())[0]).toMatchObject({ tier: 'silver' })
  return { scene, run: runId }
}

/** Another start of the app over the same folder. */
async function startAgain(scene: EngineScene, trustedFolders?: TrustedFolders): Promise<{ engine: Engine; client: ContractRouterClient<Contract> }> {
  const engine = createEngine({ ...scene.engine.options, ...(trustedFolders ? { trustedFolders } : {}) })
  ends.push(() => engine.close())
  await engine.open(scene.folder)
  return { engine, client: createRouterClient(createRouter(engine), { context: { actor: { name: 'Ada' } } }) }
}

describe('a folder that nobody has said anything of', () => {
  it('is shown, and nothing connects: no recovery, no check, no plan, no doctor, no simulator', async () => {
    const { scene, run } = await sceneWithOpenRun()
    const { client } = await startAgain(scene, remembering('nowhere'))
    const info = await client.workspace.current()
    expect(info).toMatchObject({ trusted: false, places: [{ connection: 'crm', local: true, address: `${join(scene.folder, 'crm.duckdb')}, table contacts` }] })
    expect((await client.runs.list({})).map(({ runId }) => runId)).toEqual([run])
    expect((await client.plans.list({})).length).toBe(1)

    const refused = { data: { code: 'workspace-untrusted', command: expect.stringContaining('workspace trust') as string } }
    await expect(client.plans.create({ activation: 'tier-to-crm' })).rejects.toMatchObject(refused)
    await expect(client.connections.objects({ connection: 'crm' })).rejects.toMatchObject(refused)
    await expect(client.workspace.startSimulators()).rejects.toMatchObject(refused)
    expect(await client.connections.check({ connection: 'crm' })).toMatchObject({ ok: false, problem: { code: 'workspace-untrusted' } })
    expect((await client.home.doctor()).filter(({ name }) => name === 'Trust' || name.startsWith('Connection'))).toMatchObject([{ name: 'Trust', state: 'needs you' }])
    expect((await client.runs.get({ run })).state).toBe('approved')
    expect((await scene.contacts())[0]).toMatchObject({ tier: 'silver' })
  })

  it('goes on where it was once a person trusts it', async () => {
    const { scene, run } = await sceneWithOpenRun()
    const folders = remembering('nowhere')
    const { engine, client } = await startAgain(scene, folders)
    expect(await client.workspace.trust({ reach: 'this computer' })).toMatchObject({ trusted: true })
    expect(folders.reach).toBe('this computer')
    await engine.workspace().runs.whenEnded(run)
    expect((await scene.contacts())[0]).toMatchObject({ tier: 'gold' })
    expect((await client.audit.list({ limit: 50 })).entries.map(({ kind }) => kind)).toContain('workspace trusted')
  })

  it('that reaches another computer is not trusted by typing a command', async () => {
    const scene = await EngineScene.open([], [])
    ends.push(() => scene.close())
    await scene.engine.close()
    await scene.writeFile('connections/other.yaml', 'name: Other\ndestination: hubspot\nsettings: {}\n')
    const folders = remembering('nowhere')
    const { client } = await startAgain(scene, folders)
    await expect(client.workspace.trust({ reach: 'this computer' })).rejects.toMatchObject({ data: { code: 'workspace-untrusted', message: expect.stringContaining('https://api.hubapi.com') as string } })
    expect(folders.reach).toBe('nowhere')
    expect(await client.workspace.trust({ reach: 'anywhere' })).toMatchObject({ trusted: true })
    expect(await client.connections.check({ connection: 'crm' })).toMatchObject({ ok: true })
  })
})

it('a source on another machine is not read before a person trusts the folder, and is named among the places', async () => {
  const warehouse = scriptedWarehouse()
  warehouse.tables.set('people', { columns: [{ name: 'id', nativeType: 'text', type: 'string', heldAs: 'VARCHAR' }], rows: () => [['a']] })
  const scene = await EngineScene.open([], [], undefined, undefined, undefined, { sources: [scriptedSource(warehouse)], secrets: secretsOf({ password: warehouse.password }), file: 'type: scripted\naddress: warehouse.example\n' })
  ends.push(() => scene.close())
  await scene.engine.close()
  const { client } = await startAgain(scene, remembering('this computer'))
  expect(await client.workspace.current()).toMatchObject({ trusted: false, places: [{ local: true }, { connection: 'warehouse', destination: 'Scripted warehouse', address: 'warehouse.example', local: false }] })
  await expect(client.sources.test({ source: 'warehouse' })).rejects.toMatchObject({ data: { code: 'workspace-untrusted', message: expect.stringContaining('warehouse.example') as string } })
  expect(warehouse.connections).toBe(0)
  await client.workspace.trust({ reach: 'anywhere' })
  expect(await client.sources.test({ source: 'warehouse' })).toMatchObject({ tables: 1 })
})

it('a workspace that is made here is trusted', async () => {
  const scene = await EngineScene.open([{ id: 'a', name: 'Ada' }], [])
  ends.push(() => scene.close())
  const folders = remembering('nowhere')
  await scene.engine.close()
  const { client } = await startAgain(scene, folders)
  copyFileSync(join(scene.folder, 'warehouse.duckdb'), join(scene.folder, 'own.duckdb'))
  await client.workspace.initialise({ file: join(scene.folder, 'own.duckdb'), folder: join(scene.folder, 'made') })
  expect(folders.reach).toBe('anywhere')
})

describe('what was trusted for this computer', () => {
  const place = (local: boolean): NamedPlace => ({ connection: 'crm', name: 'CRM', destination: 'HubSpot', address: local ? 'simulator crm' : 'https://api.hubapi.com', local })
  it.each<[Reach, NamedPlace[], boolean]>([
    ['nowhere', [], false],
    ['this computer', [], true],
    ['this computer', [place(true)], true],
    ['this computer', [place(true), place(false)], false],
    ['anywhere', [place(false)], true],
  ])('reach %s', (reach, places, holds) => expect(mayConnect(reach, places)).toBe(holds))
})

describe('a run whose connection is not the one its plan was made for', () => {
  it('holds, says so, and goes on when the connection is back', async () => {
    const { scene, run } = await sceneWithOpenRun()
    copyFileSync(join(scene.folder, 'crm.duckdb'), join(scene.folder, 'stranger.duckdb'))
    const connection = `name: CRM\ndestination: local-file\nsettings: { path: ${join(scene.folder, 'crm.duckdb')}, table: contacts, key: id }\n`
    await scene.writeFile('connections/crm.yaml', connection.replace('crm.duckdb', 'stranger.duckdb'))
    const { engine, client } = await startAgain(scene)
    await expect.poll(async () => (await client.runs.get({ run })).waits).toMatchObject([{ why: expect.stringContaining('The plan was made for Local file at') as string }])
    expect((await client.home.doctor()).find(({ name }) => name.startsWith('Run of'))).toMatchObject({ state: 'needs you', message: expect.stringContaining('It holds') as string })
    const untouched = await openDuckDb({ path: join(scene.folder, 'stranger.duckdb'), tempFolder: scene.folder })
    expect(await untouched.rows('SELECT tier FROM contacts')).toEqual([{ tier: 'silver' }])
    untouched.closeInstance()
    await scene.writeFile('connections/crm.yaml', connection)
    await engine.workspace().runs.whenEnded(run)
    expect((await scene.contacts())[0]).toMatchObject({ tier: 'gold' })
  })

  it('of before places were kept in plans is held to the copy of its connection', async () => {
    const { scene } = await sceneWithOpenRun()
    const { engine } = await startAgain(scene)
    const { database } = engine.workspace().session
    const { header: text } = database.get<{ header: string }>('SELECT header FROM plans') ?? { header: '' }
    const { goesTo, ...header } = JSON.parse(text) as PlanHeader
    expect(plannedPlace(database, { connection: 'crm', header }, destinations)).toMatchObject({ address: goesTo })
    expect(lastPlaceOf(database, 'crm', destinations)).toBe(goesTo)
  })
})
