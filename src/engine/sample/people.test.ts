import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordSource } from '../../contract/identity.ts'
import { IdentityIndex } from '../identity/index/identity-index.ts'
import type { IndexedRecord } from '../identity/index/identity-index.ts'
import type { RecordLink } from '../identity/index/links.ts'
import { parseRules } from '../identity/read-rules.ts'
import { openDuckDb, quoteName, quoteText } from '../storage/duckdb.ts'
import { diskFiles } from '../testing/disk-files.ts'
import { createSample } from './create-sample.ts'
import { customer360Sql } from './customer-360-sql.ts'

const CUSTOMERS = 4000
let folder: string
let outcome: IndexedRecord[]
let links: RecordLink[]

/** Columns of the rules, each by its name in a source. */
function columnsIn(source: RecordSource, columns: readonly string[], has: (name: string) => boolean): string {
  return columns
    .map((column) => source.columns?.[column] ?? column)
    .map((name, at) => `${has(name) ? `CAST(${quoteName(name)} AS VARCHAR)` : 'NULL::VARCHAR'} AS c${at}`)
    .join(', ')
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-sample-people-'))
  const workspace = join(folder, 'harbour')
  await createSample({ folder: workspace, files: diskFiles, customers: CUSTOMERS, seed: 3 })
  const db = await openDuckDb({ tempFolder: join(folder, 'spill'), ownInstance: true })
  await db.run(`ATTACH ${quoteText(join(workspace, 'warehouse.duckdb'))} AS warehouse (READ_ONLY); USE warehouse`)
  await db.run(`CREATE TABLE memory.main.customers AS ${customer360Sql}`)
  await db.run('USE memory')
  const rules = parseRules('people.yaml', readFileSync(join(workspace, 'identity', 'people.yaml'), 'utf8'))
  const known = [...new Set(['customer_id', 'email', 'phone', 'country', 'first_name', 'last_name', 'full_name'])]
  const index = await IdentityIndex.create(db, rules, known)
  const parts: string[] = []
  for (const source of rules.definition.records ?? []) {
    if ('product' in source) {
      parts.push(`SELECT 'customer-360:' || customer_id, 'customer-360', ${columnsIn(source, index.columns, () => true)} FROM customers`)
      continue
    }
    const name = `${source.connection}/${source.object}`
    const seed = quoteText(join(workspace, '.lockstep', 'simulators', `${source.connection}.seed.jsonl`))
    const fields = `SELECT r.id, unnest(r.fields) FROM read_json(${seed}, sample_size = -1, union_by_name = true) r WHERE object = ${quoteText(source.object)}`
    const described = new Set((await db.rows<{ column_name: string }>(`DESCRIBE ${fields}`)).map((column) => column.column_name))
    parts.push(`SELECT ${quoteText(`${name}:`)} || id, ${quoteText(name)}, ${columnsIn(source, index.columns, (column) => described.has(column))} FROM (${fields})`)
  }
  await db.run(`CREATE TABLE incoming AS SELECT * FROM (${parts.join(' UNION ALL ')}) v(reference, source${index.columns.map((_, at) => `, c${at}`).join('')})`)
  await index.run({ complete: true })
  outcome = []
  for await (const record of index.outcome()) outcome.push(record)
  links = []
  for await (const link of index.links('customer-360', 'crm/contacts')) links.push(link)
  db.closeInstance()
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Whose record it is, as the seeds were made: by the number in its reference; strangers are nobody's. */
function truth(reference: string): string {
  const [source = '', id = ''] = reference.split(':')
  const number = Number(id.replace(/^\D+/, ''))
  switch (source) {
    case 'customer-360':
    case 'marketing/users':
      return `customer ${number}`
    case 'support/users': {
      const place = number - 7_000_000
      return place > CUSTOMERS ? reference : `customer ${place}`
    }
    default: {
      const place = number - 500_000
      if (place > 2 * CUSTOMERS) return `customer ${place - 2 * CUSTOMERS}`
      return place > CUSTOMERS ? reference : `customer ${place}`
    }
  }
}

function pairs(counts: Iterable<number>): number {
  let sum = 0
  for (const count of counts) sum += (count * (count - 1)) / 2
  return sum
}

function countBy(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

describe('the rules of the sample company, against who everybody really is', () => {
  it('merge nobody wrongly, and find nearly everybody', () => {
    const merged = pairs(countBy(outcome.map(({ entity }) => entity)).values())
    const same = pairs(countBy(outcome.map(({ reference }) => truth(reference))).values())
    const right = pairs(countBy(outcome.map(({ entity, reference }) => `${entity} ${truth(reference)}`)).values())
    expect(right / merged, 'precision').toBeGreaterThanOrEqual(0.999)
    expect(right / same, 'recall').toBeGreaterThanOrEqual(0.99)
  })

  it('lead no customer to somebody else’s contact, and give every kind of reason why some wait', () => {
    const wrong = links.flatMap(({ reference, target }) => (target !== undefined && truth(target) !== truth(reference) ? [`${reference} ${target}`] : []))
    expect(wrong).toEqual([])
    const states = countBy(links.map(({ state, because }) => because ?? state))
    for (const state of ['matched', 'unmatched', 'several there', 'held back']) expect(states.get(state), state).toBeGreaterThan(0)
    expect((states.get('matched') ?? 0) / CUSTOMERS).toBeGreaterThan(0.8)
  })

  it('find contacts that a single key does not: the address was given up, and nobody noted the number', () => {
    const rules = new Map(outcome.map(({ reference, rule }) => [reference, rule]))
    expect(links.filter(({ target }) => target !== undefined && rules.get(target) === 'phone and name').length).toBeGreaterThan(10)
  })
})
