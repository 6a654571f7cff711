import { mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { diskFiles } from '../testing/disk-files.ts'
import { openDatabase, type StateDatabase } from './database.ts'
import { sweepOrphans } from './sweep.ts'

let folder: string
let database: StateDatabase
const leaseTakenAt = Date.parse('2026-01-05T09:00:00Z')
const at = (path: string): string => join(folder, path)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-sweep-'))
  database = openDatabase(folder, leaseTakenAt)
  await diskFiles.makeFolder(at('data'))
  await diskFiles.makeFolder(at('plans/half'))
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

async function write(path: string, modified: string): Promise<void> {
  await diskFiles.writeText(at(path), 'x')
  utimesSync(at(path), new Date(modified), new Date(modified))
}

it('removes what no pointer names and is older than the lease, and nothing else', async () => {
  await write('data/base-1.parquet', '2026-01-05T08:00:00Z')
  await write('data/base-2.parquet', '2026-01-05T08:00:00Z')
  await write('data/base-3.parquet', '2026-01-05T09:00:01Z')
  utimesSync(at('plans/half'), new Date('2026-01-05T08:00:00Z'), new Date('2026-01-05T08:00:00Z'))
  database.run("INSERT INTO data_files (id, kind, scope, path, sequence, rows, created_at) VALUES ('1', 'base', 'crm/contacts', 'base-1.parquet', 1, 1, 0)")
  expect(await sweepOrphans({ database, files: diskFiles, data: at('data'), plans: at('plans'), leaseTakenAt })).toBe(2)
  expect((await diskFiles.list(at('data'))).map(({ name }) => name).sort()).toEqual(['base-1.parquet', 'base-3.parquet'])
  expect(await diskFiles.list(at('plans'))).toEqual([])
})
