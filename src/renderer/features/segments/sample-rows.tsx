import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { labelColumns } from '../../../contract/definitions.ts'
import type { FilterGroup, ProductDefinition, SegmentDefinition } from '../../../contract/definitions.ts'
import type { Preview } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { PreviewTable } from '../../shared/data-preview/preview-table.tsx'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { columnWords } from '../../shared/filter-builder/sentence.ts'
import { formatNumber } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { Frame, Section } from '../../shared/page.tsx'
import { EmptyState } from '../../shared/states.tsx'

/** Some members, with the columns the conditions are about first. */
export function SampleRows({ segment, product, filter, counting }: { segment: SegmentDefinition; product: ProductDefinition; filter: FilterGroup; counting: boolean }) {
  const sample = useQuery({ ...engine.segments.sample.queryOptions({ input: { product: segment.product, filter, limit: 20 } }), enabled: !counting, placeholderData: keepPreviousData })
  return (
    <Section title="Sample" aside={sample.data === undefined ? undefined : `${formatNumber(sample.data.rows.length)} rows of this segment`}>
      {sample.error !== null ? (
        <ErrorNotice error={sample.error} />
      ) : sample.data === undefined ? (
        <Loading label="Reading sample rows" rows={4} />
      ) : (
        <Frame>{sample.data.rows.length === 0 ? <EmptyState>Nobody is in this segment.</EmptyState> : <SampleTable preview={sample.data} first={leading(product, filter)} />}</Frame>
      )}
    </Section>
  )
}

function SampleTable({ preview, first }: { preview: Preview; first: string[] }) {
  const rank = (name: string): number => (first.includes(name) ? first.indexOf(name) : first.length)
  const order = preview.columns.map((column, index) => ({ column, index })).sort((left, right) => rank(left.column.name) - rank(right.column.name))
  return (
    <PreviewTable
      label="Sample rows"
      columns={order.map(({ column }) => ({ name: columnWords(column.name), numeric: column.type === 'number' }))}
      rows={preview.rows.map((row) => order.map(({ index }) => row[index] ?? null))}
    />
  )
}

/** Key, name, then what the conditions are about. */
function leading(product: ProductDefinition, filter: FilterGroup): string[] {
  return [product.key, ...labelColumns(product.label), ...mentioned(filter)]
}

function mentioned(filter: FilterGroup): string[] {
  const parts = 'all' in filter ? filter.all : 'any' in filter ? filter.any : filter.none
  return parts.flatMap((part) => ('column' in part ? [part.column] : mentioned(part)))
}
