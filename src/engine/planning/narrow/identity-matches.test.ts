import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DuckDb, openDuckDb, quoteText } from '../../storage/duckdb.ts'
import { findCandidates } from './delta.ts'
import { applyIdentityLinks, foundByIdentity, rowsWithoutIdentityLink } from './identity-matches.ts'

let folder: string
let duckdb: DuckDb
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-identity-matches-'))
  duckdb = await openDuckDb({ tempFolder: folder, threads: 1 })
})
afterAll(() => {
  duckdb.closeInstance()
  rmSync(folder, { recursive: true })
})

/** Few keys and records, so that they meet. What identity says may be anything, also what it would never say. */
const records = ['r0', 'r1', 'r2', 'r3']
const record = fc.constantFrom(...records)
const recordOrNone = fc.option(record, { nil: null })
const row = fc.record({
  settled: recordOrNone,
  shared: recordOrNone,
  fingerprintStands: fc.boolean(),
  entity: fc.nat({ max: 5 }),
  state: fc.constantFrom('matched', 'unmatched', 'invalid', 'several there', 'several here', 'held back'),
  target: record,
  byHand: fc.boolean(),
  indexed: fc.boolean(),
  recreated: fc.boolean(),
  matchKey: fc.constantFrom('k0', 'k1', 'k2', null),
})
const scene = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 6 }),
  there: fc.array(fc.record({ entity: fc.nat({ max: 5 }), claimed: fc.boolean(), key: fc.constantFrom('k0', 'k1', 'k2', 'other') }), { minLength: records.length, maxLength: records.length }),
  apart: fc.array(fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 })), { maxLength: 3 }),
})
type Scene = typeof scene extends fc.Arbitrary<infer One> ? One : never

async function table(name: string, columns: Parameters<DuckDb['createTable']>[1], rows: (string | number | boolean | null)[][]): Promise<void> {
  const writer = await duckdb.createTable(name, columns)
  for (const values of rows) writer.add(values)
  writer.finish()
}

interface Found {
  key: string
  remote_id: string | null
  match: string
  cause: string | null
}

/** The steps of a plan, over these tables. */
async function candidatesOf({ rows, there, apart }: Scene): Promise<Found[]> {
  const keyed = rows.map((one, at) => ({ key: `p${at}`, ...one }))
  await duckdb.run('DROP TABLE IF EXISTS strangers; DROP TABLE IF EXISTS recognised; DROP TABLE IF EXISTS key_hits; DROP TABLE IF EXISTS candidates; DROP TABLE IF EXISTS match_keys; DROP TABLE IF EXISTS one_actual')
  await table('source', { key: 'text', do_not_send: 'true or false' }, keyed.map(({ key }) => [key, false]))
  await table('links', { key: 'text', remote_id: 'text' }, keyed.flatMap(({ key, settled, shared }) => (settled ?? shared ? [[key, settled ?? shared]] : [])))
  await table('settled_rows', { key: 'text', remote_id: 'text', sure: 'true or false' }, keyed.flatMap(({ key, settled, fingerprintStands }) => (settled === null ? [] : [[key, settled, fingerprintStands]])))
  await duckdb.run('CREATE OR REPLACE VIEW settled AS SELECT key, remote_id, CASE WHEN sure THEN 0::UBIGINT END AS fp, false AS created FROM settled_rows')
  await duckdb.run(`CREATE OR REPLACE TABLE unsettled AS SELECT s.key, 0::UBIGINT AS fp, coalesce(k.remote_id, l.remote_id) AS remote_id, false AS created, k.key IS NOT NULL AS held
    FROM source s LEFT JOIN settled k USING (key) LEFT JOIN links l USING (key) WHERE k.fp IS NULL`)
  await duckdb.run(`CREATE OR REPLACE TABLE recreated AS SELECT key FROM unsettled WHERE remote_id IS NOT NULL AND key IN (${keyed.filter(({ recreated }) => recreated).map(({ key }) => quoteText(key)).join(', ') || 'NULL'})`)
  await table('identity_rows', { key: 'text', entity: 'whole number', state: 'text', because: 'text', remote_id: 'text', by_hand: 'true or false' }, keyed.filter(({ indexed }) => indexed).map(({ key, entity, state, target, byHand }) => {
    const because = ['several there', 'several here', 'held back'].includes(state) ? state : null
    return [key, entity, because === null ? state : 'ambiguous', because, state === 'matched' ? target : null, byHand]
  }))
  await duckdb.run("CREATE OR REPLACE VIEW identity_links AS SELECT *, CASE WHEN state = 'matched' THEN [remote_id] WHEN because = 'several there' THEN ['r0', 'r1'] END AS there FROM identity_rows")
  await table('identity_records', { remote_id: 'text', entity: 'whole number', claimed: 'true or false' }, there.map(({ entity, claimed }, at) => [records[at] ?? '', entity, claimed]))
  await table('identity_apart', { one: 'whole number', other: 'whole number' }, apart.flatMap(([one, other]) => [[one, other], [other, one]]))
  await applyIdentityLinks(duckdb, { columns: [], mappingVersion: 'v1' })
  // The rows whose record is to be made again, and is not there.
  await duckdb.run('UPDATE unsettled SET remote_id = NULL, held = false WHERE key IN (SELECT key FROM recreated)')
  const looked = new Set((await duckdb.rows<{ key: string }>(rowsWithoutIdentityLink)).map(({ key }) => key))
  await table('match_keys', { key: 'text', match_key: 'text', state: 'text', message: 'text' }, keyed.filter(({ key }) => looked.has(key)).map(({ key, matchKey }) => [key, matchKey, matchKey === null ? 'missing' : 'valid', null]))
  await table('actual', { requested_id: 'text', requested_key: 'text', remote_id: 'text', deleted: 'true or false' }, there.flatMap(({ key }, at) => [[records[at] ?? '', null, records[at] ?? '', false], [records[at] ?? '', key, records[at] ?? '', false]]))
  await findCandidates(duckdb, foundByIdentity)
  return duckdb.rows<Found>('SELECT key, remote_id, match, cause FROM candidates ORDER BY key')
}

it('never lets two rows write one record, nor a refused merge write anything, whatever identity says', async () => {
  await fc.assert(
    fc.asyncProperty(scene, async (given) => {
      const found = await candidatesOf(given)
      const written = found.flatMap(({ match, remote_id: remoteId }) => (match === 'matched' && remoteId !== null ? [remoteId] : []))
      expect(new Set(written).size, 'one row a record').toBe(written.length)
      // Settled rows that were not opened keep their records to themselves.
      const opened = new Set(found.map(({ key }) => key))
      given.rows.forEach(({ settled }, at) => {
        if (settled !== null && !opened.has(`p${at}`)) expect(written).not.toContain(settled)
      })
      for (const { key, match, cause, remote_id: remoteId } of found) {
        const asked = given.rows[Number(key.slice(1))]
        const linked = asked?.settled ?? asked?.shared ?? null
        expect(match === 'matched' || match === 'unmatched').toBe(cause === null)
        if (match === 'unmatched') expect(remoteId).toBeNull()
        // Only a stored link, or the one record that identity names, is ever written.
        if (match === 'matched') expect([linked, asked?.indexed && asked.state === 'matched' ? asked.target : null]).toContain(remoteId)
        if (match === 'unmatched' && asked?.indexed) expect(['several there', 'several here', 'held back']).not.toContain(asked.state)
        // People keep the two apart: not written.
        const there = given.there[records.indexOf(remoteId ?? '')]
        if (match === 'matched' && asked?.indexed && remoteId === linked && there && there.entity !== asked.entity) {
          expect(given.apart.some(([one, other]) => (one === asked.entity && other === there.entity) || (other === asked.entity && one === there.entity))).toBe(false)
        }
      }
      const made = found.filter(({ match }) => match === 'unmatched').map(({ key }) => given.rows[Number(key.slice(1))]?.matchKey)
      expect(new Set(made).size, 'one new record a key').toBe(made.length)
      for (const key of made) expect(given.there.some((one) => one.key === key), 'nobody there holds the key of a new record').toBe(false)
    }),
    { numRuns: 150 },
  )
}, 120_000)
