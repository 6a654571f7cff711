import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProductDefinition } from '../../../contract/definitions.ts'
import type { Preview } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'

export interface DataPreview {
  data: Preview | undefined
  error: unknown
  reading: boolean
  /** The query on screen is not the one that was previewed. */
  behind: boolean
  run: () => void
}

/** Ten rows of the definition as it is edited. A table is read at once; a query when asked to. */
export function useDataPreview(product: ProductDefinition, sql: string): DataPreview {
  const [asked, setAsked] = useState(sql)
  const fromTable = product.table !== undefined
  const preview = useQuery({
    ...engine.sources.preview.queryOptions({ input: { source: product.source, limit: 10, ...(fromTable ? { table: product.table } : { sql: asked }) } }),
    enabled: fromTable || asked.trim() !== '',
    placeholderData: keepPreviousData,
  })
  return {
    data: preview.data,
    error: preview.error,
    reading: preview.isFetching,
    behind: !fromTable && asked !== sql,
    run: () => (asked === sql ? void preview.refetch() : setAsked(sql)),
  }
}
