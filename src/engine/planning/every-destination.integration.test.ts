import { afterAll, afterEach, expect, it } from 'vitest'
import { startSimulator } from '../../../simulators/testing/start-simulator.ts'
import type { StartedSimulator } from '../../../simulators/testing/start-simulator.ts'
import { createHttp } from '../../platform/http.ts'
import { EngineScene } from '../testing/engine-scene.ts'

/** What differs from one destination to the next; the files that need no network have their own (unreadable.test.ts). */
const destinations = [
  { destination: 'hubspot', kind: 'crm', object: 'contacts', keyField: 'customer_id', nameField: 'lastname', remove: 'archive' },
  { destination: 'zendesk', kind: 'support', object: 'users', keyField: 'external_id', nameField: 'name', remove: 'delete' },
  { destination: 'braze', kind: 'marketing', object: 'users', keyField: 'external_id', nameField: 'first_name', remove: 'delete' },
] as const
type Target = (typeof destinations)[number]

const people = [
  { id: 'k-1', name: 'Okafor', tier: 'gold', score: 1 },
  { id: 'k-2', name: 'Lovelace', tier: 'silver', score: 2 },
  { id: 'k-3', name: 'Hopper', tier: 'bronze', score: 3 },
]
const still = { create: 0, update: 0, remove: 0, clear: 0, gone: 0, blocked: 0, conflicts: 0, drift: 0 }

const http = createHttp()
let scene: EngineScene
let simulator: StartedSimulator
afterEach(async () => {
  await scene.close()
  await simulator.stop()
})
afterAll(() => http.close())

async function open({ destination, kind, object, keyField, nameField, remove }: Target): Promise<void> {
  simulator = await startSimulator(kind)
  const { url, token } = simulator
  const activation = `name: Tier
product: people
destination: { connection: crm, object: ${object} }
match: { column: id, field: ${keyField} }
mode: mirror
onRemove: ${remove}
authority: warehouse
fields:
  - { from: name, to: ${nameField} }
  - { from: tier, to: tier }
`
  scene = await EngineScene.open(people, [], activation, { url, token, http })
  await scene.writeFile('.lockstep/simulators.json', JSON.stringify({ pace: 'fast', [kind]: { url, token } }))
  await scene.writeFile('connections/crm.yaml', `name: CRM\ndestination: ${destination}\nsimulator: ${kind}\n`)
}

/** Plans, and applies whatever the guards say of so few people; gives what the plan counted. */
async function go(): Promise<Record<string, number>> {
  const { planId, guards, counts } = await scene.plan()
  for (const { guard, count } of guards) if (count === undefined) await scene.client.plans.liftGuard({ plan: planId, guard, reason: 'The scene is small.' })
  const run = await scene.apply(planId)
  expect(run).toMatchObject({ state: 'done', counts: { rejected: 0, unknown: 0, quarantined: 0 } })
  return counts
}

/** Key and tier of the records that are there; Zendesk keeps custom fields in a group of their own. */
async function held({ object }: Target): Promise<unknown[]> {
  const records = await simulator.records(object)
  const tierOf = (fields: Record<string, unknown>): unknown => fields['tier'] ?? fields['user_fields.tier']
  return records.filter(({ deleted }) => !deleted).map(({ keys, fields }) => [Object.values(keys).find((key) => key.startsWith('k-')), tierOf(fields)]).sort()
}

it.each(destinations)('$destination is in step after a run, gets only what changed, and gives up the record of a row that left', async (target) => {
  await open(target)
  expect(await go()).toMatchObject({ create: 3, blocked: 0, gone: 0 })
  expect((await scene.plan()).counts).toMatchObject({ ...still, unchanged: 3 })

  await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'platinum' WHERE id = 'k-1'")
  expect(await go()).toMatchObject({ ...still, update: 1, unchanged: 2 })
  expect(await held(target)).toEqual([['k-1', 'platinum'], ['k-2', 'silver'], ['k-3', 'bronze']])

  await scene.sql('warehouse.duckdb', "DELETE FROM people WHERE id = 'k-2'")
  expect(await go()).toMatchObject({ ...still, remove: 1, unchanged: 2 })
  expect(await held(target)).toEqual([['k-1', 'platinum'], ['k-3', 'bronze']])
  expect((await scene.plan()).counts).toMatchObject({ ...still, unchanged: 2 })
})
