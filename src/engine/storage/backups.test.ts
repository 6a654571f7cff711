import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { damageIn, findBackup, listBackups, putFilesBack, sweepHalfBackups, writeBackup } from './backups.ts'
import { openDatabase, type StateDatabase } from './database.ts'

const now = Date.parse('2026-01-05T09:00:00Z')
const asked = { now, reason: 'Asked for by Ada', asked: true }
let folder: string
let database: StateDatabase
const at = (...path: string[]): string => join(folder, ...path)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-backups-'))
  database = openDatabase(folder, now)
  for (const path of ['data', 'plans/one']) mkdirSync(at(path), { recursive: true })
  for (const path of ['data/base-1.parquet', 'data/base-0.parquet', 'data/orphan.parquet', 'plans/one/records-1.parquet', 'reference.key']) writeFileSync(at(path), `content of ${path}`)
  database.run("INSERT INTO data_files (id, kind, scope, path, sequence, rows, created_at, retired_at) VALUES ('1', 'base', 'crm/contacts', 'base-1.parquet', 2, 1, 0, NULL), ('1-again', 'settled', 'x', 'base-1.parquet', 2, 1, 0, NULL), ('0', 'base', 'crm/contacts', 'base-0.parquet', 1, 1, 0, 5)")
  database.run("INSERT INTO plans (id, activation, connection, object, kind, state, plan_hash, header, counts, read_scope, guards, number, created_at, expires_at, folder) VALUES ('one', 'a', 'crm', 'contacts', 'ordinary', 'applied', '', '{}', '{}', '{}', '[]', 1, 0, 0, 'one')")
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

it('holds the database and exactly what it points to, for this person only', () => {
  const backup = writeBackup(database, asked)
  expect(backup.id).toBe('2026-01-05T09-00-00')
  expect(backup.manifest.files.map(({ path }) => path)).toEqual(['state.db', 'data/base-1.parquet', 'plans/one/records-1.parquet', 'reference.key'])
  expect(statSync(join(backup.path, 'state.db')).mode & 0o077).toBe(0)
  expect(statSync(backup.path).mode & 0o077).toBe(0)
  expect(damageIn(backup, 'contents')).toBeUndefined()
  expect(findBackup(folder, backup.id)).toEqual(backup)
})

it('keeps what is swept or dropped afterwards, and puts it back where it is missing', () => {
  const backup = writeBackup(database, asked)
  for (const path of ['data/base-1.parquet', 'plans/one', 'reference.key']) rmSync(at(path), { recursive: true })
  putFilesBack(backup, folder)
  expect(readFileSync(at('data/base-1.parquet'), 'utf8')).toBe('content of data/base-1.parquet')
  expect(existsSync(at('plans/one/records-1.parquet'))).toBe(true)
})

it('says which file is not what was written, or gone', () => {
  const backup = writeBackup(database, asked)
  rmSync(join(backup.path, 'data/base-1.parquet'))
  expect(damageIn(backup, 'contents')).toBe('data/base-1.parquet is not there any more.')
  writeFileSync(join(backup.path, 'data/base-1.parquet'), 'content of data/base-1.parquex')
  expect(damageIn(backup, 'contents')).toBe('data/base-1.parquet is not what was written.')
})

it('keeps all that were asked for, and the newest few that were not', () => {
  writeBackup(database, asked)
  for (let number = 1; number <= 5; number++) writeBackup(database, { now: now + number, reason: 'Before an update of Lockstep', asked: false })
  expect(listBackups(folder).map(({ manifest }) => manifest.at - now)).toEqual([5, 4, 3, 0])
})

it('leaves nothing half made', () => {
  mkdirSync(at('backups/.2026-01-05T08-00-00.making/data'), { recursive: true })
  expect(listBackups(folder)).toEqual([])
  expect(sweepHalfBackups(folder)).toBe(1)
  writeFileSync(at('backups/note.txt'), 'not a backup')
  expect(listBackups(folder)).toEqual([])
  // No room for the copy: the folder of backups is a file.
  rmSync(at('backups'), { recursive: true })
  writeFileSync(at('backups'), '')
  expect(() => writeBackup(database, asked)).toThrow('cannot be read or written')
  expect(readdirSync(folder).filter((name) => name.includes('making'))).toEqual([])
})
