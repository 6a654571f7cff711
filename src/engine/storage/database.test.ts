import { closeSync, copyFileSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectDatabase, openDatabase, prepareSchema, refuseUnsafeSqlite } from './database.ts'
import type { StateDatabase } from './database.ts'
import { migrations } from './migrate.ts'

let folder: string
const open: StateDatabase[] = []

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'lockstep-state-')), 'state')
})
afterEach(() => {
  for (const database of open.splice(0)) if (database.sqlite.open) database.close()
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

function opened(): StateDatabase {
  const database = openDatabase(folder, 1)
  open.push(database)
  return database
}

describe('the state database', () => {
  test('is private, durable and checked', () => {
    const database = opened()
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'state.db')).mode & 0o777).toBe(0o600)
    expect(database.sqlite.pragma('synchronous', { simple: true })).toBe(2)
    expect(database.sqlite.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(database.integrityProblems(true)).toEqual([])
  })

  test('a transaction that fails leaves nothing, and an inner one can fail alone', () => {
    const database = opened()
    const put = (key: string) => database.run('INSERT INTO meta VALUES (?, ?)', key, '1')
    expect(() => database.transaction(() => { put('a'); throw new Error('no') })).toThrow('no')
    database.transaction(() => {
      put('outer')
      expect(() => database.transaction(() => { put('inner'); throw new Error('no') })).toThrow('no')
    })
    expect(database.all('SELECT key FROM meta')).toEqual([{ key: 'outer' }])
  })

  test('a change that hits no row is an error', () => {
    expect(() => opened().change("UPDATE meta SET value = '2' WHERE key = 'missing'")).toThrow('expected one row')
  })

  test('opens again without doing anything, and backs up before a new step', () => {
    opened().close()
    const database = connectDatabase(folder)
    open.push(database)
    let backups = 0
    const backUp = () => void backups++
    prepareSchema(database, 2, { backUp })
    expect(backups).toBe(0)
    prepareSchema(database, 2, { steps: [...migrations, { number: 99, name: 'next', sql: 'CREATE TABLE next (id INTEGER) STRICT;' }], backUp })
    expect(database.all('SELECT number FROM migrations')).toEqual([...migrations.map(({ number }) => ({ number })), { number: 99 }])
    expect(backups).toBe(1)
  })

  test('a step that fails half way leaves the schema as it was', () => {
    const database = opened()
    expect(() => prepareSchema(database, 2, { steps: [...migrations, { number: 99, name: 'bad', sql: 'CREATE TABLE good (id INTEGER); CREATE TABLE bad (' }] })).toThrow()
    expect(database.get("SELECT 1 FROM sqlite_master WHERE name = 'good'")).toBeUndefined()
  })

  test('refuses a newer database and another history in words', () => {
    const database = opened()
    expect(() => prepareSchema(database, 2, { steps: [] })).toThrow('newer version')
    expect(() => prepareSchema(database, 2, { steps: [{ number: 1, name: 'foundation', sql: 'SELECT 1' }, ...migrations.slice(1)] })).toThrow('another history')
  })

  test('names a damaged file instead of failing later', () => {
    opened().close()
    writeFileSync(join(folder, 'state.db'), 'this is not a database, whatever its name says'.repeat(100))
    expect(() => openDatabase(folder, 1)).toThrow('is damaged')
  })

  test('names a damaged page before anything is read or written', () => {
    const database = opened()
    const fill = database.statement('INSERT INTO meta VALUES (?, ?)')
    for (let row = 0; row < 500; row++) fill.run(`key ${row}`, 'x'.repeat(100))
    database.close()
    const path = join(folder, 'state.db')
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, statSync(path).size - 2 * 4096)
    closeSync(file)
    expect(() => openDatabase(folder, 1)).toThrow('The state of this workspace is damaged.')
    expect(() => connectDatabase(folder, { check: 'full' })).toThrow('The state of this workspace is damaged.')
  })

  test('refuses a SQLite that can lose committed writes', () => {
    expect(() => refuseUnsafeSqlite('3.51.2')).toThrow('3.51.3 or later')
    expect(() => refuseUnsafeSqlite('3.9.0')).toThrow('3.51.3 or later')
    for (const version of ['3.51.3', '3.53.0', '4.0.0']) expect(() => refuseUnsafeSqlite(version)).not.toThrow()
  })

  test('a copy taken at any moment opens with everything committed', () => {
    const database = opened()
    database.run("INSERT INTO meta VALUES ('a', '1')")
    const copy = join(folder, '..', 'copy')
    connectDatabase(copy).close()
    for (const name of ['state.db', 'state.db-wal']) copyFileSync(join(folder, name), join(copy, name))
    const again = openDatabase(copy, 2)
    open.push(again)
    expect(again.get('SELECT value FROM meta')).toEqual({ value: '1' })
  })
})
