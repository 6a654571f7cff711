import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { diskFiles } from '../testing/disk-files.ts'
import { EngineScene } from '../testing/engine-scene.ts'

const text = '# who the branch calls first\nname: Gold customers\nproduct: people\nfilter: { all: [{ column: tier, operator: is, value: gold }] }\n'
const segment = { kind: 'segment', id: 'gold' } as const

let scene: EngineScene
beforeAll(async () => {
  scene = await EngineScene.open([], [])
  mkdirSync(join(scene.folder, 'segments'))
  await scene.writeFile('segments/gold.yaml', text)
})
afterAll(() => scene.close())

const removeIt = async (): Promise<void> => {
  const { hash } = await scene.client.definitions.read(segment)
  await scene.client.definitions.remove({ ...segment, expectedHash: hash })
}

test('what was removed is in the audit and its export, and comes back to the letter', async () => {
  await removeIt()
  expect(await diskFiles.exists(join(scene.folder, 'segments/gold.yaml'))).toBe(false)
  const { folder } = await scene.client.audit.export({})
  expect(readFileSync(join(folder, 'entries.jsonl'), 'utf8')).toContain('Removed the segment “Gold customers”.')
  await scene.client.definitions.putBack(segment)
  expect(await diskFiles.readText(join(scene.folder, 'segments/gold.yaml'))).toBe(text)
  expect((await scene.client.audit.list({})).entries[0]?.words).toBe('Put the segment “Gold customers” back as it was.')
})

test('what has its place by now is not written over, and what was never removed is not made up', async () => {
  await removeIt()
  await scene.writeFile('segments/gold.yaml', 'name: Another\nproduct: people\n')
  await expect(scene.client.definitions.putBack(segment)).rejects.toMatchObject({ data: { code: 'definition-changed', file: 'segments/gold.yaml' } })
  expect(await diskFiles.readText(join(scene.folder, 'segments/gold.yaml'))).toContain('Another')
  await expect(scene.client.definitions.putBack({ kind: 'segment', id: 'silver' })).rejects.toMatchObject({ data: { code: 'not-found' } })
})
