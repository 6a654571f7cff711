import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ConnectionSummary } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import { ProblemFiles } from '../../app/problem-files.tsx'
import { Entry, EntryActions, EntryList, EntryText } from '../../shared/entry-list.tsx'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { formatNumber, plural } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { Page, Section } from '../../shared/page.tsx'
import { EmptyState, ErrorState } from '../../shared/states.tsx'
import { CheckStatus } from './check-status.tsx'
import classes from './connections.module.css'
import { SourceList } from './source-list.tsx'
import { useCheck } from './use-check.ts'
import { missingSecrets, placeOf } from './words.ts'

/** Every destination and every source of the workspace. */
export function ConnectionsScreen() {
  const connections = useQuery(engine.connections.list.queryOptions())
  const navigate = useNavigate()
  const add = () => void navigate({ to: '/connections/new', search: {} })
  return (
    <Page
      title="Connections"
      context="Where data comes from and where it goes"
      actions={
        <Button variant="filled" onClick={add}>
          Connect a destination
        </Button>
      }
      scroll
    >
      <ProblemFiles kind="connection" />
      <Section title="Destinations" aside={connections.data === undefined ? undefined : formatNumber(connections.data.length)}>
        {connections.isPending && <Loading label="Reading the connections" rows={4} />}
        {connections.isError && <ErrorState error={connections.error} onRetry={() => void connections.refetch()} />}
        {connections.data?.length === 0 && <EmptyState action={<Button onClick={add}>Connect a destination</Button>}>No destination is connected yet.</EmptyState>}
        {connections.data !== undefined && connections.data.length > 0 && (
          <EntryList label="Destinations">
            {connections.data.map((connection) => (
              <ConnectionRow key={connection.id} connection={connection} />
            ))}
          </EntryList>
        )}
      </Section>
      <SourceList />
    </Page>
  )
}

function ConnectionRow({ connection }: { connection: ConnectionSummary }) {
  const { answer, checking, check } = useCheck(connection.id)
  return (
    <Entry>
      <span className={classes['mark']} aria-hidden="true">
        {connection.destinationName.slice(0, 2)}
      </span>
      <EntryText
        level={3}
        name={
          <Link to="/connections/$connection" params={{ connection: connection.id }}>
            {connection.name}
          </Link>
        }
      >
        <p>
          {connection.destinationName} · {connection.category} · {placeOf(connection)}
        </p>
        {answer !== undefined && !answer.ok && <p className={classes['why']}>{answer.words}</p>}
      </EntryText>
      <span className={classes['used']}>{plural(connection.activations, { one: 'activation', many: 'activations' })}</span>
      <span className={classes['state']}>
        <CheckStatus answer={answer} checking={checking} paused={connection.paused} missing={missingSecrets(connection).length} lastAnswered={connection.lastAnswered} />
      </span>
      <EntryActions>
        <Button size="xs" loading={checking} onClick={check} aria-label={`Check ${connection.name}`}>
          Check
        </Button>
        <PauseButton connection={connection} />
      </EntryActions>
    </Entry>
  )
}

/** Pauses or resumes everything that goes to one destination. */
export function PauseButton({ connection, size = 'xs' }: { connection: ConnectionSummary; size?: 'xs' | 'sm' }) {
  const scope = { connection: connection.id }
  const change = useMutation({ mutationFn: () => (connection.paused ? client.activations.resume({ scope }) : client.activations.pause({ scope })) })
  return (
    <>
      <Button size={size} loading={change.isPending} onClick={() => change.mutate()} aria-label={`${connection.paused ? 'Resume' : 'Pause'} ${connection.name}`}>
        {connection.paused ? 'Resume' : 'Pause'}
      </Button>
      {change.error !== null && <ErrorNotice error={change.error} />}
    </>
  )
}
