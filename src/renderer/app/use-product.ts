import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { DefinitionKind, ProductDefinition } from '../../contract/definitions.ts'
import type { DefinitionEntry } from '../../contract/shapes.ts'
import type { FilterColumn } from '../shared/filter-builder/filter-columns.ts'
import { engine } from './client.ts'

const none: DefinitionEntry[] = []

/** The definition files of one kind, by name. */
export function useDefinitions(kind: DefinitionKind): DefinitionEntry[] {
  const workspace = useQuery(engine.workspace.current.queryOptions())
  const all = workspace.data?.definitions ?? none
  return useMemo(() => all.filter((entry) => entry.kind === kind).sort((left, right) => left.name.localeCompare(right.name)), [all, kind])
}

/** A data product as its file says, and the columns conditions and mappings can use. */
export function useProduct(id: string | undefined): { product: ProductDefinition | undefined; columns: FilterColumn[]; reading: boolean; error: unknown } {
  const document = useQuery({ ...engine.definitions.read.queryOptions({ input: { kind: 'product', id: id ?? '' } }), enabled: id !== undefined && id !== '' })
  const product = document.data?.value as ProductDefinition | undefined
  const columns = useMemo(
    () => (product?.contract ?? []).map((column) => ({ name: column.column, type: column.type, ...(column.description === undefined ? {} : { description: column.description }) })),
    [product],
  )
  return { product, columns, reading: document.isLoading, error: document.error }
}
