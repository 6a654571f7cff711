import { describe, expect, it } from 'vitest'
import { sampleFiles } from '../sample/workspace-files.ts'
import { refuseUnlessFile } from '../ports/regular-file.ts'
import { memoryFiles } from '../testing/memory-files.ts'
import { pinnedDefinitions, requireActivation } from './activation-parts.ts'
import { loadWorkspace } from './load-workspace.ts'

const folder = '/ws'

function sampleWith(changes: Record<string, string | ((text: string) => string) | undefined> = {}) {
  const files: Record<string, string | undefined> = { ...sampleFiles() }
  for (const [path, change] of Object.entries(changes)) files[path] = typeof change === 'function' ? change(files[path] ?? '') : change
  return memoryFiles(Object.fromEntries(Object.entries(files).flatMap(([path, text]) => (text === undefined ? [] : [[`${folder}/${path}`, text]]))))
}

const replacing = (from: string, to: string) => (text: string) => {
  expect(text).toContain(from)
  return text.replace(from, to)
}

describe('loadWorkspace', () => {
  it('reads the sample without a problem, each definition with its path, text and hash', async () => {
    const workspace = await loadWorkspace(folder, sampleWith())
    expect(workspace.problems).toEqual([])
    expect(workspace.header?.value).toMatchObject({ id: 'harbour-mutual', timezone: 'Europe/London' })
    expect([...workspace.definitions.activation.keys()]).toEqual(['profile-to-crm', 'tier-and-offers-to-marketing', 'tier-to-crm', 'tier-to-support'])
    const product = workspace.definitions.product.get('customer-360')
    expect(product?.path).toBe('products/customer-360.yaml')
    expect(product?.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(product?.sql?.text).toContain('FROM customers')
  })

  it('says where a folder without a workspace is', async () => {
    await expect(loadWorkspace('/elsewhere', sampleWith())).rejects.toMatchObject({ code: 'workspace-missing', place: { file: '/elsewhere' } })
  })

  it.each(['activations/tier-to-crm.yaml', 'products/customer-360.sql', 'lockstep.yaml'])('refuses %s by its size, without reading it', async (path) => {
    const files = sampleWith()
    const stat: typeof files.stat = async (asked) => (asked === `${folder}/${path}` ? { bytes: 50_000_000, modifiedAt: 0, kind: 'file' } : files.stat(asked))
    const readText = async (asked: string): Promise<string> => (asked === `${folder}/${path}` ? Promise.reject(new Error('it was read')) : files.readText(asked))
    const { problems, definitions } = await loadWorkspace(folder, { ...files, stat, readText })
    expect(problems).toContainEqual(expect.objectContaining({ message: `${path} has 50 MB; a file of a workspace may have 2 MB.` }))
    expect(definitions.segment.size).toBeGreaterThan(0)
  })

  it.each([
    ['very many names', `name: x\nvalues:\n${Array.from({ length: 60_000 }, (_, at) => `  k${at}: 1\n`).join('')}`, 'more than 100,000 names and values'],
    ['lists in lists without end', `name: x\nfilter: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`, 'more than 50 levels deep'],
    ['lists in lists on one line', `${'- '.repeat(20_000)}x\n`, 'more than 50 levels deep'],
    ['groups a hundred levels deep', `name: x\nfilter: ${'{ all: [ '.repeat(100)}${'] }'.repeat(100)}\n`, 'more than 50 levels deep'],
    ['names that stand for more and more', ['a: &a0 [x, x]', ...Array.from({ length: 30 }, (_, at) => `b${at}: &a${at + 1} [*a${at}, *a${at}]`)].join('\n'), 'alias'],
  ])('refuses %s in a file of a few kilobytes', async (_name, text, reason) => {
    const { problems } = await loadWorkspace(folder, sampleWith({ 'segments/gold-at-risk.yaml': text }))
    expect(problems[0]).toMatchObject({ code: 'definition-invalid', file: 'segments/gold-at-risk.yaml', message: expect.stringContaining(reason) })
  })

  it.each(['activations/tier-to-crm.yaml', 'products/customer-360.sql', 'lockstep.yaml'])('names %s where it is no file, and reads the rest', async (path) => {
    const files = sampleWith()
    const readText = async (asked: string): Promise<string> => (asked === `${folder}/${path}` ? refuseUnlessFile(asked, 'pipe') : undefined) ?? files.readText(asked)
    const workspace = await loadWorkspace(folder, { ...files, readText })
    expect(workspace.problems).toContainEqual(expect.objectContaining({ message: `${path} is a named pipe, not a file.` }))
    expect(workspace.definitions.segment.size).toBeGreaterThan(0)
  })

  const tierToCrm = 'activations/tier-to-crm.yaml'
  const table: [string, Parameters<typeof sampleWith>[0], object][] = [
    [
      'malformed YAML names line and column',
      { [tierToCrm]: replacing('owner: Sales operations', 'owner: "Sales operations') },
      { code: 'definition-invalid', file: tierToCrm, line: expect.any(Number), message: expect.stringMatching(/not valid YAML.*line \d+, column \d+/) },
    ],
    [
      'a tab for indentation is malformed YAML',
      { 'segments/active-customers.yaml': replacing('  all:', '\tall:') },
      { file: 'segments/active-customers.yaml', line: 4, message: expect.stringContaining('not valid YAML') },
    ],
    [
      'an unknown field names itself and its nearest relative',
      { [tierToCrm]: replacing('authority: review', 'autority: review') },
      { code: 'definition-invalid', file: tierToCrm, line: 10, field: 'autority', message: "'autority' is not a field of this file.", next: "Did you mean 'authority'?" },
    ],
    [
      'an unknown field deep inside a list',
      { [tierToCrm]: replacing('{ from: tier, to: tier }', '{ from: tier, to: tier, trimm: true }') },
      { line: 15, field: 'fields.3.trimm', next: "Did you mean 'trim'?" },
    ],
    [
      'an unknown field in a filter condition',
      { 'segments/valuable-and-at-risk.yaml': replacing('{ column: tier, operator', '{ colum: tier, operator') },
      { file: 'segments/valuable-and-at-risk.yaml', line: 8, field: expect.stringContaining('filter.all.1.any.0.colum'), next: "Did you mean 'column'?" },
    ],
    [
      'an operator that does not exist',
      { 'segments/active-customers.yaml': replacing('operator: is,', 'operator: equals,') },
      { file: 'segments/active-customers.yaml', line: 5, field: 'filter.all.0.operator', value: 'equals' },
    ],
    ['a value that is not on the list', { [tierToCrm]: replacing('mode: upsert', 'mode: upsrt') }, { field: 'mode', value: 'upsrt', line: 8, next: "Did you mean 'upsert'?" }],
    ['a missing field', { [tierToCrm]: replacing('product: customer-360\n', '') }, { field: 'product', message: "'product' is missing.", next: `Add 'product' to ${tierToCrm}.` }],
    [
      'a missing key column',
      { 'products/customer-360.yaml': replacing('key: customer_id', 'key: customer_nr') },
      { code: 'column-missing', file: 'products/customer-360.yaml', line: 6, field: 'key', value: 'customer_nr' },
    ],
    ['an SQL file that is not there', { 'products/customer-360.sql': undefined }, { file: 'products/customer-360.yaml', line: 5, field: 'sql', value: 'customer-360.sql' }],
    ['an SQL file elsewhere', { 'products/customer-360.yaml': replacing('sql: customer-360.sql', 'sql: ../../etc/x.sql') }, { field: 'sql', message: expect.stringContaining('not a file beside this one') }],
    ['neither sql nor table', { 'products/policies.yaml': replacing('table: policies\n', '') }, { file: 'products/policies.yaml', message: 'Give either sql or table.' }],
    [
      'a source that does not exist',
      { 'products/policies.yaml': replacing('source: warehouse', 'source: warehose') },
      { file: 'products/policies.yaml', line: 4, field: 'source', value: 'warehose', next: "Did you mean 'warehouse'?" },
    ],
    [
      'a mapped column the product does not have',
      { [tierToCrm]: replacing('from: tier,', 'from: tierr,') },
      { code: 'column-missing', file: tierToCrm, line: 15, field: 'fields.3.from', value: 'tierr', next: "Did you mean 'tier'?" },
    ],
    ['a match column the product does not have', { [tierToCrm]: replacing('match: { column: email', 'match: { column: mail') }, { code: 'column-missing', field: 'match.column', value: 'mail' }],
    ['a segment over another product', { 'segments/active-customers.yaml': replacing('product: customer-360', 'product: policies') }, { field: 'segment', message: expect.stringContaining("is over 'policies'") }],
    [
      'a filter on a column the product does not have',
      { 'segments/renewing-soon.yaml': replacing('column: renewal_date', 'column: renewal') },
      { code: 'column-missing', file: 'segments/renewing-soon.yaml', line: 6, field: 'filter.all.1.column', next: "Did you mean 'renewal_date'?" },
    ],
    ['a number where a date belongs', { 'segments/renewing-soon.yaml': replacing('operator: in the next days, value: 60', 'operator: before, value: 60') }, { field: 'filter.all.1.value', value: '60' }],
    [
      "'latest wins' without a time of change",
      { 'products/customer-360.yaml': replacing('changedAt: changed_at\n', '') },
      { file: tierToCrm, line: 19, field: 'fields.6.authority', value: 'latest wins' },
    ],
    [
      'two enabled activations on one field, naming both files',
      { 'activations/profile-to-crm.yaml': replacing('to: phone }', 'to: tier }') },
      { code: 'field-claimed-twice', file: tierToCrm, value: 'tier', message: expect.stringMatching(/profile-to-crm\.yaml and .*tier-to-crm\.yaml both write 'tier'/) },
    ],
    ['one field mapped twice in one activation', { [tierToCrm]: replacing('to: risk_band', 'to: tier') }, { file: tierToCrm, field: 'fields.5.to', value: 'tier' }],
    ['a file name that cannot be an id', { 'segments/My Segment.yaml': 'name: x' }, { file: 'segments/My Segment.yaml', message: expect.stringContaining('not a name') }],
    ['the wrong ending', { 'segments/new.yml': 'name: x' }, { file: 'segments/new.yml', next: expect.stringContaining('.yaml') }],
    ['a time zone nobody knows', { 'lockstep.yaml': replacing('Europe/London', 'Europe/Lundon') }, { file: 'lockstep.yaml', line: 3, field: 'timezone' }],
    ['an empty file', { 'segments/new.yaml': '' }, { file: 'segments/new.yaml', line: 1, message: expect.stringContaining('must be a group of fields') }],
    ['an alias that leads nowhere', { 'segments/new.yaml': 'name: *nobody\n' }, { file: 'segments/new.yaml' }],
  ]

  it.each(table)('%s', async (_name, changes, problem) => {
    const workspace = await loadWorkspace(folder, sampleWith(changes))
    expect(workspace.problems).toContainEqual(expect.objectContaining(problem))
    for (const found of workspace.problems) expect(found.next, found.message).toBeTruthy()
  })

  it('keeps the other files usable when one is bad', async () => {
    const workspace = await loadWorkspace(folder, sampleWith({ 'segments/gold-and-platinum.yaml': 'name: [', 'connections/support.yaml': 'nme: x' }))
    expect([...workspace.definitions.segment.keys()]).not.toContain('gold-and-platinum')
    expect(requireActivation(workspace, 'tier-to-crm').segment?.id).toBe('active-customers')
    expect(() => requireActivation(workspace, 'tier-to-support')).toThrow(expect.objectContaining({ code: 'definition-invalid', place: expect.objectContaining({ file: 'connections/support.yaml' }) }))
  })

  it('does not call a file that cannot be read missing', async () => {
    const workspace = await loadWorkspace(folder, sampleWith({ 'sources/warehouse.yaml': 'type: duckdb\npth: x\npath: y\n' }))
    expect(new Set(workspace.problems.map(({ file }) => file))).toEqual(new Set(['sources/warehouse.yaml']))
  })

  it('lets a switched-off activation map what another one writes', async () => {
    const workspace = await loadWorkspace(folder, sampleWith({ 'activations/profile-to-crm.yaml': (text) => `${text.replace('to: phone }', 'to: tier }')}enabled: false\n` }))
    expect(workspace.problems).toEqual([])
  })

  it('refuses groups deeper than three levels', async () => {
    const filter = 'filter: { all: [ { any: [ { all: [ { any: [ { column: tier, operator: has a value } ] } ] } ] } ] }'
    const workspace = await loadWorkspace(folder, sampleWith({ 'segments/deep.yaml': `name: Deep\nproduct: customer-360\n${filter}\n` }))
    expect(workspace.problems).toEqual([expect.objectContaining({ file: 'segments/deep.yaml', line: 3, message: expect.stringContaining('at most 3 levels') })])
  })

  it('suggests the nearest activation', async () => {
    const workspace = await loadWorkspace(folder, sampleWith())
    expect(() => requireActivation(workspace, 'tier-to-crn')).toThrow(expect.objectContaining({ code: 'not-found', place: expect.objectContaining({ next: "Did you mean 'tier-to-crm'?" }) }))
  })
})

describe('pinnedDefinitions', () => {
  it('copies everything a plan used, word for word', async () => {
    const files = sampleWith({ 'policies/keep-tier.yaml': 'name: Keep tier\nactivation: tier-to-crm\nfield: tier\ntake: destination\n' })
    const pinned = pinnedDefinitions(await loadWorkspace(folder, files), 'tier-to-crm')
    expect(pinned.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'workspace harbour-mutual',
      'source warehouse',
      'product customer-360',
      'sql customer-360',
      'segment active-customers',
      'connection crm',
      'identity people',
      'activation tier-to-crm',
      'policy keep-tier',
    ])
    for (const { path, text } of pinned) expect(files.texts.get(`${folder}/${path}`)).toBe(text)
  })
})
