import { SqlParameters } from '../sources/sql-parameters.ts'
import { storableExpression, storableType } from '../sources/column-types.ts'
import type { Today } from '../values/days.ts'
import { compileFilter } from './compile-filter.ts'
import { quoteName } from '../storage/duckdb.ts'
import type { SqlValue } from '../storage/duckdb.ts'
import type { ActivationParts } from '../workspace/activation-parts.ts'
import { filterColumns, productKeyText } from './product-query.ts'
import type { ProductQuery } from './product-query.ts'

/** Names of the two columns that every audience has besides the product's own. */
export const AUDIENCE_KEY = 'key'
export const AUDIENCE_DO_NOT_SEND = 'do_not_send'

export interface AudienceColumn {
  /** Name in the product. */
  name: string
  /** Name in the audience: the same, unless it would be taken for one of the two. */
  output: string
  /** DuckDB's type in the audience. */
  nativeType: string
}

export interface AudienceRequest {
  query: ProductQuery
  parts: Pick<ActivationParts, 'activation' | 'segment'>
  /** Product columns wanted besides the key. */
  columns: readonly string[]
  today: Today
  /** A trial: only these keys, or only the first so many by key. */
  keys?: readonly string[]
  limit?: number
}

export interface AudienceSql {
  sql: string
  parameters: SqlValue[]
  columns: AudienceColumn[]
}

/**
 * The rows an activation sends: its product, narrowed to its segment, with the product key as text, the columns
 * asked for in their own types, and whether its do-not-send condition holds.
 */
export function audienceSql({ query, parts, columns, today, keys, limit }: AudienceRequest): AudienceSql {
  const parameters = new SqlParameters()
  const context = { columns: filterColumns(query), today, parameters }
  const key = productKeyText(query)
  const doNotSend = parts.activation.value.doNotSend
  const outputs = audienceColumns(query, columns)
  const selected = [
    `${key} AS ${quoteName(AUDIENCE_KEY)}`,
    ...outputs.map(({ name, output }) => `${storableExpression(quoteName(name), nativeTypeOf(query, name))} AS ${quoteName(output)}`),
    `${doNotSend === undefined ? 'FALSE' : compileFilter(doNotSend, context)} AS ${quoteName(AUDIENCE_DO_NOT_SEND)}`,
  ]
  const conditions: string[] = []
  if (parts.segment !== undefined) conditions.push(compileFilter(parts.segment.value.filter, context))
  // One parameter, however many keys there are: a retry may name a hundred thousand.
  if (keys !== undefined) conditions.push(`${key} IN (SELECT unnest(from_json(CAST(${parameters.add(JSON.stringify(keys))} AS VARCHAR), '["VARCHAR"]')))`)
  const where = conditions.length === 0 ? '' : `\nWHERE ${conditions.join(' AND ')}`
  const top = limit === undefined ? '' : `\nORDER BY ${key} LIMIT ${Math.trunc(limit)}`
  return { sql: `SELECT ${selected.join(',\n  ')}\nFROM (\n${query.sql}\n) AS product${where}${top}`, parameters: parameters.values, columns: outputs }
}

/** How the product's columns are named in an audience. */
export function audienceColumns(query: ProductQuery, columns: readonly string[]): AudienceColumn[] {
  const taken = new Set([AUDIENCE_KEY, AUDIENCE_DO_NOT_SEND])
  return [...new Set(columns)].map((name) => {
    let output = name
    // DuckDB compares names without case.
    while (taken.has(output.toLowerCase())) output = `${output}_`
    taken.add(output.toLowerCase())
    return { name, output, nativeType: storableType(nativeTypeOf(query, name)) }
  })
}

function nativeTypeOf(query: ProductQuery, column: string): string {
  const found = query.columns.find(({ name }) => name === column)
  if (found === undefined) throw new Error(`column ${column} was not checked`)
  return found.nativeType
}
