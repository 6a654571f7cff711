import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { identityDecision, identityPerson, queueItem } from '../../contract/shapes.ts'
import { openDuckDb } from '../../engine/storage/duckdb.ts'
import { runHere } from '../testing/run-here.ts'

const CUSTOMERS = 'id,email,phone\n1,ann@harbour.com,020 7946 0001\n2,bob@harbour.com,\n3,cid@harbour.com,\n'
const RULES = `name: People
records:
  - product: customers
  - { connection: crm, object: contacts }
keys:
  email: { from: { column: email, as: email } }
  phone: { strong: true, from: { column: phone, as: phone, defaultCountry: GB } }
rules:
  - { name: email, keys: [email] }
readAgainAfter: 1000
`

let folder: string
const file = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-identity-decide-'))
  file('customers.csv', CUSTOMERS)
  file('lockstep.yaml', 'id: people\nname: People\n')
  file('identity/people.yaml', RULES)
  file('sources/files.yaml', 'type: csv\npath: customers.csv\ncsv: { types: { id: VARCHAR } }\n')
  file('products/customers.yaml', 'name: Customers\nsource: files\ntable: customers\nkey: id\ncontract:\n  - { column: id, type: string }\n  - { column: email, type: string }\n  - { column: phone, type: string }\n')
  file('connections/crm.yaml', `name: Sales CRM\ndestination: local-file\nsettings: { path: ${join(folder, 'crm.duckdb')}, table: contacts, key: id }\n`)
  const crm = await openDuckDb({ path: join(folder, 'crm.duckdb'), tempFolder: folder })
  await crm.run("CREATE TABLE contacts AS SELECT * FROM (VALUES ('11', 'ann@harbour.com', '020 7946 0009'), ('12', 'bob@harbour.com', NULL), ('13', 'bob@harbour.com', NULL)) t(id, email, phone)")
  crm.closeInstance()
  await lockstep('run')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function lockstep(...words: string[]): Promise<{ exit: number; stdout: string }> {
  return runHere(['identity', ...words], { INIT_CWD: folder, LOCKSTEP_DATA: join(folder, 'data'), LOCKSTEP_KEYCHAIN: 'off' })
}

/** What `--json` prints of a command that ends with 0. */
async function told(...words: string[]): Promise<Record<string, unknown>> {
  const { exit, stdout } = await lockstep(...words, '--json')
  expect([words.join(' '), exit]).toEqual([words.join(' '), 0])
  return JSON.parse(stdout) as Record<string, unknown>
}

const items = async (...words: string[]) => ((await told('queue', ...words))['items'] as unknown[]).map((item) => queueItem.parse(item))
const decision = async (...words: string[]) => identityDecision.parse((await told(...words))['decision'])
const reason = ['--reason', 'They called.']

it('lists what waits, in words and as JSON', async () => {
  expect(await items()).toMatchObject([{ kind: 'ambiguous', because: 'Their phone differs.', shown: [{ reference: 'crm/contacts:11' }, { reference: 'customers:1' }] }])
  expect(await items('--kind', 'duplicates', '--source', 'crm/contacts')).toMatchObject([{ kind: 'duplicates', records: 2 }])
  expect(await items('--kind', 'unmatched', '--limit', '5')).toMatchObject([{ kind: 'unmatched', to: 'crm/contacts', shown: [{ reference: 'customers:3' }] }])
  expect(await items('--kind', 'fix')).toEqual([])
  expect((await lockstep('queue')).stdout).toContain('email: Their phone differs.')
  expect((await lockstep('person', 'customers:1')).stdout).toMatch(/^Held back:\n.*\n.*email: Their phone differs\./m)
})

it('links, splits, keeps apart, chooses and takes back', async () => {
  const never = await decision('never', 'customers:1', 'crm/contacts:11', ...reason)
  expect(await items()).toEqual([])
  expect(await lockstep('link', 'customers:1', 'crm/contacts:11', ...reason, '--json')).toMatchObject({ exit: 2, stdout: expect.stringContaining('kept apart') as string })
  expect(await decision('undo', never.id.slice(0, 8), ...reason)).toMatchObject({ id: never.id, undone: { reason: 'They called.' } })
  const link = await decision('link', 'customers:1', 'crm/contacts:11', ...reason)
  expect(link.parts).toEqual([['customers:1', 'crm/contacts:11']])
  expect((await decision('split', 'crm/contacts:13', ...reason)).parts).toEqual([['customers:2', 'crm/contacts:12'], ['crm/contacts:13']])
  const split = await lockstep('split', 'crm/contacts:12', ...reason)
  expect(split).toMatchObject({ exit: 0, stdout: expect.stringContaining('2 records are several people. 6 records are 5 entities now.') as string })
  const again = /identity undo (\S+) /.exec(split.stdout)?.[1] ?? ''
  expect((await lockstep('undo', again, ...reason)).stdout).toContain('Taken back. 6 records are 4 entities now.')
})

it('parts of a split leave together, and one record stands for a person', async () => {
  await decision('link', 'customers:3', 'customers:2', ...reason)
  expect((await decision('split', '--apart', 'customers:3', '--apart', 'customers:2,crm/contacts:12', ...reason)).parts).toEqual([['customers:3'], ['customers:2', 'crm/contacts:12']])
  const link = await decision('link', 'crm/contacts:11', 'crm/contacts:13', ...reason)
  expect((await decision('survivor', 'crm/contacts:13', ...reason)).parts).toEqual([['crm/contacts:13'], ['crm/contacts:11', 'crm/contacts:13']])
  expect(await items('--kind', 'duplicates', '--source', 'crm/contacts')).toEqual([])
  await told('undo', link.id, ...reason)
})

it('asks for a key to be corrected at its source, until it has changed there', async () => {
  const asked = await lockstep('fix', 'customers:3', 'email', ...reason)
  expect(asked).toMatchObject({ exit: 0, stdout: expect.stringContaining('the email of customers:3 is to be corrected at its source') as string })
  expect(await items('--kind', 'fix')).toMatchObject([{ kind: 'to fix', column: 'email', reason: 'They called.', shown: [{ reference: 'customers:3' }] }])
  expect(await lockstep('fix', 'customers:3', 'email', ...reason, '--json')).toMatchObject({ exit: 2, stdout: expect.stringContaining('asked for this correction already') as string })
  expect(await items('--kind', 'fix')).toHaveLength(1)
  await told('undo', /identity undo (\S+) /.exec(asked.stdout)?.[1] ?? '', ...reason)
  expect(await items('--kind', 'fix')).toEqual([])
  const second = await decision('fix', 'customers:3', 'email', ...reason)
  expect(second).toMatchObject({ kind: 'fix at source', parts: [['customers:3']], column: 'email', settled: false })
  file('customers.csv', CUSTOMERS.replace('cid@harbour.com', 'cid@quay.com'))
  await lockstep('run')
  expect(await items('--kind', 'fix')).toEqual([])
  expect(identityPerson.parse(await told('person', 'customers:3')).decisions.slice(0, 2)).toMatchObject([{ id: second.id, settled: true }, { kind: 'fix at source', undone: { reason: 'They called.' } }])
})

it('shows a person by a record and by their id: records, systems, what joined them and what was decided', async () => {
  const known = identityPerson.parse(await told('person', 'customers:1'))
  expect(known.records.map(({ reference }) => reference)).toEqual(['customers:1', 'crm/contacts:11'])
  expect(identityPerson.parse(await told('person', known.entity))).toEqual(known)
  const link = await decision('link', 'customers:3', 'customers:1', ...reason)
  const { stdout } = await lockstep('person', 'customers:3')
  for (const line of [/\(e[0-9a-f]+\): 3 records\./, /^customers:1 .* email ann@harbour\.com, phone 020 7946 0001$/m, /^Customers +2 +ambiguous/m, /^Sales CRM, \S+ +1 +matched/m]) expect(stdout).toMatch(line)
  expect(stdout).toMatch(new RegExp(`^decision ${link.id} +customers:3 customers:1`, 'm'))
  expect(stdout).toMatch(new RegExp(`^${link.id} +link .* They called\\. .* yes$`, 'm'))
  await told('undo', link.id, ...reason)
  expect((await lockstep('person', 'customers:3')).stdout).toMatch(new RegExp(`^${link.id} +link .* taken back$`, 'm'))
})

it.each([
  [['fix', 'customers:3', 'colour', ...reason], { code: 'bad-input', field: 'column', value: 'colour', next: 'Name one of: email, phone.' }],
  [['fix', 'customers:99', 'email', ...reason], { code: 'not-found', field: 'parts', value: 'customers:99' }],
  [['fix', 'customers:3', ...reason], { code: 'bad-usage' }],
  [['fix', 'customers:3', 'email'], { code: 'bad-usage' }],
  [['fix', 'customers:3', 'email', '--reason', 'x'], { code: 'bad-usage', field: 'reason' }],
  [['person'], { code: 'bad-usage' }],
  [['person', 'customers:99'], { code: 'not-found', field: 'record', value: 'customers:99' }],
  [['person', 'e0'], { code: 'not-found', field: 'entity', value: 'e0' }],
  [['person', 'customers:3', '--identity', 'nobody'], { code: 'not-found', value: 'nobody' }],
  [['queue', '--kind', 'lost'], { code: 'bad-usage', field: 'kind', value: 'lost' }],
  [['queue', '--source', 'shop/buyers'], { code: 'not-found', field: 'source' }],
  [['queue', 'nobody'], { code: 'not-found', message: "There is no identity 'nobody' in this workspace." }],
  [['link', 'customers:1', ...reason], { code: 'bad-usage' }],
  [['link', 'customers:1', 'customers:99', ...reason], { code: 'not-found', value: 'customers:99' }],
  [['link', 'customers:1', 'customers:2'], { code: 'bad-usage' }],
  [['link', 'customers:1', 'customers:2', '--reason', 'x'], { code: 'bad-usage', field: 'reason' }],
  [['split', ...reason], { code: 'bad-usage' }],
  [['split', 'customers:3', ...reason], { code: 'bad-input' }],
  [['survivor', 'customers:3', ...reason], { code: 'bad-input' }],
  [['undo', 'ffff', ...reason], { code: 'not-found', value: 'ffff' }],
])('refuses %j with exit 2', async (words, error) => {
  const { exit, stdout } = await lockstep(...words, '--json')
  expect(exit).toBe(2)
  expect(JSON.parse(stdout)).toMatchObject({ error: { message: expect.any(String), next: expect.any(String), ...error } })
})

it('nothing of what was refused stays', async () => {
  expect(await items('--kind', 'fix')).toEqual([])
})
