import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { EngineScene } from '../testing/engine-scene.ts'

const bo = { id: '2', name: 'Bo', tier: 'silver', score: 2 }
let scene: EngineScene
beforeEach(async () => {
  scene = await EngineScene.open([{ id: '1', name: 'Ada', tier: 'gold', score: 5 }, bo], [{ id: '1', name: 'Ada', tier: 'bronze', score: 3 }])
})
afterEach(() => scene.close())

it('shows of a new record every value that it gets, its key too: in the table, in the record, in a file', async () => {
  const { planId } = await scene.plan()
  const { rows } = await scene.client.plans.fieldRows({ plan: planId, filter: 'create' })
  const shown = Object.fromEntries(rows.map(({ field, result }) => [field, result]))
  expect(rows.map(({ fieldLabel }) => fieldLabel)).toEqual(rows.map(({ field }) => field))
  expect((await scene.client.plans.record({ plan: planId, record: '2' })).fieldsChanged).toEqual(rows)
  const { folder } = await scene.client.plans.exportRows({ plan: planId, filter: 'create' })
  const exported = JSON.parse(await readFile(join(folder, 'rows.jsonl'), 'utf8')) as { values: unknown }
  expect(exported.values).toEqual(shown)
  await scene.apply(planId)
  const [, made] = await scene.contacts()
  expect({ ...made, score: Number(made?.['score']) }).toEqual({ ...shown, score: Number(shown['score']) })
  expect(shown).toMatchObject({ id: '2', name: 'Bo' })
})

it('does not list a conflict that is kept among what could be selected', async () => {
  const { planId } = await scene.plan()
  const listed = async () => (await scene.client.plans.fieldRows({ plan: planId, filter: 'not preselected' })).rows.map(({ field }) => field)
  expect(await listed()).toEqual(['score', 'tier'])
  await scene.client.plans.resolve({ plan: planId, scope: { record: '1', field: 'tier' }, take: 'destination' })
  expect(await listed()).toEqual(['score'])
  await scene.client.plans.resolve({ plan: planId, scope: { record: '1', field: 'tier' }, take: 'warehouse' })
  expect(await listed()).toEqual(['score', 'tier'])
  await scene.client.plans.resolve({ plan: planId, scope: { record: '1', field: 'tier' }, take: 'value', value: 'platinum', reason: 'Agreed by telephone' })
  const { folder } = await scene.client.plans.exportRows({ plan: planId, filter: 'update' })
  expect(JSON.parse(await readFile(join(folder, 'rows.jsonl'), 'utf8'))).toMatchObject({ values: { tier: 'platinum' } })
})
