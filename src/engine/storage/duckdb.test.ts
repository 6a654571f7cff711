import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type DuckDb, openDuckDb, openFileOnce, parseTextRow } from './duckdb.ts'

let tempFolder: string

beforeEach(() => {
  tempFolder = mkdtempSync(join(tmpdir(), 'lockstep-duckdb-'))
})
afterEach(() => rmSync(tempFolder, { recursive: true, force: true }))

it('instances that spill at the same time keep their rows apart, and leave nothing behind', async () => {
  const rows = 300_000
  const open: DuckDb[] = []
  for (let instance = 0; instance < 3; instance++) open.push(await openDuckDb({ tempFolder, memoryLimitMb: 24, threads: 1 }))
  await Promise.all(open.map((duckdb, instance) => duckdb.run(`CREATE TABLE filled AS SELECT i, md5((i + ${instance})::VARCHAR) AS one, md5((i * 7 + ${instance})::VARCHAR) AS other FROM range(${rows}) r(i)`)))
  expect(readdirSync(tempFolder)).toHaveLength(3)
  const right = open.map((duckdb, instance) => duckdb.rows(`SELECT count(*) AS rows FROM filled WHERE one = md5((i + ${instance})::VARCHAR) AND other = md5((i * 7 + ${instance})::VARCHAR)`))
  expect(await Promise.all(right)).toEqual([[{ rows }], [{ rows }], [{ rows }]])
  for (const duckdb of open) duckdb.closeInstance()
  expect(readdirSync(tempFolder)).toEqual([])
})

it('long texts are read some at a time: all of them, in order, whole', async () => {
  const duckdb = await openDuckDb({ tempFolder, threads: 1 })
  const sizes: number[] = []
  const texts: (string | null)[] = []
  for await (const rows of duckdb.textRows(['repeat(i::VARCHAR, 30)', "CASE WHEN i % 2 = 0 THEN 'even' END"], 'FROM range(5000) r(i) ORDER BY i', [], 1000)) {
    sizes.push(rows.length)
    for (const row of rows) texts.push(...parseTextRow(row))
  }
  expect(Math.max(...sizes)).toBe(1000)
  expect(texts).toEqual(Array.from({ length: 5000 }, (_, i) => [String(i).repeat(30), i % 2 === 0 ? 'even' : null]).flat())
  duckdb.closeInstance()
})

it('giving memory back leaves tables, and a stream that is being read, as they are', async () => {
  const duckdb = await openDuckDb({ tempFolder, memoryLimitMb: 32, threads: 1 })
  await duckdb.run('CREATE TABLE filled AS SELECT i, md5(i::VARCHAR) AS text FROM range(300000) r(i)')
  const reader = await duckdb.fork()
  let read = 0
  for await (const { rows } of reader.columns('SELECT text FROM filled')) {
    read += rows
    if (read % 40_960 === 0) await duckdb.giveBack()
  }
  expect(read).toBe(300_000)
  expect(await duckdb.row('SELECT count(*) FILTER (text = md5(i::VARCHAR)) AS rows FROM filled')).toEqual({ rows: 300_000 })
  duckdb.closeInstance()
})

it('what was interrupted does nothing any more, also where no statement was running', async () => {
  const duckdb = await openDuckDb({ tempFolder, threads: 1 })
  const reading = await duckdb.fork()
  const [counting, beside] = [duckdb.columns('SELECT i FROM range(100000) r(i)'), reading.columns('SELECT i FROM range(100000) r(i)')]
  await counting.next()
  await beside.next()
  duckdb.interrupt()
  await expect(duckdb.run('CREATE TABLE late AS SELECT 1 AS one')).rejects.toThrow('Interrupted')
  await expect(duckdb.rows('SELECT 1 AS one')).rejects.toThrow('Interrupted')
  await expect(counting.next()).rejects.toThrow('Interrupted')
  await expect(beside.next(), 'nor what was forked of it').rejects.toThrow('Interrupted')
  reading.close()
  duckdb.closeInstance()
})

it('one use of an instance finds nothing of the use before: no tables, settings, or databases', async () => {
  const first = await openDuckDb({ tempFolder, memoryLimitMb: 64, threads: 1, keepOrder: true })
  await first.run('CREATE TABLE secret AS SELECT 1 AS one')
  await first.run('CREATE TEMP TABLE hidden AS SELECT 1 AS one')
  await first.run("ATTACH ':memory:' AS beside")
  const late = await first.fork()
  first.interrupt()
  await first.release()

  const settings = `SELECT current_setting('memory_limit') AS memory, current_setting('threads') AS threads, current_setting('preserve_insertion_order') AS "order", current_setting('TimeZone') AS zone`
  const second = await openDuckDb({ tempFolder, memoryLimitMb: 128 })
  expect(await second.row(settings)).toEqual({ memory: '122.0 MiB', threads: 2, order: false, zone: 'UTC' })
  await expect(second.rows('FROM secret')).rejects.toThrow('does not exist')
  await expect(second.rows('FROM hidden')).rejects.toThrow('does not exist')
  expect(await second.rows("SELECT 1 FROM duckdb_databases() WHERE database_name = 'beside'")).toEqual([])
  expect(await second.rows('SELECT table_name FROM duckdb_tables()')).toEqual([])
  await second.run('CREATE TABLE secret AS SELECT 2 AS one')
  await expect(late.connection.run('FROM secret'), 'nor does what was left open read the later use').rejects.toThrow('does not exist')
  late.close()
  await second.release()
})

it('a file that was opened for one operation is free for other programs afterwards', async () => {
  const path = join(tempFolder, 'records.duckdb')
  const once = await openFileOnce({ path, tempFolder })
  await once.run('CREATE TABLE records AS SELECT 1 AS id')
  await once.release()
  const other = await openDuckDb({ path, tempFolder })
  expect(await other.rows('FROM records')).toEqual([{ id: 1 }])
  other.closeInstance()
})
