import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startSimulator } from '../../../../simulators/testing/start-simulator.ts'
import type { StartedSimulator } from '../../../../simulators/testing/start-simulator.ts'
import { createHttp } from '../../../platform/http.ts'
import { EngineScene } from '../../testing/engine-scene.ts'
import { chooseRead } from './run/read-system.ts'
import type { SystemSource } from './run/record-sources.ts'
import type { SourceState } from './run/source-states.ts'

const http = createHttp()
const day = 24 * 60 * 60_000
let crm: StartedSimulator
let marketing: StartedSimulator
let scene: EngineScene

beforeAll(async () => {
  crm = await startSimulator('crm')
  marketing = await startSimulator('marketing')
})
afterEach(async () => {
  await scene.close()
  await crm.reset()
  await marketing.reset()
})
afterAll(async () => {
  await http.close()
  await crm.stop()
  await marketing.stop()
})

const people = [1, 2, 3, 4].map((id) => ({ id: String(id), name: `p${id}@harbour.com`, tier: 'gold', score: 1, blocked: false }))

/** People whose names are addresses, the CRM by a list, and the marketing system by looking people up. */
const rules = `name: People
records:
  - { product: people, columns: { email: name } }
  - { connection: crm, object: contacts }
  - connection: news
    object: users
    lookUp: { field: external_id, product: people, column: id }
keys:
  email: { from: { column: email, as: email } }
rules:
  - { name: email, keys: [email] }
readAgainAfter: 15
`

async function open(text = rules): Promise<void> {
  scene = await EngineScene.open(people, [], undefined, { url: crm.url, token: crm.token, http })
  await scene.writeFile('.lockstep/simulators.json', JSON.stringify({ pace: 'fast', crm: { url: crm.url, token: crm.token }, marketing: { url: marketing.url, token: marketing.token } }))
  await scene.writeFile('connections/crm.yaml', 'name: CRM\ndestination: hubspot\nsimulator: crm\nlimits: { rowsPerRead: 1 }\n')
  await scene.writeFile('connections/news.yaml', 'name: News\ndestination: braze\nsimulator: marketing\n')
  mkdirSync(join(scene.folder, 'identity'))
  await scene.writeFile('identity/people.yaml', text)
}

const dana = { kind: 'person', name: 'Dana Fox' }
const contact = (id: number, email: string) => crm.edit({ op: 'create', object: 'contacts', id: String(100 + id), fields: { email }, actor: dana })
const run = () => scene.client.identity.run({ identity: 'people' })
const hows = ({ sources }: Awaited<ReturnType<typeof run>>) => sources.map(({ how }) => how)

it('lists a system, asks it for what changed, and reads it again in full after a day', async () => {
  for (const id of [1, 2, 3]) await contact(id, `P${id}@harbour.com`)
  await open()
  const first = await run()
  expect(hows(first)).toEqual(['full', 'full', 'looked up'])
  expect(first.matches[0]).toMatchObject({ to: 'crm/contacts', match: { numerator: 3, denominator: 4 } })

  await contact(4, 'p4@harbour.com')
  await crm.edit({ op: 'delete', object: 'contacts', id: '101', actor: dana })
  scene.advance(60_000)
  const requests = (await crm.log()).length
  expect(hows(await run())).toEqual(['full', 'as read before', 'as read before'])
  const asked = (await crm.log()).slice(requests).filter(({ path }) => path.includes('/objects/'))
  expect(asked, 'nothing is asked for that was read a minute ago').toEqual([])

  scene.advance(20 * 60_000)
  const changed = await run()
  expect(hows(changed)).toEqual(['full', 'changed since', 'looked up'])
  expect(changed.sources[1], 'no feed tells what was deleted').toMatchObject({ records: 4 })

  scene.advance(day)
  const again = await run()
  expect(hows(again)).toEqual(['full', 'full', 'looked up'])
  expect(again).toMatchObject({ gone: 1, matches: [{ match: { numerator: 3, denominator: 4 } }, { match: { numerator: 0 } }] })
})

it('looks people up where a system gives no list', async () => {
  for (const id of ['2', '3', '9']) await marketing.edit({ op: 'create', object: 'users', id: `b${id}`, fields: { external_id: id, email: `p${id}@harbour.com` }, actor: dana })
  await open()
  expect((await run()).matches[1]).toMatchObject({ to: 'news/users', match: { numerator: 2, denominator: 4 }, unmatched: { numerator: 2 } })
})

it('goes on with what was read of a system that does not answer, where only another one is needed', async () => {
  for (const id of [1, 2]) await contact(id, `p${id}@harbour.com`)
  await marketing.edit({ op: 'create', object: 'users', id: 'b1', fields: { external_id: '1', email: 'p1@harbour.com' }, actor: dana })
  await open()
  await run()
  // Its permission is taken away; the CRM has another contact.
  await scene.writeFile('.lockstep/simulators.json', JSON.stringify({ pace: 'fast', crm: { url: crm.url, token: crm.token }, marketing: { url: marketing.url, token: 'revoked' } }))
  await contact(3, 'p3@harbour.com')
  scene.advance(20 * 60_000)
  const { identities } = scene.engine.workspace()
  const ran = await identities.upToDate('people', 'crm/contacts', { name: 'Ada' })
  expect(hows(ran)).toEqual(['full', 'full', 'as read before'])
  expect(ran.matches).toMatchObject([{ match: { numerator: 3 } }, { match: { numerator: 1 } }])
  await expect(identities.upToDate('people', 'news/users', { name: 'Ada' }), 'the one that is needed').rejects.toMatchObject({ code: 'unauthorised' })
  await expect(run(), 'all are asked for').rejects.toMatchObject({ data: { code: 'unauthorised' } })
  // Other rules need other values of it, and nobody read those.
  await scene.writeFile('identity/people.yaml', rules.replace('email: { from: { column: email, as: email } }', 'email: { from: { column: email, as: lower } }'))
  await expect(identities.upToDate('people', 'crm/contacts', { name: 'Ada' })).rejects.toMatchObject({ code: 'unauthorised' })
})

it('says what is missing where a system gives no list and nobody says how to look people up', async () => {
  await open(rules.replace(/ {4}lookUp: .*\n/, ''))
  await expect(run()).rejects.toMatchObject({ data: { code: 'destination-refused', file: 'identity/people.yaml', line: 6, field: 'records.2.object', value: 'users', next: expect.stringContaining('lookUp') as string } })
})

it('names the field that a system does not have', async () => {
  await open(rules.replace('{ connection: crm, object: contacts }', '{ connection: crm, object: contacts, columns: { email: e_mail } }'))
  await expect(run()).rejects.toMatchObject({ data: { code: 'field-unknown', file: 'identity/people.yaml', line: 4, field: 'records.1.columns.email', value: 'e_mail', next: "Did you mean 'email'?" } })
})

it.each<[string, Partial<SourceState> | undefined, { lists?: boolean; feed?: boolean }, string]>([
  ['never read', undefined, {}, 'full'],
  ['read a moment ago', { readAt: 100 * day - 60_000 }, {}, 'as read before'],
  ['read an hour ago', { records: 100_000 }, {}, 'changed since'],
  ['small', { records: 150 }, {}, 'full'],
  ['without a feed', { records: 100_000 }, { feed: false }, 'full'],
  ['in full more than a day ago', { records: 100_000, fullAt: 98 * day }, {}, 'full'],
  ['without a list', { records: 100_000 }, { lists: false }, 'looked up'],
])('a system %s is read as it has to be', (_what, known, { lists = true, feed = true }, how) => {
  const connected = { declaration: { changeFeed: feed, ...(lists ? { list: () => undefined } : {}) }, profile: { rowsPerRead: 100 } } as unknown as SystemSource['connected']
  const state = known && { source: 'crm/contacts', name: 'CRM', kind: 'destination' as const, how: 'full' as const, records: 10, readAt: 100 * day - 3_600_000, fullAt: 100 * day - 3_600_000, print: '', ...known }
  expect(chooseRead({ connected }, state, { now: 100 * day, readAgainAfterMs: 15 * 60_000 })).toBe(how)
})
