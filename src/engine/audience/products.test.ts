import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSample } from '../sample/create-sample.ts'
import { MAXIMUM_PARTS } from '../workspace/filter-tree.ts'
import { columnValues, countSegment, sampleSegment, whyInSegment } from './look-at-segment.ts'
import { previewSource, sourceTables } from './look-at-source.ts'
import { openDuckDb } from '../storage/duckdb.ts'
import { diskFiles } from '../testing/disk-files.ts'
import { ownQueries } from '../testing/own-queries.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { loadWorkspace } from '../workspace/load-workspace.ts'
import { extract } from './extract.ts'
import { checkProduct, previewProduct } from './look-at-product.ts'

const CUSTOMERS = 600
let root: string
let folder: string
const clock = createFakeClock(Date.parse('2026-11-23T12:00:00Z'))

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lockstep-products-'))
  folder = join(root, 'sample')
  await createSample({ folder, files: diskFiles, customers: CUSTOMERS })
  const db = await openDuckDb({ path: join(folder, 'warehouse.duckdb'), tempFolder: join(root, 'spill') })
  await db.run("CREATE TABLE odd AS SELECT CASE WHEN i < 3 THEN 1 WHEN i < 5 THEN NULL ELSE i END AS id, 'v' || i AS key, i::HUGEINT AS total, uuid() AS ref, i % 2 = 0 AS do_not_send FROM range(10) AS r(i)")
  await db.run("CREATE TABLE amounts AS SELECT * FROM (VALUES (1001.0::DOUBLE, 'Zoe' || chr(776), ['a', 'b']), (1002.50, 'Zoë', ['a']), (1e16, NULL, NULL), ('nan', '', []::VARCHAR[])) v(id, name, tags)")
  db.closeInstance()
  writeFileSync(join(folder, 'products', 'amounts.yaml'), 'name: Amounts\nsource: warehouse\ntable: amounts\nkey: id\ncontract:\n  - { column: id, type: number }\n  - { column: name, type: string, nullable: false }\n  - { column: tags, type: list }\n')
  writeFileSync(join(folder, 'activations', 'amounts.yaml'), 'name: Amounts\nproduct: amounts\ndestination: { connection: marketing, object: odd }\nmatch: { column: id, field: external_id }\nfields:\n  - { from: name, to: name_of }\n')
  const contract = 'contract:\n  - { column: id, type: number }\n  - { column: key, type: string }\n  - { column: total, type: number }\n  - { column: ref, type: string }\n  - { column: do_not_send, type: boolean }\n'
  writeFileSync(join(folder, 'products', 'odd.yaml'), `name: Odd\nsource: warehouse\ntable: odd\nkey: id\n${contract}`)
  const activation = "destination: { connection: marketing, object: odd }\nmatch: { column: id, field: external_id }\nfields:\n  - { from: key, to: key }\n"
  writeFileSync(join(folder, 'activations', 'odd.yaml'), `name: Odd\nproduct: odd\n${activation}`)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function access() {
  return { workspace: await loadWorkspace(folder, diskFiles), files: diskFiles, queries: ownQueries, clock, tempFolder: join(root, 'spill') }
}

async function extracted(activation: string, columns: string[], more: { keys?: string[]; limit?: number } = {}) {
  const toParquet = join(root, `${activation}.parquet`)
  const extraction = await extract({ ...(await access()), activation, columns, toParquet, ...more })
  const db = await openDuckDb({ tempFolder: join(root, 'spill') })
  const rows = await db.rows<Record<string, unknown>>(`SELECT * FROM '${toParquet}' ORDER BY key`)
  const types = await db.rows<{ column_name: string; column_type: string }>(`DESCRIBE SELECT * FROM '${toParquet}'`)
  db.closeInstance()
  return { extraction, rows, types: Object.fromEntries(types.map(({ column_name: name, column_type: type }) => [name, type])) }
}

/** Writes other text to a definition for one test. */
async function changed<T>(path: string, text: string, work: () => Promise<T>): Promise<T> {
  const file = join(folder, path)
  const before = await diskFiles.readText(file)
  writeFileSync(file, text)
  try {
    return await work()
  } finally {
    writeFileSync(file, before)
  }
}

describe('extract', () => {
  it('writes the audience with its key as text, columns in their own types, and who is not to be sent', async () => {
    const { extraction, rows, types } = await extracted('tier-and-offers-to-marketing', ['tier', 'churn_propensity', 'interests', 'renewal_date', 'marketing_consent'])
    expect(types).toEqual({ key: 'VARCHAR', tier: 'VARCHAR', churn_propensity: 'DECIMAL(4,3)', interests: 'JSON', renewal_date: 'DATE', marketing_consent: 'VARCHAR', do_not_send: 'BOOLEAN' })
    expect(extraction).toMatchObject({ rows: rows.length, nullKeys: 0, duplicateKeys: 0, readAt: clock.now() })
    const held = rows.filter((row) => row['do_not_send'] === true)
    expect(held.length).toBeGreaterThan(0)
    expect(rows.every((row) => (row['marketing_consent'] === 'unsubscribed') === row['do_not_send'])).toBe(true)
  })

  it('counts what the segment counts', async () => {
    const { workspace, ...rest } = await access()
    const segment = workspace.definitions.segment.get('reachable-customers')
    const counted = await countSegment({ workspace, ...rest }, 'customer-360', segment?.value.filter ?? { all: [] })
    expect((await extracted('tier-and-offers-to-marketing', [])).rows).toHaveLength(counted.inSegment)
  })

  it('makes small trials: the first by key, or the keys asked for', async () => {
    const all = (await extracted('tier-to-crm', ['tier'])).rows.map((row) => row['key'])
    expect((await extracted('tier-to-crm', ['tier'], { limit: 10 })).rows.map((row) => row['key'])).toEqual(all.slice(0, 10))
    expect((await extracted('tier-to-crm', ['tier'], { keys: [String(all[3]), "it's nobody"] })).rows.map((row) => row['key'])).toEqual([all[3]])
  })

  it('counts empty and repeated keys, and keeps columns apart that are named like its own', async () => {
    const { extraction, types } = await extracted('odd', ['key', 'total', 'ref', 'do_not_send'])
    expect(extraction).toMatchObject({ rows: 10, nullKeys: 2, duplicateKeys: 1, duplicateExamples: ['1'] })
    expect(extraction.columns).toEqual([
      { name: 'key', output: 'key_', nativeType: 'VARCHAR' },
      { name: 'total', output: 'total', nativeType: 'VARCHAR' },
      { name: 'ref', output: 'ref', nativeType: 'VARCHAR' },
      { name: 'do_not_send', output: 'do_not_send_', nativeType: 'BOOLEAN' },
    ])
    expect(types).toEqual({ key: 'VARCHAR', key_: 'VARCHAR', total: 'VARCHAR', ref: 'VARCHAR', do_not_send_: 'BOOLEAN', do_not_send: 'BOOLEAN' })
  })

  it('knows a row by the canonical text of its key, also where somebody gives one', async () => {
    const { rows } = await extracted('amounts', ['name'])
    expect(rows.map(({ key }) => key)).toEqual(['10000000000000000', '1001', '1002.5', 'nan'])
    expect((await extracted('amounts', [], { keys: ['1001.00', '1e16'] })).rows.map(({ key }) => key)).toEqual(['10000000000000000', '1001'])
    const filter = { all: [{ column: 'name', operator: 'is' as const, value: 'Zoë' }] }
    expect(await countSegment(await access(), 'amounts', filter)).toMatchObject({ total: 4, inSegment: 2 })
    expect(await whyInSegment(await access(), 'amounts', filter, '1001.0')).toMatchObject({ found: true, inside: true })
  })

  it('counts empty text as no value, and takes one value in two forms for one key', async () => {
    const { problems, columns } = await checkProduct(await access(), 'amounts')
    expect(columns.find(({ name }) => name === 'name')).toMatchObject({ empty: 2, distinct: 1 })
    expect(problems).toEqual([expect.objectContaining({ field: 'name', message: expect.stringContaining('2 rows') })])
    const path = 'products/amounts.yaml'
    const text = await diskFiles.readText(join(folder, path))
    await changed(path, text.replace('key: id', 'key: name'), async () => {
      expect((await checkProduct(await access(), 'amounts')).problems.map(({ code }) => code)).toContain('duplicate-keys')
    })
    await changed(path, text.replace('key: id', 'key: tags'), async () => {
      expect((await loadWorkspace(folder, diskFiles)).problems).toEqual([expect.objectContaining({ file: path, field: 'key', value: 'tags', message: expect.stringContaining('cannot be a key') })])
    })
  })

  const sql = 'products/customer-360.sql'
  it.each([
    ['SQL that writes', 'DELETE FROM customers', { code: 'sql-refused', place: { file: sql } }],
    ['SQL that reads files', "SELECT * FROM read_csv('/etc/passwd')", { code: 'sql-refused', place: { file: sql, value: 'read_csv' } }],
    ['SQL with a mistake', 'SELECT *\nFROM custmers', { code: 'bad-input', place: { file: sql, line: 2, next: expect.stringContaining('customers') } }],
    ['SQL that fails while it runs', "SELECT *, CAST(first_name AS INTEGER) AS n FROM customers JOIN decisions USING (customer_id)", { place: { file: expect.anything() } }],
    ['a promised column that is missing', 'SELECT customer_id, email FROM customers', { code: 'column-missing', place: { file: 'products/customer-360.yaml', line: 14, field: 'phone' } }],
  ])('refuses %s', async (_name, text, error) => {
    await changed(sql, text, async () => {
      await expect(extracted('tier-to-crm', ['tier'])).rejects.toMatchObject(error)
    })
  })

  it('names a promised type that the source does not keep', async () => {
    const path = 'products/policies.yaml'
    const text = await diskFiles.readText(join(folder, path))
    await changed(path, text.replace('annual_premium, type: number', 'annual_premium, type: boolean'), async () => {
      const { problems } = await checkProduct(await access(), 'policies')
      expect(problems).toEqual([expect.objectContaining({ code: 'type-mismatch', file: path, line: 11, field: 'annual_premium', value: 'DECIMAL(10,2)', next: expect.stringContaining('number') })])
    })
  })

  it('stops when it is cancelled', async () => {
    await expect(extract({ ...(await access()), activation: 'tier-to-crm', columns: [], toParquet: join(root, 'c.parquet'), signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('looking at data', () => {
  it('shows a source’s tables and the rows of one, capped', async () => {
    const look = await access()
    expect((await sourceTables(look, 'warehouse')).map(({ name }) => name)).toEqual(['amounts', 'customers', 'decisions', 'odd', 'payments', 'policies', 'tickets'])
    expect(await previewSource(look, { source: 'warehouse', sql: 'SELECT DATE \'2026-01-31\' AS d, TIMESTAMP \'2026-01-31 10:00:00.5\' AS t, 12.50::DECIMAL(9,2) AS n, [1, 2] AS l', limit: 5 })).toMatchObject({
      rows: [['2026-01-31', '2026-01-31T10:00:00.5Z', '12.50', [1, 2]]],
      columns: [{ type: 'date' }, { type: 'instant' }, { type: 'number' }, { type: 'list' }],
    })
    await expect(previewSource(look, { source: 'warehouse', table: 'custmers', limit: 5 })).rejects.toMatchObject({ code: 'bad-input', place: { next: "Did you mean 'customers'?" } })
    await expect(previewSource(look, { source: 'warehouse', sql: 'DROP TABLE customers', limit: 5 })).rejects.toMatchObject({ code: 'sql-refused' })
  })

  it('previews a product in the order of its key', async () => {
    const { rows, columns } = await previewProduct(await access(), 'customer-360', 3)
    expect(rows.map(([key]) => key)).toEqual(['HM-0000001', 'HM-0000002', 'HM-0000003'])
    expect(columns[0]).toEqual({ name: 'customer_id', nativeType: 'VARCHAR', type: 'string' })
  })

  it('checks a product: key, empty values, latest change', async () => {
    const good = await checkProduct(await access(), 'customer-360')
    expect(good).toMatchObject({ rows: CUSTOMERS, problems: [], latestChange: expect.stringMatching(/^2026-11-20T/) })
    expect(good.columns.find(({ name }) => name === 'email')?.empty).toBeGreaterThan(0)
    const { problems } = await checkProduct(await access(), 'odd')
    expect(problems.map(({ code, field }) => [code, field])).toEqual([
      ['bad-input', 'key'],
      ['duplicate-keys', 'key'],
    ])
  })
})

describe('looking at a segment', () => {
  const filter = {
    all: [
      { column: 'status', operator: 'is' as const, value: 'active' },
      { any: [{ column: 'tier', operator: 'is one of' as const, value: ['gold', 'platinum'] }, { column: 'lifetime_value', operator: 'at least' as const, value: 3000 }] },
      { column: 'churn_propensity', operator: 'at least' as const, value: 0.2 },
    ],
  }

  it('counts each part alone and after those before it', async () => {
    const count = await countSegment(await access(), 'customer-360', filter)
    expect(count.conditions.map(({ at }) => at)).toEqual(['0', '1', '1.0', '1.1', '2'])
    const [status, group, , , churn] = count.conditions
    expect(status?.together).toBe(status?.alone)
    expect(group?.together).toBeLessThan(group?.alone ?? 0)
    expect(churn?.together).toBe(count.inSegment)
    expect(count).toMatchObject({ total: CUSTOMERS, readAt: '2026-11-23T12:00:00.000Z' })
    expect(count.inSegment).toBeGreaterThan(0)
    expect(count.words).toBe('status is active and (tier is gold or platinum, or lifetime value is at least 3000) and churn propensity is at least 0.2')
  })

  it('says why a row is in or out', async () => {
    const look = await access()
    const inside = await sampleSegment(look, 'customer-360', filter, 1)
    const key = String(inside.rows[0]?.[0])
    const why = await whyInSegment(look, 'customer-360', filter, key)
    expect(why).toMatchObject({ key, found: true, inside: true })
    expect(why.reasons[0]).toEqual({ at: '0', words: 'status is active', holds: true, value: 'active' })
    expect(await whyInSegment(look, 'customer-360', { none: [filter] }, key)).toMatchObject({ inside: false })
    expect(await whyInSegment(look, 'customer-360', filter, 'nobody')).toEqual({ key: 'nobody', found: false, inside: false, reasons: [] })
  })

  it('offers values to pick, most frequent first, also from sets', async () => {
    const look = await access()
    const tiers = await columnValues(look, { product: 'customer-360', column: 'tier', limit: 10 })
    expect(tiers.map(({ value }) => value)).toEqual(['bronze', 'silver', 'gold', 'platinum'])
    expect(await columnValues(look, { product: 'customer-360', column: 'interests', search: 'ONL', limit: 10 })).toEqual([{ value: 'online', count: expect.any(Number) }])
  })

  it('counts the parts of a group of any, all and none by the first that decides', async () => {
    const tiers = ['bronze', 'silver', 'gold'].map((value) => ({ column: 'tier', operator: 'is' as const, value }))
    const look = await access()
    const any = await countSegment(look, 'customer-360', { any: tiers })
    const [bronze = 0, silver = 0, gold = 0] = any.conditions.map(({ alone }) => alone)
    expect(any.conditions.map(({ together }) => together)).toEqual([bronze, bronze + silver, bronze + silver + gold])
    expect(any.inSegment).toBe(bronze + silver + gold)
    const none = await countSegment(look, 'customer-360', { none: tiers })
    expect(none.conditions.map(({ together }) => together)).toEqual([CUSTOMERS - bronze, CUSTOMERS - bronze - silver, CUSTOMERS - bronze - silver - gold])
    const all = await countSegment(look, 'customer-360', { all: tiers })
    expect(all.conditions.map(({ together }) => together)).toEqual([bronze, 0, 0])
  })

  it('counts hundreds of conditions, and refuses thousands of them by name', async () => {
    const look = await access()
    const conditions = (count: number) => Array.from({ length: count }, (_, at) => ({ column: 'email', operator: 'is' as const, value: `nobody${at}@example.com` }))
    const counted = await countSegment(look, 'customer-360', { any: [...conditions(MAXIMUM_PARTS - 1), { column: 'status', operator: 'is', value: 'active' }] })
    expect(counted.conditions.at(-1)?.together).toBe(counted.inSegment)
    expect(counted.inSegment).toBeGreaterThan(0)
    await expect(countSegment(look, 'customer-360', { any: conditions(5000) })).rejects.toMatchObject({ code: 'bad-input', message: 'The filter has 5,000 conditions; at most 500 are possible.', place: { field: 'filter', next: expect.stringContaining('is one of') } })
    const values = Array.from({ length: 6000 }, (_, at) => `nobody${at}@example.com`)
    await expect(countSegment(look, 'customer-360', { any: [{ column: 'email', operator: 'is one of', value: values }] })).rejects.toMatchObject({ message: 'The filter lists 6,000 values; at most 5,000 are possible.', place: { field: 'filter.any.0.value' } })
  })

  it('refuses a filter it cannot evaluate, with the place', async () => {
    const look = await access()
    await expect(countSegment(look, 'customer-360', { all: [{ column: 'teir', operator: 'is', value: 'gold' }] })).rejects.toMatchObject({ code: 'column-missing', place: { field: 'filter.all.0.column', value: 'teir' } })
    await expect(countSegment(look, 'customer-360', { all: [{ column: 'tier', operator: 'at least', value: 3 }] })).rejects.toMatchObject({ code: 'bad-input', place: { field: 'filter.all.0.operator' } })
  })
})
