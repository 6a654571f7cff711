import type { InspectedFile } from '../../../contract/shapes.ts'
import { PreviewTable } from '../../shared/data-preview/preview-table.tsx'
import { formatNumber } from '../../shared/format.ts'
import { Frame, Section } from '../../shared/page.tsx'
import { EmptyState } from '../../shared/states.tsx'
import { typeLabel } from './file-types.ts'

/** The first ten rows, exactly as they would load. */
export function RowPreview({ file, reading }: { file: InspectedFile; reading: boolean }) {
  const columns = file.columns.map((column) => ({ name: column.name, type: typeLabel(column.type), numeric: typeLabel(column.type).includes('number') }))
  return (
    <Section title="Preview" aside={reading ? 'reading it again' : `the first ${formatNumber(file.preview.length)} of ${formatNumber(file.rows)} rows`}>
      <Frame>{file.preview.length === 0 ? <EmptyState>The file has no rows.</EmptyState> : <PreviewTable label="First rows" mark={file.keyProposal[0]} columns={columns} rows={file.preview} />}</Frame>
    </Section>
  )
}
