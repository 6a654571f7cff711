import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EngineScene } from '../testing/engine-scene.ts'

let scene: EngineScene
let other: string
beforeEach(async () => {
  scene = await EngineScene.open([], [])
  other = mkdtempSync(join(tmpdir(), 'lockstep-other-'))
})
afterEach(async () => {
  await scene.close()
  rmSync(other, { recursive: true, force: true })
})

function otherWorkspace(): string {
  writeFileSync(join(other, 'lockstep.yaml'), 'id: other\nname: Other\n')
  return other
}

describe('opening another workspace', () => {
  it.each<[string, () => string]>([
    ['that is not there', () => join(other, 'nowhere')],
    ['that is none', () => other],
    [
      'whose state is damaged',
      () => {
        mkdirSync(join(other, '.lockstep'))
        writeFileSync(join(otherWorkspace(), '.lockstep', 'state.db'), 'not a database'.repeat(100))
        return other
      },
    ],
  ])('%s leaves open what was open', async (_what, folder) => {
    await expect(scene.client.workspace.open({ folder: folder() })).rejects.toThrow()
    expect((await scene.client.workspace.current())?.folder).toBe(scene.folder)
    expect(await scene.client.runs.list({})).toEqual([])
  })

  it('asked for by two windows at once ends with one of them whole', async () => {
    const [first, second] = await Promise.all([scene.client.workspace.open({ folder: otherWorkspace() }), scene.client.workspace.open({ folder: scene.folder })])
    expect([first.folder, second.folder]).toEqual([other, scene.folder])
    expect((await scene.client.workspace.current())?.folder).toBe(scene.folder)
    expect(await scene.client.runs.list({})).toEqual([])
  })
})
