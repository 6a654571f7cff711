import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SourceDefinition } from '../../contract/definitions.ts'
import { openDuckDb } from '../storage/duckdb.ts'
import { diskFiles } from '../testing/disk-files.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { ownQueries } from '../testing/own-queries.ts'
import { openSource } from './open-source.ts'
import { databaseOf } from '../testing/database-of.ts'
import { explainFailure } from './source-errors.ts'
import { checkSelect } from './duckdb-kit/sql-safety.ts'
import { firstStatement } from './duckdb-kit/sql-text.ts'
import { listTables } from './duckdb-kit/list-tables.ts'
import { findTable, firstReadable } from './tables.ts'

let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-sources-'))
  const db = await openDuckDb({ path: join(folder, 'shop.duckdb'), tempFolder: join(folder, 'spill') })
  await db.run("CREATE TABLE orders AS SELECT i AS id, 'x' || i AS note, i * 1.5::DECIMAL(9,2) AS amount FROM range(100) AS r(i)")
  await db.run('CREATE SCHEMA crm; CREATE VIEW crm.people AS SELECT id, note FROM orders; CREATE MACRO latest(n) AS TABLE SELECT * FROM orders LIMIT n; CREATE MACRO leak() AS TABLE SELECT * FROM read_text(\'/etc/hostname\')')
  await db.run(`COPY orders TO '${join(folder, 'orders.parquet')}' (FORMAT parquet)`)
  db.closeInstance()
  writeFileSync(join(folder, 'people.csv'), 'id;name\n007;Zoë\n008;"Smith; Jr"\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const open = async (definition: SourceDefinition, writable?: string[]) => {
  const source = await openSource({ definition, folder, files: diskFiles, queries: ownQueries, clock: createFakeClock(), tempFolder: join(folder, 'spill'), ...(writable ? { writable } : {}) })
  return { ...source, db: databaseOf(source) }
}

async function within<T>(definition: SourceDefinition, work: (session: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
  const session = await open(definition)
  try {
    return await work(session)
  } finally {
    await session.close()
  }
}

function thrown(work: () => unknown): unknown {
  try {
    return work()
  } catch (cause) {
    return cause
  }
}

const shop: SourceDefinition = { type: 'duckdb', path: 'shop.duckdb' }

describe('openSource', () => {
  it('shows the tables of a DuckDB file with their columns', async () => {
    expect(await within(shop, ({ db }) => listTables(db))).toEqual([
      { name: 'crm.people', from: '"crm"."people"', columns: [expect.objectContaining({ name: 'id' }), { name: 'note', nativeType: 'VARCHAR', type: 'string' }] },
      { name: 'orders', from: '"main"."orders"', rows: 100, columns: [{ name: 'id', nativeType: 'BIGINT', type: 'number' }, expect.anything(), { name: 'amount', nativeType: expect.stringMatching(/^DECIMAL/), type: 'number' }] },
    ])
  })

  it('lists a view that cannot be read with its reason, and reads the others', async () => {
    const path = 'views.duckdb'
    const made = await openDuckDb({ path: join(folder, path), tempFolder: join(folder, 'spill') })
    await made.run("CREATE TABLE fine AS SELECT 1 AS id; CREATE TABLE gone AS SELECT 2 AS id; CREATE VIEW a_broken AS SELECT * FROM gone; CREATE VIEW outside AS SELECT * FROM read_text('/etc/hostname'); DROP TABLE gone")
    made.closeInstance()
    await within({ type: 'duckdb', path }, async ({ db }) => {
      const tables = await listTables(db)
      expect(tables.map(({ name, unreadable }) => [name, unreadable])).toEqual([
        ['a_broken', expect.stringContaining('gone')],
        ['fine', undefined],
        ['outside', expect.stringMatching(/disabled|Permission/)],
      ])
      expect(firstReadable(tables, 'The source')?.name).toBe('fine')
      expect(findTable(tables, 'The source', 'fine')).toMatchObject({ name: 'fine' })
      expect(thrown(() => findTable(tables, 'The source', 'a_broken'))).toMatchObject({ code: 'source-failed', message: "The source cannot read its view 'a_broken'.", place: { detail: expect.stringContaining('gone') } })
    })
  })

  it('shows a Parquet or CSV file as one table of its name', async () => {
    expect((await within({ type: 'parquet', path: 'orders.parquet' }, ({ db }) => listTables(db)))[0]).toMatchObject({ name: 'orders' })
    const people: SourceDefinition = { type: 'csv', path: 'people.csv', csv: { delimiter: ';', header: true, types: { id: 'VARCHAR', gone: 'DATE' } } }
    expect(await within(people, ({ db }) => db.rows('SELECT * FROM people ORDER BY id'))).toEqual([
      { id: '007', name: 'Zoë' },
      { id: '008', name: 'Smith; Jr' },
    ])
  })

  it.each([
    ['too many values', 'a,b\n1,x\n2,y,z\n', { line: 3, field: 'column 4' }],
    ['an open quote', 'a,b\n1,"x\n2,y\n', { line: 2, field: 'column 3' }],
    ['a value that is no number', 'a,b\n1,x\nq,y\n', { line: 3, field: 'a' }],
    ['bytes that are not UTF-8', Buffer.from('a,b\n1,x\n2,\xff\xfe\n', 'latin1'), { line: 3 }],
  ])('names the line of %s in a CSV file that was fine before', async (name, content, place) => {
    const path = `later-${name.replaceAll(' ', '-')}.csv`
    writeFileSync(join(folder, path), content)
    const csv = { delimiter: ',', header: true, types: { a: 'BIGINT', b: 'VARCHAR' } }
    const reading = within({ type: 'csv', path, csv }, ({ db }) => db.rows(`SELECT * FROM "later-${name.replaceAll(' ', '-')}"`)).catch((cause: unknown) => Promise.reject(explainFailure(cause, 'Reading')))
    await expect(reading).rejects.toMatchObject({ code: 'file-malformed', place })
  })

  it('reads a CSV file by the names of its columns, in whatever order they come', async () => {
    const csv = { delimiter: ',', header: true, types: { a: 'VARCHAR', b: 'VARCHAR' } }
    writeFileSync(join(folder, 'moved.csv'), 'b,new,a\nx,1,007\n')
    expect(await within({ type: 'csv', path: 'moved.csv', csv }, ({ db }) => db.rows('SELECT a, b FROM moved'))).toEqual([{ a: '007', b: 'x' }])
  })

  it('says that a source is gone', async () => {
    await expect(open({ type: 'duckdb', path: 'gone.duckdb' })).rejects.toMatchObject({ code: 'source-missing', message: expect.stringContaining('gone.duckdb') })
  })

  it('says that a file is not a database', async () => {
    writeFileSync(join(folder, 'text.duckdb'), 'this is just a text file, but a fairly long one '.repeat(400))
    await expect(open({ type: 'duckdb', path: 'text.duckdb' })).rejects.toMatchObject({ code: 'file-malformed' })
    writeFileSync(join(folder, 'text.parquet'), 'no parquet at all')
    await expect(open({ type: 'parquet', path: 'text.parquet' })).rejects.toMatchObject({ code: 'file-malformed' })
  })

  it('says that another program is writing to the warehouse', async () => {
    const script = `import('@duckdb/node-api').then(async ({ DuckDBInstance }) => { const i = await DuckDBInstance.create(process.argv[1]); await i.connect(); console.log('open'); setInterval(() => {}, 1000) })`
    const writer = spawn(process.execPath, ['-e', script, join(folder, 'shop.duckdb')], { cwd: process.cwd(), stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      await new Promise((resolve) => writer.stdout.once('data', resolve))
      await expect(open(shop)).rejects.toMatchObject({ code: 'source-failed', message: expect.stringContaining('another program'), place: { retryable: true } })
    } finally {
      writer.kill()
      await new Promise((resolve) => writer.once('exit', resolve))
    }
  })

  it('cannot read or write anything else', async () => {
    await within(shop, async ({ db }) => {
      for (const sql of [
        `SELECT * FROM read_text('${join(folder, 'people.csv')}')`,
        `SELECT * FROM '${join(folder, 'people.csv')}'`,
        `COPY orders TO '${join(folder, 'out.csv')}'`,
        `ATTACH '${join(folder, 'other.duckdb')}'`,
        'SET enable_external_access = true',
        'INSTALL httpfs',
        "INSERT INTO orders VALUES (1, 'x', 2)",
        'DROP TABLE orders',
      ]) {
        await expect(db.run(sql), sql).rejects.toThrow(/disabled|locked|read-only/i)
      }
    })
  })

  it('spills to its own folder although everything else is locked', async () => {
    const session = await openSource({ definition: shop, folder, files: diskFiles, queries: ownQueries, clock: createFakeClock(), tempFolder: join(folder, 'spill'), memoryLimitMb: 64, threads: 1 })
    const sorted = await databaseOf(session).row<{ n: number }>('SELECT count(*) AS n FROM (SELECT md5(CAST(i AS VARCHAR)) AS h FROM range(3000000) AS r(i) ORDER BY h)')
    await session.close()
    expect(sorted?.n).toBe(3_000_000)
  })
})

describe('checkSelect', () => {
  it.each([
    ['SELECT 1', 'SELECT 1'],
    ['  select * from orders ; ', '  select * from orders'],
    ["SELECT ';' AS a -- the end; really\n;;", "SELECT ';' AS a -- the end; really"],
    ['WITH a AS (SELECT 1 AS x) SELECT * FROM a JOIN orders ON true', undefined],
    ["FROM orders SELECT count(*) WHERE note LIKE '%.csv'", undefined],
    ['SELECT unnest([1, 2]), * FROM range(3), crm.people', undefined],
    ['SELECT * FROM latest(3)', undefined],
  ])('accepts %j', async (sql, text) => {
    expect(await within(shop, ({ db }) => checkSelect(db, sql))).toBe(text ?? sql)
  })

  it.each([
    ["INSERT INTO orders VALUES (1, 'x', 2)", 'sql-refused', 'not a SELECT'],
    ['DELETE FROM orders', 'sql-refused', 'not a SELECT'],
    ['SELECT 1; DROP TABLE orders', 'sql-refused', 'not a SELECT'],
    ['SELECT 1; SELECT 2', 'sql-refused', '2 statements'],
    ["COPY orders TO 'x.csv'", 'sql-refused', 'not a SELECT'],
    ["ATTACH 'x.duckdb'", 'sql-refused', 'not a SELECT'],
    ['PRAGMA database_list', 'sql-refused', 'not a SELECT'],
    ['INSTALL httpfs', 'sql-refused', 'not a SELECT'],
    ['SET threads = 1', 'sql-refused', 'not a SELECT'],
    ['DESCRIBE orders', 'sql-refused', 'not a SELECT'],
    ["SELECT * FROM read_csv('/etc/passwd')", 'sql-refused', 'read_csv()'],
    ["SELECT (SELECT count(*) FROM glob('/*')) FROM orders", 'sql-refused', 'glob()'],
    ["WITH a AS (SELECT * FROM '/tmp/x.parquet') SELECT * FROM a", 'sql-refused', "the file '/tmp/x.parquet'"],
    ["SELECT * FROM query('SELECT 1')", 'sql-refused', 'query()'],
    ['SELECT * FROM duckdb_settings()', 'sql-refused', 'duckdb_settings()'],
    ["SELECT getenv('HOME')", 'sql-refused', 'getenv()'],
    ['SELECT $1', 'sql-refused', 'a parameter'],
    ['', 'bad-input', 'empty'],
    ['-- nothing', 'bad-input', 'empty'],
  ])('refuses %j', async (sql, code, what) => {
    await expect(within(shop, ({ db }) => checkSelect(db, sql))).rejects.toMatchObject({ code, message: expect.stringContaining(what) })
  })

  it('lets a macro of the source read no more than the session may', async () => {
    await within(shop, async ({ db }) => {
      const sql = await checkSelect(db, 'SELECT * FROM leak()')
      await expect(db.run(sql)).rejects.toThrow(/disabled/)
    })
  })

  it('names the line of a mistake, and of what it refuses', async () => {
    await within(shop, async ({ db }) => {
      await expect(checkSelect(db, 'SELECT id,\n  note\nFORM orders x y', { file: 'products/a.sql' })).rejects.toMatchObject({ code: 'bad-input', place: { file: 'products/a.sql', line: 3 } })
      await expect(checkSelect(db, "SELECT id\nFROM orders\nJOIN read_csv('x') ON true")).rejects.toMatchObject({ code: 'sql-refused', place: { line: 3, value: 'read_csv' } })
      const unknown = await db.run('SELECT id,\n  nite\nFROM orders').catch((cause: unknown) => explainFailure(cause, 'Reading the product', { file: 'products/a.sql' }))
      expect(unknown).toMatchObject({ code: 'bad-input', place: { file: 'products/a.sql', line: 2, next: expect.stringContaining('note') } })
    })
  })
})

it('finds the end of a statement outside quotes and comments', () => {
  expect(firstStatement("SELECT 'it''s; fine', E'a\\'; b', \"x;y\", $$a;b$$, $q$;$q$ /* ; */ -- ;\n; rest")).toBe("SELECT 'it''s; fine', E'a\\'; b', \"x;y\", $$a;b$$, $q$;$q$ /* ; */ -- ;")
})
