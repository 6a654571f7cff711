import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runHere } from '../testing/run-here.ts'

const RULES = 'name: T\nkeys:\n  email: { from: { column: email, as: email } }\nrules:\n  - { name: email, keys: [email] }\n'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-identity-cli-'))
  writeFileSync(join(folder, 'crm.csv'), 'id,email\n2,ANN@harbour.com\n1,ann@harbour.com\n')
  writeFileSync(join(folder, 'shop.csv'), 'id,email\n7,Ann <ann@harbour.com>\n8,\n')
  writeFileSync(join(folder, 'rules.yaml'), RULES)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs it as a person does, standing in the folder, which is no workspace. */
function lockstep(...words: string[]): Promise<{ exit: number; stdout: string; stderr: string }> {
  return runHere(['identity', 'cluster', ...words], { INIT_CWD: folder, LOCKSTEP_DATA: join(folder, 'data'), LOCKSTEP_KEYCHAIN: 'off' })
}

it('clusters files without a workspace and prints the figures', async () => {
  const { exit, stdout } = await lockstep('--records', 'crm.csv', '--records=shop.csv', '--id-column', 'id', '--rules', 'rules.yaml', '--out', 'clusters.csv', '--json')
  expect(exit).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    out: join(folder, 'clusters.csv'),
    records: 4,
    entities: 2,
    linkedShare: { numerator: 3, denominator: 4, value: 0.75 },
    rules: [{ rule: 'email', match: { numerator: 3, denominator: 3, value: 1 }, merged: 2 }],
    keys: [{ key: 'email', valid: { numerator: 3, denominator: 4 } }],
  })
  const [head, ...rows] = readFileSync(join(folder, 'clusters.csv'), 'utf8').trim().split('\n')
  expect(head).toBe('record_id,cluster_id,rule,ambiguous')
  expect(rows.map((row) => row.split(',').filter((_, at) => at !== 1).join(','))).toEqual(['1,email,false', '2,email,false', '7,email,false', '8,,false'])
  expect(new Set(rows.map((row) => row.split(',')[1])).size).toBe(2)
})

it('says the same in words', async () => {
  const { exit, stdout } = await lockstep('--records', 'crm.csv', '--id-column', 'id', '--rules', 'rules.yaml', '--out', 'words.csv')
  expect(exit).toBe(0)
  expect(stdout).toContain('2 records are 1 entity.')
})

it.each([
  [['--records', 'crm.csv', '--rules', 'rules.yaml'], { code: 'bad-usage', field: 'out' }],
  [['--rules', 'rules.yaml', '--out', 'o.csv'], { code: 'bad-usage', field: 'records' }],
  [['--records', 'crm.csv', '--rules', 'rules.yaml', '--out', 'o.csv'], { code: 'column-missing', field: 'id-column', value: 'record_id' }],
  [['--records', 'crm.csv', '--id-column', 'id', '--rules', 'rules.yaml', '--out', 'none/o.csv'], { field: 'out' }],
  [['--records', 'none.csv', '--rules', 'rules.yaml', '--out', 'o.csv'], { code: 'bad-input' }],
])('refuses %j with exit 2 and says why', async (words, error) => {
  const { exit, stdout } = await lockstep(...words, '--json')
  expect(exit).toBe(2)
  expect(JSON.parse(stdout)).toMatchObject({ error: { message: expect.any(String), next: expect.any(String), ...error } })
})
