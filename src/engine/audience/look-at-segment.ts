import type { z } from 'zod'
import { AppError } from '../../contract/errors.ts'
import type { FilterGroup } from '../../contract/definitions.ts'
import type { Preview, SegmentCount, whyInOrOut } from '../../contract/shapes.ts'
import type { Raw } from '../../contract/states.ts'
import { askedKey, filterColumns, productKeyText } from './product-query.ts'
import type { ProductQuery } from './product-query.ts'
import { withProduct } from './look-at-product.ts'
import { previewRows, readAt } from './data-access.ts'
import type { DataAccess } from './data-access.ts'
import { readTable, toCount } from '../storage/raw-values.ts'
import { SqlParameters } from '../sources/sql-parameters.ts'
import { quoteName } from '../storage/duckdb.ts'
import { checkFilter } from '../workspace/check-filter.ts'
import { compileFilter } from './compile-filter.ts'
import type { FilterContext } from './compile-filter.ts'
import { filterParts, isCondition } from '../workspace/filter-tree.ts'
import type { FilterPart, GroupKind } from '../workspace/filter-tree.ts'
import { filterWords, partWords } from './filter-words.ts'

type WhyInOrOut = z.infer<typeof whyInOrOut>

/** How many rows are in a segment, and what each of its parts does, alone and after those before it. */
export async function countSegment(access: DataAccess, product: string, filter: FilterGroup): Promise<SegmentCount> {
  return withProduct(access, product, async (query, { db }) => {
    const { context, parts } = prepared(access, query, filter)
    const { rows } = await readTable(db, countingSql(query, filter, { context, parts }), context.parameters.values)
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
  return withProduct(access, product, async (query, { db }) => {
    const { context } = prepared(access, query, filter)
    const sql = `SELECT * FROM (\n${query.sql}\n) AS product WHERE ${compileFilter(filter, context)} ORDER BY ${quoteName(query.product.value.key)}`
    return previewRows(access, db, sql, limit, context.parameters.values)
  })
}

/** Why one row is in a segment or not: every condition, whether it holds, and the value it looked at. */
export async function whyInSegment(access: DataAccess, product: string, filter: FilterGroup, key: string): Promise<WhyInOrOut> {
  return withProduct(access, product, async (query, { db }) => {
    const { context, parts } = prepared(access, query, filter)
    const tests = parts.flatMap(({ node }) => [compileFilter(node, context), isCondition(node) ? quoteName(node.column) : 'NULL'])
    const inside = compileFilter(filter, context)
    const place = context.parameters.add(askedKey(query, key))
    const sql = `SELECT ${[inside, ...tests].join(', ')} FROM (\n${query.sql}\n) AS product WHERE ${productKeyText(query)} = CAST(${place} AS VARCHAR) LIMIT 1`
    const { rows } = await readTable(db, sql, context.parameters.values)
    const [row] = rows
    if (!row) return { key, found: false, inside: false, reasons: [] }
    const reasons = parts.map((part, index) => ({ at: part.at, words: partWords(part.node), holds: row[1 + 2 * index] === true, value: row[2 + 2 * index] ?? null }))
    return { key, found: true, inside: row[0] === true, reasons }
  })
}

/** The values of a column, most frequent first, for picking. */
export async function columnValues(access: DataAccess, request: { product: string; column: string; search?: string; limit: number }): Promise<{ value: Raw; count: number }[]> {
  return withProduct(access, request.product, async (query, { db }) => {
    const column = filterColumns(query).get(request.column)
    if (!column) throw new AppError('column-missing', `The product '${request.product}' has no column '${request.column}'.`, { value: request.column, next: 'Choose a column of the product.' })
    const parameters = new SqlParameters()
    const name = quoteName(column.name)
    const isList = column.type === 'set' || column.type === 'list'
    const values = `SELECT ${isList ? `unnest(${name})` : name} AS value FROM (\n${query.sql}\n) AS product`
    const search = request.search ? `AND contains(lower(CAST(value AS VARCHAR)), lower(CAST(${parameters.add(request.search)} AS VARCHAR)))` : ''
    const sql = `SELECT value, count(*) FROM (${values}) WHERE value IS NOT NULL ${search} GROUP BY value ORDER BY 2 DESC, CAST(value AS VARCHAR) LIMIT ${Math.trunc(request.limit)}`
    const { rows } = await readTable(db, sql, parameters.values)
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

/**
 * Every condition is tested once for each row. How many rows a group's first parts leave is told by the first part that
 * decides the row (in `any` the first that holds, else the first that does not), so that the statement grows with the
 * number of parts and not with its square.
 */
function countingSql(query: ProductQuery, filter: FilterGroup, { context, parts }: { context: FilterContext; parts: readonly FilterPart[] }): string {
  const outcomes = parts.map((part, index) => `${compileFilter(part.node, context)} AS c${index}`)
  const groups = Map.groupBy(parts.map((part, index) => ({ part, index })), ({ part }) => part.path.slice(0, -1).join('/'))
  const firsts = [...groups.values()].map((members, group) => {
    const kind = members[0] === undefined ? 'all' : groupKind(members[0].part)
    return { kind, members, name: `first${group}`, sql: `CASE ${members.map(({ index }) => `WHEN ${kind === 'all' ? 'NOT ' : ''}c${index} THEN ${index}`).join(' ')} END AS first${group}` }
  })
  const together = new Map(firsts.flatMap(({ kind, members, name }) => members.map(({ index }) => [index, kind === 'any' ? `${name} <= ${index}` : `${name} IS NULL OR ${name} > ${index}`] as const)))
  // A sum takes a tenth of what a filtered count does, where there are hundreds of them.
  const count = (condition: string): string => `sum(CASE WHEN ${condition} THEN 1 ELSE 0 END)`
  const figures = parts.flatMap((_part, index) => [count(`c${index}`), count(together.get(index) ?? 'TRUE')])
  return `SELECT ${['count(*)', count('inside'), ...figures].join(', ')}
    FROM (SELECT ${['*', ...firsts.map(({ sql }) => sql)].join(', ')}
    FROM (SELECT ${[...outcomes, `${compileFilter(filter, context)} AS inside`].join(', ')} FROM (\n${query.sql}\n) AS product) AS tested) AS decided`
}

function groupKind(part: FilterPart): GroupKind {
  const kind = part.path.at(-2)
  return kind === 'any' || kind === 'none' ? kind : 'all'
}
