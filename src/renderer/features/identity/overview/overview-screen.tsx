import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { IdentityOverview, IdentityRun } from '../../../../contract/shapes.ts'
import { engine } from '../../../app/client.ts'
import { ProblemFiles } from '../../../app/problem-files.tsx'
import { Loading } from '../../../shared/loading.tsx'
import { Section } from '../../../shared/page.tsx'
import { ErrorState } from '../../../shared/states.tsx'
import { StatusWord } from '../../../shared/status-word.tsx'
import { BridgeNote, bridgesOf } from './bridge-note.tsx'
import classes from '../frame/identity.module.css'
import { IdentityFrame } from '../frame/identity-frame.tsx'
import { LastRun } from './last-run.tsx'
import { MatchRates } from './match-rates.tsx'
import overviewClasses from './overview.module.css'
import { QueueTiles } from '../queues/queue-tiles.tsx'
import { NeverRun, RunAgain, RunButton } from '../frame/run-progress.tsx'
import { SourceTable } from './source-table.tsx'
import { TrendsOverTime } from './trends-over-time.tsx'

/** What needs a person, then how well people are recognised, and how that went over time. */
export function OverviewScreen({ of }: { of: string | undefined }) {
  return (
    <IdentityFrame of={of} actions={(identity) => <RunAgain identity={identity} filled />}>
      {(identity) => <Overview identity={identity} />}
    </IdentityFrame>
  )
}

function Overview({ identity }: { identity: string }) {
  const overview = useQuery(engine.identity.overview.queryOptions({ input: { identity } }))
  if (overview.isPending) return <Loading label="Reading how well people are recognised" rows={6} />
  if (overview.isError) return <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />
  const { run } = overview.data
  if (run === null) {
    return <NeverRun identity={identity} />
  }
  return (
    <>
      <QueueTiles overview={overview.data} />
      <div className={classes['scroll']} tabIndex={-1}>
        <ProblemFiles kind="identity" />
        <Notes overview={overview.data} />
        <div className={overviewClasses['columns']}>
          <div>
            <Section title="Found in each system" aside="rows of a product and their record over there; of all rows with a usable key">
              <MatchRates run={run} />
            </Section>
            <Section title="Records of each source" aside="duplicates are records beyond the first of a person">
              <SourceTable sources={run.sources} />
            </Section>
            <TrendsOverTime identity={identity} />
          </div>
          <LastRun overview={overview.data} run={run} />
        </div>
      </div>
    </>
  )
}

/** Rules that changed since the run, values that hold too much together, and wanted figures that are not met. */
function Notes({ overview }: { overview: IdentityOverview & { run: IdentityRun | null } }) {
  const { alerts, rulesChanged, identity } = overview
  // What was counted by other rules is no reason to change these.
  const bridges = rulesChanged ? [] : bridgesOf(overview.rules)
  if (alerts.length === 0 && bridges.length === 0 && !rulesChanged) return null
  return (
    <ul className={overviewClasses['notes']} aria-label="Needs attention">
      {rulesChanged && (
        <li>
          <StatusWord meaning="needs you">Rules changed</StatusWord>
          <span>The rules changed since the last run; these figures are of the rules before.</span>
          <RunButton identity={identity} />
        </li>
      )}
      {bridges.map((bridge) => (
        <BridgeNote key={`${bridge.rule} ${bridge.key} ${bridge.value}`} identity={identity} bridge={bridge} />
      ))}
      {alerts.map((alert) => (
        <li key={`${alert.rate} ${alert.source}`}>
          <StatusWord meaning="needs you">Not as wanted</StatusWord>
          <span>{alert.words}</span>
          <Link to="/identity/rules" search={{ of: identity }} hash="wanted">
            What is wanted
          </Link>
        </li>
      ))}
    </ul>
  )
}
