import { afterEach, expect, it } from 'vitest'
import { IdentityScene, identityText } from '../../testing/identity-scene.ts'

const day = 24 * 60 * 60_000
let people: IdentityScene
afterEach(() => people.close())

const tables = {
  customers: [{ id: '1', email: 'ann@harbour.com' }, { id: '2', email: 'bob@harbour.com' }, { id: '3', email: 'cid@harbour.com' }],
  contacts: [{ id: '11', email: 'ann@harbour.com' }, { id: '12', email: 'bob@harbour.com' }],
}
const wanted = `${identityText}thresholds:\n  - { rate: match, source: sales/contacts, least: 0.95 }\n`
const overview = () => people.client.identity.overview({ identity: 'people' })
const needs = async () => (await people.client.home.summary()).needsYou.filter(({ kind }) => kind === 'identity')
const check = async () => (await people.client.home.doctor()).find(({ name }) => name === 'Identity People')

it('says what is wanted and not met, on Identity and on Home, until it is met', async () => {
  people = await IdentityScene.open(tables, wanted)
  expect(await overview()).toMatchObject({ name: 'People', run: null, rulesChanged: false, alerts: [] })
  expect(await needs()).toEqual([])
  await people.run()
  const words = 'Match of Customers in Sales CRM, contacts is 66.7% (2 of 3); wanted is at least 95%.'
  expect(await overview()).toMatchObject({ run: { run: 1 }, alerts: [{ rate: 'match', source: 'sales/contacts', words }], rules: [{ rule: 'loyalty' }, { rule: 'email', match: { numerator: 4, denominator: 5 } }, { rule: 'phone' }], queues: { ambiguous: 0, duplicates: 0, unmatched: 4, toFix: 0 } })
  expect(await needs()).toEqual([{ kind: 'identity', severity: 'needs you', title: 'The share of people found in Sales CRM, contacts is lower than wanted', detail: words, action: 'Open Identity', route: '/identity?of=people' }])
  await people.put('contacts', [{ id: '13', email: 'cid@harbour.com' }])
  await people.run()
  expect((await overview()).alerts).toEqual([])
  expect(await needs()).toEqual([])
  expect((await people.client.identity.history({ identity: 'people' })).map(({ run, matches }) => [run, matches[0]?.match.numerator])).toEqual([[2, 3], [1, 2]])
})

it('says that the rules were edited since their last run', async () => {
  people = await IdentityScene.open(tables, wanted)
  await people.run()
  await people.scene.writeFile('identity/people.yaml', wanted.replace('0.95', '0.5'))
  expect(await overview()).toMatchObject({ rulesChanged: true, alerts: [] })
})

it('tells Home and the doctor of a run that failed, until one ends', async () => {
  people = await IdentityScene.open(tables)
  expect(await check()).toMatchObject({ state: 'quiet' })
  await people.put('customers', [{ id: '4' }])
  await people.scene.sql('warehouse.duckdb', "INSERT INTO customers VALUES ('4', 'again@harbour.com', NULL, NULL, NULL)")
  await expect(people.run()).rejects.toMatchObject({ data: { code: 'duplicate-keys', value: '4', file: 'products/customers.yaml' } })
  expect(await needs()).toMatchObject([{ severity: 'problem', title: '“People” could not be run', detail: expect.stringContaining('more than one row') as string }])
  expect(await check()).toMatchObject({ state: 'problem', message: expect.stringContaining('more than one row') as string, next: expect.any(String) as string })
  await people.remove('customers', ['4'])
  await people.run()
  expect(await needs()).toEqual([])
  expect(await check()).toMatchObject({ state: 'healthy', message: '5 records are 3 people as of 2026-01-05 09:00 UTC.' })
  people.scene.advance(8 * day)
  expect(await check()).toMatchObject({ state: 'needs you', message: expect.stringContaining('Customers were last read at 2026-01-05 09:00 UTC') as string })
})

it('is in the audit, with counts and nobody’s values', async () => {
  people = await IdentityScene.open(tables)
  await people.run()
  const [entry] = (await people.client.audit.list({ kind: 'identity run' })).entries
  expect(entry).toMatchObject({ actor: 'Ada', words: 'Ran the rules of “People”: 5 records are 3 people, 0 records ambiguous.' })
  expect(JSON.stringify(entry)).not.toContain('harbour')
  expect(await people.client.audit.verify({})).toMatchObject({ ok: true })
})

it('keeps entities through a restore, and reads every system anew after it', async () => {
  people = await IdentityScene.open(tables, identityText.replace('readAgainAfter: 0', 'readAgainAfter: 600'))
  await people.run()
  const before = await people.outcome()
  const backup = await people.client.workspace.backUp()
  await people.put('contacts', [{ id: '11', email: 'cid@harbour.com' }])
  people.scene.advance(day)
  await people.run()
  expect(await people.outcome()).not.toEqual(before)
  await people.client.workspace.restore({ id: backup.id })
  expect(await people.outcome()).toEqual(before)
  const run = await people.run()
  expect(run.sources.map(({ how }) => how)).toEqual(['full', 'full', 'full'])
  expect(run).toMatchObject({ run: 2, how: 'incremental', changed: 1 })
  const known = new Set(before.map(({ entity }) => entity))
  expect((await people.outcome()).every(({ entity }) => known.has(entity)), 'ids of entities stay').toBe(true)
})

it.each<[string, (text: string) => string, object]>([
  ['no records', (text) => text.replace(/records:\n( .*\n)+/, ''), { field: 'records', message: 'The rules name no records.' }],
  ['a product that is not there', (text) => text.replace('product: customers', 'product: custommers'), { line: 3, field: 'records.0.product', value: 'custommers', next: "Did you mean 'customers'?" }],
  ['a connection that is not there', (text) => text.replace('connection: shop', 'connection: shopp'), { line: 5, field: 'records.2.connection', value: 'shopp', next: "Did you mean 'shop'?" }],
  ['a column that is not there', (text) => text.replace('- product: customers', '- { product: customers, columns: { email: e_mail } }'), { line: 3, field: 'records.0.columns.email', value: 'e_mail', next: "Did you mean 'email'?" }],
  ['the same records twice', (text) => text.replace('{ connection: shop, object: buyers }', 'product: customers'), { line: 5, field: 'records.2', value: 'customers' }],
  ['a threshold of nobody', (text) => `${text}thresholds:\n  - { rate: match, source: sales/contact, least: 0.9 }\n`, { line: 16, field: 'thresholds.0.source', value: 'sales/contact', next: "Did you mean 'sales/contacts'?" }],
  ['a match rate of the product itself', (text) => `${text}thresholds:\n  - { rate: match, source: customers, least: 0.9 }\n`, { line: 16, field: 'thresholds.0.source', value: 'customers', message: "'customers' is a product; match is a figure of its rows in a system." }],
  ['a key of records that are not there', (text) => text.replace('as: email }', 'as: email, sources: [salesforce] }'), { line: 8, field: 'keys.email.from.sources.0', value: 'salesforce' }],
  ['a rule over a key that is not there', (text) => text.replace('keys: [phone]', 'keys: [fone]'), { line: 13, field: 'rules.2.keys.0', value: 'fone' }],
  ['a word that is not known', (text) => text.replace('as: code', 'as: kode'), { line: 7, field: 'keys.loyalty.from.as', value: 'kode' }],
])('refuses %s with its line and field', async (_what, change, problem) => {
  people = await IdentityScene.open(tables, change(identityText))
  const { problems } = await people.client.workspace.validate()
  expect(problems).toContainEqual(expect.objectContaining({ file: 'identity/people.yaml', ...problem }))
  await expect(people.run()).rejects.toMatchObject({ data: { file: 'identity/people.yaml', ...problem } })
})

it('ties an activation to rules that know its product and its object, and its plans to their text', async () => {
  people = await IdentityScene.open(tables)
  const activation = (identity: string) => `name: Names\nproduct: customers\ndestination: { connection: sales, object: contacts }\nmatch: { identity: ${identity}, column: id, field: id }\nfields:\n  - { from: name, to: name }\n`
  const problemsOf = async (text: string) => {
    await people.scene.writeFile('activations/names.yaml', text)
    return (await people.client.workspace.validate()).problems.filter(({ file }) => file === 'activations/names.yaml')
  }
  expect(await problemsOf(activation('people'))).toEqual([])
  expect(await problemsOf(activation('peple'))).toMatchObject([{ line: 4, field: 'match.identity', value: 'peple', next: "Did you mean 'people'?" }])
  expect((await problemsOf(activation('people').replace('connection: sales', 'connection: crm'))).slice(0, 1)).toMatchObject([{ line: 4, field: 'match.identity', message: "The rules 'people' do not know the records of 'crm/contacts'." }])
})
