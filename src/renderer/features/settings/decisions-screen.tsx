import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { LastingDecisions } from '../../../contract/shapes.ts'
import type { PolicyDefinition } from '../../../contract/definitions.ts'
import { client, engine } from '../../app/client.ts'
import { useDefinitions } from '../../app/use-product.ts'
import { Entry, EntryActions, EntryList, EntryText } from '../../shared/entry-list.tsx'
import { formatNumber, formatRaw } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { notifyError } from '../../shared/notify.tsx'
import { Page, Section } from '../../shared/page.tsx'
import { EmptyState, ErrorState } from '../../shared/states.tsx'
import { When } from '../../shared/when.tsx'
import classes from './settings.module.css'

const takeWords: Record<PolicyDefinition['take'], string> = {
  warehouse: 'Conflicts take the warehouse',
  destination: 'Conflicts keep what the system holds',
  skip: 'Conflicts are skipped for now',
  select: 'What is not preselected is selected',
}

/** Everything people decided that goes on to hold: policies, pinned values, kept edits; each with a way to end it. */
export function DecisionsScreen() {
  const decisions = useQuery(engine.decisions.list.queryOptions({ staleTime: 0 }))
  return (
    <Page title="Policies and overrides" scroll>
      <div className={classes['column']}>
        <Section title="Policies" aside="answer every plan of their activation">
          <Policies />
        </Section>
        {decisions.isPending && <Loading label="Reading what holds" rows={4} />}
        {decisions.isError && <ErrorState error={decisions.error} onRetry={() => void decisions.refetch()} />}
        {decisions.data !== undefined && <Lasting decisions={decisions.data} />}
      </div>
    </Page>
  )
}

function Policies() {
  const policies = useDefinitions('policy')
  if (policies.length === 0) return <EmptyState>No policy is saved. In Review, the same answer for many conflicts can be saved as one.</EmptyState>
  return (
    <EntryList label="Policies">
      {policies.map(({ id }) => (
        <Policy key={id} id={id} />
      ))}
    </EntryList>
  )
}

function Policy({ id }: { id: string }) {
  const file = useQuery(engine.definitions.read.queryOptions({ input: { kind: 'policy', id } }))
  const activations = useDefinitions('activation')
  const value = file.data?.value as PolicyDefinition | undefined
  const hash = file.data?.hash
  if (value === undefined || hash === undefined) return null
  const activation = activations.find((one) => one.id === value.activation)?.name ?? value.activation
  const about = [takeWords[value.take], value.field === undefined ? undefined : `in ${value.field}`, value.editor === undefined ? undefined : `where ${value.editor === 'unknown' ? 'nobody knows who' : `a ${value.editor}`} changed it`, value.changedBy === undefined ? undefined : `where ${value.changedBy} changed it`].filter((part) => part !== undefined)
  return (
    <Held name={value.name} end="Remove the policy" onEnd={() => client.definitions.remove({ kind: 'policy', id, expectedHash: hash })}>
      <p>
        {activation}: {about.join(', ')}
      </p>
      <p className={classes['quiet']}>
        {value.owner === undefined ? 'No owner' : `By ${value.owner}`}
        {value.reason !== undefined && `: “${value.reason}”`}
      </p>
    </Held>
  )
}

function Lasting({ decisions: { overrides, overridesTotal, kept, keptTotal } }: { decisions: LastingDecisions }) {
  const activations = useDefinitions('activation')
  const nameOf = (id: string): string => activations.find((one) => one.id === id)?.name ?? id
  return (
    <>
      <Section title="Pinned values" aside={shown(overrides.length, overridesTotal)}>
        {overrides.length === 0 ? (
          <EmptyState>No value is pinned by hand.</EmptyState>
        ) : (
          <EntryList label="Pinned values">
            {overrides.map((one) => (
              <Held key={`${one.activation} ${one.record} ${one.field}`} name={`${one.field}: ${formatRaw(one.value)}`} end="End the override" onEnd={() => client.decisions.endOverride(one)}>
                <p>
                  {nameOf(one.activation)}, <span className="mono">{one.record}</span>
                </p>
                <p className={classes['quiet']}>
                  By {one.owner}, <When at={one.at} />
                  {one.reason !== '' && <>: “{one.reason}”</>}. {one.expiresAt === undefined ? 'Holds until somebody ends it.' : <>Holds until <When at={one.expiresAt} />.</>}
                </p>
              </Held>
            ))}
          </EntryList>
        )}
      </Section>
      <Section title="Kept edits" aside={shown(kept.length, keptTotal)}>
        {kept.length === 0 ? (
          <EmptyState>Nothing is kept against the warehouse.</EmptyState>
        ) : (
          <EntryList label="Kept edits">
            {kept.map((one) => (
              <Held key={`${one.connection} ${one.object} ${one.remoteId} ${one.field}`} name={one.field} end="Ask again" onEnd={() => client.decisions.endKept(one)}>
                <p>
                  {one.connection}, {one.object} <span className="mono">{one.remoteId}</span>
                </p>
                <p className={classes['quiet']}>
                  Kept by {one.by}, <When at={one.at} />, until either side changes.
                </p>
              </Held>
            ))}
          </EntryList>
        )}
      </Section>
    </>
  )
}

function shown(listed: number, total: number): string | undefined {
  return listed < total ? `the newest ${formatNumber(listed)} of ${formatNumber(total)}` : undefined
}

/** One decision that holds, and the button that ends it. */
function Held({ name, end, onEnd, children }: { name: string; end: string; onEnd: () => Promise<unknown>; children: ReactNode }) {
  const queries = useQueryClient()
  const ending = useMutation({ mutationFn: onEnd, onSuccess: () => void queries.invalidateQueries(), onError: notifyError })
  return (
    <Entry>
      <EntryText name={name} level={3}>
        {children}
      </EntryText>
      <EntryActions>
        <Button size="xs" loading={ending.isPending} aria-label={`${end}: ${name}`} onClick={() => ending.mutate()}>
          {end}
        </Button>
      </EntryActions>
    </Entry>
  )
}
