import type { FilterGroup } from '../../contract/definitions.ts'
import { FilterBuilder } from '../shared/filter-builder/filter-builder.tsx'
import type { FilterColumn } from '../shared/filter-builder/filter-columns.ts'
import { client } from './client.ts'
import type { LiveCount } from './use-live-count.ts'

export interface FilterEditorProps {
  product: string
  columns: FilterColumn[]
  filter: FilterGroup
  onChange: (filter: FilterGroup) => void
  live: LiveCount
}

/** The filter builder over a data product: its columns, its real values, live counts. */
export function FilterEditor({ product, columns, filter, onChange, live }: FilterEditorProps) {
  return (
    <FilterBuilder
      key={product}
      filter={filter}
      onChange={onChange}
      columns={columns}
      valuesOf={product}
      loadValues={(column, search, signal) => client.segments.values({ product, column, limit: 50, ...(search === '' ? {} : { search }) }, { signal })}
      count={live.count}
      countedFilter={live.countedFilter}
      counting={live.counting}
    />
  )
}
