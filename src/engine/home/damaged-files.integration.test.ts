import { existsSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { setDamagedAside } from '../storage/stored-files.ts'
import { EngineScene } from '../testing/engine-scene.ts'
import { IdentityScene } from '../testing/identity-scene.ts'

const ada = { id: '1', name: 'Ada', tier: 'gold', score: 10, blocked: false }
const bob = { id: '2', name: 'Bob', tier: 'silver', score: 20, blocked: false }
const before = [{ id: '1', name: 'Ada', tier: 'bronze', score: 10 }, { id: '2', name: 'Bob', tier: 'bronze', score: 20 }]

let scene: EngineScene
afterEach(() => scene.close())

const state = (...path: string[]): string => join(scene.folder, '.lockstep', ...path)
const dataFiles = (): string[] => readdirSync(state('data')).map((name) => state('data', name))

function flip(path: string): void {
  const bytes = readFileSync(path)
  const at = Math.floor(bytes.length / 2)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  writeFileSync(path, bytes)
}

async function applied(): Promise<void> {
  scene = await EngineScene.open([ada, bob], before)
  await scene.apply((await scene.plan()).planId)
}

describe('damaged data files', () => {
  it.each([
    ['missing', (path: string) => rmSync(path)],
    ['cut short', (path: string) => truncateSync(path, 20)],
    ['overwritten', (path: string) => writeFileSync(path, 'no longer what it was, though of a fair length')],
  ])('are named, moved aside and read anew: %s', async (_how, damage) => {
    await applied()
    const damaged = dataFiles()
    damaged.forEach(damage)
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ source: 2, unchanged: 2, create: 0, update: 0 })
    const checks = await scene.client.home.doctor()
    const check = checks.find(({ name }) => name === 'Data files')
    expect(check).toMatchObject({ state: 'needs you', message: expect.stringMatching(/missing or broken: .*\.parquet \((missing|broken)\)/), next: expect.stringContaining('Plan every activation again') })
    for (const path of damaged) if (existsSync(path)) throw new Error(`${path} is still in its place`)
  })

  it('are none of anybody’s business while they are whole', async () => {
    await applied()
    const checks = await scene.client.home.doctor()
    expect(checks.find(({ name }) => name === 'Data files')).toMatchObject({ state: 'healthy' })
  })
})

describe('the records and entities of rules', () => {
  const records = { customers: [{ id: '1', email: 'ann@harbour.com' }], contacts: [{ id: '11', email: 'ann@harbour.com' }] }

  it.each([
    ['missing', (path: string) => rmSync(path)],
    ['overwritten', (path: string) => writeFileSync(path, 'no longer what it was, though of a fair length')],
  ])('are made again with the same outcome when their file is damaged: %s', async (_how, damage) => {
    const people = await IdentityScene.open(records)
    ;({ scene } = people)
    await people.run()
    const outcome = await people.outcome()
    await scene.client.workspace.close()
    dataFiles().forEach(damage)
    await scene.engine.open(scene.folder)
    await expect(people.outcome()).rejects.toMatchObject({ code: 'not-found' })
    await people.run()
    expect(await people.outcome()).toEqual(outcome)
  })

  it('are left alone when a run puts a new file in the place of the one that is looked at', async () => {
    const people = await IdentityScene.open(records)
    ;({ scene } = people)
    await people.run()
    const { session } = scene.engine.workspace()
    const [old] = dataFiles()
    const fresh = session.dataFiles.newFile('identity')
    renameSync(old ?? '', fresh)
    const looking = setDamagedAside(session)
    session.dataFiles.replace('identity', 'people', fresh, 2)
    expect(await looking).toEqual([])
    expect(await people.outcome()).toHaveLength(2)
  })
})

describe('a plan with a damaged file', () => {
  it.each([
    ['missing', (path: string) => rmSync(path)],
    ['cut short', (path: string) => truncateSync(path, 20)],
    ['changed in the middle', flip],
  ])('is refused by name, and sends nothing: %s', async (_how, damage) => {
    scene = await EngineScene.open([ada, bob], before)
    const plan = await scene.plan()
    const folder = state('plans', readdirSync(state('plans'))[0] ?? '')
    for (const name of readdirSync(folder)) if (name.startsWith('records')) damage(join(folder, name))
    await scene.client.workspace.close()
    await scene.engine.open(scene.folder)
    await expect(scene.client.plans.approve({ plan: plan.planId })).rejects.toMatchObject({ data: { code: 'plan-stale', value: plan.planId, next: expect.stringContaining('Plan again') } })
    expect((await scene.contacts()).map(({ tier }) => tier)).toEqual(['bronze', 'bronze'])
  })
})

describe('a state that goes away while it is open', () => {
  it.each([
    ['removed', () => rmSync(state(), { recursive: true })],
    ['moved', () => renameSync(state(), join(scene.folder, 'elsewhere'))],
    ['replaced', () => {
      rmSync(state('state.db'))
      writeFileSync(state('state.db'), '')
    }],
  ])('sends nothing more: %s', async (_how, take) => {
    scene = await EngineScene.open([ada, bob], before)
    const plan = await scene.plan()
    await scene.client.plans.resolve({ plan: plan.planId, scope: { all: true }, take: 'warehouse' })
    await scene.client.plans.select({ plan: plan.planId, scope: { all: true } })
    take()
    await expect(scene.client.plans.approve({ plan: plan.planId })).rejects.toMatchObject({ data: { code: 'state-damaged', message: expect.stringContaining('removed or replaced while it was open') } })
    expect((await scene.contacts()).map(({ tier }) => tier)).toEqual(['bronze', 'bronze'])
  })
})
