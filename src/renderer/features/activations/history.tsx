import { Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RunSummary } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { formatNumber } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { Frame, Section } from '../../shared/page.tsx'
import { EmptyState, ErrorState } from '../../shared/states.tsx'
import type { Meaning } from '../../shared/status-word.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import { When } from '../../shared/when.tsx'
import classes from './activations.module.css'

/** What an activation did: every run, newest first. */
export function History({ id }: { id: string }) {
  const runs = useQuery(engine.runs.list.queryOptions({ input: { activation: id, limit: 20 } }))
  return (
    <Section title="Runs" aside={runs.data === undefined ? undefined : `the last ${formatNumber(runs.data.length)}`}>
      {runs.isPending && <Loading label="Reading the runs" rows={4} />}
      {runs.isError && <ErrorState error={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.data?.length === 0 && <EmptyState>It never ran. Plan it to see what it would do; nothing is sent.</EmptyState>}
      {runs.data !== undefined && runs.data.length > 0 && (
        <Frame>
          <Table.ScrollContainer type="native" minWidth={420}>
            <Table className={classes['runs']}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Started</Table.Th>
                  <Table.Th>State</Table.Th>
                  <Table.Th className={classes['number']}>Planned</Table.Th>
                  <Table.Th className={classes['number']}>Verified</Table.Th>
                  <Table.Th className={classes['number']}>Not delivered</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {runs.data.map((run) => (
                  <RunRow key={run.runId} run={run} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Frame>
      )}
    </Section>
  )
}

function RunRow({ run }: { run: RunSummary }) {
  const { counts } = run
  const undelivered = counts.rejected + counts.quarantined + counts.unknown + counts.skipped
  return (
    <Table.Tr>
      <Table.Td>
        <Link to="/runs/$run" params={{ run: run.runId }}>
          <When at={run.startedAt} />
        </Link>
      </Table.Td>
      <Table.Td>
        <StatusWord meaning={runMeaning(run)}>{run.reason ?? runWord(run)}</StatusWord>
      </Table.Td>
      <Table.Td className={classes['number']}>{formatNumber(counts.planned)}</Table.Td>
      <Table.Td className={classes['number']}>{formatNumber(counts.verified)}</Table.Td>
      <Table.Td className={classes['number']}>{formatNumber(undelivered)}</Table.Td>
    </Table.Tr>
  )
}

/** Green only when everything delivered was also read back. */
function runMeaning(run: RunSummary): Meaning {
  const { counts } = run
  if (run.state === 'failed') return 'problem'
  if (run.state === 'stopped') return 'quiet'
  if (run.state !== 'done') return 'accepted'
  if (counts.rejected + counts.quarantined + counts.unknown + counts.overridden > 0) return 'needs you'
  return counts.verified === counts.delivered ? 'verified' : 'accepted'
}

function runWord(run: RunSummary): string {
  const { counts } = run
  if (run.paused) return 'Paused'
  if (run.state !== 'done') return run.state.charAt(0).toUpperCase() + run.state.slice(1)
  const undelivered = counts.rejected + counts.quarantined + counts.unknown
  if (undelivered > 0) return `Done, ${formatNumber(undelivered)} not delivered`
  if (counts.overridden > 0) return `Done, ${formatNumber(counts.overridden)} overridden`
  return counts.verified === counts.delivered ? 'Done and verified' : 'Done, not all verified'
}
