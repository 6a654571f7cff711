import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDuckDb } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { canonicalise } from '../values/canonical.ts'
import { readText, storableExpression, storableType, valueTypeOf } from './column-types.ts'
import { describeQuery, readTable } from '../storage/raw-values.ts'

let db: DuckDb
beforeAll(async () => {
  db = await openDuckDb({ tempFolder: tmpdir() })
})
afterAll(() => db.closeInstance())

/** A value as a plan reads it, after the file that an extraction writes, and as a preview shows it. */
async function carried(literal: string): Promise<{ text: unknown; shown: unknown; type: string }> {
  const [column] = await describeQuery(db, `SELECT ${literal} AS x`)
  const nativeType = column?.nativeType ?? ''
  const file = `${tmpdir()}/lockstep-exact-${process.pid}.parquet`
  await db.run(`COPY (SELECT ${storableExpression('x', nativeType)} AS x FROM (SELECT ${literal} AS x)) TO '${file}' (FORMAT parquet)`)
  const text = await readTable(db, `SELECT ${readText('x', storableType(nativeType))} FROM read_parquet('${file}')`)
  const shown = await readTable(db, `SELECT ${storableExpression('x', nativeType)} FROM (SELECT ${literal} AS x)`)
  return { text: text.rows[0]?.[0], shown: shown.rows[0]?.[0], type: nativeType }
}

describe('values that hold others, and long numbers', () => {
  it.each([
    ["{'id': 12345678901234567890::HUGEINT, 'price': 19.99::FLOAT}", '{"id":12345678901234567890,"price":19.99}', { id: '12345678901234567890', price: 19.99 }],
    ["{'id': 9007199254740993::BIGINT, 'a \"b\"': [0.1::FLOAT, NULL]}", '{"id":9007199254740993,"a \\"b\\"":[0.1,null]}', { id: '9007199254740993', 'a "b"': [0.1, null] }],
    ['[19.99::FLOAT, 16777216::FLOAT]', '[19.99,16777216]', [19.99, 16777216]],
    ["[{'at': TIMESTAMP '2026-01-02 03:04:05.6', 'x': 'it''s'}]", '[{"at":"2026-01-02T03:04:05.6Z","x":"it\'s"}]', [{ at: '2026-01-02T03:04:05.6Z', x: "it's" }]],
    ["MAP {'a': 19.99::FLOAT}", '{"a":19.99}', { a: 19.99 }],
    ['MAP {1: 2}', '{"1":2}', { 1: 2 }],
    ['union_value(num := 19.99::FLOAT)', '{"num":19.99}', { num: 19.99 }],
    ["[1.50::DECIMAL(18,2), 2]", '[1.50,2.00]', [1.5, 2]],
    ['[1.5::FLOAT, 2]::FLOAT[2]', '[1.5,2]', [1.5, 2]],
    ['170141183460469231731687303715884105727::HUGEINT', '170141183460469231731687303715884105727', '170141183460469231731687303715884105727'],
    ['19.99::FLOAT', '19.99', 19.99],
    ['pow(2, 81)', '2.4178516392292583e24', 2.4178516392292583e24],
    ["TIMESTAMP_NS '2026-01-02 03:04:05.123456789'", '2026-01-02 03:04:05.123456789', '2026-01-02T03:04:05.123456789Z'],
    ["'{\"id\":12345678901234567890}'::JSON", '{"id":12345678901234567890}', { id: '12345678901234567890' }],
  ])('%s is carried whole', async (literal, text, shown) => {
    expect(await carried(literal)).toMatchObject({ text, shown })
  })

  it.each(["{'x': 'nan'::FLOAT}", "['inf'::DOUBLE, 1::FLOAT]", "{'id': 12345678901234567890::HUGEINT}", '[{\'id\': 9007199254740993}]'])('%s is refused as a document, not changed', async (literal) => {
    const { text } = await carried(literal)
    expect(canonicalise('json', text)).toMatchObject({ ok: false, message: expect.stringContaining('exactly') })
  })

  it('gives the items of a list their exact numbers', async () => {
    const { text } = await carried('[12345678901234567890::HUGEINT, 1]')
    expect(canonicalise('list', text)).toEqual({ ok: true, value: 'l:["n:12345678901234567890","n:1"]' })
    expect(canonicalise('list', (await carried("[{'id': 9007199254740993}]")).text)).toMatchObject({ ok: false, message: expect.stringContaining('9007199254740993') })
  })

  it.each(['BLOB', 'BIT', 'BLOB[]', 'STRUCT("a" INTEGER, "b" BIT)'])('%s cannot be sent', (nativeType) => {
    expect(valueTypeOf(nativeType)).toBeUndefined()
    expect(valueTypeOf('STRUCT("BLOB" INTEGER)')).toBe('json')
  })
})
