import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { destinationKey } from '../../identity/forms/upload-form.ts'
import { openDuckDb, quoteText } from '../../storage/duckdb.ts'
import { findUnusableKeys } from './unusable-keys.ts'

const invisible = [0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0xad, 0x200e, 0x200f, 0x202a, 0x202e, 0x2066, 0x2069, 0x61c, 0x180e, 0x34f, 0x115f, 0x3164, 0xfe0f].map((code) => String.fromCodePoint(code))

async function unusable(type: 'string' | 'number' | 'date', keys: string[]): Promise<string[]> {
  const duckdb = await openDuckDb({ tempFolder: tmpdir() })
  await duckdb.run(`CREATE TABLE unsettled AS SELECT unnest([${keys.map(quoteText).join(', ')}]) AS key`)
  await findUnusableKeys(duckdb, type)
  const rows = await duckdb.rows<{ key: string; message: string }>('SELECT message, md5(key) AS key FROM unusable')
  const hashes = await duckdb.rows<{ key: string; hash: string }>('SELECT key, md5(key) AS hash FROM unsettled')
  duckdb.closeInstance()
  return keys.filter((_key, at) => rows.some(({ key, message }) => key === hashes[at]?.hash && message !== ''))
}

it('finds the rows whose key holds what nobody can see, wherever it stands', async () => {
  const broken = invisible.flatMap((character) => [`A-1${character}`, `${character}A-2`, `A${character}-3`])
  expect(await unusable('string', ['A-1', 'Zoë', '  x ', '日本', ...broken])).toEqual(broken)
})

it('finds the rows whose key is no value of its type', async () => {
  expect(await unusable('number', ['1001', '-1.5', 'nan', 'inf'])).toEqual(['nan', 'inf'])
  expect(await unusable('date', ['2026-01-01', 'infinity'])).toEqual(['infinity'])
})

it.each(invisible)('a match key with %j is invalid in every form', (character) => {
  for (const normalise of ['exact', 'trimmed', 'lower', 'email'] as const) {
    expect(destinationKey(`${character}ann@x.org`, { normalise, form: undefined, type: 'string' })).toMatchObject({ ok: false, cause: 'key invalid' })
  }
})

it.each([
  ['number', '1001.0', '1001'],
  ['number', '1e3', '1000'],
  ['number', '1001.50', '1001.5'],
  ['boolean', 'true', 'true'],
  ['date', '2026-01-01', '2026-01-01'],
  ['instant', '2026-01-01 10:00:00.5', '2026-01-01T10:00:00.5Z'],
  ['string', 'Zoe\u0308', 'Zoë'],
] as const)('a match key of type %s is what a field sends: %s is %s', (type, raw, key) => {
  expect(destinationKey(raw, { normalise: 'exact', form: undefined, type })).toEqual({ ok: true, key })
})

it('a number that is none is no match key', () => {
  expect(destinationKey('nan', { normalise: 'exact', form: undefined, type: 'number' })).toMatchObject({ ok: false, cause: 'key invalid' })
})
