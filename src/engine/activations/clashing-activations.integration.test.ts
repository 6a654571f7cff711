import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { activationDefinition } from '../../contract/definitions.ts'
import { diskFiles } from '../testing/disk-files.ts'
import { activationText, EngineScene } from '../testing/engine-scene.ts'

const ada = { id: '1', name: 'Ada', tier: 'gold', score: 1 }
let scene: EngineScene
beforeEach(async () => {
  scene = await EngineScene.open([ada], [{ ...ada, tier: 'silver' }])
})
afterEach(() => scene.close())

const definition = activationDefinition.parse(parse(activationText))
const clashing = activationText.replace('Tier to CRM', 'Another')
const problems = async () => (await scene.client.workspace.validate()).problems
const summary = async (activation: string) => scene.client.activations.get({ activation })

describe('an activation whose fields another one writes', () => {
  it('is refused itself, also where its file comes first, and the other goes on', async () => {
    await scene.writeFile('activations/another.yaml', clashing)
    expect((await problems()).map(({ file, value }) => [file, value])).toEqual([
      ['activations/another.yaml', 'name'],
      ['activations/another.yaml', 'tier'],
      ['activations/another.yaml', 'score'],
    ])
    await expect(scene.client.plans.create({ activation: 'another' })).rejects.toMatchObject({ data: { code: 'field-claimed-twice' } })
    await scene.apply((await scene.plan()).planId)
    expect(await scene.contacts()).toMatchObject([{ tier: 'gold' }])
    expect(await summary('tier-to-crm')).toMatchObject({ state: 'verified' })
    expect(await summary('another')).toMatchObject({ state: 'problem', because: expect.stringMatching(/both write/) })
  })

  it('stays the later one over a restart', async () => {
    await scene.writeFile('activations/another.yaml', clashing)
    await problems()
    await scene.engine.close()
    await scene.engine.open(scene.folder)
    expect(new Set((await problems()).map(({ file }) => file))).toEqual(new Set(['activations/another.yaml']))
  })

  it('takes its turn once the other is paused or lets go', async () => {
    await scene.writeFile('activations/another.yaml', clashing)
    await problems()
    await scene.client.activations.pause({ scope: { activation: 'tier-to-crm' } })
    expect(await problems()).toEqual([])
    await scene.client.activations.resume({ scope: { activation: 'tier-to-crm' } })
    expect(new Set((await problems()).map(({ file }) => file))).toEqual(new Set(['activations/another.yaml']))
    await scene.writeFile('activations/tier-to-crm.yaml', `${activationText}enabled: false\n`)
    expect(await problems()).toEqual([])
    await scene.writeFile('activations/tier-to-crm.yaml', activationText)
    expect(new Set((await problems()).map(({ file }) => file))).toEqual(new Set(['activations/tier-to-crm.yaml']))
  })

  it('cannot apply a plan that it made while the other was paused', async () => {
    await scene.writeFile('activations/another.yaml', clashing)
    await scene.client.activations.pause({ scope: { activation: 'tier-to-crm' } })
    const { planId } = await scene.client.plans.create({ activation: 'another' })
    await scene.client.activations.resume({ scope: { activation: 'tier-to-crm' } })
    expect(await scene.client.plans.get({ plan: planId })).toMatchObject({ state: 'stale', stale: expect.stringMatching(/both write/) })
    await expect(scene.client.plans.approve({ plan: planId })).rejects.toMatchObject({ data: { code: 'plan-stale' } })
  })
})

describe('an activation being edited', () => {
  const draft = { ...definition, name: 'Another', fields: [{ from: 'tier', to: 'tier' }, { from: 'score', to: 'score' }] }
  const written = async (input: Parameters<typeof scene.client.activations.check>[0]) =>
    (await scene.client.activations.check(input)).problems.flatMap(({ field, writtenBy }) => (writtenBy ? [`${field}: ${writtenBy.name}`] : []))

  it('is told per field who writes it already, and what it takes over', async () => {
    expect(await written({ value: draft })).toEqual(['tier: Tier to CRM', 'score: Tier to CRM'])
    expect(await written({ value: draft, takesOver: [{ activation: 'tier-to-crm', fields: ['tier'] }] })).toEqual(['score: Tier to CRM'])
    expect(await written({ activation: 'tier-to-crm', value: draft }), 'its own fields').toEqual([])
  })

  it('takes fields over with its save; the other goes on without them', async () => {
    await scene.client.definitions.save({ kind: 'activation', id: 'another', value: draft, takesOver: [{ activation: 'tier-to-crm', fields: ['tier', 'score'] }] })
    expect(await problems()).toEqual([])
    expect((await scene.plan()).counts.unchanged).toBe(1)
    expect((await scene.client.plans.create({ activation: 'another' })).counts.update).toBe(1)
    const { entries } = await scene.client.audit.list({})
    expect(entries.filter(({ kind }) => kind === 'definition saved').map(({ subject, data }) => [subject, data['leaves']])).toEqual([['tier-to-crm', 'tier, score'], ['another', undefined]])
  })

  it('switches the other off where nothing would be left of it', async () => {
    await scene.client.definitions.save({ kind: 'activation', id: 'another', value: { ...draft, fields: definition.fields }, takesOver: [{ activation: 'tier-to-crm', fields: ['name', 'tier', 'score'] }] })
    expect(await problems()).toEqual([])
    expect(await summary('tier-to-crm')).toMatchObject({ state: 'off' })
  })
})

describe('a file that cannot be used', () => {
  it('stops nothing that does not need it, whatever it defines', async () => {
    const folders = ['sources', 'connections', 'products', 'segments', 'identity', 'activations', 'policies']
    for (const folder of folders) {
      await diskFiles.makeFolder(join(scene.folder, folder))
      await scene.writeFile(`${folder}/broken.yaml`, 'name: [\n')
    }
    expect((await problems()).map(({ file }) => file).sort()).toEqual(folders.map((folder) => `${folder}/broken.yaml`).sort())
    expect((await scene.apply((await scene.plan()).planId)).state).toBe('done')
  })

  it('that the disk does not give stops nothing else either', async () => {
    const { readText } = diskFiles
    diskFiles.readText = (path) => (path.endsWith('locked.yaml') ? Promise.reject(Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' })) : readText(path))
    try {
      await scene.writeFile('activations/locked.yaml', clashing)
      expect(await problems()).toMatchObject([{ file: 'activations/locked.yaml', message: expect.stringMatching(/cannot be read/) }])
      expect((await scene.plan()).counts.update).toBe(1)
    } finally {
      diskFiles.readText = readText
    }
  })
})
