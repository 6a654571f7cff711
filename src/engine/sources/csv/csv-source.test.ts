import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CsvOptions } from '../../../contract/csv.ts'
import type { Raw } from '../../../contract/states.ts'
import { openDuckDb, quoteText } from '../../storage/duckdb.ts'
import { diskFiles } from '../../testing/disk-files.ts'
import { createFakeClock } from '../../testing/fake-clock.ts'
import { ownQueries } from '../../testing/own-queries.ts'
import { readTable } from '../../storage/raw-values.ts'
import { databaseOf } from '../../testing/database-of.ts'
import { openSource } from '../open-source.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-csv-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, content: string | Buffer): void {
  writeFileSync(join(folder, name), content)
}

/** Every row of a CSV file as a source reads it. */
async function rowsOf(path: string, csv: CsvOptions = {}, type: 'csv' | 'parquet' | 'duckdb' = 'csv', table?: string): Promise<{ names: string[]; types: string[]; rows: Raw[][] }> {
  const session = await openSource({ definition: { type, path, ...(type === 'csv' ? { csv } : {}) }, folder, files: diskFiles, queries: ownQueries, clock: createFakeClock(), tempFolder: join(folder, 'temp') })
  try {
    const name = table ?? path.replace(/^.*\//, '').replace(/\.[^.]+$/, '')
    const { columns, rows } = await readTable(databaseOf(session), `SELECT * FROM "${name.replaceAll('"', '""')}"`)
    return { names: columns.map((column) => column.name), types: columns.map(({ nativeType }) => nativeType), rows }
  } finally {
    await session.close()
  }
}

describe('a CSV file whose columns are pinned', () => {
  const csv: CsvOptions = { delimiter: ',', header: true, types: { customer_id: 'BIGINT', branch: 'BIGINT', born: 'DATE' } }

  it.each([
    ['leading zeros', '042,12,2001-02-03', 'customer_id', '042'],
    ['decimals', '42.6,12,2001-02-03', 'customer_id', '42.6'],
    ['codes', '42,0012,2001-02-03', 'branch', '0012'],
    ['rounded numbers', '42,13.6,2001-02-03', 'branch', '13.6'],
    ['underscores', '42,1_3,2001-02-03', 'branch', '1_3'],
    ['hexadecimal numbers', '42,0x10,2001-02-03', 'branch', '0x10'],
    ['a time behind a date', '42,12,2001-02-03 23:59:00', 'born', '2001-02-03 23:59:00'],
  ])('is refused when it is replaced by one with %s', async (_name, row, field, value) => {
    write('customers.csv', 'customer_id,branch,born\n42,12,2001-02-03\n43,12,\n')
    expect((await rowsOf('customers.csv', csv)).rows).toEqual([[42, 12, '2001-02-03'], [43, 12, null]])
    write('customers.csv', `customer_id,branch,born\n43,12,2001-02-03\n${row}\n`)
    await expect(rowsOf('customers.csv', csv)).rejects.toMatchObject({ code: 'file-malformed', place: { file: 'customers.csv', line: 3, field, value } })
  })

  it('tells how many values do not fit, and where the first is, counting line breaks inside quotes', async () => {
    write('many.csv', 'note,customer_id,born\n"two\nlines",1,2001-02-03\n"a\nb",042,2001-02-03\nc,7,yesterday\nd,+1,2001-02-03\n')
    await expect(rowsOf('many.csv', { ...csv, types: { ...csv.types, note: 'VARCHAR' } })).rejects.toMatchObject({
      message: "Line 5 of many.csv: '042' in the column 'customer_id' is no whole number. 2 more values do not fit, in 'customer_id', 'born'.",
      place: { line: 5, field: 'customer_id', value: '042' },
    })
  })

  it('reads the new content of a file of the same size at once', async () => {
    for (const name of ['Ann', 'Bob', 'Cid']) {
      write('same.csv', `id,name\n1,${name}\n`)
      expect((await rowsOf('same.csv', { header: true, types: { id: 'BIGINT', name: 'VARCHAR' } })).rows).toEqual([[1, name]])
    }
  })

  it('refuses a file in another encoding than before', async () => {
    const latin: CsvOptions = { encoding: 'latin-1', header: true, types: { name: 'VARCHAR' } }
    write('encoded.csv', Buffer.from('name\nZo\xeb\n', 'latin1'))
    expect((await rowsOf('encoded.csv', latin)).rows).toEqual([['Zoë']])
    write('encoded.csv', 'name\nZoë\n')
    await expect(rowsOf('encoded.csv', latin)).rejects.toMatchObject({ code: 'file-malformed', place: { field: 'csv.encoding', value: 'latin-1', next: expect.stringContaining('utf-8') } })
    write('encoded.csv', 'name\nZoe\n')
    expect((await rowsOf('encoded.csv', latin)).rows).toEqual([['Zoe']])
  })

  it('has no value where the source says so', async () => {
    write('nothing.csv', 'id,first,score\n1,\\N,n/a\n2,NULL,7\n3,#N/A,\n')
    const types = { id: 'BIGINT', first: 'VARCHAR', score: 'BIGINT' }
    const declared = await rowsOf('nothing.csv', { header: true, types, empty: ['\\N', '#N/A'], formats: { score: { empty: ['n/a'] } } })
    expect(declared.rows).toEqual([[1, null, null], [2, 'NULL', 7], [3, null, null]])
    await expect(rowsOf('nothing.csv', { header: true, types })).rejects.toMatchObject({ place: { line: 2, field: 'score', value: 'n/a' } })
  })
})

describe('a CSV file of a source without types', () => {
  it('loads as what all texts of a column spell', async () => {
    write('open.csv', 'id,code,amount,vip,tags,seen,flag,note\n1,12E5,12.50,true,"[""vip"",""newsletter""]",2026-01-31T10:00:00Z,F,#1001\n2,0x1A,7,no,[],2026-02-01T10:00:00+02:00,F,1003\n')
    expect(await rowsOf('open.csv')).toEqual({
      names: ['id', 'code', 'amount', 'vip', 'tags', 'seen', 'flag', 'note'],
      types: ['BIGINT', 'VARCHAR', 'DOUBLE', 'BOOLEAN', 'VARCHAR[]', 'TIMESTAMP WITH TIME ZONE', 'VARCHAR', 'VARCHAR'],
      rows: [
        [1, '12E5', 12.5, true, ['vip', 'newsletter'], '2026-01-31T10:00:00Z', 'F', '#1001'],
        [2, '0x1A', 7, false, [], '2026-02-01T08:00:00Z', 'F', '1003'],
      ],
    })
  })

  it('has no comments, however many lines begin with #', async () => {
    const rows = Array.from({ length: 40 }, (_, at) => `${1_000_000_000_000_000 + at},a`)
    write('hash.csv', ['id,name', ...rows, '#41,b', '#42,c', ''].join('\n'))
    expect((await rowsOf('hash.csv')).rows).toHaveLength(42)
    write('hash.csv', ['id,name,tier', ...[...rows, '#41,b', '#42,c'].map((row) => `${row},gold`), ''].join('\n'))
    expect((await rowsOf('hash.csv', { types: { id: 'VARCHAR', name: 'VARCHAR' } })).rows.at(-1)).toEqual(['#42', 'c', 'gold'])
    write('remarks.csv', '# made by hand\nid,name\n# another\n1,a # b\n#last')
    expect((await rowsOf('remarks.csv', { comment: '#' })).rows).toEqual([[1, 'a # b']])
  })
})

describe('the form of a CSV file', () => {
  it.each<[string, string | Buffer, Raw[][]]>([
    ['a first line sep=;', 'sep=;\r\nid;name\r\n1;a,b\r\n', [[1, 'a,b']]],
    ['a first line "sep=,"', '"sep=,"\nid,name\n1,b\n', [[1, 'b']]],
    ['mixed line ends', 'id,name\n1,x\r\n2,y\n3,"a\r\nb"\r\n', [[1, 'x'], [2, 'y'], [3, 'a\r\nb']]],
    ['line ends of an old Mac', 'id,name\r1,x\r2,y\r', [[1, 'x'], [2, 'y']]],
    ['a blank first line', '\n\nid,name\n1,x\n', [[1, 'x']]],
    ['spaces around quotes', 'id, name\n1, "a,b" \n', [[1, 'a,b']]],
    ['a quote inside a value', 'id,name\n1,5" disk\n2,"6"" disk"\n', [[1, '5" disk'], [2, '6" disk']]],
    ['a mark of UTF-8', '\uFEFFid,name\n1,x', [[1, 'x']]],
    ['columns without a name', 'id,\n1,x\n', [[1, 'x']]],
  ])('is understood with %s', async (name, text, rows) => {
    const path = `form-${name.replaceAll(/\W/g, '-')}.csv`
    write(path, text)
    expect((await rowsOf(path, { header: true })).rows).toEqual(rows)
  })

  it.each<[string, string | Buffer, CsvOptions, object]>([
    ['a NUL in a column name', 'id,na\0me\n1,x\n', {}, { message: 'The file breaks its own form at line 1, column 6: a NUL character.', place: { line: 1 } }],
    ['a NUL in a value', 'id,name\n1,x\n2,\0\n', {}, { place: { line: 3, field: 'column 3' } }],
    ['bytes that are not UTF-8', Buffer.from('id,name\n1,x\n2,\xff\n', 'latin1'), {}, { place: { line: 3 } }],
    ['a row that is too long, even by nothing', 'id,name\n1,x,\n', { delimiter: ',' }, { place: { line: 2 } }],
    ['a row that is too short', 'id,name\n1\n', { delimiter: ',' }, { place: { line: 2 } }],
    ['a quote that is never closed', 'id,name\n1,"x\n2,y\n', {}, { place: { line: 2, field: 'column 3' } }],
    ['two columns of one name', 'id,Name,name\n1,x,y\n', {}, { message: "The columns 2 and 3 are both named 'name'.", place: { line: 1, field: 'name' } }],
    ['nothing', '', {}, { message: 'The file is empty.' }],
  ])('is refused with %s', async (_name, text, options, error) => {
    write('broken.csv', text)
    await expect(rowsOf('broken.csv', { header: true, ...options })).rejects.toMatchObject({ code: 'file-malformed', ...error })
  })

  it('splits at delimiters of several characters', async () => {
    write('long.csv', 'id||name\n1||a|b\n2||§\n')
    expect((await rowsOf('long.csv', { delimiter: '||' })).rows).toEqual([[1, 'a|b'], [2, '§']])
    write('long.csv', 'id§name\n1§ä\n')
    expect((await rowsOf('long.csv', { delimiter: '§' })).rows).toEqual([[1, 'ä']])
  })
})

describe('a file whose name is a pattern to others', () => {
  it.each(['customers[1]', 'customers*', 'customers?', 'customers{1,2}', "customers'1", 'year=2026'])('%s is read, and no other', async (name) => {
    const inside = name === 'year=2026' ? 'year=2026/a' : name
    mkdirSync(join(folder, 'year=2026'), { recursive: true })
    write('customers1.csv', 'id,from\n1,other\n')
    write(`${inside}.csv`, 'id,from\n1,this\n')
    expect(await rowsOf(`${inside}.csv`)).toMatchObject({ names: ['id', 'from'], rows: [[1, 'this']] })
    const db = await openDuckDb({ tempFolder: join(folder, 'spill') })
    await db.run(`COPY (SELECT 'this' AS "from") TO ${quoteText(join(folder, `${inside}.parquet`))} (FORMAT parquet); COPY (SELECT 'other' AS "from") TO ${quoteText(join(folder, 'customers1.parquet'))} (FORMAT parquet)`)
    db.closeInstance()
    expect((await rowsOf(`${inside}.parquet`, {}, 'parquet')).rows).toEqual([['this']])
    const own = await openDuckDb({ path: join(folder, `${inside}.duckdb`), tempFolder: join(folder, 'spill') })
    await own.run(`CREATE TABLE IF NOT EXISTS here AS SELECT 'this' AS "from"`)
    own.closeInstance()
    expect((await rowsOf(`${inside}.duckdb`, {}, 'duckdb', 'here')).rows).toEqual([['this']])
  })
})
