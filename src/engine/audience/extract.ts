import { AppError } from '../../contract/errors.ts'
import type { Clock, Files } from '../ports/ports.ts'
import type { SessionLimits } from '../sources/open-source.ts'
import { explainFailure } from '../sources/source-errors.ts'
import { threadsForFile } from '../storage/duckdb-instances.ts'
import { openDuckDb, parquetOptions, quoteText, readParquet } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { interruptible } from '../storage/interruptible.ts'
import { type ActivationParts, requireActivation } from '../workspace/activation-parts.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { audienceSql } from './audience.ts'
import type { AudienceColumn } from './audience.ts'
import { withProductOf } from './open-product.ts'
import { askedKey, requireContract } from './product-query.ts'
import type { ProductQuery } from './product-query.ts'

export interface ExtractRequest extends SessionLimits {
  workspace: Workspace
  activation: string
  /** Product columns the plan needs; the key comes by itself. */
  columns: readonly string[]
  /** Absolute; written by DuckDB itself, replaced when it exists. */
  toParquet: string
  clock: Clock
  files: Files
  keys?: readonly string[]
  limit?: number
  signal?: AbortSignal
}

export interface Extraction {
  rows: number
  /** Rows without a product key. */
  nullKeys: number
  /** Keys that stand on more than one row, and some of them. */
  duplicateKeys: number
  duplicateExamples: string[]
  /** How the product's columns are named and typed in the file. */
  columns: AudienceColumn[]
  /** When the source was read; relative dates were resolved against this. */
  readAt: number
}

/**
 * Writes the complete audience of an activation to a Parquet file: `key`, the columns asked for in their own types,
 * `do_not_send`. Everything streams inside DuckDB. Without row caps; a failure, or a limit of the source, fails the extraction.
 */
export async function extract(request: ExtractRequest): Promise<Extraction> {
  const parts = requireActivation(request.workspace, request.activation)
  try {
    request.signal?.throwIfAborted()
    const { columns, readAt } = await writeAudience(request, parts)
    return { ...(await keyFigures(request)), columns, readAt }
  } catch (cause) {
    if (request.signal?.aborted) throw new AppError('cancelled', 'The extraction was cancelled.', { cause })
    throw explainFailure(cause, `Reading the product '${parts.product.id}'`, { file: parts.product.sql?.path ?? parts.product.path })
  }
}

async function writeAudience(request: ExtractRequest, parts: ActivationParts): Promise<Pick<Extraction, 'columns' | 'readAt'>> {
  const { workspace, clock, toParquet } = request
  return withProductOf({ ...request, writable: [toParquet] }, parts.product, async (query, relation) => {
    requireContract(query)
    requireColumns(query, request.columns)
    const readAt = relation.readAt ?? clock.now()
    const today = { now: readAt, timezone: workspace.header?.value.timezone ?? 'UTC' }
    const audience = audienceSql({ query, parts, columns: request.columns, today, ...trial(request, parts) })
    await relation.db.run(`COPY (${audience.sql}) TO ${quoteText(toParquet)} (${parquetOptions}, USE_TMP_FILE false)`, audience.parameters)
    await relation.requireUnchanged()
    return { columns: audience.columns, readAt }
  })
}

function trial({ keys, limit }: ExtractRequest, parts: Pick<ActivationParts, 'product'>): Pick<ExtractRequest, 'keys' | 'limit'> {
  return { ...(keys === undefined ? {} : { keys: keys.map((key) => askedKey(parts, key)) }), ...(limit === undefined ? {} : { limit }) }
}

function requireColumns(query: ProductQuery, columns: readonly string[]): void {
  const real = new Set(query.columns.map(({ name }) => name))
  const missing = columns.find((column) => !real.has(column))
  if (missing === undefined) return
  throw new AppError('column-missing', `The product '${query.product.id}' has no column '${missing}'.`, { file: query.product.path, value: missing, next: 'Choose a column of the product.' })
}

/** Rows, empty keys and keys that repeat, counted over the file just written: in an instance of its own, as that of the source holds on to what writing took. */
async function keyFigures(request: ExtractRequest): Promise<KeyFigures> {
  const db = await openDuckDb({ ...request, threads: request.threads ?? (await threadsForFile(request.files, request.toParquet)) })
  return interruptible(db, request.signal, () => countKeys(db, request.toParquet))
}

type KeyFigures = Pick<Extraction, 'rows' | 'nullKeys' | 'duplicateKeys' | 'duplicateExamples'>

async function countKeys(db: DuckDb, parquet: string): Promise<KeyFigures> {
  const from = readParquet(parquet)
  // Keys with different hashes are different; only where hashes repeat are the keys themselves counted.
  const counts = await db.row<{ rows: number; keyed: number; distinct_keys: number }>(`SELECT count(*) AS rows, count(key) AS keyed, count(DISTINCT CASE WHEN key IS NOT NULL THEN hash(key) END) AS distinct_keys FROM ${from}`)
  const { rows = 0, keyed = 0, distinct_keys: distinct = 0 } = counts ?? {}
  if (keyed === distinct) return { rows, nullKeys: rows - keyed, duplicateKeys: 0, duplicateExamples: [] }
  const repeated = `SELECT key FROM ${from} WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1`
  const count = await db.row<{ keys: number }>(`SELECT count(*) AS keys FROM (${repeated})`)
  const examples = await db.rows<{ key: string }>(`${repeated} ORDER BY key LIMIT 5`)
  return { rows, nullKeys: rows - keyed, duplicateKeys: count?.keys ?? 0, duplicateExamples: examples.map(({ key }) => key) }
}
