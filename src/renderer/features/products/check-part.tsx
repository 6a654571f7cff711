import { Button, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { engine } from '../../app/client.ts'
import { activationMeaning, activationWord } from '../../shared/activation-state.ts'
import { formatNumber, formatShare, plural } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { Frame, Section } from '../../shared/page.tsx'
import { EmptyState, ErrorState } from '../../shared/states.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import classes from './products.module.css'
import { useConsumers } from './use-consumers.ts'

/** Whether the real data keeps the contract, and who would notice if it did not. */
export function CheckPart({ id, changed }: { id: string; changed: boolean }) {
  const check = useQuery(engine.products.check.queryOptions({ input: { product: id } }))
  return (
    <div className={classes['column']}>
      <Section title="Check against the real data" aside={changed ? 'of the saved version' : undefined}>
        {check.isPending ? (
          <Loading label="Reading every row" rows={5} />
        ) : check.isError ? (
          <ErrorState error={check.error} onRetry={() => void check.refetch()} />
        ) : (
          <>
            <div className={classes['runLine']}>
              {check.data.problems.length === 0 ? (
                <StatusWord meaning="verified">The data keeps the contract in all {formatNumber(check.data.rows)} rows</StatusWord>
              ) : (
                <StatusWord meaning="problem">
                  {plural(check.data.problems.length, { one: 'problem', many: 'problems' })} in {formatNumber(check.data.rows)} rows
                </StatusWord>
              )}
              <Button size="xs" loading={check.isFetching} onClick={() => void check.refetch()}>
                Check again
              </Button>
            </div>
            <ul className={classes['problems']}>
              {check.data.problems.map((problem, index) => (
                <li key={index}>
                  <strong>{problem.message}</strong> {problem.next}
                </li>
              ))}
            </ul>
            {check.data.columns.length > 0 && <ColumnFigures rows={check.data.rows} columns={check.data.columns} />}
          </>
        )}
      </Section>
      <Consumers id={id} />
    </div>
  )
}

function ColumnFigures({ rows, columns }: { rows: number; columns: { name: string; empty: number; distinct: number }[] }) {
  return (
    <details className={classes['figures']}>
      <summary>How full each column is</summary>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Column</Table.Th>
            <Table.Th className={classes['number']}>Filled</Table.Th>
            <Table.Th className={classes['number']}>Empty</Table.Th>
            <Table.Th className={classes['number']}>Different values</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map((column) => (
            <Table.Tr key={column.name}>
              <Table.Td>
                <code>{column.name}</code>
              </Table.Td>
              <Table.Td className={classes['number']}>{formatShare(rows - column.empty, rows)}</Table.Td>
              <Table.Td className={classes['number']}>{formatNumber(column.empty)}</Table.Td>
              <Table.Td className={classes['number']}>{formatNumber(column.distinct)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </details>
  )
}

function Consumers({ id }: { id: string }) {
  const { activations, segments } = useConsumers(id)
  return (
    <Section title="Consumers" aside="who acts on what it says">
      {activations.length + segments.length === 0 ? (
        <EmptyState>Nothing uses this data product yet.</EmptyState>
      ) : (
        <Frame>
          <ul className={classes['consumers']}>
            {segments.map((segment) => (
              <li key={segment.id}>
                <Link to="/segments/$segment" params={{ segment: segment.id }}>
                  {segment.name}
                </Link>
                <span>Segment</span>
              </li>
            ))}
            {activations.map((activation) => (
              <li key={activation.id}>
                <Link to="/activations/$activation" params={{ activation: activation.id }}>
                  {activation.name}
                </Link>
                <span>Activation to {activation.destinationName}</span>
                <StatusWord meaning={activationMeaning(activation.state)}>{activationWord(activation.state)}</StatusWord>
              </li>
            ))}
          </ul>
        </Frame>
      )}
    </Section>
  )
}
