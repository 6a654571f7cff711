import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ProductDefinition } from '../../../contract/definitions.ts'
import { engine } from '../../app/client.ts'
import { beginDraft } from '../../app/use-definition-draft.ts'
import { useDefinitions } from '../../app/use-product.ts'
import { Entry, EntryList, EntryText } from '../../shared/entry-list.tsx'
import { formatNumber, plural } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { Page } from '../../shared/page.tsx'
import { EmptyState, ErrorState } from '../../shared/states.tsx'
import type { DataColumn } from './contract-columns.ts'
import { likelyKey, withColumns } from './contract-columns.ts'
import classes from './products.module.css'

/** A new data product begins with a table, or with a query over the source. */
export function ChooseTableScreen() {
  const sources = useDefinitions('source')
  const [chosen, setChosen] = useState<string>()
  const source = chosen ?? sources[0]?.id
  return (
    <Page title="New data product" context={<Link to="/products">All data products</Link>} scroll>
      <div className={classes['choose']}>
        {sources.length > 1 && <Select label="Source" data={sources.map((entry) => ({ value: entry.id, label: entry.name }))} value={source ?? null} onChange={(next) => next !== null && setChosen(next)} />}
        {source === undefined ? <EmptyState>There is no source yet; add your own data first.</EmptyState> : <Tables source={source} />}
      </div>
    </Page>
  )
}

function Tables({ source }: { source: string }) {
  const tables = useQuery(engine.sources.tables.queryOptions({ input: { source } }))
  const navigate = useNavigate()
  const begin = (product: Partial<ProductDefinition>, columns: DataColumn[], sql?: string) => {
    beginDraft<ProductDefinition>('product', { name: 'New data product', source, key: likelyKey(columns), contract: withColumns([], columns), decisions: [], ...product }, sql)
    void navigate({ to: '/products/new' })
  }
  if (tables.isPending) return <Loading label="Reading the tables" rows={5} />
  if (tables.isError) return <ErrorState error={tables.error} onRetry={() => void tables.refetch()} />
  const first = tables.data.find((table) => table.unreadable === undefined)
  return (
    <>
      <p>Choose the table that holds it, or write a query when it takes more than one.</p>
      <EntryList label="Tables">
        {tables.data.map((table) => (
          <Entry key={table.name}>
            <EntryText name={table.name}>
              <p className={classes['quiet']}>
                {table.unreadable === undefined ? plural(table.columns.length, { one: 'column', many: 'columns' }) : `This view cannot be read: ${table.unreadable}`}
                {table.rows === undefined ? '' : `, ${formatNumber(table.rows)} rows`}
              </p>
            </EntryText>
            <Button size="xs" disabled={table.unreadable !== undefined} aria-label={`Use this table: ${table.name}`} onClick={() => begin({ name: table.name, table: table.name }, table.columns)}>
              Use this table
            </Button>
          </Entry>
        ))}
        <Entry>
          <EntryText name="A query">
            <p className={classes['quiet']}>one SELECT over these tables</p>
          </EntryText>
          <Button size="xs" disabled={first === undefined} onClick={() => first !== undefined && begin({ sql: 'new.sql' }, first.columns, `select *\nfrom ${first.name}`)}>
            Write SQL
          </Button>
        </Entry>
      </EntryList>
    </>
  )
}
