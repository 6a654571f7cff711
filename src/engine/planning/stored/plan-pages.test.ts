import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DuckDb, openDuckDb } from '../../storage/duckdb.ts'
import { type Listing, PlanPages } from './plan-pages.ts'

const records = 5000
let folder: string
let duckdb: DuckDb
let pages: PlanPages

/** Every third record is an update with two fields; the others are creates with one. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-pages-'))
  duckdb = await openDuckDb({ tempFolder: folder })
  await duckdb.run('SET preserve_insertion_order = true')
  await duckdb.run(`CREATE TABLE records AS SELECT i AS ordinal, 'k' || i AS key, CASE WHEN i % 3 = 0 THEN 'update' ELSE 'create' END AS operation, CASE WHEN i % 7 > 0 THEN i % 7 END AS shade FROM range(${records}) r(i)`)
  await duckdb.run(`CREATE TABLE fields AS SELECT ordinal, key, operation, shade, f AS field FROM records, (VALUES ('a'), ('b')) v(f) WHERE f = 'a' OR operation = 'update' ORDER BY ordinal, f`)
  await duckdb.run('CREATE TABLE answers (key VARCHAR, field VARCHAR, kind VARCHAR)')
  await duckdb.run(`CREATE VIEW source AS SELECT key, key AS _label, ${records} - ordinal AS file_row_number FROM records`)
  pages = new PlanPages(duckdb)
})
afterAll(() => {
  duckdb.closeInstance()
  rmSync(folder, { recursive: true })
})

const listing = (more: Partial<Listing>): Listing => ({ rows: 'fields', where: [`operation = 'update'`], parameters: [], sort: undefined, byAnswer: { where: false, sort: false }, ...more })

/** The same rows asked for plainly. */
async function plainly({ rows, where, parameters, sort }: Listing): Promise<{ ordinal: number; field: string }[]> {
  const by = sort ? `${sort.column} ${sort.descending ? 'DESC' : 'ASC'} NULLS LAST, ` : ''
  return duckdb.rows(`SELECT ordinal, ${rows === 'fields' ? 'field' : `''`} AS field FROM ${rows} WHERE ${where.join(' AND ')} ORDER BY ${by}ordinal, field`, parameters)
}

describe('pages of a plan', () => {
  it.each<[string, Partial<Listing>]>([
    ['in plan order', {}],
    ['of records', { rows: 'records' }],
    ['found by a search', { where: [`operation = 'update'`, 'contains(key, $1)'], parameters: ['12'] }],
    ['sorted, those without a value last', { sort: { column: 'shade', descending: true } }],
    ['of records, sorted', { rows: 'records', sort: { column: 'shade', descending: false } }],
  ])('are the same rows wherever they start: %s', async (_what, more) => {
    const asked = listing(more)
    const all = await plainly(asked)
    for (const offset of [0, 50, 1000, 2500, all.length - 30, all.length]) {
      const page = await pages.page(asked, Math.max(0, offset), 100)
      expect(page.total).toBe(all.length)
      expect(page.places).toEqual(all.slice(Math.max(0, offset), Math.max(0, offset) + 100))
    }
  })

  it('follow the answers', async () => {
    const open = listing({ where: ['answer IS NULL'], byAnswer: { where: true, sort: false } })
    const before = await pages.page(open, 0, 2)
    expect(before.places).toEqual([{ ordinal: 0, field: 'a' }, { ordinal: 0, field: 'b' }])
    await duckdb.run(`INSERT INTO answers VALUES ('k0', 'a', 'skip')`)
    pages.answersChanged()
    const after = await pages.page(open, 0, 2)
    expect(after).toEqual({ total: before.total - 1, places: [{ ordinal: 0, field: 'b' }, { ordinal: 1, field: 'a' }] })
  })

  it('list what was never stored in the order of its key', async () => {
    const asked = listing({ rows: 'unchanged', where: [`key NOT IN (SELECT key FROM records WHERE operation = 'update')`] })
    const { total, places } = await pages.page(asked, 3000, 2)
    const keys = await duckdb.rows<{ place: number }>(`SELECT file_row_number AS place FROM source JOIN records USING (key) WHERE operation = 'create' ORDER BY key LIMIT 2 OFFSET 3000`)
    expect(total).toBe(Math.floor((records * 2) / 3))
    expect(places.map(({ ordinal }) => ordinal)).toEqual(keys.map(({ place }) => place))
  })
})
