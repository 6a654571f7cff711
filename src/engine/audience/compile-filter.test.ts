import fc from 'fast-check'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FilterCondition, FilterGroup, FilterNode, ValueType } from '../../contract/definitions.ts'
import { openDuckDb } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { SqlParameters } from '../sources/sql-parameters.ts'
import { operatorsOf, checkFilter } from '../workspace/check-filter.ts'
import { compileFilter } from './compile-filter.ts'
import type { FilterColumn } from './compile-filter.ts'
import { groupParts, isCondition } from '../workspace/filter-tree.ts'

/** Wednesday, half past midnight in Berlin, still Tuesday in UTC. */
const today = { now: Date.parse('2026-03-31T22:30:00Z'), timezone: 'Europe/Berlin' }

interface Row {
  tier: string | null
  score: string | null
  visits: number | null
  vip: boolean | null
  born: string | null
  seen: string | null
  tags: string[] | null
}

const columns = new Map<string, FilterColumn>(
  (
    [
      ['tier', 'string', 'VARCHAR'],
      ['score', 'number', 'DECIMAL(6,3)'],
      ['visits', 'number', 'BIGINT'],
      ['vip', 'boolean', 'BOOLEAN'],
      ['born', 'date', 'DATE'],
      ['seen', 'instant', 'TIMESTAMP'],
      ['tags', 'set', 'VARCHAR[]'],
    ] as [string, ValueType, string][]
  ).map(([name, type, nativeType]) => [name, { name, type, nativeType }]),
)

/** What a condition means, written without SQL. */
function holds(condition: FilterCondition, row: Row): boolean {
  const value = row[condition.column as keyof Row]
  const type = columns.get(condition.column)?.type
  const wanted = (Array.isArray(condition.value) ? condition.value : [condition.value]) as (string | number)[]
  const [first = ''] = wanted
  const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
  if (condition.operator === 'has a value') return !empty
  if (condition.operator === 'has no value') return empty
  if (condition.operator === 'is not' || condition.operator === 'does not contain' || condition.operator === 'is not one of') {
    const opposite = { 'is not': 'is', 'does not contain': 'contains', 'is not one of': 'is one of' } as const
    return !holds({ ...condition, operator: opposite[condition.operator] }, row)
  }
  // Empty text is no value, in a row and in a condition.
  if (type === 'string' && /^is/.test(condition.operator)) return wanted.map(String).includes(value === null ? '' : String(value))
  if (value === null || value === '') return false
  if (Array.isArray(value)) return value.includes(String(first))
  if (typeof value === 'boolean') return value === (condition.operator === 'is true')
  if (type === 'date' || type === 'instant') return timeHolds(condition, String(value), type, wanted.map(String))
  if (type === 'number') return numberHolds(condition.operator, Number(value), wanted.map(Number))
  const text = String(value)
  switch (condition.operator) {
    case 'is':
      return text === String(first)
    case 'is one of':
      return wanted.map(String).includes(text)
    case 'contains':
      return text.toLowerCase().includes(String(first).toLowerCase())
    case 'starts with':
      return text.toLowerCase().startsWith(String(first).toLowerCase())
    default:
      throw new Error(condition.operator)
  }
}

function numberHolds(operator: string, value: number, wanted: number[]): boolean {
  const [first = 0, second = 0] = wanted
  const tests: Record<string, boolean> = {
    is: value === first,
    'is one of': wanted.includes(value),
    'more than': value > first,
    'at least': value >= first,
    'less than': value < first,
    'at most': value <= first,
    between: value >= first && value <= second,
  }
  return tests[operator] ?? false
}

const berlinDay = (instant: string) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(new Date(`${instant.replace(' ', 'T')}Z`))

/** Days are the workspace's days: an instant belongs to the day it was in Berlin. */
function timeHolds(condition: FilterCondition, value: string, type: 'date' | 'instant', [first = '', second = '']: string[]): boolean {
  const day = type === 'date' ? value : berlinDay(value)
  const shift = (days: number) => new Date(Date.parse('2026-04-01T00:00:00Z') + days * 86_400_000).toISOString().slice(0, 10)
  const days = Number(condition.value)
  const tests: Record<string, () => boolean> = {
    is: () => day === first,
    before: () => day < first,
    after: () => day > first,
    between: () => day >= first && day <= second,
    'in the last days': () => day >= shift(-days) && day <= shift(0),
    'in the next days': () => day >= shift(0) && day <= shift(days),
  }
  return tests[condition.operator]?.() ?? false
}

function evaluate(node: FilterNode, row: Row): boolean {
  if (isCondition(node)) return holds(node, row)
  const { kind, parts } = groupParts(node)
  if (kind === 'all') return parts.every((part) => evaluate(part, row))
  return parts.some((part) => evaluate(part, row)) === (kind === 'any')
}

const words = fc.constantFrom('gold', 'Gold', 'silver', "o'hara", 'a%b_c', '', ' gold', 'ÅSA')
const days = fc.constantFrom('2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31', '2026-04-01', '2026-04-02', '2026-10-25')
const numbers = fc.constantFrom(0, 0.6, 0.599, 0.601, -1, 7, 100)
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null, freq: 4 })

const rowArbitrary: fc.Arbitrary<Row> = fc.record({
  tier: orNull(words),
  score: orNull(numbers.map((number) => number.toFixed(3))),
  visits: orNull(fc.constantFrom(0, 7, 100)),
  vip: orNull(fc.boolean()),
  born: orNull(days),
  seen: orNull(fc.tuple(days, fc.constantFrom('00:00:00', '21:59:59', '22:00:00', '22:59:59', '23:00:00', '23:59:59')).map(([day, time]) => `${day} ${time}`)),
  tags: orNull(fc.subarray(['home', 'motor', 'gold'])),
})

const conditionArbitrary: fc.Arbitrary<FilterCondition> = fc.constantFrom(...columns.values()).chain(({ name, type }) =>
  fc.constantFrom(...operatorsOf[type]).chain((operator): fc.Arbitrary<FilterCondition> => {
    const value = type === 'number' ? numbers : type === 'date' || type === 'instant' ? days : type === 'string' ? words : fc.constantFrom('home', 'gold', 'pet')
    if (/value$|^is (true|false)$/.test(operator)) return fc.constant({ column: name, operator })
    if (operator === 'in the last days' || operator === 'in the next days') return fc.constantFrom(0, 1, 3, 210).map((count) => ({ column: name, operator, value: count }))
    if (operator === 'between') return fc.tuple(value, value).map((pair) => ({ column: name, operator, value: pair }))
    if (operator.endsWith('one of')) return fc.array<string | number>(value, { minLength: 1, maxLength: 3 }).map((list) => ({ column: name, operator, value: list }))
    return value.map((single) => ({ column: name, operator, value: single }))
  }),
)

const filterArbitrary: fc.Arbitrary<FilterGroup> = groupOf(3)

function groupOf(levels: number): fc.Arbitrary<FilterGroup> {
  const part: fc.Arbitrary<FilterNode> = levels === 1 ? conditionArbitrary : fc.oneof({ weight: 3, arbitrary: conditionArbitrary as fc.Arbitrary<FilterNode> }, { weight: 1, arbitrary: groupOf(levels - 1) as fc.Arbitrary<FilterNode> })
  return fc.tuple(fc.constantFrom('all', 'any', 'none'), fc.array(part, { maxLength: 3 })).map(([kind, parts]) => ({ [kind]: parts }) as FilterGroup)
}

describe('compileFilter', () => {
  let db: DuckDb
  beforeAll(async () => {
    db = await openDuckDb({ tempFolder: tmpdir() })
    await db.run("SET TimeZone = 'UTC'")
    await db.run('CREATE TABLE rows (n INTEGER, tier VARCHAR, score DECIMAL(6,3), visits BIGINT, vip BOOLEAN, born DATE, seen TIMESTAMP, tags VARCHAR[])')
  })
  afterAll(() => db.closeInstance())

  async function rowsInside(filter: FilterGroup): Promise<number[]> {
    const parameters = new SqlParameters()
    const sql = compileFilter(filter, { columns, today, parameters })
    return (await db.rows<{ n: number }>(`SELECT n FROM rows WHERE ${sql} ORDER BY n`, parameters.values)).map(({ n }) => n)
  }

  async function fill(rows: Row[]): Promise<void> {
    await db.run('DELETE FROM rows')
    for (const [n, row] of rows.entries()) {
      const tags = row.tags === null ? 'NULL' : `[${row.tags.map((tag) => `'${tag}'`).join(', ')}]::VARCHAR[]`
      await db.run(`INSERT INTO rows VALUES ($1, $2, CAST($3 AS DECIMAL(6,3)), $4, $5, CAST($6 AS DATE), CAST($7 AS TIMESTAMP), ${tags})`, [n, row.tier, row.score, row.visits, row.vip, row.born, row.seen])
    }
  }

  it('puts exactly those rows in that the filter means', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rowArbitrary, { minLength: 5, maxLength: 12 }), fc.array(filterArbitrary, { minLength: 12, maxLength: 12 }), async (rows, filters) => {
        await fill(rows)
        for (const filter of filters) {
          const expected = rows.flatMap((row, n) => (evaluate(filter, row) ? [n] : []))
          expect(await rowsInside(filter), JSON.stringify(filter)).toEqual(expected)
        }
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  it('takes every value as a parameter, never as SQL', async () => {
    const parameters = new SqlParameters()
    const nasty = "'; DROP TABLE rows; --"
    const sql = compileFilter({ all: [{ column: 'tier', operator: 'is one of', value: [nasty, '$1'] }] }, { columns, today, parameters })
    expect(sql).not.toContain('DROP')
    expect(parameters.values).toEqual([nasty, '$1'])
    expect(await db.rows(`SELECT n FROM rows WHERE ${sql}`, parameters.values)).toEqual([])
  })

  it('compares long numbers and decimals exactly', async () => {
    await db.run("CREATE OR REPLACE TABLE exact AS SELECT 9007199254740993::BIGINT AS id, 0.1::DECIMAL(6,3) + 0.2::DECIMAL(6,3) AS share")
    const exact = new Map<string, FilterColumn>([
      ['id', { name: 'id', type: 'number', nativeType: 'BIGINT' }],
      ['share', { name: 'share', type: 'number', nativeType: 'DECIMAL(7,3)' }],
    ])
    const count = async (condition: FilterCondition) => {
      const parameters = new SqlParameters()
      const sql = compileFilter(condition, { columns: exact, today, parameters })
      return (await db.row<{ n: number }>(`SELECT count(*) AS n FROM exact WHERE ${sql}`, parameters.values))?.n
    }
    expect(await count({ column: 'id', operator: 'is', value: '9007199254740993' })).toBe(1)
    expect(await count({ column: 'id', operator: 'is', value: '9007199254740992' })).toBe(0)
    expect(await count({ column: 'share', operator: 'is', value: 0.3 })).toBe(1)
    expect(await count({ column: 'share', operator: 'at least', value: 1e25 })).toBe(0)
  })

  it('accepts every condition that it can compile', () => {
    fc.assert(fc.property(filterArbitrary, (filter) => checkFilter(filter, new Map([...columns].map(([name, { type }]) => [name, type]))).length === 0))
  })
})
