import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { HomeSummary } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { StopButton } from '../../app/stop-everything.tsx'
import { formatAbsolute } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { Page, Section } from '../../shared/page.tsx'
import { EmptyState, ErrorState } from '../../shared/states.tsx'
import { useNow, useZone } from '../../shared/when.tsx'
import { ActivationTable } from './activation-table.tsx'
import classes from './home.module.css'
import { NeedsYouList } from './needs-you-list.tsx'
import { RightNow } from './right-now.tsx'

/** What needs a person now, then how every activation stands. */
export function HomeScreen() {
  const home = useQuery(engine.home.summary.queryOptions())
  if (home.isPending) return <Page title="Home">{<Loading label="Reading how things stand" rows={6} />}</Page>
  if (home.isError) {
    return (
      <Page title="Home">
        <ErrorState error={home.error} onRetry={() => void home.refetch()} />
      </Page>
    )
  }
  return <OpenHome home={home.data} />
}

function OpenHome({ home }: { home: HomeSummary }) {
  return (
    <Page title="Home" context={<Today />} actions={<HomeActions home={home} />} scroll>
      <div className={classes['columns']}>
        <div>
          <Section title="Needs you" aside={home.needsYou.length === 0 ? undefined : String(home.needsYou.length)}>
            <NeedsYouList items={home.needsYou} sent={home.activations.some(({ lastRun }) => lastRun !== undefined)} />
          </Section>
          <Section title="Activations" aside="one tick per system: in step, lagging, out of step, at rest">
            {home.activations.length === 0 ? (
              <EmptyState action={<Link to="/activations">Go to the activations</Link>}>This workspace has no activation yet. One sends a segment’s decisions to a system where work is done.</EmptyState>
            ) : (
              <ActivationTable activations={home.activations} />
            )}
          </Section>
        </div>
        <RightNow home={home} />
      </div>
    </Page>
  )
}

function Today() {
  const zone = useZone()
  const now = useNow()
  const workspace = useQuery(engine.workspace.current.queryOptions())
  const words = formatAbsolute(now.toISOString(), zone).replace(/:\d\d /, ' ')
  return (
    <span>
      {workspace.data?.name} · {words}
    </span>
  )
}

function HomeActions({ home }: { home: HomeSummary }) {
  return (
    <>
      <StopButton home={home} />
      <Button variant="filled" component={Link} to="/activations/new">
        New activation
      </Button>
    </>
  )
}
