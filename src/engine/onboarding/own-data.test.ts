import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileOptions } from '../../contract/shapes.ts'
import { checkProduct, previewProduct } from '../audience/look-at-product.ts'
import { openDuckDb } from '../storage/duckdb.ts'
import { diskFiles } from '../testing/disk-files.ts'
import { ownQueries } from '../testing/own-queries.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { loadWorkspace } from '../workspace/load-workspace.ts'
import { initialiseWorkspace } from './initialise-workspace.ts'
import { inspectFile } from './inspect-file.ts'

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'lockstep-own-data-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const clock = createFakeClock()

function file(name: string, content: string | Buffer): string {
  writeFileSync(join(root, name), content)
  return join(root, name)
}

const ports = () => ({ files: diskFiles, queries: ownQueries, clock, tempFolder: join(root, 'scratch') })
const inspect = (path: string, options: FileOptions = {}) => inspectFile({ path, options, ...ports() })

async function duckdb<T>(path: string | undefined, work: (db: Awaited<ReturnType<typeof openDuckDb>>) => Promise<T>): Promise<T> {
  const db = await openDuckDb({ tempFolder: join(root, 'spill'), ...(path === undefined ? {} : { path }) })
  try {
    return await work(db)
  } finally {
    db.closeInstance()
  }
}

describe('inspecting a CSV file', () => {
  it('keeps numbers of something as text and says why', async () => {
    const path = file('codes.csv', 'id,zip,phone,account,amount,joined,when,vip,note\n1,01067,+4915112345,12345678901234567,12.50,2026-01-31,31.01.2026,true,a\n2,10115,+4915112346,12345678901234568,7,2026-02-01,01.02.2026,false,\n')
    const inspected = await inspect(path)
    expect(inspected).toMatchObject({ format: 'csv', delimiter: ',', encoding: 'utf-8', header: true, rows: 2, keyProposal: ['id', 'zip', 'account', 'when', 'phone'] })
    expect(inspected.columns.map(({ name, type, textBecause }) => [name, type, textBecause])).toEqual([
      ['id', 'BIGINT', undefined],
      ['zip', 'VARCHAR', 'it has leading zeros'],
      ['phone', 'VARCHAR', 'it has plus signs'],
      ['account', 'VARCHAR', 'it has numbers of more than 15 digits'],
      ['amount', 'DOUBLE', undefined],
      ['joined', 'DATE', undefined],
      ['when', 'VARCHAR', 'its dates are not written as 2026-01-31'],
      ['vip', 'BOOLEAN', undefined],
      ['note', 'VARCHAR', undefined],
    ])
    expect(inspected.preview[0]).toEqual([1, '01067', '+4915112345', '12345678901234567', 12.5, '2026-01-31', '31.01.2026', true, 'a'])
    expect(inspected.columns.at(-1)).toMatchObject({ empty: 1 })
  })

  it.each([
    ['semicolons', 'a;b\n1;"x;y"\n2;z\n', ';', [['1', 'x;y'], ['2', 'z']]],
    ['tabs', 'a\tb\n1\tx\n', '\t', [['1', 'x']]],
    ['bars', 'a|b|c\n1|x,y|z\n', '|', [['1', 'x,y', 'z']]],
    ['one column', 'a\nx\ny\n', ',', [['x'], ['y']]],
    ['Windows line ends and a mark', '\uFEFFa,b\r\n1,x\r\n2,y\r\n', ',', [['1', 'x'], ['2', 'y']]],
    ['line breaks inside quotes', 'a,b\n1,"two\nlines ""quoted"""\n', ',', [['1', 'two\nlines "quoted"']]],
    ['no line end at the end', 'a,b\n1,x', ',', [['1', 'x']]],
    ['blank lines', 'a,b\n1,x\n\n2,y\n\n', ',', [['1', 'x'], ['2', 'y']]],
    ['odd names', '"my ""col""",b c,ü\n1,x,z\n', ',', [['1', 'x', 'z']]],
  ])('reads %s', async (name, text, delimiter, rows) => {
    const inspected = await inspect(file(`${name.replaceAll(' ', '-')}.csv`, text))
    expect(inspected.delimiter).toBe(delimiter)
    expect(inspected.preview.map((row) => row.map(String))).toEqual(rows)
  })

  it.each([
    ['latin-1' as const, Buffer.from('name,city\nZo\xeb,K\xf6ln\nJos\xe9 \x80,M\xe1laga\n', 'latin1')],
    ['utf-16' as const, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('name,city\nZoë,Köln\nJosé €,Málaga\n', 'utf16le')])],
    ['utf-16' as const, Buffer.from('name,city\nZoë,Köln\nJosé €,Málaga\n', 'utf16le').swap16()],
    ['utf-8' as const, Buffer.from('name,city\nZoë,Köln\nJosé €,Málaga\n')],
  ])('reads %s', async (encoding, bytes) => {
    const inspected = await inspect(file(`encoding-${encoding}-${bytes[0]}.csv`, bytes))
    expect(inspected).toMatchObject({ encoding, preview: [['Zoë', 'Köln'], ['José €', 'Málaga']] })
  })

  it('lets delimiter, header and types be changed', async () => {
    const path = file('changed.csv', '1;a,b;007\n2;c;008\n')
    expect(await inspect(path)).toMatchObject({ header: false, delimiter: ';', columns: [{ name: 'column0' }, { name: 'column1' }, { name: 'column2', type: 'VARCHAR' }] })
    expect(await inspect(path, { types: { column0: 'varchar' } })).toMatchObject({ columns: [{ type: 'VARCHAR' }, {}, {}], preview: [['1', 'a,b', '007'], ['2', 'c', '008']] })
    expect(await inspect(path, { types: { column2: 'bigint' } })).toMatchObject({ columns: [{}, {}, { type: 'BIGINT', unfit: 2 }], load: 0, blocked: 2 })
    expect((await inspect(path, { header: true })).rows).toBe(1)
    await expect(inspect(path, { types: { column2: 'NUMBER' } })).rejects.toMatchObject({ code: 'bad-input', place: { field: 'column2', value: 'NUMBER' } })
    await expect(inspect(path, { types: { gone: 'DATE' } })).rejects.toMatchObject({ code: 'column-missing', place: { value: 'gone' } })
  })

  it.each([
    ['too many values', 'a,b\n1,x\n2,y,z\n', 3, 'column 4', 'line 3 has 3 values, but the first line has 2'],
    ['too few values', 'a,b,c\n1,x,y\n2,y\n', 3, 'column 4', 'line 3 has 2 values, but the first line has 3'],
    ['a quote that is never closed', 'a,b\n1,x\n2,"y\n3,z\n', 3, 'column 3', 'never closed'],
    ['text behind a quote', 'a,b\n1,"x"y\n', 2, 'column 6', 'text after the closing quote'],
    ['after a quoted line break, counted in characters', 'a,b\n"Ä\nö",x,y\n', 3, 'column 5', 'line 2 has 3 values'],
  ])('names line and column of %s', async (name, text, line, column, message) => {
    await expect(inspect(file(`bad-${name.replaceAll(' ', '-')}.csv`, text), { delimiter: ',' })).rejects.toMatchObject({
      code: 'file-malformed',
      message: expect.stringContaining(message),
      place: { line, field: column },
    })
  })

  it('says what a file is that it cannot read', async () => {
    await expect(inspect(file('empty.csv', ''))).rejects.toMatchObject({ code: 'file-malformed', message: 'The file is empty.' })
    await expect(inspect(file('book.csv', Buffer.from('PK\u0003\u0004 and so on', 'latin1')))).rejects.toMatchObject({ message: expect.stringContaining('spreadsheet') })
    await expect(inspect(file('bad.parquet', 'a,b\n1,2\n'))).rejects.toMatchObject({ message: 'The file ends in .parquet, but is none.' })
    await expect(inspect(join(root, 'nowhere.csv'))).rejects.toMatchObject({ code: 'source-missing' })
  })
})

describe('inspecting other files', () => {
  it('reads Parquet as it is', async () => {
    const path = join(root, 'data.parquet')
    await duckdb(undefined, (db) => db.run(`COPY (SELECT i AS order_id, 'c' || i % 3 AS customer, DATE '2026-01-01' + CAST(i AS INTEGER) AS day FROM range(50) AS r(i)) TO '${path}' (FORMAT parquet)`))
    expect(await inspect(path)).toMatchObject({ format: 'parquet', rows: 50, keyProposal: ['order_id'], columns: [{ type: 'BIGINT', distinct: 50 }, { type: 'VARCHAR' }, { type: 'DATE' }] })
  })

  it('looks at the largest table of a DuckDB file unless another is chosen', async () => {
    const path = join(root, 'sizes.duckdb')
    await duckdb(path, (db) => db.run('CREATE TABLE codes AS SELECT 1 AS code; CREATE TABLE people AS SELECT i AS id FROM range(40) AS r(i)'))
    expect(await inspect(path)).toMatchObject({ tables: ['codes', 'people'], rows: 40 })
  })

  it('shows the tables of a DuckDB file and reads the chosen one', async () => {
    const path = join(root, 'two.duckdb')
    await duckdb(path, (db) => db.run('CREATE TABLE b AS SELECT 1 AS x; CREATE TABLE "a.b" AS SELECT 2 AS y, 3 AS "Z z"'))
    expect(await inspect(path)).toMatchObject({ format: 'duckdb', tables: ['a.b', 'b'], preview: [[2, 3]] })
    expect(await inspect(path, { table: 'b' })).toMatchObject({ preview: [[1]] })
    await expect(inspect(path, { table: 'c' })).rejects.toMatchObject({ code: 'bad-input', place: { value: 'c' } })
  })
})

describe('initialiseWorkspace', () => {
  async function made(name: string, path: string, more: { key?: string; options?: FileOptions } = {}) {
    const folder = join(root, name)
    const result = await initialiseWorkspace({ file: path, folder, options: {}, ...more, ...ports() })
    const workspace = await loadWorkspace(folder, diskFiles)
    return { folder, result, workspace, access: { workspace, ...ports() } }
  }

  it('makes a workspace whose product reads the file as it was shown', async () => {
    const path = file('Kunden Liste.csv', Buffer.from('Nr;Name;PLZ\n1;Zo\xeb;01067\n2;J\xfcrgen;10115\n', 'latin1'))
    const { result, workspace, access } = await made('kunden', path)
    expect(result).toMatchObject({ source: 'kunden-liste', product: 'kunden-liste' })
    expect(workspace.problems).toEqual([])
    expect(workspace.definitions.source.get('kunden-liste')?.value).toEqual({ type: 'csv', path, csv: { delimiter: ';', encoding: 'latin-1', header: true, types: { Nr: 'BIGINT', Name: 'VARCHAR', PLZ: 'VARCHAR' } } })
    expect(workspace.definitions.product.get('kunden-liste')?.value).toMatchObject({ key: 'Nr', label: 'Name', table: 'Kunden Liste' })
    expect((await previewProduct(access, 'kunden-liste', 5)).rows).toEqual([[1, 'Zoë', '01067'], [2, 'Jürgen', '10115']])
    expect((await checkProduct(access, 'kunden-liste')).problems).toEqual([])
    expect(await diskFiles.readText(join(root, 'kunden', '.gitignore'))).toContain('.lockstep/')
  })

  it('adds a second file to a workspace that is there, without touching the first', async () => {
    const first = await made('two', file('one.csv', 'id,x\n1,a\n'))
    const header = await diskFiles.readText(join(first.folder, 'lockstep.yaml'))
    await made('two', file('two.csv', 'id,y\n1,b\n'))
    const again = await made('two', file('one.csv', 'id,x\n1,a\n'))
    expect([...again.workspace.definitions.product.keys()]).toEqual(['one', 'one-2', 'two'])
    expect(again.workspace.problems).toEqual([])
    expect(await diskFiles.readText(join(first.folder, 'lockstep.yaml'))).toBe(header)
  })

  it('takes a file along that lies in a scratch folder', async () => {
    await diskFiles.makeFolder(join(root, 'scratch', 'uploads'))
    const { workspace, access } = await made('uploaded', file('scratch/uploads/dropped.csv', 'id,x\n1,a\n'))
    expect(workspace.definitions.source.get('dropped')?.value.path).toBe('data/dropped.csv')
    expect((await previewProduct(access, 'dropped', 1)).rows).toEqual([[1, 'a']])
  })

  it('refuses a key that is missing, repeats or is empty, and leaves no workspace behind', async () => {
    const path = file('keys.csv', 'id,kind,mail\n1,a,x@example.com\n2,a,\n')
    await expect(made('keys', path, { key: 'nr' })).rejects.toMatchObject({ code: 'column-missing', place: { field: 'key', value: 'nr' } })
    await expect(made('keys', path, { key: 'kind' })).rejects.toMatchObject({ code: 'duplicate-keys', message: expect.stringContaining('repeats') })
    await expect(made('keys', path, { key: 'mail' })).rejects.toMatchObject({ code: 'duplicate-keys', message: expect.stringContaining('empty in 1 rows') })
    await expect(made('keys', file('header.csv', 'a,b\n'))).rejects.toMatchObject({ code: 'file-malformed', message: 'The file has columns, but no rows.' })
    await expect(made('keys', file('no-key.csv', 'a,b\n1,x\n1,x\n'))).rejects.toMatchObject({ code: 'duplicate-keys' })
    expect(await diskFiles.exists(join(root, 'keys', 'lockstep.yaml'))).toBe(false)
  })

  it('works over a DuckDB file', async () => {
    const path = join(root, 'shop.duckdb')
    await duckdb(path, (db) => db.run("CREATE TABLE people AS SELECT i AS person_id, 'P' || i AS name, [1, 2] AS tags FROM range(20) AS r(i)"))
    const { workspace, access } = await made('shop', path)
    expect(workspace.definitions.product.get('people')?.value).toMatchObject({ key: 'person_id', label: 'name', contract: [{ type: 'number', nullable: false }, { type: 'string' }, { column: 'tags', type: 'list' }] })
    expect((await checkProduct(access, 'people')).problems).toEqual([])
  })
})
