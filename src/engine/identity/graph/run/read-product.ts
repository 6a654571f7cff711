import { AppError } from '../../../../contract/errors.ts'
import { labelText } from '../../../audience/label-text.ts'
import { withProductOf } from '../../../audience/open-product.ts'
import { productKeyText, requireContract } from '../../../audience/product-query.ts'
import type { ProductQuery } from '../../../audience/product-query.ts'
import type { Session } from '../../../session/session.ts'
import { explainFailure } from '../../../sources/source-errors.ts'
import { quoteText, readParquet } from '../../../storage/duckdb.ts'
import type { DuckDb } from '../../../storage/duckdb.ts'
import type { Definition, Workspace } from '../../../workspace/workspace.ts'
import { plainText } from './plain-text.ts'
import type { ProductSource } from './record-sources.ts'

export interface ProductReading {
  session: Session
  workspace: Workspace
  signal?: AbortSignal
}

const MEMORY_MB = 256

/** Adds every row of a product to `incoming` of the index; `columns` are those of the rules, in order. */
export async function readProduct(reading: ProductReading, db: DuckDb, source: ProductSource, columns: readonly string[]): Promise<void> {
  await viaParquet(reading, source.product, (query) => {
    const texts = columns.map((column) => textIn(query, source.columns.get(column)))
    const label = labelText(source.label.map((column) => textIn(query, column)))
    return `SELECT ${productKeyText(query)} AS id, ${label} AS label${texts.map((text, at) => `, ${text} AS c${at}`).join('')} FROM (\n${query.sql}\n) AS product`
  }, async (file) => {
    await requireKeys(db, file, source.product)
    await db.run(`INSERT INTO incoming SELECT ${quoteText(`${source.source}:`)} || id, ${quoteText(source.source)}, * EXCLUDE (id) FROM ${readParquet(file)}`)
  })
}

/** Fills `asked` of the index with every different value of a product's column. */
export async function readColumn(reading: ProductReading, db: DuckDb, product: Definition<'product'>, column: string): Promise<number> {
  await viaParquet(reading, product, (query) => `SELECT DISTINCT ${textIn(query, column)} AS value FROM (\n${query.sql}\n) AS product`, (file) =>
    db.run(`CREATE OR REPLACE TABLE asked AS SELECT value FROM ${readParquet(file)} WHERE trim(value) <> ''`),
  )
  return (await db.row<{ values: number }>('SELECT count(*) AS values FROM asked'))?.values ?? 0
}

/** The source is read in a session of its own, locked but for one scratch file. */
async function viaParquet(reading: ProductReading, product: Definition<'product'>, select: (query: ProductQuery) => string, use: (file: string) => Promise<void>): Promise<void> {
  const { folders, ports } = reading.session
  const file = `${folders.temp}/records-${ports.ids.next()}.parquet`
  try {
    await writeParquet(reading, product, select, file)
    await use(file)
  } finally {
    await ports.files.remove(file)
  }
}

async function writeParquet({ session, workspace, signal }: ProductReading, product: Definition<'product'>, select: (query: ProductQuery) => string, file: string): Promise<void> {
  const request = { workspace, ...session.ports, tempFolder: session.folders.temp, memoryLimitMb: MEMORY_MB, writable: [file], ...(signal ? { signal } : {}) }
  try {
    await withProductOf(request, product, async (query, relation) => {
      requireContract(query)
      await relation.db.run(`COPY (${select(query)}) TO ${quoteText(file)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, USE_TMP_FILE false)`)
      await relation.requireUnchanged()
    })
  } catch (cause) {
    throw explainFailure(cause, `Reading the product '${product.id}'`, { file: product.sql?.path ?? product.path })
  }
}

/** A column that is not here has no value for anybody. */
function textIn(query: ProductQuery, column: string | undefined): string {
  const found = query.columns.find(({ name }) => name === column)
  return found === undefined ? 'NULL::VARCHAR' : plainText(found.name, found.nativeType)
}

async function requireKeys(db: DuckDb, file: string, { path, value }: Definition<'product'>): Promise<void> {
  const from = readParquet(file)
  const counted = await db.row<{ nameless: number }>(`SELECT count(*) AS nameless FROM ${from} WHERE id IS NULL`)
  if (counted && counted.nameless > 0) {
    throw new AppError('bad-input', `${counted.nameless} rows of ${value.name} have no ${value.key}.`, { file: path, field: 'key', value: value.key, next: 'Leave those rows out in the product’s SQL, or fill the key.' })
  }
  const [twice] = await db.rows<{ id: string }>(`SELECT id FROM ${from} GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 1`)
  if (twice) {
    throw new AppError('duplicate-keys', `The value '${twice.id}' of ${value.key} stands on more than one row of ${value.name}.`, { file: path, field: 'key', value: twice.id, next: `Make ${value.key} unique in the product, or choose another key.` })
  }
}
