import { expect, test } from 'vitest'
import { FakeDestination } from '../../testing/fake-destination.ts'
import { FakePlan } from '../../testing/fake-plan.ts'
import { RunScene } from '../../testing/run-scene.ts'

test('a record that was made and is gone before it is read back stays linked, so that it is not made again', async () => {
  const destination = new FakeDestination()
  destination.rules.after = () => destination.records.clear()
  const plan = new FakePlan([{ key: 'a', operation: 'create', changes: { tier: { before: null, after: 'gold' } } }])
  const scene = RunScene.open(destination, plan)
  try {
    expect(await scene.apply(plan)).toMatchObject({ counts: { delivered: 1, overridden: 1 } })
    expect(plan.observations).toMatchObject([{ key: 'a', remoteId: 'made-1', agreed: {}, fp: null, created: true }])
  } finally {
    await scene.close()
  }
})
