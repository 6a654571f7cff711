import { IdentityScene } from './identity-scene.ts'

/** For the tests of one file: opens scenes whose rules have run, and closes each after its test. */
export function ranScenes(afterEach: (close: () => Promise<void>) => void): (...given: Parameters<typeof IdentityScene.open>) => Promise<IdentityScene> {
  let scenes: IdentityScene[] = []
  afterEach(async () => {
    for (const scene of scenes) await scene.close()
    scenes = []
  })
  return async (...given) => {
    const scene = await IdentityScene.open(...given)
    scenes.push(scene)
    await scene.run()
    return scene
  }
}
