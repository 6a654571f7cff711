import type { Preview } from '../../contract/shapes.ts'
import type { Raw } from '../../contract/states.ts'
import { canonicalText, hasValue } from '../sources/canonical-sql.ts'
import { previewRows } from './data-access.ts'
import type { DataAccess } from './data-access.ts'
import { readTable, toCount } from '../storage/raw-values.ts'
import type { Relation } from '../sources/relation.ts'
import { explainFailure } from '../sources/source-errors.ts'
import { quoteName } from '../storage/duckdb.ts'
import type { Sql } from '../storage/sql.ts'
import { findDefinition } from '../workspace/find-definition.ts'
import type { Definition, Problem } from '../workspace/workspace.ts'
import { withProductOf } from './open-product.ts'
import { contractProblems, productKeyText } from './product-query.ts'
import type { ProductQuery } from './product-query.ts'

/** Opens a product's source, gives the product as a relation to `work` for as long as a look may take, and closes both. */
export async function withProduct<T>(access: DataAccess, id: string, work: (query: ProductQuery, relation: Relation) => Promise<T>): Promise<T> {
  const product = findDefinition(access.workspace, 'product', id)
  try {
    return await withProductOf(access, product, work)
  } catch (cause) {
    throw explainFailure(cause, `Reading the product '${id}'`, { file: product.sql?.path ?? product.path })
  }
}

/** The first rows of a product, by key, so that they are the same each time. */
export async function previewProduct(access: DataAccess, id: string, limit: number): Promise<Preview> {
  return withProduct(access, id, async (query, { db }) => {
    const key = query.product.value.key
    const ordered = query.columns.some(({ name }) => name === key) ? `\nORDER BY ${quoteName(key)}` : ''
    return previewRows(access, db, `SELECT * FROM (\n${query.sql}\n) AS product${ordered}`, limit)
  })
}

export interface ProductCheck {
  rows: number
  problems: Problem[]
  columns: { name: string; empty: number; distinct: number }[]
  /** Time of the latest change, where the product says which column holds it. */
  latestChange?: string
}

/** A product against the real data: promised columns and types, key, empty values, freshness. */
export async function checkProduct(access: DataAccess, id: string): Promise<ProductCheck> {
  return withProduct(access, id, async (query, { db }) => {
    const problems = contractProblems(query)
    const columns = query.columns.map(({ name }) => name)
    const parts = query.columns.flatMap(({ name, nativeType }) => [`count(*) FILTER (NOT ${hasValue(quoteName(name), nativeType)})`, `approx_count_distinct(${nativeType === 'VARCHAR' ? canonicalText(quoteName(name), nativeType) : quoteName(name)})`])
    const { rows } = await readTable(db, `SELECT count(*), ${parts.join(', ')} FROM (\n${query.sql}\n) AS product`)
    const [total, ...counts] = rows[0] ?? []
    const figures = columns.map((name, at) => ({ name, empty: toCount(counts[2 * at]), distinct: toCount(counts[2 * at + 1]) }))
    problems.push(...(await keyProblems(query, db)), ...brokenNullability(query.product, figures))
    return { rows: toCount(total), problems, columns: figures, ...(await latestChange(query, db)) }
  })
}

async function keyProblems(query: ProductQuery, db: Sql): Promise<Problem[]> {
  const { product } = query
  const { key } = product.value
  if (!query.columns.some(({ name }) => name === key)) return []
  const from = `FROM (\n${query.sql}\n) AS product`
  const name = productKeyText(query)
  const empty = await readTable(db, `SELECT count(*) ${from} WHERE ${name} IS NULL`)
  const repeated = await readTable(db, `SELECT ${name}, count(*) ${from} WHERE ${name} IS NOT NULL GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT 5`)
  const place = { file: product.path, ...lineOf(product, ['key']), field: 'key' }
  const problems: Problem[] = []
  const missing = toCount(empty.rows[0]?.[0])
  if (missing > 0) {
    problems.push({ code: 'bad-input', ...place, value: key, message: `${missing.toLocaleString('en')} rows of '${product.id}' have no ${key}.`, next: 'Leave these rows out in the SQL, or choose a key that every row has.' })
  }
  const [first] = repeated.rows
  if (first) {
    const examples = repeated.rows.map((row: Raw[]) => String(row[0])).join(', ')
    problems.push({ code: 'duplicate-keys', ...place, value: String(first[0]), message: `Rows of '${product.id}' share a key: ${examples}${repeated.rows.length === 5 ? ' and more' : ''}.`, next: 'Make the SQL give one row a key, or choose another key.' })
  }
  return problems
}

function brokenNullability(product: Definition<'product'>, figures: ProductCheck['columns']): Problem[] {
  return product.value.contract.flatMap((promise, index) => {
    const empty = figures.find(({ name }) => name === promise.column)?.empty ?? 0
    if (promise.nullable || empty === 0 || promise.column === product.value.key) return []
    return [
      {
        code: 'type-mismatch' as const,
        file: product.path,
        ...lineOf(product, ['contract', index]),
        field: promise.column,
        message: `The contract says '${promise.column}' always has a value, but ${empty.toLocaleString('en')} rows have none.`,
        next: 'Fill the column in the warehouse, or allow it to be empty: nullable: true.',
      },
    ]
  })
}

async function latestChange({ product, sql, columns }: ProductQuery, db: Sql): Promise<{ latestChange?: string }> {
  const { changedAt } = product.value
  if (changedAt === undefined || !columns.some(({ name }) => name === changedAt)) return {}
  const { rows } = await readTable(db, `SELECT max(CAST(${quoteName(changedAt)} AS TIMESTAMP)) FROM (\n${sql}\n) AS product`)
  const latest = rows[0]?.[0]
  return typeof latest === 'string' ? { latestChange: latest } : {}
}

function lineOf(product: Definition<'product'>, path: readonly PropertyKey[]): { line?: number } {
  const line = product.lineOf(path)
  return line === undefined ? {} : { line }
}
