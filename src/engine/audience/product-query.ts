import { AppError } from '../../contract/errors.ts'
import type { ContractColumn } from '../../contract/definitions.ts'
import { keyText } from '../sources/canonical-sql.ts'
import { keepsPromise, valueTypeOf } from '../sources/column-types.ts'
import type { NativeColumn } from '../storage/sql.ts'
import type { FilterColumn } from './compile-filter.ts'
import { quoteName } from '../storage/duckdb.ts'
import { productKey } from '../values/product-key.ts'
import { nearestWord } from '../values/nearest-word.ts'
import type { Definition, Problem } from '../workspace/workspace.ts'

/** A product as the source can run it. */
export interface ProductQuery {
  product: Definition<'product'>
  /** One SELECT, safe to stand in parentheses. */
  sql: string
  /** What the source really gives, in its order. */
  columns: NativeColumn[]
}

/** Columns the contract promises and the source does not keep: missing, or of another type. */
export function contractProblems({ product, columns }: ProductQuery): Problem[] {
  const native = new Map(columns.map(({ name, nativeType }) => [name, nativeType]))
  return product.value.contract.flatMap((promise, index) => brokenPromise(product, promise, index, native))
}

function brokenPromise(product: Definition<'product'>, promise: ContractColumn, index: number, native: ReadonlyMap<string, string>): Problem[] {
  const found = native.get(promise.column)
  const place = { file: product.path, ...lineOf(product, ['contract', index]), field: promise.column }
  if (found === undefined) {
    const near = nearestWord(promise.column, [...native.keys()])
    const next = near === undefined ? `It has: ${[...native.keys()].slice(0, 30).join(', ')}.` : `Did you mean '${near}'?`
    return [{ code: 'column-missing', ...place, value: promise.column, message: `The product '${product.id}' promises the column '${promise.column}', but the source does not give it.`, next }]
  }
  if (keepsPromise(found, promise.type)) return []
  const is = valueTypeOf(found)
  return [
    {
      code: 'type-mismatch',
      ...place,
      value: found,
      message: `The product '${product.id}' promises '${promise.column}' as ${promise.type}, but the source gives ${is === undefined ? '' : `${is} `}(${found}).`,
      next: is === undefined ? 'Cast the column in the SQL to a type that can be sent.' : `Change the contract to ${is}, or cast the column in the SQL.`,
    },
  ]
}

/** Throws the first broken promise. */
export function requireContract(query: ProductQuery): void {
  const [problem] = contractProblems(query)
  if (!problem) return
  const { code, message, ...place } = problem
  throw new AppError(code, message, place)
}

/** The key of a product's rows as text: the one form in which a row is known everywhere. */
export function productKeyText({ product, columns }: ProductQuery): string {
  const { key } = product.value
  return keyText(quoteName(key), columns.find(({ name }) => name === key)?.nativeType ?? 'VARCHAR')
}

/** The text of a key that somebody gives, in that form. */
export function askedKey({ product: { value } }: Pick<ProductQuery, 'product'>, text: string): string {
  return productKey(value.contract.find(({ column }) => column === value.key)?.type ?? 'string', text)
}

/** Promised columns with their real types, for filters. */
export function filterColumns({ product, columns }: ProductQuery): Map<string, FilterColumn> {
  const native = new Map(columns.map(({ name, nativeType }) => [name, nativeType]))
  return new Map(product.value.contract.map(({ column, type }) => [column, { name: column, type, nativeType: native.get(column) ?? 'VARCHAR' }]))
}

function lineOf(product: Definition<'product'>, path: readonly PropertyKey[]): { line?: number } {
  const line = product.lineOf(path)
  return line === undefined ? {} : { line }
}
