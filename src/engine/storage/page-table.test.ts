import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type DuckDb, openDuckDb } from './duckdb.ts'
import { createPageTable, createTableOfSqlitePages, pageOfRowsSqlite } from './page-table.ts'

let tempFolder: string
let duckdb: DuckDb

beforeEach(async () => {
  tempFolder = mkdtempSync(join(tmpdir(), 'lockstep-pages-'))
  duckdb = await openDuckDb({ tempFolder, threads: 1, keepOrder: true })
})
afterEach(() => {
  duckdb.closeInstance()
  rmSync(tempFolder, { recursive: true, force: true })
})

const texts = ['', ' ', '"', '""', '"quoted"', '\\', '\n\u0001', 'a\u0000b', 'a\u001eb', '\u001f', '"\u001e"', 'null', '[1]', 'Zoë 🙂', null]
const columns = { ordinal: 'whole number', text: 'text', json: 'plain text', yes: 'true or false' } as const

interface Row {
  ordinal: number
  text: string | null
  json: string | null
  yes: boolean | null
}

/** Every text once, as it stands and as JSON, and rows enough for some pages. */
const rows = Array.from({ length: 2500 }, (_, ordinal): Row => {
  const text = texts[ordinal % texts.length] ?? null
  return { ordinal, text, json: text === null ? null : JSON.stringify(text), yes: ordinal % 3 === 0 ? null : ordinal % 2 === 0 }
})

it('rows come back exactly, whatever is in their texts', async () => {
  const writer = await createPageTable(duckdb, 'rows', columns)
  for (const { ordinal, text, json, yes } of rows) writer.add([ordinal, text, json, yes])
  await writer.finish()
  expect(writer.rowsWritten).toBe(rows.length)
  expect(await duckdb.rows<Row>('SELECT * FROM rows')).toEqual(rows)
})

it('so do those that SQLite writes as one text', async () => {
  const sqlite = new SqliteDatabase(':memory:')
  sqlite.exec('CREATE TABLE journal (ordinal INTEGER, text TEXT, json TEXT, yes TEXT)')
  const insert = sqlite.prepare('INSERT INTO journal VALUES (?, ?, ?, ?)')
  for (const { ordinal, text, json, yes } of rows) insert.run(ordinal, text, json, yes === null ? null : String(yes))
  const read = sqlite.prepare<[], { page: string }>(`SELECT ${pageOfRowsSqlite(columns)} AS page FROM journal`).get()
  const store = await createTableOfSqlitePages(duckdb, 'rows', columns)
  await store(read?.page ?? '')
  expect(await duckdb.rows<Row>('SELECT * FROM rows')).toEqual(rows)
  sqlite.close()
})

it('a page that cannot be stored is told when the table is finished', async () => {
  const writer = await createPageTable(duckdb, 'rows', { number: 'whole number' })
  writer.add(['no number'])
  await expect(writer.finish()).rejects.toThrow(/no number/)
  await writer.idle()
})

it('refuses a text that would move the rows behind it', async () => {
  const writer = await createPageTable(duckdb, 'rows', { text: 'plain text' })
  expect(() => writer.add(['a\u001fb'])).toThrow(/control character/)
})
