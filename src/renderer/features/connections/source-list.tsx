import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { SourceSummary } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import { chooseDataFile } from '../../app/choose-data-file.ts'
import { Entry, EntryActions, EntryList, EntryText } from '../../shared/entry-list.tsx'
import { engineError } from '../../shared/engine-error.ts'
import { notifyError } from '../../shared/notify.tsx'
import { formatNumber } from '../../shared/format.ts'
import { Section } from '../../shared/page.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import { When } from '../../shared/when.tsx'
import classes from './connections.module.css'

/** The warehouses and files that data products read. */
export function SourceList() {
  const listed = useQuery(engine.sources.list.queryOptions())
  const sources = (listed.data ?? []).toSorted((left, right) => left.name.localeCompare(right.name))
  const home = useQuery(engine.home.summary.queryOptions())
  // Plans do not say which source they read; with one there is no question.
  const lastRead = sources.length === 1 ? home.data?.sourceReadAt : undefined
  return (
    <Section title="Sources" aside={formatNumber(sources.length)}>
      <EntryList label="Sources">
        {sources.map((source) => (
          <SourceRow key={source.id} source={source} lastRead={lastRead} />
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

function SourceRow({ source, lastRead }: { source: SourceSummary; lastRead: string | undefined }) {
  const navigate = useNavigate()
  const replace = useMutation({
    mutationFn: () => chooseDataFile('text'),
    onSuccess: (path) => path !== undefined && void navigate({ to: '/own-data', search: { replace: source.id, path } }),
    onError: notifyError,
  })
  const test = useMutation({ mutationFn: () => client.sources.test({ source: source.id }) })
  return (
    <Entry>
      <span className={classes['mark']} data-source aria-hidden="true">
        {source.mark}
      </span>
      <EntryText level={3} name={source.name}>
        <p>{`${source.label} · ${source.place}`}</p>
        {test.error !== null && <p className={classes['why']}>{engineError(test.error).message}</p>}
      </EntryText>
      <span className={classes['state']}>
        <SourceStatus checked={test.data} failed={test.error !== null} lastRead={lastRead} />
      </span>
      <EntryActions>
        {source.replaceable && (
          <Button size="xs" loading={replace.isPending} onClick={() => replace.mutate()} aria-label={`Replace file… of ${source.name}`}>
            Replace file…
          </Button>
        )}
        <Button size="xs" loading={test.isPending} onClick={() => test.mutate()} aria-label={`Check ${source.name}`}>
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
