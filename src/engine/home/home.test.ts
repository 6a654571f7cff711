import { afterEach, expect, it } from 'vitest'
import { EngineScene } from '../testing/engine-scene.ts'

let scene: EngineScene
afterEach(() => scene.close())

const problems = async () => (await scene.client.home.summary()).needsYou.filter(({ kind }) => kind === 'problem')

it('tells of a file with several problems once, with the first of them and how many more', async () => {
  scene = await EngineScene.open([], [])
  await scene.writeFile('activations/broken.yaml', 'name: Broken\nprodukt: people\nmood: upsert\n')
  const [broken, ...others] = await problems()
  expect(others).toEqual([])
  expect(broken).toMatchObject({ title: 'activations/broken.yaml cannot be used as it is', action: 'Open the file' })
  expect(broken?.detail).toMatch(/ And \d+ more\.$/)
})

it('says a line once', async () => {
  scene = await EngineScene.open([], [])
  await scene.writeFile('activations/broken.yaml', 'name: [x\nproduct: people\n')
  const [broken] = await problems()
  expect(broken?.detail.match(/line 2/g)).toHaveLength(1)
})
