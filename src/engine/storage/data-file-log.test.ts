import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../testing/fake-clock.ts'
import { openDatabase, type StateDatabase } from './database.ts'
import { type DuckDb, openDuckDb } from './duckdb.ts'
import { type SyncEvidence, ObservationWriter, publishObservations } from './sync-evidence.ts'
import { linksScope, syncStateScope, DataFileLog } from './data-file-log.ts'

const base = 'crm/contacts'
const place = { connection: 'crm', object: 'contacts', product: 'people', activation: 'tier' }
const own = syncStateScope(place)
const shared = linksScope(place)
let folder: string
let database: StateDatabase
let duckdb: DuckDb
let dataFiles: DataFileLog

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-data-files-'))
  mkdirSync(join(folder, 'data'))
  const clock = createFakeClock()
  database = openDatabase(join(folder, 'state'), clock.now())
  duckdb = await openDuckDb({ tempFolder: folder })
  let ids = 0
  dataFiles = new DataFileLog({ database, folder: join(folder, 'data'), clock, ids: { next: () => String(++ids) } })
})
afterEach(() => {
  duckdb.closeInstance()
  database.close()
  rmSync(folder, { recursive: true })
})

const seen = (key: string, fp: string | null, agreed: SyncEvidence['agreed'] = {}): SyncEvidence => ({ key, remoteId: `r-${key}`, readAt: '2026-01-01T00:00:00.000Z', agreed, fp, created: false })

async function written(fields: string[], observations: SyncEvidence[], forgotten: string[] = []) {
  const writer = await ObservationWriter.open(duckdb, fields)
  for (const observation of observations) writer.add(observation)
  for (const key of forgotten) writer.forget(key, `r-${key}`)
  return writer.prepare(dataFiles)
}

async function publish(fields: string[], observations: SyncEvidence[], forgotten: string[] = [], activation = 'tier'): Promise<void> {
  publishObservations(dataFiles, await written(fields, observations, forgotten), { ...place, activation })
}

async function settled(): Promise<Record<string, number | null>> {
  const rows = await duckdb.rows<{ key: string; fp: number | null }>(`SELECT key, fp FROM (${dataFiles.settledQuery(own)}) ORDER BY key`)
  return Object.fromEntries(rows.map(({ key, fp }) => [key, fp]))
}

async function links(): Promise<Record<string, string>> {
  const rows = await duckdb.rows<{ key: string; remote_id: string }>(`SELECT key, remote_id FROM (${dataFiles.linksQuery(shared)}) ORDER BY key`)
  return Object.fromEntries(rows.map(({ key, remote_id: remoteId }) => [key, remoteId]))
}

async function agreed(fields: string[], only?: string): Promise<Record<string, (string | null)[]>> {
  const query = await dataFiles.baseQuery(duckdb, base, fields, only)
  const rows = await duckdb.rows<Record<string, string | null>>(`SELECT remote_id${fields.map((field) => `, "f:${field}".raw AS "${field}"`).join('')} FROM (${query})`)
  return Object.fromEntries(rows.map((row) => [row['remote_id'], fields.map((field) => row[field] ?? null)]))
}

describe('what is known of a destination', () => {
  it('is the newest statement about each key, and a key that leads nowhere any more is not known', async () => {
    await publish([], [seen('a', '1'), seen('b', '2'), seen('c', '3')])
    await publish([], [seen('a', null), seen('d', '4')], ['c'])
    await publish([], [seen('c', '5')], ['d'])
    expect(await settled()).toEqual({ a: null, b: 2, c: 5 })
  })

  it('links for all activations of a product, and settles for one; what one removed, the others look at again', async () => {
    await publish([], [seen('a', '1'), seen('b', '2')])
    await publish([], [seen('a', '3'), seen('c', '4')], [], 'risk')
    expect(await settled()).toEqual({ a: 1, b: 2 })
    expect(await links()).toEqual({ a: 'r-a', b: 'r-b', c: 'r-c' })
    await publish([], [], ['a'], 'risk')
    expect(await settled()).toEqual({ a: null, b: 2 })
    expect(await links()).toEqual({ b: 'r-b', c: 'r-c' })
    expect(await duckdb.rows(`SELECT key FROM (${dataFiles.settledQuery(syncStateScope({ ...place, activation: 'risk' }))}) ORDER BY key`)).toEqual([{ key: 'c' }])
  })

  it('is the newest agreed value of each field, also of fields that came later', async () => {
    await publish(['tier'], [seen('a', '1', { tier: 'gold' }), seen('b', '1', { tier: 'gold' })])
    await publish(['tier', 'band'], [seen('a', '2', { band: 'low' }), seen('c', '1', { tier: 'silver' })])
    const known = { 'r-a': ['"gold"', '"low"'], 'r-b': ['"gold"', null], 'r-c': ['"silver"', null] }
    expect(await agreed(['tier', 'band'])).toEqual(known)
    expect(await agreed(['tier', 'band'], `(SELECT 'r-a' AS remote_id)`)).toEqual({ 'r-a': known['r-a'] })
    expect(await agreed(['never'])).toEqual({ 'r-a': [null], 'r-b': [null], 'r-c': [null] })
  })

  it.each([
    ['many small files beside a big one', 40],
    ['files that outweigh the first', 2],
  ])('is the same after a checkpoint: %s', async (_case, first) => {
    const many = Array.from({ length: first }, (_, index) => seen(`k${index}`, '1', { tier: 'gold' }))
    await publish(['tier'], [...many, seen('a', '1', { tier: 'gold' }), seen('b', '1', { tier: 'gold' })])
    for (const tier of ['silver', 'bronze', 'gold', 'none', 'platinum']) await publish(['tier'], [seen('a', '7', { tier })], ['b'])
    const before = { settled: await settled(), links: await links(), agreed: await agreed(['tier']) }
    await dataFiles.checkpoint(duckdb, 'settled', own)
    await dataFiles.checkpoint(duckdb, 'links', shared)
    await dataFiles.checkpoint(duckdb, 'base', base)
    expect(dataFiles.files('settled', own).length).toBeLessThan(3)
    expect(dataFiles.files('links', shared).length).toBeLessThan(3)
    expect(dataFiles.files('base', base).length).toBeLessThan(3)
    expect({ settled: await settled(), links: await links(), agreed: await agreed(['tier']) }).toEqual(before)
    expect(before.settled).not.toHaveProperty('b')
    expect(before.links).not.toHaveProperty('b')
  })

  it('is not set back by a checkpoint that was written while something newer came in', async () => {
    for (const fp of ['1', '2', '3', '4', '5', '6']) await publish([], [seen('a', fp)])
    const run = duckdb.run.bind(duckdb)
    duckdb.run = async (sql) => {
      await run(sql)
      if (!sql.startsWith('COPY')) return
      duckdb.run = run
      await publish([], [seen('a', '9')])
    }
    await dataFiles.checkpoint(duckdb, 'settled', own)
    expect(await settled()).toEqual({ a: 9 })
  })
})
