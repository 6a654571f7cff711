import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fieldMapping, type ValueType } from '../../../contract/definitions.ts'
import type { Raw } from '../../../contract/states.ts'
import { destinations as listed } from '../../destinations/registry.ts'
import { type DuckDb, openDuckDb, quoteText } from '../../storage/duckdb.ts'
import { Chance } from '../../testing/chance.ts'
import type { DestinationField } from '../../values/destination-field.ts'
import { parseRaw, rawText } from '../../values/json.ts'
import { type CompiledMapping, compileMapping } from '../../values/mapping.ts'
import { provablyEqual } from './provably-equal.ts'

const destinations = await Promise.all(listed.map(({ load }) => load()))

let duckdb: DuckDb
beforeAll(async () => {
  duckdb = await openDuckDb({ tempFolder: tmpdir() })
})
afterAll(() => duckdb.closeInstance())

const seed = 20261201
const drawn = 400

/** What warehouses and vendors spell, and what somebody may write to be taken for it. */
const odd = [
  '', ' ', 'a', 'A', ' a', 'a ', 'a  b', 'é', 'e\u0301', 'ﬁ', '"', '\\', "'", 'a"b', 'a\\b', 'a\u001fb', '\u001f', '\u0000', '\u007f', 'a\nb', '\ud83d\ude42', '[1]', '{}', 'null', 'true', 'TRUE', 'yes', 'no', 'false',
  '0', '-0', '00', '007', '7', '7.0', '7.50', '7.5', '-7.5', '+7', '1e3', '1000', '.5', '0.5', '123456789012345', '1234567890123456', '0.1234567', 'NaN', 'Infinity', '0x10', '1_000', '1,000',
  '2026-02-28', '2026-02-30', '0000-01-01', '0999-12-31', '9999-12-31', '10000-01-01', '2026-2-28',
  '2026-02-28 10:00:00', '2026-02-28T10:00:00Z', '2026-02-28T10:00:00.000Z', '2026-02-28 10:00:00.5', '2026-02-28T10:00:00.500Z', '2026-02-28 10:00:00+00', '2026-02-28T11:00:00+01:00', '2026-02-28 24:00:00', '2026-02-28 23:59:60', '2026-02-30 10:00:00', '2026-02-28T10:00:00.1234Z', '2026-02-28T00:00:00Z', '1772272800000',
  '"7"', '"7', '"2026-02-28"', '"2026-02-28 10:00:00"', '"gold"',
  'gold', 'Gold', 'silver', 'platinum', 'red', 'a;b',
]

function spelled(text: string): Raw[] {
  const number = Number(text)
  return [text, ...(text.trim() !== '' && Number.isFinite(number) ? [number] : []), ...(text === 'true' || text === 'false' ? [text === 'true'] : []), [text], { a: text }]
}

const raws = ['null', ...new Set(odd.flatMap(spelled).map(rawText))]

function text(chance: Chance): string {
  const of = chance.pick([() => String(chance.whole(-1000, 100000)), () => (chance.whole(0, 99999) / 100).toFixed(2), () => `Name ${chance.whole(1, 99)} O'Neil`, () => `u${chance.whole(1, 999)}@example.com`, () => new Date(chance.whole(0, 2e12)).toISOString().slice(0, 19).replace('T', ' '), () => new Date(chance.whole(0, 2e12)).toISOString().slice(0, 10)])
  return of()
}

/** Pairs of what the warehouse holds and what was read: odd with odd, and drawn ones with their like. */
function pairs(chance: Chance): [string | null, string][] {
  const all: [string | null, string][] = [...odd, null].flatMap((source) => raws.map((raw): [string | null, string] => [source, raw]))
  for (let count = 0; count < drawn; count++) {
    const source = text(chance)
    for (const raw of [...spelled(source), source.replace(' ', 'T') + 'Z', `${source}0`, source.toUpperCase(), null]) all.push([source, rawText(raw)])
  }
  return all
}

const types: ValueType[] = ['string', 'number', 'boolean', 'date', 'instant']
const field = (type: ValueType, more: Partial<DestinationField> = {}): DestinationField => ({ name: 'value', label: 'Value', type, access: 'read and write', required: false, unique: false, ...more })
const options = ['gold', 'silver', 'red'].map((value) => ({ value, label: value }))
const fields: [string, DestinationField][] = [
  ...types.map((type): [string, DestinationField] => [type, field(type)]),
  ['text of three characters', field('string', { maxLength: 3 })],
  ['text in lower case', field('string', { folds: 'lower case' })],
  ['an email address', field('string', { folds: 'email' })],
  ['a list of options', field('string', { options })],
  ['a whole number', field('number', { precision: 0 })],
  ['a number with one digit', field('number', { precision: 1 })],
  ['a whole second', field('instant', { precision: 0 })],
  ['a required text', field('string', { required: true })],
]
const mappings = {
  plain: {},
  trimmed: { trim: true },
  'with a value map': { values: { gold: 'Gold', '7': 'seven', '': 'none' }, otherwise: 'as it is' },
  'with a closed value map': { values: { gold: 'red', true: 'gold' }, otherwise: 'invalid' },
  'that leaves the field': { onInvalid: 'leave field' },
} as const

describe.each(destinations.map((destination) => [destination.id, destination] as const))('%s', (_id, destination) => {
  it('never calls two values equal that the classifier would not, and does see plain ones', async () => {
    const chance = new Chance(seed)
    const all = pairs(chance)
    await duckdb.run('CREATE OR REPLACE TABLE pairs (v VARCHAR, f VARCHAR)')
    await duckdb.run(`INSERT INTO pairs SELECT p[1], p[2] FROM (SELECT unnest(from_json(${quoteText(JSON.stringify(all))}, '[["VARCHAR"]]')) AS p)`)
    let seen = 0
    for (const [of, one] of fields) {
      for (const from of types) {
        for (const [how, more] of Object.entries(mappings)) {
          const compiled = compiledOrNone(from, one, more, destination)
          const sql = compiled && provablyEqual(compiled, 'v', 'f')
          if (!compiled || sql === undefined) continue
          for (const [source, raw] of (await duckdb.rows<{ pair: string }>(`SELECT to_json([v, f])::VARCHAR AS pair FROM pairs WHERE ${sql}`)).map(({ pair }) => JSON.parse(pair) as [string | null, string])) {
            const sent = compiled.forward(source)
            expect(sent.ok && sent.canonical === compiled.normalise(parseRaw(raw)), `${from} to ${of}, ${how}: ${JSON.stringify(source)} and ${raw}`).toBe(true)
            seen++
          }
        }
      }
    }
    expect(seen).toBeGreaterThan(destination.keepsPlain === undefined ? 100 : 5000)
  })
})

function compiledOrNone(type: ValueType, one: DestinationField, more: object, destination: (typeof destinations)[number]): CompiledMapping | undefined {
  try {
    return compileMapping(fieldMapping.parse({ from: 'value', to: 'value', ...more }), { column: 'value', type } as never, one, destination)
  } catch {
    // Not every type can be written to every field.
    return undefined
  }
}

it('knows a constant by what the field shows of it', async () => {
  const [destination] = destinations
  if (!destination) throw new Error('there is none')
  const compiled = compileMapping(fieldMapping.parse({ value: true, to: 'value' }), undefined, field('boolean'), destination)
  const sql = provablyEqual(compiled, undefined, 'f') ?? 'false'
  const rows = await duckdb.rows<{ f: string }>(`SELECT f FROM (SELECT unnest(['true', '"true"', 'false', 'null', '"TRUE"']) AS f) WHERE ${sql} ORDER BY f`)
  expect(rows.map(({ f }) => f)).toEqual(['"true"', 'true'])
})
