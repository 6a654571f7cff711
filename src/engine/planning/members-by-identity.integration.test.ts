import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator } from '../../../simulators/testing/start-simulator.ts'
import type { StartedSimulator } from '../../../simulators/testing/start-simulator.ts'
import { createHttp } from '../../platform/http.ts'
import { EngineScene } from '../testing/engine-scene.ts'

const http = createHttp()
let crm: StartedSimulator
const scenes: EngineScene[] = []

beforeAll(async () => {
  crm = await startSimulator('crm')
})
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
  await crm.reset()
})
afterAll(async () => {
  await http.close()
  await crm.stop()
})

/** People are the same by their first name, whatever number the CRM has for them. */
const identity = `name: People
records:
  - { product: people, label: [name] }
  - { connection: crm, object: contacts, columns: { name: firstname }, label: [firstname] }
keys:
  name: { from: { column: name, as: lower } }
rules:
  - { name: name, keys: [name] }
readAgainAfter: 0
`
const members = `name: Retention calls
product: people
destination: { connection: crm, object: list-7 }
match: { identity: people, column: id, field: customer_id }
mode: members
guards: { removalShare: 1, updateShare: 1, createShare: 1 }
`
const dana = { kind: 'person', name: 'Dana Fox' }
/** Id, first name, and the customer id that the CRM has. */
type Contact = [id: string, name: string, customer: string]

async function open(people: Record<string, string>, contacts: Contact[]): Promise<EngineScene> {
  for (const [id, firstname, customer_id] of contacts) await crm.edit({ op: 'create', object: 'contacts', id, fields: { firstname, customer_id }, actor: dana })
  const audience = Object.entries(people).map(([id, name]) => ({ id, name, tier: 'gold', score: 1, blocked: false }))
  const scene = await EngineScene.open(audience, [], members, { url: crm.url, token: crm.token, http })
  scenes.push(scene)
  mkdirSync(join(scene.folder, 'identity'))
  await scene.writeFile('identity/people.yaml', identity)
  return scene
}

async function listed(): Promise<string[]> {
  const found = (await crm.records('memberships')).filter(({ id, fields }) => id.startsWith('7-') && fields['member'] === true)
  return found.map(({ id }) => id.slice(2)).sort()
}

/** Each blocked row with its cause and the words for it. */
async function blocked(scene: EngineScene, plan: string): Promise<Record<string, [cause: string | undefined, message: string | undefined]>> {
  const { rows } = await scene.client.plans.recordRows({ plan, filter: 'blocked', offset: 0, limit: 100 })
  return Object.fromEntries(rows.map(({ record, cause, causeMessage }) => [record, [cause, causeMessage]]))
}

const decide = (scene: EngineScene, kind: 'link' | 'survivor' | 'never the same', parts: string[][]) => scene.client.identity.decide({ identity: 'people', kind, parts, reason: 'They called.' })
const leave = (scene: EngineScene, key: string) => scene.sql('warehouse.duckdb', 'DELETE FROM people WHERE id = ?', [key])

const nothing = { create: 0, update: 0, remove: 0, conflicts: 0 }
const contacts: Contact[] = [
  ['101', 'Ada', 'old-1'],
  ['102', 'Bob', 'old-2'],
  ['103', 'bob', 'old-3'],
  ['104', 'Zed', 'd'],
  ['105', 'Eve', 'old-5'],
  ['106', 'Ann', 'a'],
]
const people = { a: 'Ada', b: 'Bob', c: 'Cid', d: 'Dee', e: 'Eve' }

describe('members of a list, recognised by identity', () => {
  it('puts in the record that identity gives each person, holds back who is not certain, and has nothing left to do', async () => {
    await crm.edit({ op: 'create', object: 'memberships', id: '7-105', fields: { list: '7', member: true }, actor: dana })
    const scene = await open(people, contacts)
    const plan = await scene.plan()
    expect(plan).toMatchObject({ membership: true, counts: { source: 5, matched: 1, unmatched: 2, ambiguous: 2, invalid: 0, create: 1, unchanged: 1, blocked: 3, update: 0, remove: 0 } })
    expect(await blocked(scene, plan.planId)).toEqual({
      b: ['several matches', 'Several records are this person: 102, 103.'],
      c: ['not there', 'The record is not in the destination, so it cannot be put into the list.'],
      d: ['key of another', 'A record holds “d”, and nothing else says that it is the same person.'],
    })
    const causes = await scene.client.plans.causes({ plan: plan.planId })
    expect(causes.find(({ cause }) => cause === 'not there')?.fix, 'a list has no other mode').toContain('an activation in the mode upsert makes the others')
    expect(await scene.client.identity.forecast({ activation: 'tier-to-crm' })).toMatchObject({ audience: 5, matched: 2, unmatched: 2, ambiguous: 1, creates: false })
    expect((await scene.apply(plan.planId)).counts).toMatchObject({ planned: 1, delivered: 1, verified: 1 })
    expect(await listed(), 'not 106, which has the number of the row').toEqual(['101', '105'])
    expect((await crm.records('contacts')).filter(({ deleted }) => !deleted), 'no contact is made or deleted').toHaveLength(contacts.length)
    expect((await scene.plan()).counts).toMatchObject({ ...nothing, source: 5, unchanged: 2, blocked: 3 })
  })

  it('goes on once somebody decided who is who', async () => {
    const scene = await open(people, contacts)
    await scene.apply((await scene.plan()).planId)
    await decide(scene, 'survivor', [['crm/contacts:103'], ['crm/contacts:102', 'crm/contacts:103']])
    await decide(scene, 'link', [['people:d', 'crm/contacts:104']])
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ create: 2, unchanged: 2, blocked: 1 })
    await scene.apply(plan.planId)
    expect(await listed()).toEqual(['101', '103', '104', '105'])
    expect((await scene.plan()).counts).toMatchObject({ ...nothing, unchanged: 4, blocked: 1 })
  })

  it('takes out the record that it had put in, and leaves it while the person is in question', async () => {
    const scene = await open(people, contacts)
    await scene.apply((await scene.plan()).planId)
    await leave(scene, 'a')
    await decide(scene, 'never the same', [['people:e'], ['crm/contacts:105']])
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ create: 0, remove: 1, blocked: 4 })
    expect(await blocked(scene, plan.planId)).toMatchObject({ e: ['somebody else', 'Somebody decided that the linked record is another person.'] })
    await scene.apply(plan.planId)
    expect(await listed()).toEqual(['105'])
    expect((await scene.plan()).counts).toMatchObject({ ...nothing, blocked: 4 })
  })

  it('puts in the right record once people say that the one before was somebody else', async () => {
    const scene = await open(people, contacts)
    await scene.apply((await scene.plan()).planId)
    await decide(scene, 'never the same', [['people:a'], ['crm/contacts:101']])
    await decide(scene, 'link', [['people:a', 'crm/contacts:106']])
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ create: 1, remove: 0, blocked: 3 })
    await scene.apply(plan.planId)
    expect(await listed()).toContain('106')
    expect((await scene.plan()).counts).toMatchObject({ ...nothing, unchanged: 2, blocked: 3 })
    await leave(scene, 'a')
    await scene.apply((await scene.plan()).planId)
    expect(await listed()).not.toContain('106')
  })
})
