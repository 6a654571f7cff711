import fc from 'fast-check'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FilterCondition, FilterOperator, ValueType } from '../../contract/definitions.ts'
import { asDouble, canonicalText, doubleText, isFloating, keyText } from '../sources/canonical-sql.ts'
import { readTable } from '../storage/raw-values.ts'
import { SqlParameters } from '../sources/sql-parameters.ts'
import { openDuckDb, quoteText } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { canonicalise, textOf } from '../values/canonical.ts'
import { compareDecimals } from '../values/decimal.ts'
import { compileFilter } from './compile-filter.ts'

let db: DuckDb
beforeAll(async () => {
  db = await openDuckDb({ tempFolder: tmpdir() })
})
afterAll(() => db.closeInstance())

/** Values of a native type as SQL literals: the edges of the type, and what tells its forms apart. */
const doubles = fc.oneof(fc.double(), fc.integer({ min: -1074, max: 1023 }).map((power) => 2 ** power), fc.constantFrom(2 ** 81, 2 ** 807), fc.constantFrom(1001, 0.1, 1e16, 1e-5, 123456789012345680, 5e-324, 1.7976931348623157e308, -0, NaN, Infinity, -Infinity, 19.99)).map((value) => `'${Number.isNaN(value) ? 'nan' : String(value)}'`)
const floats = fc.oneof(fc.float(), fc.constantFrom(...Array.from({ length: 270 }, (_, power) => Math.fround(2 ** (power - 145)))), fc.constantFrom(Math.fround(19.99), 16777216, NaN, Infinity)).map((value) => `'${Number.isNaN(value) ? 'nan' : String(value)}'`)
const wholes = (bits: number, signed: boolean) => fc.bigInt(signed ? { min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n } : { min: 0n, max: 2n ** BigInt(bits) - 1n }).map(String)
const decimals = (all: number, point: number) =>
  fc.oneof(fc.bigInt({ min: 1n - 10n ** BigInt(all), max: 10n ** BigInt(all) - 1n }), fc.bigInt({ min: -99n, max: 99n })).map((units) => {
    const text = (units < 0n ? -units : units).toString().padStart(point + 1, '0')
    return `'${units < 0n ? '-' : ''}${text.slice(0, text.length - point)}${point === 0 ? '' : '.'}${text.slice(text.length - point)}'`
  })
const instants = (format: (date: Date) => string) => fc.date({ min: new Date('1700-01-01T00:00:00Z'), max: new Date('2250-01-01T00:00:00Z'), noInvalidDate: true }).map((date) => `'${format(date)}'`)
const iso = (date: Date) => date.toISOString().slice(0, -1).replace('T', ' ')
const words = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', 'Zoë', 'Zoe\u0308', '\u212B', 'Å', 'K', '\u212A', 'A\u200B', ' gold', 'nan', '007')).map((text) => quoteText(text.replaceAll('\0', '')))

const natives: { nativeType: string; type: ValueType; literals: fc.Arbitrary<string>; compares?: boolean }[] = [
  { nativeType: 'VARCHAR', type: 'string', literals: words },
  { nativeType: "ENUM('Zoe\u0308', 'Zoë', '007', '')", type: 'string', literals: fc.constantFrom("'Zoë'", "'Zoe\u0308'", "'007'", "''") },
  { nativeType: 'UUID', type: 'string', literals: fc.uuid().map(quoteText) },
  ...[8, 16, 32, 64, 128].flatMap((bits) => {
    const name = { 8: 'TINYINT', 16: 'SMALLINT', 32: 'INTEGER', 64: 'BIGINT', 128: 'HUGEINT' }[bits] ?? ''
    return [true, false].map((signed) => ({ nativeType: `${signed ? '' : 'U'}${name}`, type: 'number' as const, literals: wholes(bits, signed).map((digits) => `'${digits}'`) }))
  }),
  ...([[18, 2], [4, 3], [2, 2], [38, 0], [38, 10], [38, 37], [38, 38], [9, 1]] as const).map(([all, point]) => ({ nativeType: `DECIMAL(${all},${point})`, type: 'number' as const, literals: decimals(all, point) })),
  { nativeType: 'DOUBLE', type: 'number', literals: doubles },
  { nativeType: 'FLOAT', type: 'number', literals: floats },
  { nativeType: 'BOOLEAN', type: 'boolean', literals: fc.constantFrom('TRUE', 'FALSE') },
  { nativeType: 'DATE', type: 'date', literals: fc.oneof(instants((date) => date.toISOString().slice(0, 10)), fc.constantFrom("'infinity'", "'0044-03-15 (BC)'", "'0001-01-01'", "'9999-12-31'", "'10000-01-01'")) },
  { nativeType: 'TIMESTAMP', type: 'instant', literals: fc.oneof(instants((date) => `${iso(date)}456`), instants(iso), fc.constantFrom("'infinity'", "'-infinity'", "'0044-03-15 (BC) 10:00:00'", "'9999-12-31 23:59:59.999999'")) },
  { nativeType: 'TIMESTAMP_S', type: 'instant', literals: instants((date) => iso(date).slice(0, 19)) },
  { nativeType: 'TIMESTAMP_MS', type: 'instant', literals: instants(iso) },
  { nativeType: 'TIMESTAMP_NS', type: 'instant', literals: fc.oneof(instants((date) => `${iso(date)}999999`), fc.constantFrom("'1969-12-31 23:59:59.999999999'")) },
  { nativeType: 'TIMESTAMP WITH TIME ZONE', type: 'instant', literals: instants((date) => `${iso(date)}+02`) },
]

/** What a field of the column would send, from the text in which a plan reads the column. */
function sent(type: ValueType, text: string | null, precision?: number): string | null {
  const result = canonicalise(type, text, precision === undefined ? {} : { precision })
  return result.ok ? result.value : null
}

/** A column as a plan reads it. */
function read(column: string, nativeType: string): string {
  return isFloating(nativeType) ? doubleText(asDouble(column, nativeType)) : `CAST(${column} AS VARCHAR)`
}

describe('one equality', () => {
  it.each(natives)('$nativeType has one text, in SQL and as a field', async ({ nativeType, type, literals }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(literals, { minLength: 1, maxLength: 60 }), async (values) => {
        const from = `FROM (SELECT unnest([${values.map((value) => `CAST(${value} AS ${nativeType})`).join(', ')}]) AS x)`
        const rows: string[] = []
        for await (const part of db.textRows([read('x', nativeType), canonicalText('x', nativeType) ?? 'NULL', keyText('x', nativeType)], from)) rows.push(...part)
        for (const row of rows) {
          const [text = null, canonical, key] = JSON.parse(row) as (string | null)[]
          const field = sent(type, text, 9)
          expect({ text, canonical }).toEqual({ text, canonical: field === null ? null : textOf(field) })
          // A key is never lost: what is no value of its type is told of by its word.
          expect(key === null).toBe(text === '')
          if (canonical !== null) expect(key).toBe(canonical)
        }
      }),
      { numRuns: 15 },
    )
  })

  it.each(natives.filter(({ type }) => type !== 'boolean'))('$nativeType: a condition holds exactly where the field’s value does', async ({ nativeType, type, literals }) => {
    const operators: FilterOperator[] = type === 'number' ? ['is', 'is not', 'is one of', 'more than', 'at least', 'less than', 'at most', 'has a value'] : type === 'string' ? ['is', 'is not', 'is one of', 'has a value', 'has no value'] : ['is', 'is not', 'before', 'after', 'has a value']
    await fc.assert(
      fc.asyncProperty(fc.array(literals, { minLength: 3, maxLength: 20 }), fc.constantFrom(...operators), fc.nat(), fc.boolean(), async (literalValues, operator, pick, moved) => {
        const column = { name: 'x', type, nativeType }
        const from = `FROM (SELECT unnest([${literalValues.map((value) => `CAST(${value} AS ${nativeType})`).join(', ')}, NULL]) AS x)`
        const texts: (string | null)[] = []
        for await (const rows of db.textRows([read('x', nativeType)], from)) texts.push(...rows.map((row) => (JSON.parse(row) as (string | null)[])[0] ?? null))
        const wanted = conditionValue(type, texts[pick % literalValues.length] ?? null, moved)
        if (wanted === undefined) return
        const parameters = new SqlParameters()
        const condition: FilterCondition = /value$/.test(operator) ? { column: 'x', operator } : { column: 'x', operator, value: operator === 'is one of' ? [wanted] : wanted }
        const sql = compileFilter(condition, { columns: new Map([['x', column]]), today: { now: 0, timezone: 'UTC' }, parameters })
        const { rows } = await readTable(db, `SELECT ${sql} ${from}`, parameters.values)
        const expected = texts.map((text) => holds(operator, type, sent(type, text), sent(type, wanted)))
        expect({ condition, texts, holds: rows.map(([inside]) => inside) }).toEqual({ condition, texts, holds: expected })
      }),
      { numRuns: 30 },
    )
  })
})

/** A value for a condition: that of a row, in another form of the same, or a little beside it. */
function conditionValue(type: ValueType, read: string | null, moved: boolean): string | undefined {
  if (type === 'string') return moved ? read?.normalize('NFD') : (read ?? '')
  const canonical = sent(type, read)
  if (canonical === null) return undefined
  if (type === 'number') return moved ? `${textOf(canonical)}${textOf(canonical).includes('.') ? '' : '.'}00000000000000000001` : `${textOf(canonical)}${textOf(canonical).includes('.') ? '0' : '.0'}`
  return textOf(canonical)
}

function holds(operator: FilterOperator, type: ValueType, value: string | null, wanted: string | null): boolean {
  switch (operator) {
    case 'has a value':
      return value !== null
    case 'has no value':
      return value === null
    case 'is':
    case 'is one of':
      return value === wanted
    case 'is not':
      return value !== wanted
    default:
      return value !== null && wanted !== null && ordered(operator, type === 'number' ? compareDecimals(textOf(value), textOf(wanted)) : compareTimes(value, wanted))
  }
}

function ordered(operator: FilterOperator, order: number): boolean {
  if (operator === 'more than' || operator === 'after') return order > 0
  if (operator === 'at least') return order >= 0
  return operator === 'at most' ? order <= 0 : order < 0
}

function compareTimes(left: string, right: string): number {
  const plain = (canonical: string) => textOf(canonical).replace('Z', '')
  return plain(left) < plain(right) ? -1 : plain(left) > plain(right) ? 1 : 0
}
