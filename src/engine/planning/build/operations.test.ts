import { afterEach, expect, it } from 'vitest'
import { localFile } from '../../destinations/local-file/index.ts'
import { asListed } from '../../destinations/registry.ts'
import { activationText, EngineScene } from '../../testing/engine-scene.ts'

let scene: EngineScene
afterEach(() => scene.close())

const ada = { id: 'a', name: 'Ada', tier: 'gold', score: 1, blocked: false }

it('a removal that the destination does not know is refused before anything is planned, with what it knows', async () => {
  scene = await EngineScene.open([ada], [], `${activationText}mode: mirror\nonRemove: archive\n`)
  await expect(scene.plan()).rejects.toMatchObject({
    data: { code: 'bad-input', message: 'The destination cannot archive records.', field: 'onRemove', value: 'archive', file: 'activations/tier-to-crm.yaml', next: "Use 'delete' or 'clear fields'." },
  })
})

it('nothing is planned to be made where nothing can be made', async () => {
  const existing = asListed({
    ...localFile,
    discover: async (...asked: Parameters<typeof localFile.discover>) => (await localFile.discover(...asked)).map((object) => ({ ...object, operations: ['update' as const] })),
  })
  scene = await EngineScene.open([ada], [], activationText, undefined, [existing])
  await expect(scene.plan()).rejects.toMatchObject({ data: { code: 'bad-input', field: 'mode', next: 'Use the mode update only.' } })
  await scene.writeFile('activations/tier-to-crm.yaml', `${activationText}mode: update only\n`)
  expect((await scene.plan()).counts).toMatchObject({ create: 0 })
})
