import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { localFile } from '../destinations/local-file/index.ts'
import { asListed } from '../destinations/registry.ts'
import { openDuckDb, readParquetParts } from '../storage/duckdb.ts'
import { Chance } from '../testing/chance.ts'
import { EngineScene, type Person } from '../testing/engine-scene.ts'

/** The same destination, of which nobody knows whether it shows values as they were sent: every row is decided in TypeScript. */
const asBefore = asListed({ ...localFile, keepsPlain: () => false })

const activation = `name: Tier to CRM
product: people
destination: { connection: crm, object: contacts }
match: { column: id, field: id }
authority: review
doNotSend: { all: [{ column: blocked, operator: is true }] }
fields:
  - { from: name, to: name, authority: fill if empty }
  - { from: tier, to: tier, values: { gold: GOLD, silver: SILVER }, otherwise: as it is }
  - { from: score, to: score, authority: warehouse }
`

const scenes: EngineScene[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
})

const names = ['Ada', 'Bo', 'Zoë', 'O\'Neil "the" \\', ' Ann', '', null]
const tiers = ['gold', 'silver', 'GOLD', 'bronze', null]
const scores = [0, 1.5, 12.5, -3, 1000000, null]

function person(chance: Chance, id: string): Person {
  return { id, name: chance.pick(names), tier: chance.pick(tiers), score: chance.pick(scores), blocked: chance.happens(0.1) }
}

/** What the destination holds of somebody: mostly what the warehouse says, in its own spelling. */
function held(chance: Chance, { id = '', name = null, tier = null, score = null }: Person): Person {
  const shown = tier === 'gold' ? 'GOLD' : tier === 'silver' ? 'SILVER' : tier
  const other = chance.happens(0.3)
  return { id, name: other && chance.happens(0.5) ? chance.pick(names) : name, tier: other ? chance.pick(['GOLD', 'SILVER', 'bronze', null]) : shown, score: other && chance.happens(0.3) ? chance.pick(scores) : score }
}

/** All that a plan leaves behind which anybody could tell apart: counts, what is listed, what was learnt. */
async function made(scene: EngineScene, planId: string): Promise<object> {
  const plan = await scene.client.plans.get({ plan: planId })
  const listed: Record<string, unknown> = {}
  for (const filter of ['update', 'create', 'open conflicts', 'drift', 'kept', 'not preselected'] as const) listed[filter] = (await scene.client.plans.fieldRows({ plan: planId, filter })).rows
  return { counts: plan.counts, guards: plan.guards.map(({ guard }) => guard), listed, known: await known(scene) }
}

/** Everything that the data files say, whatever they are called. */
async function known(scene: EngineScene): Promise<object> {
  const folder = join(scene.folder, '.lockstep', 'data')
  const duckdb = await openDuckDb({ tempFolder: tmpdir() })
  try {
    const of = async (kind: string): Promise<unknown[]> =>
      readdirSync(folder).some((name) => name.startsWith(kind)) ? duckdb.rows(`SELECT to_json(t)::VARCHAR AS row FROM ${readParquetParts(folder, `${kind}-*.parquet`)} t ORDER BY row`) : []
    return { base: await of('base'), links: await of('links') }
  } finally {
    await duckdb.release()
  }
}

it.each([1, 2])('settles in DuckDB what the classifier would call in sync, and leaves the same behind (seed %i)', async (seed) => {
  const outcomes: object[][] = []
  for (const destination of [asListed(localFile), asBefore]) {
    const chance = new Chance(seed)
    const people = Array.from({ length: 60 }, (_, index) => person(chance, `k-${index}`))
    const there = people.filter(() => chance.happens(0.8)).map((one) => held(chance, one))
    const scene = await EngineScene.open(people, there, activation, undefined, [destination])
    scenes.push(scene)
    const first = await scene.plan()
    const outcome = [await made(scene, first.planId)]
    await scene.client.plans.resolve({ plan: first.planId, scope: { all: true }, take: 'destination' })
    await scene.apply(first.planId, 'destination')
    // Somebody edits there, and the warehouse goes on: some answers lapse, some records are in sync again.
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'bronze' WHERE id LIKE '%3'")
    await scene.sql('warehouse.duckdb', "UPDATE people SET score = 2.50 WHERE id LIKE '%5'")
    await scene.sql('crm.duckdb', "UPDATE contacts SET score = 2.5 WHERE id LIKE '%5'")
    const second = await scene.plan()
    outcome.push(await made(scene, second.planId))
    outcomes.push(outcome)
  }
  expect(outcomes[0]).toEqual(outcomes[1])
})
