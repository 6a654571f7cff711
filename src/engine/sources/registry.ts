import { AppError } from '../../contract/errors.ts'
import { csv } from './csv/index.ts'
import { duckdb } from './duckdb/index.ts'
import { parquet } from './parquet/index.ts'
import type { AnySource, SourceDeclaration } from './source.ts'

/**
 * Every source there is. To add one: a folder of its own, a line here, and its run of the conformance suite. What a source
 * needs that is large is imported when it is opened.
 */
export const sources: readonly AnySource[] = [forgetSettings(duckdb), forgetSettings(parquet), forgetSettings(csv)]

/** Their schema parses them before any function of the declaration sees them. */
export function forgetSettings<Settings>(declaration: SourceDeclaration<Settings>): AnySource {
  return declaration as unknown as AnySource
}

/** The declaration with this id. */
export function sourceById(id: string, among: readonly AnySource[] = sources): AnySource {
  const found = among.find((declaration) => declaration.id === id)
  if (found) return found
  throw new AppError('definition-invalid', `There is no kind of source called '${id}'.`, { field: 'type', value: id, next: `Known are: ${among.map((declaration) => declaration.id).join(', ')}.` })
}
