import { afterEach, expect, it } from 'vitest'
import type { UploadForm } from '../values/destination-field.ts'
import { localFile } from '../destinations/local-file/index.ts'
import type { ListedDestination } from '../destinations/destination.ts'
import { asListed } from '../destinations/registry.ts'
import { EngineScene } from '../testing/engine-scene.ts'
import { sha256Hex } from '../values/hash.ts'

const scenes: EngineScene[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
})

/** A system that knows people by a key in a form of its own, as the ad platforms do. */
function wanting(keyForm: UploadForm): ListedDestination {
  const { discover } = localFile
  return asListed({
    ...localFile,
    discover: async (context: Parameters<typeof discover>[0]) => (await discover(context)).map((object) => ({ ...object, fields: object.fields.map((field) => (field.name === 'id' ? { ...field, keyForm } : field)) })),
  })
}

const activation = `name: Scores to ads
product: people
destination: { connection: crm, object: contacts }
match: { column: tier, field: id, normalise: email }
authority: warehouse
fields:
  - { from: name, to: name }
`

it.each<[string, UploadForm, (address: string) => string, string]>([
  ['as Google and UID2 hash it', { plain: 'gmail-canonical email', hashed: 'hex' }, sha256Hex, 'annlee@gmail.com'],
  ['as Meta hashes it', { plain: 'email', hashed: 'hex' }, sha256Hex, 'ann.lee+news@gmail.com'],
  ['in base64', { plain: 'email', hashed: 'base64' }, (address) => Buffer.from(sha256Hex(address), 'hex').toString('base64'), 'ann.lee+news@gmail.com'],
  ['plain', { plain: 'email' }, (address) => address, 'ann.lee+news@gmail.com'],
])('finds and makes records by the key %s', async (_how, form, hashed, address) => {
  const people = [{ id: 'a', name: 'Ann', tier: 'Ann.Lee+News@Gmail.com', score: null, blocked: false }, { id: 'b', name: 'Bob', tier: 'BOB@harbour.com', score: null, blocked: false }, { id: 'c', name: 'Cid', tier: 'n/a', score: null, blocked: false }]
  const scene = await EngineScene.open(people, [{ id: hashed(address), name: 'Old name', tier: null, score: null }], activation, undefined, [wanting(form)])
  scenes.push(scene)
  const plan = await scene.plan()
  expect(plan.counts).toMatchObject({ matched: 1, update: 1, unmatched: 1, create: 1, invalid: 1 })
  for (const { guard, count } of plan.guards) if (count === undefined) await scene.client.plans.liftGuard({ plan: plan.planId, guard, reason: 'The scene is small.' })
  await scene.apply(plan.planId)
  expect(new Map((await scene.contacts()).map(({ id, name }) => [id, name]))).toEqual(new Map([[hashed(address), 'Ann'], [hashed('bob@harbour.com'), 'Bob']]))
  expect((await scene.plan()).counts).toMatchObject({ unchanged: 2, create: 0, update: 0 })
})
