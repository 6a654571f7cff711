import { expect, it, onTestFinished } from 'vitest'
import { EngineScene } from '../testing/engine-scene.ts'

it('a person is known by several columns read one after the other, else by the key', async () => {
  const people = [
    { id: 'a', name: 'Eva', tier: 'Jansen', score: 1 },
    { id: 'b', name: null, tier: 'Dubois', score: 2 },
    { id: 'c', name: null, tier: null, score: 3 },
  ]
  const scene = await EngineScene.open(people, [])
  onTestFinished(() => scene.close())
  const product = await scene.client.definitions.read({ kind: 'product', id: 'people' })
  await scene.client.definitions.save({ kind: 'product', id: 'people', value: { ...(product.value as object), label: ['name', 'tier'] }, expectedHash: product.hash })
  const plan = await scene.plan()
  const { rows } = await scene.client.plans.recordRows({ plan: plan.planId, filter: 'create' })
  expect(rows.map(({ record, label }) => [record, label])).toEqual([['a', 'Eva Jansen'], ['b', 'Dubois'], ['c', 'c']])
})
