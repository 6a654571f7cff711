import type { OpenedSource, SourceRequest } from '../sources/open-source.ts'
import { openSource } from '../sources/open-source.ts'
import { openRelation } from '../sources/relation.ts'
import type { Relation } from '../sources/relation.ts'
import { explainFailure } from '../sources/source-errors.ts'
import { findDefinition } from '../workspace/find-definition.ts'
import { lineMember } from '../workspace/load-workspace.ts'
import type { Definition, Workspace } from '../workspace/workspace.ts'
import type { ProductQuery } from './product-query.ts'

export interface ProductRequest extends Omit<SourceRequest, 'definition' | 'sources' | 'id' | 'folder'> {
  workspace: Workspace
}

/** Opens the source of a product, gives the product as a relation to `work`, and closes both. */
export async function withProductOf<T>(request: ProductRequest, product: Definition<'product'>, work: (query: ProductQuery, relation: Relation) => Promise<T>): Promise<T> {
  const source = await openSourceOf(request, findDefinition(request.workspace, 'source', product.value.source))
  try {
    return await withRelation(product, source, work)
  } finally {
    await source.close()
  }
}

/** The source that a definition of the workspace describes. */
export function openSourceOf(request: ProductRequest, { id, value }: Definition<'source'>): Promise<OpenedSource> {
  const { folder, sources } = request.workspace
  return openSource({ ...request, sources, definition: value, id, folder })
}

/** A product of an open source as a relation: its SQL checked to be one safe SELECT, with the columns it really has. */
async function withRelation<T>(product: Definition<'product'>, source: OpenedSource, work: (query: ProductQuery, relation: Relation) => Promise<T>): Promise<T> {
  const origin = { file: product.sql?.path ?? product.path }
  const place = { file: product.path, ...lineMember(product, ['table']), field: 'table' }
  const asked = product.sql ? { sql: product.sql.text, origin } : { table: product.value.table ?? '', place }
  const relation = await openRelation(source, asked).catch((cause: unknown) => Promise.reject(explainFailure(cause, `Reading the product '${product.id}'`, origin) as Error))
  try {
    return await work({ product, sql: relation.sql, columns: relation.columns }, relation)
  } finally {
    await relation.close()
  }
}
