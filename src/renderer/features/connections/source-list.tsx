import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { SourceDefinition } from '../../../contract/definitions.ts'
import type { DefinitionEntry } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import { chooseFile } from '../../app/shell-bridge.ts'
import { useDefinitions } from '../../app/use-product.ts'
import { Entry, EntryActions, EntryList, EntryText } from '../../shared/entry-list.tsx'
import { engineError } from '../../shared/engine-error.ts'
import { notifyError } from '../../shared/notify.tsx'
import { formatNumber } from '../../shared/format.ts'
import { Section } from '../../shared/page.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import { When } from '../../shared/when.tsx'
import classes from './connections.module.css'

const typeNames = { duckdb: 'DuckDB file', parquet: 'Parquet file', csv: 'CSV file' } as const

/** The warehouses and files that data products read. */
export function SourceList() {
  const sources = useDefinitions('source')
  const home = useQuery(engine.home.summary.queryOptions())
  // Plans do not say which source they read; with one there is no question.
  const lastRead = sources.length === 1 ? home.data?.sourceReadAt : undefined
  return (
    <Section title="Sources" aside={formatNumber(sources.length)}>
      <EntryList label="Sources">
        {sources.map((source) => (
          <SourceRow key={source.id} entry={source} lastRead={lastRead} />
        ))}
        <Entry>
          <p className={classes['quiet']}>
            <Link to="/own-data">Add your own data</Link> from a DuckDB, Parquet or CSV file, or drop one anywhere on this window.
          </p>
        </Entry>
      </EntryList>
    </Section>
  )
}

function SourceRow({ entry, lastRead }: { entry: DefinitionEntry; lastRead: string | undefined }) {
  const document = useQuery(engine.definitions.read.queryOptions({ input: { kind: 'source', id: entry.id } }))
  const source = document.data?.value as SourceDefinition | undefined
  const navigate = useNavigate()
  const replace = useMutation({
    mutationFn: () => chooseFile('.csv,.tsv,.txt'),
    onSuccess: (path) => path !== undefined && void navigate({ to: '/own-data', search: { replace: entry.id, path } }),
    onError: notifyError,
  })
  const test = useMutation({ mutationFn: () => client.sources.test({ source: entry.id }) })
  return (
    <Entry>
      <span className={classes['mark']} data-source aria-hidden="true">
        {source?.type === 'csv' ? 'CS' : source?.type === 'parquet' ? 'PQ' : 'DB'}
      </span>
      <EntryText level={3} name={entry.name}>
        <p>{source === undefined ? entry.path : `${typeNames[source.type]} · ${source.path}`}</p>
        {test.error !== null && <p className={classes['why']}>{engineError(test.error).message}</p>}
      </EntryText>
      <span className={classes['state']}>
        <SourceStatus checked={test.data} failed={test.error !== null} lastRead={lastRead} />
      </span>
      <EntryActions>
        {source?.type === 'csv' && (
          <Button size="xs" loading={replace.isPending} onClick={() => replace.mutate()} aria-label={`Replace file… of ${entry.name}`}>
            Replace file…
          </Button>
        )}
        <Button size="xs" loading={test.isPending} onClick={() => test.mutate()} aria-label={`Check ${entry.name}`}>
          Check
        </Button>
      </EntryActions>
    </Entry>
  )
}

/** What the last check said, or that a plan has read it since; never green without one of them. */
function SourceStatus({ checked, failed, lastRead }: { checked: { ok: boolean; words: string } | undefined; failed: boolean; lastRead: string | undefined }) {
  if (failed) return <StatusWord meaning="problem">Cannot be read</StatusWord>
  if (checked !== undefined) return <StatusWord meaning={checked.ok ? 'verified' : 'problem'}>{checked.words}</StatusWord>
  if (lastRead === undefined) return <StatusWord meaning="quiet">Not checked yet</StatusWord>
  return (
    <StatusWord meaning="quiet">
      In use, read <When at={lastRead} />
    </StatusWord>
  )
}
