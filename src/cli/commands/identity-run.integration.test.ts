import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDuckDb } from '../../engine/storage/duckdb.ts'
import { runHere } from '../testing/run-here.ts'

const RULES = `name: People
records:
  - product: customers
  - { connection: crm, object: contacts }
keys:
  email: { from: { column: email, as: email } }
rules:
  - { name: email, keys: [email] }
thresholds:
  - { rate: match, least: 0.9 }
`

let folder: string
const file = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-identity-run-'))
  file('customers.csv', 'id,email\n1,ann@harbour.com\n2,bob@harbour.com\n3,nobody\n')
  file('lockstep.yaml', 'id: people\nname: People\n')
  file('sources/files.yaml', 'type: csv\npath: customers.csv\ncsv: { types: { id: VARCHAR } }\n')
  file('products/customers.yaml', 'name: Customers\nsource: files\ntable: customers\nkey: id\ncontract:\n  - { column: id, type: string }\n  - { column: email, type: string }\n')
  file('connections/crm.yaml', `name: Sales CRM\ndestination: local-file\nsettings: { path: ${join(folder, 'crm.duckdb')}, table: contacts, key: id }\n`)
  const crm = await openDuckDb({ path: join(folder, 'crm.duckdb'), tempFolder: folder })
  await crm.run("CREATE TABLE contacts AS SELECT * FROM (VALUES ('11', 'ANN@harbour.com'), ('12', 'eve@harbour.com')) t(id, email)")
  crm.closeInstance()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function lockstep(...words: string[]): Promise<{ exit: number; stdout: string }> {
  return runHere(['identity', ...words], { INIT_CWD: folder, LOCKSTEP_DATA: join(folder, 'data'), LOCKSTEP_KEYCHAIN: 'off' })
}

it('runs the rules of the workspace and shows their figures, in words and as JSON', async () => {
  expect(await lockstep('run', '--json')).toMatchObject({ exit: 2, stdout: expect.stringContaining('no rules of identity') as string })
  file('identity/people.yaml', RULES)
  const early = await lockstep('rates', '--json')
  expect(early.exit).toBe(2)
  expect(JSON.parse(early.stdout)).toMatchObject({ error: { code: 'not-found', next: 'Use: lockstep identity run people' } })

  const run = await lockstep('run', '--json')
  expect(run.exit).toBe(0)
  expect(JSON.parse(run.stdout)).toMatchObject({ run: 1, how: 'full', records: 5, entities: 4, matches: [{ from: 'customers', to: 'crm/contacts', match: { numerator: 1, denominator: 2, value: 0.5 }, invalid: { numerator: 1, denominator: 3 } }] })

  const again = await lockstep('run', 'people')
  expect(again.stdout).toContain('0 records are new or changed, 0 gone; 0 were looked at again.')
  const rates = await lockstep('rates')
  expect(rates.exit).toBe(0)
  expect(rates.stdout).toContain('Match of Customers in Sales CRM, contacts is 50.0% (1 of 2); wanted is at least 90%.')
  expect(rates.stdout).toContain('33.3% (1 of 3)')
  expect(JSON.parse((await lockstep('rates', '--json')).stdout)).toMatchObject({ identity: 'people', run: { run: 2, how: 'incremental' }, alerts: [{ rate: 'match' }], keys: [{ key: 'email', invalid: { numerator: 1, denominator: 5 } }] })
})

it('asks which, where there are several, and refuses one that is not there', async () => {
  file('identity/people.yaml', RULES)
  file('identity/firms.yaml', RULES)
  const several = await lockstep('rates', '--json')
  expect(several.exit).toBe(2)
  expect(JSON.parse(several.stdout)).toMatchObject({ error: { code: 'bad-usage', next: 'Name one of: firms, people.' } })
  rmSync(join(folder, 'identity/firms.yaml'))
  expect(await lockstep('run', 'peple', '--json')).toMatchObject({ exit: 2, stdout: expect.stringContaining("Did you mean 'people'?") as string })
})
