import { Button, SegmentedControl, Select, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ProductDefinition } from '../../../contract/definitions.ts'
import { engine } from '../../app/client.ts'
import type { DefinitionEditor } from '../../app/use-definition-draft.ts'
import { useDefinitions } from '../../app/use-product.ts'
import { PreviewTable } from '../../shared/data-preview/preview-table.tsx'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { typeWords } from '../../shared/filter-builder/filter-columns.ts'
import { formatNumber } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { Frame, Section } from '../../shared/page.tsx'
import { EmptyState } from '../../shared/states.tsx'
import { When } from '../../shared/when.tsx'
import classes from './products.module.css'
import type { DataPreview } from './use-data-preview.ts'

interface DefinitionPartProps {
  product: ProductDefinition
  sql: string
  editor: DefinitionEditor<ProductDefinition>
  preview: DataPreview
}

/** Where the rows come from: a table, or one query; with ten of them. */
export function DefinitionPart({ product, sql, editor, preview }: DefinitionPartProps) {
  const sources = useDefinitions('source')
  const kind = product.table === undefined ? 'query' : 'table'
  const setKind = (next: string) => {
    const { table, sql: file, ...rest } = product
    if (next === 'table') editor.set({ ...rest, table: table ?? '' })
    else {
      editor.set({ ...rest, sql: file ?? 'new.sql' })
      if (sql === '') editor.setSql(`select *\nfrom ${table ?? ''}`)
    }
  }
  return (
    <div className={classes['column']}>
      <div className={classes['line']}>
        <Select label="Source" data={sources.map((entry) => ({ value: entry.id, label: entry.name }))} value={product.source} onChange={(source) => source !== null && editor.set({ ...product, source })} />
        <div>
          <span className={classes['label']} id="made-from">
            Made from
          </span>
          <SegmentedControl
            aria-labelledby="made-from"
            data={[
              { value: 'table', label: 'A table' },
              { value: 'query', label: 'A query' },
            ]}
            value={kind}
            onChange={setKind}
          />
        </div>
        {kind === 'table' && <TableChoice product={product} onChange={editor.set} />}
      </div>
      {kind === 'query' && <QueryText sql={sql} onChange={editor.setSql} preview={preview} />}
      <PreviewRows product={product} preview={preview} />
    </div>
  )
}

function TableChoice({ product, onChange }: { product: ProductDefinition; onChange: (product: ProductDefinition) => void }) {
  const tables = useQuery(engine.sources.tables.queryOptions({ input: { source: product.source } }))
  const names = (tables.data ?? []).map((table) => table.name)
  return (
    <Select
      label="Table"
      searchable
      data={names}
      value={product.table ?? null}
      error={tables.data !== undefined && product.table !== undefined && !names.includes(product.table) ? 'This table is not in the source' : undefined}
      onChange={(table) => table !== null && onChange({ ...product, table })}
    />
  )
}

function QueryText({ sql, onChange, preview }: { sql: string; onChange: (sql: string) => void; preview: DataPreview }) {
  return (
    <div>
      <Textarea
        label="Query"
        description="One SELECT or WITH statement; it can only read. Ctrl+Enter shows its rows."
        classNames={{ input: classes['sql'] ?? '' }}
        autosize
        minRows={6}
        maxRows={20}
        spellCheck={false}
        value={sql}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          preview.run()
        }}
      />
      <div className={classes['runLine']}>
        <Button size="xs" loading={preview.reading} onClick={preview.run}>
          Show its rows
        </Button>
        {preview.behind && <span>The rows below belong to an earlier version of this query.</span>}
      </div>
    </div>
  )
}

function PreviewRows({ product, preview }: { product: ProductDefinition; preview: DataPreview }) {
  const { data, error } = preview
  return (
    <Section
      title="Preview"
      aside={
        data === undefined || error !== null ? undefined : (
          <>
            {formatNumber(data.rows.length)} rows{data.total === undefined ? '' : ` of ${formatNumber(data.total)}`}, read <When at={data.readAt} />
          </>
        )
      }
    >
      {error !== null ? (
        <ErrorNotice error={error} />
      ) : data === undefined ? (
        <Loading label="Reading rows" rows={6} />
      ) : data.rows.length === 0 ? (
        <EmptyState>There are no rows.</EmptyState>
      ) : (
        <Frame>
          <PreviewTable label="Preview rows" mark={product.key} columns={data.columns.map((column) => ({ name: column.name, type: typeWords[column.type], numeric: column.type === 'number' }))} rows={data.rows} />
        </Frame>
      )}
    </Section>
  )
}
