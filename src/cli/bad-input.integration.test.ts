import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleScene } from './testing/sample-scene.ts'
import type { SampleScene } from './testing/sample-scene.ts'

interface Failure {
  code: string
  message: string
  file?: string
  line?: number
  field?: string
  value?: string
  next?: string
}

let scene: SampleScene
beforeAll(async () => {
  scene = await sampleScene(200)
})
afterAll(() => scene.close())

async function failure(workspace: string, words: string[], input?: string): Promise<Failure & { exit: number }> {
  const { exit, document } = await scene.lockstep(workspace, words, input)
  return { exit, ...(document as { error: Failure }).error }
}

/** A copy of the sample with something wrong in it. */
function workspaceWith(change: (path: (name: string) => string) => void): string {
  const { sample } = scene
  const workspace = mkdtempSync(join(scene.folder, 'case-'))
  // A state of its own, so that nothing of another case is found in it.
  cpSync(sample, workspace, { recursive: true, filter: (path) => !path.startsWith(join(sample, '.lockstep')) || path === join(sample, '.lockstep') || path.endsWith('simulators.json') })
  change((name) => join(workspace, name))
  return workspace
}

/** Whoever opens it to read waits for a writer who never comes. */
function pipeAt(path: string): void {
  rmSync(path)
  execFileSync('mkfifo', [path])
}

function edit(file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(file, 'utf8')
  const changed = text.replace(from, to)
  expect(changed, 'the edit must hit').not.toBe(text)
  writeFileSync(file, changed)
}

/** No plan is stored, and no simulator was asked to change anything. */
async function expectNoEffect(workspace: string): Promise<void> {
  const plans = join(workspace, '.lockstep', 'plans')
  expect(existsSync(plans) ? readdirSync(plans) : []).toEqual([])
  expect((await scene.lockstep(workspace, ['runs', 'list'])).document).toEqual({ runs: [] })
  for (const address of scene.addresses) {
    const { entries } = (await (await fetch(`${address}/_sim/log`)).json()) as { entries: { path: string }[] }
    expect(entries.filter(({ path }) => /batch\/(create|update|upsert|archive)|create_or_update|update_many|users\/track/.test(path))).toEqual([])
  }
}

const activation = 'activations/tier-to-crm.yaml'
const product = 'products/customer-360.yaml'
const sql = 'products/customer-360.sql'

/** What is wrong, how it is said, and whether checking the workspace alone finds it. */
const cases: [string, { change: (path: (name: string) => string) => void; exit: number; says: Partial<Failure>; validate: boolean }][] = [
  ['malformed YAML', { change: (at) => writeFileSync(at(activation), 'name: Tier\nfields: [unclosed\nmode: upsert\n'), exit: 2, says: { code: 'definition-invalid', file: activation, line: 3 }, validate: true }],
  ['a key that no file of its kind has', { change: (at) => edit(at(activation), 'mode: upsert', 'mood: upsert'), exit: 2, says: { code: 'definition-invalid', file: activation, line: 8, field: 'mood' }, validate: true }],
  ['a column that the product does not have', { change: (at) => edit(at(activation), 'from: tier,', 'from: teir,'), exit: 2, says: { code: 'column-missing', file: activation, line: 15, value: 'teir' }, validate: true }],
  ['a field that the destination does not have', { change: (at) => edit(at(activation), 'to: tier }', 'to: teir }'), exit: 2, says: { code: 'field-unknown', file: activation, line: 15, value: 'teir' }, validate: false }],
  ['SQL that writes', { change: (at) => writeFileSync(at(sql), 'DELETE FROM customers'), exit: 2, says: { code: 'sql-refused', file: sql }, validate: true }],
  ['SQL that writes after a SELECT', { change: (at) => writeFileSync(at(sql), 'SELECT 1; DROP TABLE customers'), exit: 2, says: { code: 'sql-refused', file: sql }, validate: true }],
  ['a key column that is not there', { change: (at) => edit(at(product), 'key: customer_id', 'key: customer_number'), exit: 2, says: { code: 'column-missing', file: product, line: 6, field: 'key', value: 'customer_number' }, validate: true }],
  ['keys that stand on several rows', { change: (at) => edit(at(sql), 'LEFT JOIN asked ON', 'CROSS JOIN range(2)\nLEFT JOIN asked ON'), exit: 2, says: { code: 'duplicate-keys', file: product, field: 'key' }, validate: true }],
  ['a source that is gone', { change: (at) => rmSync(at('warehouse.duckdb')), exit: 1, says: { code: 'source-missing' }, validate: true }],
  ['simulators that are not running', { change: (at) => rmSync(at('.lockstep/simulators.json')), exit: 1, says: { code: 'destination-unreachable' }, validate: false }],
  ['a simulator that does not answer', { change: (at) => edit(at('.lockstep/simulators.json'), /127\.0\.0\.1:\d+/, '127.0.0.1:9'), exit: 1, says: { code: 'destination-unreachable' }, validate: false }],
  ['a pipe in the place of the source', { change: (at) => pipeAt(at('warehouse.duckdb')), exit: 2, says: { code: 'bad-input' }, validate: true }],
  ['a pipe in the place of a definition', { change: (at) => pipeAt(at(activation)), exit: 2, says: { code: 'bad-input', file: activation }, validate: true }],
  ['a device in the place of a SQL file', { change: (at) => (rmSync(at(sql)), symlinkSync('/dev/zero', at(sql))), exit: 2, says: { code: 'definition-invalid', file: product, message: `${sql} is a device, not a file.` }, validate: true }],
  ['a wrong token', { change: (at) => edit(at('.lockstep/simulators.json'), /"token": "[0-9a-f]{8}/, '"token": "00000000'), exit: 1, says: { code: 'unauthorised' }, validate: false }],
  ['two activations on one field', { change: (at) => cpSync(at(activation), at('activations/again.yaml')), exit: 2, says: { code: 'field-claimed-twice' }, validate: true }],
]

describe('bad input', () => {
  it.each(cases)('%s: says what is wrong and what to do, and leaves no effect', async (_name, { change, exit, says, validate }) => {
    const workspace = workspaceWith(change)
    const found = await failure(workspace, ['plan', 'tier-to-crm'])
    expect(found).toMatchObject({ exit, ...says, next: expect.stringMatching(/\w/) as string })
    await expectNoEffect(workspace)
    if (!validate) return
    const checked = await scene.lockstep(workspace, ['workspace', 'validate'])
    expect(checked.exit).toBe(2)
    expect((checked.document as { problems: Failure[] }).problems).toContainEqual(expect.objectContaining({ code: found.code, file: expect.any(String) as string, message: expect.any(String) as string, next: expect.any(String) as string }))
  })

  it('a CSV file that no longer holds what its columns were loaded as is refused wherever it is read', async () => {
    const workspace = workspaceWith((at) => {
      writeFileSync(at('members.csv'), 'email,branch,born\nann@example.com,12,2001-02-03\nben@example.com,0012,2001-02-03 23:59:00\n')
      writeFileSync(at('sources/members.yaml'), 'type: csv\npath: members.csv\ncsv: { header: true, types: { email: VARCHAR, branch: BIGINT, born: DATE } }\n')
      writeFileSync(at('products/members.yaml'), 'name: Members\nsource: members\ntable: members\nkey: email\ncontract:\n  - { column: email, type: string }\n  - { column: branch, type: number }\n')
    })
    for (const words of [['source', 'test', 'members'], ['source', 'preview', 'members']]) {
      expect(await failure(workspace, words), words.join(' ')).toMatchObject({ exit: 2, code: 'file-malformed', file: 'members.csv', line: 3, field: 'branch', value: '0012' })
    }
    const { exit, document } = await scene.lockstep(workspace, ['workspace', 'validate'])
    expect(exit).toBe(2)
    expect((document as { problems: Failure[] }).problems).toContainEqual(expect.objectContaining({ file: 'sources/members.yaml', field: 'branch', value: '0012', message: expect.stringContaining('Line 3 of members.csv') as string }))
  })

  it('a run without anybody watching stops just as early', async () => {
    const workspace = workspaceWith((at) => edit(at(activation), 'to: tier }', 'to: teir }'))
    expect(await failure(workspace, ['run', 'tier-to-crm'])).toMatchObject({ exit: 2, code: 'field-unknown' })
    await expectNoEffect(workspace)
  })

  it('SQL that writes has not touched the warehouse', async () => {
    const workspace = workspaceWith((at) => writeFileSync(at(sql), 'DELETE FROM customers'))
    const before = readFileSync(join(workspace, 'warehouse.duckdb'))
    await failure(workspace, ['plan', 'tier-to-crm'])
    expect(readFileSync(join(workspace, 'warehouse.duckdb')).equals(before)).toBe(true)
  })

  it('a secret is not taken where it could not be kept, and never printed', async () => {
    const found = await failure(scene.sample, ['connection', 'set-secret', 'crm', 'token'], 'very-secret-value\n')
    expect(found).toMatchObject({ exit: 1, code: 'storage-failed', next: expect.stringContaining('LOCKSTEP_SECRET_CRM_TOKEN') as string })
    expect(JSON.stringify(found)).not.toContain('very-secret-value')
  })

  it('every key of an error is there, whether there is something to say or not', async () => {
    const { document } = await scene.lockstep(scene.sample, ['nonsense'])
    expect(document).toEqual({ error: { code: 'bad-usage', message: 'There is no command “nonsense”.', file: null, line: null, field: null, value: null, next: 'See the list with --help.' } })
  })

  it('a secret that the connection does not have is refused with those that it has', async () => {
    const found = await failure(scene.sample, ['connection', 'set-secret', 'crm', 'password'], 'x\n')
    expect(found).toMatchObject({ exit: 2, code: 'field-unknown', value: 'password', file: 'connections/crm.yaml', next: 'It has: token.' })
  })

  it.each([
    ['a pipe', (path: string) => execFileSync('mkfifo', [path])],
    ['a folder', (path: string) => mkdirSync(path)],
    ['far larger than a manifest', (path: string) => writeFileSync(path, ' '.repeat(17_000_000))],
  ])('a manifest that is %s is refused by name', async (_what, make) => {
    const path = join(mkdtempSync(join(scene.folder, 'manifest-')), 'manifest.json')
    make(path)
    expect(await failure(scene.sample, ['audit', 'verify', '--against', path])).toMatchObject({ exit: 2, code: 'bad-input', file: path, next: expect.stringContaining('manifest.json') as string })
  })

  it('a folder that leads to another computer connects nowhere before somebody trusts it', async () => {
    const workspace = workspaceWith((at) => writeFileSync(at('connections/vendor.yaml'), 'name: Vendor\ndestination: hubspot\nsettings: {}\n'))
    expect(await failure(workspace, ['plan', 'tier-to-crm'])).toMatchObject({ exit: 3, code: 'workspace-untrusted', message: expect.stringContaining('Vendor at https://api.hubapi.com') as string, next: expect.stringContaining('lockstep workspace trust') as string })
    await expectNoEffect(workspace)
    expect(await scene.lockstep(workspace, ['workspace', 'trust'])).toMatchObject({ exit: 0, document: { trusted: true } })
    expect(await scene.lockstep(workspace, ['plan', 'tier-to-crm', '--limit', '5'])).toMatchObject({ exit: 0 })
  })

  it('a pipe is not taken as a file of one’s own', async () => {
    const pipe = join(mkdtempSync(join(scene.folder, 'own-')), 'people.csv')
    execFileSync('mkfifo', [pipe])
    expect(await failure(join(scene.folder, 'made-of-a-pipe'), ['workspace', 'init', '--source', pipe])).toMatchObject({ exit: 2, code: 'bad-input', file: pipe })
    expect(existsSync(join(scene.folder, 'made-of-a-pipe', 'lockstep.yaml'))).toBe(false)
  })

  it.each([
    [['plan', 'nobody'], 2, 'not-found'],
    [['plan'], 2, 'bad-usage'],
    [['plan', 'tier-to-crm', '--limit', 'ten'], 2, 'bad-usage'],
    [['apply', '0123456789'], 2, 'not-found'],
    [['apply', 'not-an-id'], 2, 'bad-usage'],
    [['review', 'resolve', '0123456789', '--all', '--take', 'both'], 2, 'bad-usage'],
    [['simulators', 'start', 'nowhere'], 2, 'bad-input'],
    [['rows', 'export', '0123456789', '--state', 'lost'], 2, 'bad-usage'],
    [['pause'], 2, 'bad-usage'],
    [['reconcile', 'all'], 2, 'not-built'],
    [['identity', 'link', 'one', 'other', '--why', 'x'], 2, 'bad-usage'],
    [['nonsense'], 2, 'bad-usage'],
    [['audit', 'verify', '--against', 'nowhere.json'], 2, 'bad-input'],
  ])('%j ends with %i: %s', async (words, exit, code) => {
    expect(await failure(scene.sample, words)).toMatchObject({ exit, code })
  })
})
