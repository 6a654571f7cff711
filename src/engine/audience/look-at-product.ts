import type { Preview } from '../../contract/shapes.ts'
import type { Raw } from '../../contract/states.ts'
import { canonicalText, hasValue } from '../sources/canonical-sql.ts'
import { withPreviewSession, previewRows } from './data-access.ts'
import type { DataAccess } from './data-access.ts'
import { readTable, toCount } from '../storage/raw-values.ts'
import type { SourceSession } from '../sources/source-session.ts'
import { quoteName } from '../storage/duckdb.ts'
import { findDefinition } from '../workspace/find-definition.ts'
import type { Definition, Problem } from '../workspace/workspace.ts'
import { contractProblems, productKeyText, productQuery } from './product-query.ts'
import type { ProductQuery } from './product-query.ts'

/** Opens a product's source and gives its checked query to `work`. */
export async function withProduct<T>(access: DataAccess, id: string, work: (query: ProductQuery, session: SourceSession) => Promise<T>): Promise<T> {
  const product = findDefinition(access.workspace, 'product', id)
  const source = findDefinition(access.workspace, 'source', product.value.source)
  const origin = { file: product.sql?.path ?? product.path }
  return withPreviewSession(access, source, `Reading the product '${id}'`, async (session) => work(await productQuery(product, session), session), origin)
}

/** The first rows of a product, by key, so that they are the same each time. */
export async function previewProduct(access: DataAccess, id: string, limit: number): Promise<Preview> {
  return withProduct(access, id, async (query, session) => {
    const key = query.product.value.key
    const ordered = query.columns.some(({ name }) => name === key) ? `\nORDER BY ${quoteName(key)}` : ''
    return previewRows(access, session, `SELECT * FROM (\n${query.sql}\n) AS product${ordered}`, limit)
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
  return withProduct(access, id, async (query, session) => {
    const problems = contractProblems(query)
    const columns = query.columns.map(({ name }) => name)
    const parts = query.columns.flatMap(({ name, nativeType }) => [`count(*) FILTER (NOT ${hasValue(quoteName(name), nativeType)})`, `approx_count_distinct(${nativeType === 'VARCHAR' ? canonicalText(quoteName(name), nativeType) : quoteName(name)})`])
    const { rows } = await readTable(session.db, `SELECT count(*), ${parts.join(', ')} FROM (\n${query.sql}\n) AS product`)
    const [total, ...counts] = rows[0] ?? []
    const figures = columns.map((name, at) => ({ name, empty: toCount(counts[2 * at]), distinct: toCount(counts[2 * at + 1]) }))
    problems.push(...(await keyProblems(query, session)), ...brokenNullability(query.product, figures))
    return { rows: toCount(total), problems, columns: figures, ...(await latestChange(query, session)) }
  })
}

async function keyProblems(query: ProductQuery, session: SourceSession): Promise<Problem[]> {
  const { product } = query
  const { key } = product.value
  if (!query.columns.some(({ name }) => name === key)) return []
  const from = `FROM (\n${query.sql}\n) AS product`
  const name = productKeyText(query)
  const empty = await readTable(session.db, `SELECT count(*) ${from} WHERE ${name} IS NULL`)
  const repeated = await readTable(session.db, `SELECT ${name}, count(*) ${from} WHERE ${name} IS NOT NULL GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT 5`)
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

async function latestChange({ product, sql, columns }: ProductQuery, session: SourceSession): Promise<{ latestChange?: string }> {
  const { changedAt } = product.value
  if (changedAt === undefined || !columns.some(({ name }) => name === changedAt)) return {}
  const { rows } = await readTable(session.db, `SELECT max(CAST(${quoteName(changedAt)} AS TIMESTAMP)) FROM (\n${sql}\n) AS product`)
  const latest = rows[0]?.[0]
  return typeof latest === 'string' ? { latestChange: latest } : {}
}

function lineOf(product: Definition<'product'>, path: readonly PropertyKey[]): { line?: number } {
  const line = product.lineOf(path)
  return line === undefined ? {} : { line }
}
