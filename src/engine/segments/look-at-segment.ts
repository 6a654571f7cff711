import type { z } from 'zod'
import { AppError } from '../../contract/errors.ts'
import type { FilterGroup } from '../../contract/definitions.ts'
import type { Preview, SegmentCount, whyInOrOut } from '../../contract/shapes.ts'
import type { Raw } from '../../contract/states.ts'
import { filterColumns } from '../products/product-query.ts'
import type { ProductQuery } from '../products/product-query.ts'
import { withProduct } from '../products/look-at-product.ts'
import { previewRows, readAt } from '../sources/data-access.ts'
import type { DataAccess } from '../sources/data-access.ts'
import { readTable, toCount } from '../sources/raw-values.ts'
import { SqlParameters } from '../sources/sql-parameters.ts'
import { quoteName } from '../storage/duckdb.ts'
import { checkFilter } from './check-filter.ts'
import { compileFilter, joinParts } from './compile-filter.ts'
import type { FilterContext } from './compile-filter.ts'
import { filterParts, isCondition } from './filter-tree.ts'
import type { FilterPart, GroupKind } from './filter-tree.ts'
import { filterWords, partWords } from './filter-words.ts'

type WhyInOrOut = z.infer<typeof whyInOrOut>

/** How many rows are in a segment, and what each of its parts does, alone and after those before it. */
export async function countSegment(access: DataAccess, product: string, filter: FilterGroup): Promise<SegmentCount> {
  return withProduct(access, product, async (query, session) => {
    const { context, parts } = prepared(access, query, filter)
    const outcome = (index: number) => `c${index}`
    const columns = parts.map((part, index) => `${compileFilter(part.node, context)} AS ${outcome(index)}`)
    const inside = compileFilter(filter, context)
    const figures = parts.flatMap((part, index) => {
      const before = parts.flatMap((other, at) => (at <= index && sameGroup(other, part) ? [outcome(at)] : []))
      return [`count(*) FILTER (${outcome(index)})`, `count(*) FILTER (${joinParts(groupKind(part), before)})`]
    })
    const sql = `SELECT ${['count(*)', 'count(*) FILTER (inside)', ...figures].join(', ')}
      FROM (SELECT ${[...columns, `${inside} AS inside`].join(', ')} FROM (\n${query.sql}\n) AS product) AS tested`
    const { rows } = await readTable(session.db, sql, context.parameters.values)
    const [total, inSegment, ...counts] = (rows[0] ?? []).map(toCount)
    return {
      product,
      total: total ?? 0,
      inSegment: inSegment ?? 0,
      words: filterWords(filter),
      conditions: parts.map((part, index) => ({ at: part.at, words: partWords(part.node), alone: counts[2 * index] ?? 0, together: counts[2 * index + 1] ?? 0 })),
      readAt: readAt(access),
    }
  })
}

/** Some rows of a segment, by key. */
export async function sampleSegment(access: DataAccess, product: string, filter: FilterGroup, limit: number): Promise<Preview> {
  return withProduct(access, product, async (query, session) => {
    const { context } = prepared(access, query, filter)
    const sql = `SELECT * FROM (\n${query.sql}\n) AS product WHERE ${compileFilter(filter, context)} ORDER BY ${quoteName(query.product.value.key)}`
    return previewRows(access, session, sql, limit, context.parameters.values)
  })
}

/** Why one row is in a segment or not: every condition, whether it holds, and the value it looked at. */
export async function whyInSegment(access: DataAccess, product: string, filter: FilterGroup, key: string): Promise<WhyInOrOut> {
  return withProduct(access, product, async (query, session) => {
    const { context, parts } = prepared(access, query, filter)
    const tests = parts.flatMap(({ node }) => [compileFilter(node, context), isCondition(node) ? quoteName(node.column) : 'NULL'])
    const inside = compileFilter(filter, context)
    const place = context.parameters.add(key)
    const sql = `SELECT ${[inside, ...tests].join(', ')} FROM (\n${query.sql}\n) AS product WHERE CAST(${quoteName(query.product.value.key)} AS VARCHAR) = CAST(${place} AS VARCHAR) LIMIT 1`
    const { rows } = await readTable(session.db, sql, context.parameters.values)
    const [row] = rows
    if (!row) return { key, found: false, inside: false, reasons: [] }
    const reasons = parts.map((part, index) => ({ at: part.at, words: partWords(part.node), holds: row[1 + 2 * index] === true, value: row[2 + 2 * index] ?? null }))
    return { key, found: true, inside: row[0] === true, reasons }
  })
}

/** The values of a column, most frequent first, for picking. */
export async function columnValues(access: DataAccess, request: { product: string; column: string; search?: string; limit: number }): Promise<{ value: Raw; count: number }[]> {
  return withProduct(access, request.product, async (query, session) => {
    const column = filterColumns(query).get(request.column)
    if (!column) throw new AppError('column-missing', `The product '${request.product}' has no column '${request.column}'.`, { value: request.column, next: 'Choose a column of the product.' })
    const parameters = new SqlParameters()
    const name = quoteName(column.name)
    const isList = column.type === 'set' || column.type === 'list'
    const values = `SELECT ${isList ? `unnest(${name})` : name} AS value FROM (\n${query.sql}\n) AS product`
    const search = request.search ? `AND contains(lower(CAST(value AS VARCHAR)), lower(CAST(${parameters.add(request.search)} AS VARCHAR)))` : ''
    const sql = `SELECT value, count(*) FROM (${values}) WHERE value IS NOT NULL ${search} GROUP BY value ORDER BY 2 DESC, CAST(value AS VARCHAR) LIMIT ${Math.trunc(request.limit)}`
    const { rows } = await readTable(session.db, sql, parameters.values)
    return rows.map(([value, count]) => ({ value: value ?? null, count: toCount(count) }))
  })
}

function prepared(access: DataAccess, query: ProductQuery, filter: FilterGroup): { context: FilterContext; parts: FilterPart[] } {
  const columns = filterColumns(query)
  const real = new Set(query.columns.map(({ name }) => name))
  const usable = new Map([...columns].flatMap(([name, column]) => (real.has(name) ? [[name, column.type] as const] : [])))
  const [problem] = checkFilter(filter, usable)
  if (problem) {
    const place = { field: ['filter', ...problem.path].join('.'), ...(problem.value === undefined ? {} : { value: problem.value }), next: problem.next }
    throw new AppError(problem.kind === 'column' ? 'column-missing' : 'bad-input', problem.message, place)
  }
  const today = { now: access.clock.now(), timezone: access.workspace.header?.value.timezone ?? 'UTC' }
  return { context: { columns, today, parameters: new SqlParameters() }, parts: filterParts(filter) }
}

/** Parts of one group differ in the last step of their path only. */
function sameGroup(left: FilterPart, right: FilterPart): boolean {
  return left.path.slice(0, -1).join('/') === right.path.slice(0, -1).join('/')
}

function groupKind(part: FilterPart): GroupKind {
  const kind = part.path.at(-2)
  return kind === 'any' || kind === 'none' ? kind : 'all'
}
