import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DuckDb, openDuckDb, quoteText } from '../../storage/duckdb.ts'
import { type AudienceShape, findCandidates, fingerprintOf, narrowAudience, openAudience, unsettle, unsettleGone, unsettleMoved } from './delta.ts'

const shape: AudienceShape = { columns: [{ text: 'tier', free: true }, { text: 'score::VARCHAR', free: false }], mappingVersion: 'v1' }
let folder: string
let duckdb: DuckDb

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-delta-'))
  duckdb = await openDuckDb({ tempFolder: folder })
})
afterEach(() => {
  duckdb.closeInstance()
  rmSync(folder, { recursive: true })
})

type Row = [key: string, tier: string | null, score: number | null]
const literal = (value: string | number | null): string => (value === null ? 'NULL' : typeof value === 'number' ? String(value) : quoteText(value))
const tableOf = (rows: Row[]): string =>
  `(SELECT key, tier::VARCHAR AS tier, score::INTEGER AS score, do_not_send FROM (VALUES ${rows.map((row) => `(${row.map(literal).join(', ')}, false)`).join(', ')}) v(key, tier, score, do_not_send))`

/** Links as they stand after these rows were settled: key k leads to record r-k. */
function settledLinks(rows: Row[]): string {
  return `SELECT key, 'r-' || key AS remote_id, ${fingerprintOf(shape)} AS fp, false AS created FROM ${tableOf(rows)}`
}

async function narrowed(now: Row[], before: Row[], options: { all?: boolean; links?: string; settled?: string } = {}): Promise<string> {
  const file = join(folder, 'source.parquet')
  await duckdb.run(`COPY ${tableOf(now)} TO ${quoteText(file)} (FORMAT parquet)`)
  const settled = options.settled ?? settledLinks(before)
  await openAudience(duckdb, `SELECT * FROM read_parquet(${quoteText(file)})`, { links: options.links ?? `SELECT key, remote_id FROM (${settled})`, settled })
  return narrowAudience(duckdb, shape, options.all ?? false)
}

async function unsettled(): Promise<string[]> {
  return (await duckdb.rows<{ key: string }>('SELECT key FROM unsettled ORDER BY key')).map(({ key }) => key)
}

const before: Row[] = [['a', 'gold', 1], ['b', 'gold', 2], ['c', null, null]]

describe('narrowing to the rows that need a decision', () => {
  it('leaves out what is linked and unchanged, and keeps what changed or is new, with its link', async () => {
    await narrowed([['a', 'gold', 1], ['b', 'silver', 2], ['c', null, null], ['d', 'gold', 1]], before)
    expect(await duckdb.rows('SELECT key, remote_id FROM unsettled ORDER BY key')).toEqual([{ key: 'b', remote_id: 'r-b' }, { key: 'd', remote_id: null }])
  })

  it.each<[string, Row, Row]>([
    ['a value that became empty', ['a', 'gold', 1], ['a', null, 1]],
    ['empty text and no value', ['a', '', 1], ['a', null, 1]],
    ['a separator inside a value', ['a', `x${String.fromCharCode(31)}1`, null], ['a', 'x', 1]],
    ['the sign of nothing as a value', ['a', String.fromCharCode(30), 1], ['a', null, 1]],
  ])('sees %s', async (_what, then, now) => {
    await narrowed([now], [then])
    expect(await unsettled()).toEqual(['a'])
  })

  it('does not take the values of another key for its own', async () => {
    await narrowed([['b', 'gold', 1]], [['a', 'gold', 1]])
    expect(await unsettled()).toEqual(['b'])
  })

  it('looks again at links without a fingerprint, and at everything when told to', async () => {
    await narrowed(before, before, { settled: `SELECT key, remote_id, CASE WHEN key <> 'b' THEN fp END AS fp, created FROM (${settledLinks(before)})` })
    expect(await unsettled()).toEqual(['b'])
    await duckdb.run('DROP VIEW source; DROP VIEW links; DROP VIEW settled; DROP TABLE unsettled')
    await narrowed(before, before, { all: true })
    expect(await duckdb.rows('SELECT key, remote_id FROM unsettled ORDER BY key')).toEqual(['a', 'b', 'c'].map((key) => ({ key, remote_id: `r-${key}` })))
  })

  it('takes links that other activations know, and what it settled itself only for the record they lead to now', async () => {
    const settled = `SELECT key, remote_id, NULL::UBIGINT AS fp, true AS created FROM (${settledLinks(before)}) WHERE key <> 'c'`
    await narrowed(before, before, { settled, links: "SELECT * FROM (VALUES ('a', 'r-new'), ('c', 'r-c')) v(key, remote_id)" })
    expect(await duckdb.rows('SELECT key, remote_id, created FROM unsettled ORDER BY key')).toEqual([
      { key: 'a', remote_id: 'r-new', created: false },
      { key: 'b', remote_id: 'r-b', created: true },
      { key: 'c', remote_id: 'r-c', created: false },
    ])
  })

  it('digests the whole source, whatever its order and whatever is known', async () => {
    const digest = await narrowed(before, [['z', null, null]])
    await duckdb.run('DROP VIEW source; DROP VIEW links; DROP VIEW settled; DROP TABLE unsettled')
    expect(await narrowed([...before].reverse(), before.slice(1))).toBe(digest)
    await duckdb.run('DROP VIEW source; DROP VIEW links; DROP VIEW settled; DROP TABLE unsettled')
    expect(await narrowed([['a', 'gold', 2], ...before.slice(1)], before)).not.toBe(digest)
  })
})

describe('rows that are looked at although their source did not change', () => {
  beforeEach(async () => {
    await narrowed(before, before)
    await duckdb.run('CREATE TABLE sticky (remote_id VARCHAR); CREATE TABLE overrides (key VARCHAR)')
  })

  it('have a sticky answer or an override', async () => {
    await unsettle(duckdb, shape)
    expect(await unsettled()).toEqual([])
    await duckdb.run("INSERT INTO sticky VALUES ('r-a'); INSERT INTO overrides VALUES ('c'), ('nobody')")
    await unsettle(duckdb, shape)
    expect(await unsettled()).toEqual(['a', 'c'])
  })

  it('moved in the destination: another value, deleted, merged', async () => {
    await duckdb.run(`CREATE TABLE actual AS SELECT * FROM (VALUES ('r-a', 'r-a', false, '"gold"'), ('r-b', 'r-x', false, '"gold"'), ('r-c', 'r-c', true, '"gold"'), ('r-z', 'r-z', true, NULL)) v(requested_id, remote_id, deleted, "f:tier")`)
    const agreed = `(SELECT 'r-' || key AS remote_id, {'raw': '"gold"'} AS "f:tier" FROM source)`
    await unsettleMoved(duckdb, shape, ['tier'], agreed)
    expect(await unsettled()).toEqual(['b', 'c'])
    await duckdb.run(`UPDATE actual SET "f:tier" = '"silver"' WHERE requested_id = 'r-a'; DROP TABLE moved`)
    await unsettleMoved(duckdb, shape, ['tier'], agreed)
    expect(await unsettled()).toEqual(['a', 'b', 'c'])
  })

  it('were asked for and are not there any more', async () => {
    await duckdb.run(`CREATE TABLE asked AS SELECT unnest(['r-a', 'r-b', 'r-other']) AS remote_id; CREATE TABLE actual AS SELECT 'r-a' AS requested_id`)
    await unsettleGone(duckdb, shape)
    expect(await duckdb.rows('SELECT key, remote_id, fp IS NOT NULL AS known FROM unsettled')).toEqual([{ key: 'b', remote_id: 'r-b', known: true }])
  })
})

describe('rows that reach one record', () => {
  /** Rows with their links (none: found by key k), over the links that are known; returns how each was matched. */
  async function matched(rows: Record<string, string | null>, links: Record<string, string>, borrowed: string[]): Promise<Record<string, string>> {
    const values = (pairs: [string, string | null][]): string => pairs.map((pair) => `(${pair.map(literal).join(', ')})`).join(', ')
    await duckdb.run(`CREATE TABLE unsettled AS SELECT key, 0::UBIGINT AS fp, remote_id::VARCHAR AS remote_id, false AS created, remote_id IS NOT NULL AND key NOT IN (${borrowed.map(literal).join(', ') || "''"}) AS held FROM (VALUES ${values(Object.entries(rows))}) v(key, remote_id)`)
    await duckdb.run(`CREATE TABLE links AS SELECT * FROM (VALUES ${values([...Object.entries(links), ['elsewhere', 'other']])}) v(key, remote_id)`)
    await duckdb.run("CREATE TABLE match_keys AS SELECT key, 'k-' || key AS match_key, 'valid' AS state, NULL::VARCHAR AS message FROM unsettled WHERE NOT held")
    await duckdb.run("CREATE TABLE actual AS SELECT match_key AS requested_key, 'r' AS requested_id, 'r' AS remote_id, false AS deleted FROM match_keys")
    await findCandidates(duckdb)
    return Object.fromEntries((await duckdb.rows<{ key: string; match: string }>('SELECT key, match FROM candidates ORDER BY key')).map(({ key, match }) => [key, match]))
  }

  it.each<[string, Record<string, string | null>, Record<string, string>, Record<string, string>, string[]?]>([
    ['a linked row keeps its record, the new one is ambiguous', { a: 'r', b: null }, { a: 'r' }, { a: 'matched', b: 'ambiguous' }],
    ['so it is when the linked row is settled', { b: null }, { a: 'r' }, { b: 'ambiguous' }],
    ['two new rows are both ambiguous', { a: null, b: null }, { z: 'other' }, { a: 'ambiguous', b: 'ambiguous' }],
    ['two linked rows are both ambiguous', { a: 'r', b: 'r' }, { a: 'r', b: 'r' }, { a: 'ambiguous', b: 'ambiguous' }],
    ['a link that only others proved does not outweigh a key', { a: 'r', b: null }, { a: 'r' }, { a: 'ambiguous', b: 'ambiguous' }, ['a']],
    ['nor a link of this activation', { a: 'r', b: 'r' }, {}, { a: 'ambiguous', b: 'matched' }, ['a']],
    ['but leads on where nobody else comes', { a: 'r' }, { a: 'r' }, { a: 'matched' }, ['a']],
    ['and one of them alone too', { a: 'r' }, { a: 'r', b: 'r' }, { a: 'ambiguous' }],
  ])('%s', async (_case, rows, links, expected, borrowed = []) => {
    expect(await matched(rows, links, borrowed)).toEqual(expected)
  })
})
