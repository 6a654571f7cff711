import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { causeOfLink, linkCause } from '../../contract/states.ts'
import { Chance } from '../testing/chance.ts'
import { EngineScene, type Person } from '../testing/engine-scene.ts'

const scenes: EngineScene[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
})

const identity = `name: People
records:
  - { product: people, label: [name] }
  - { connection: crm, object: contacts, label: [name] }
keys:
  name: { from: { column: name, as: lower } }
  score: { strong: true, from: { column: score } }
rules:
  - { name: name, keys: [name] }
readAgainAfter: 0
`
const activation = (match: string): string => `name: Scores to CRM
product: people
destination: { connection: crm, object: contacts }
match: { ${match} }
authority: warehouse
fields:
  - { from: name, to: name }
  - { from: score, to: score }
`
/** So few that people meet, in the warehouse and there. */
const names = ['Ada', 'Bob', 'Cid', 'Dee', 'Eve', 'Fay', 'Gus', 'Hal', 'Ina', 'Joe', 'Kim', 'Lou', 'Max', 'Ned', 'Ola', 'Pam', 'Quy', 'Ray', 'Sue', 'Tom']
const [rows, contacts] = [16, 10]

function warehouse(chance: Chance): Person[] {
  const key = (at: number): string | null => (chance.happens(0.1) ? null : chance.happens(0.1) ? 'n/a' : chance.happens(0.2) ? 'home' : `k-${at}`)
  return Array.from({ length: rows }, (_, at) => ({ id: `p${at}`, name: chance.happens(0.1) ? null : chance.pick(names), score: chance.happens(0.3) ? chance.whole(0, 2) : null, tier: key(at), blocked: false }))
}

function there(chance: Chance): Person[] {
  return Array.from({ length: contacts }, (_, at) => ({ id: `r${at}`, name: chance.pick(names), score: chance.happens(0.25) ? chance.whole(0, 2) : null, tier: null }))
}

async function open(chance: Chance, match: string): Promise<EngineScene> {
  const scene = await EngineScene.open(warehouse(chance), there(chance), activation(match))
  scenes.push(scene)
  mkdirSync(join(scene.folder, 'identity'))
  await scene.writeFile('identity/people.yaml', identity)
  return scene
}

/** People are renamed on both sides, and somebody decides about some of them. */
async function move(scene: EngineScene, chance: Chance): Promise<void> {
  for (let change = 0; change < 5; change += 1) await scene.sql('warehouse.duckdb', `UPDATE people SET name = '${chance.pick(names)}', tier = '${chance.pick(['k-new', 'n/a'])}' WHERE id = 'p${chance.whole(0, rows - 1)}'`)
  for (let change = 0; change < 3; change += 1) await scene.sql('crm.duckdb', `UPDATE contacts SET name = '${chance.pick(names)}' WHERE id = 'r${chance.whole(0, contacts - 1)}'`)
  for (let decision = 0; decision < 3; decision += 1) {
    const [one, other] = [`people:p${chance.whole(0, rows - 1)}`, `crm/contacts:r${chance.whole(0, contacts - 1)}`]
    const together = chance.happens(0.5)
    // What contradicts an earlier decision is refused, and changes nothing.
    await scene.client.identity.decide({ identity: 'people', kind: together ? 'link' : 'never the same', parts: together ? [[one, other]] : [[one], [other]], reason: 'They called.' }).catch(() => undefined)
  }
}

/** Blocked rows by cause, without the one that only the destination knows: the key that a linked record keeps. */
async function planned(scene: EngineScene): Promise<{ plan: Awaited<ReturnType<EngineScene['plan']>>; causes: Record<string, number> }> {
  const plan = await scene.plan()
  const blocked = await scene.client.plans.recordRows({ plan: plan.planId, filter: 'blocked', offset: 0, limit: 100 })
  return { plan, causes: Object.fromEntries(Map.groupBy(blocked.rows.filter(({ cause }) => cause !== 'key cannot change'), ({ cause }) => cause ?? '').entries().map(([cause, found]) => [cause, found.length])) }
}

async function forecastOf(scene: EngineScene) {
  const forecast = await scene.client.identity.forecast({ activation: 'tier-to-crm' })
  expect(forecast.matched + forecast.unmatched + forecast.unknown + forecast.ambiguous + forecast.invalid, 'its parts add up').toBe(forecast.audience)
  return { forecast, causes: Object.fromEntries(forecast.reasons.map(({ cause, count }) => [cause, count])) }
}

async function apply(scene: EngineScene, { planId, guards }: Awaited<ReturnType<EngineScene['plan']>>): Promise<void> {
  for (const { guard, count } of guards) if (count === undefined) await scene.client.plans.liftGuard({ plan: planId, guard, reason: 'The scene is small.' })
  await scene.apply(planId)
}

it.each([3, 5, 6])('the forecast, the figures and the plan say the same of people recognised by rules: world %i', async (seed) => {
  const chance = new Chance(seed)
  const scene = await open(chance, 'identity: people, column: tier, field: id')
  const compare = async () => {
    const { plan, causes } = await planned(scene)
    const found = await forecastOf(scene)
    const { matched, unmatched, ambiguous, invalid } = plan.counts
    expect(found.causes).toEqual(causes)
    expect(found.forecast).toMatchObject({ audience: rows, matched, unmatched, ambiguous, invalid, unknown: 0 })
    return { plan, causes }
  }
  const { plan, causes } = await compare()
  const figures = (await scene.client.identity.overview({ identity: 'people' })).run?.matches[0]
  if (!figures) throw new Error('the rules have figures of the system')
  // Before anything is linked, a plan goes by the rules alone.
  for (const because of linkCause.options) expect(figures.because[because], because).toBe(causes[causeOfLink[because]])
  expect(figures.match.numerator).toBe(plan.counts.matched)
  expect(figures.match.numerator + figures.ambiguous.numerator + figures.unmatched.numerator).toBe(figures.match.denominator)
  expect(figures.match.denominator + figures.invalid.numerator).toBe(rows)
  await apply(scene, plan)
  await compare()
  await move(scene, chance)
  await compare()
}, 60_000)

it.each([1, 2])('the forecast counts what a plan by one key alone will find in the warehouse: world %i', async (seed) => {
  const chance = new Chance(seed)
  const scene = await open(chance, 'column: tier, field: id')
  const compare = async () => {
    const { plan, causes } = await planned(scene)
    const found = await forecastOf(scene)
    const { matched, unmatched, ambiguous, invalid } = plan.counts
    expect(found.causes).toEqual(causes)
    expect(found.forecast).toMatchObject({ audience: rows, ambiguous, invalid, unmatched: 0 })
    expect(found.forecast.matched + found.forecast.unknown).toBe(matched + unmatched)
    return plan
  }
  await apply(scene, await compare())
  await move(scene, chance)
  await compare()
}, 60_000)
