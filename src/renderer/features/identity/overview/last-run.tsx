import { Link } from '@tanstack/react-router'
import type { IdentityOverview, IdentityRun } from '../../../../contract/shapes.ts'
import { formatNumber } from '../../../shared/format.ts'
import { When } from '../../../shared/when.tsx'
import { ofWords, precisionWords, runWords, shareWords } from '../words/figure-words.ts'
import classes from '../frame/identity.module.css'
import overviewClasses from './overview.module.css'

/** The right column: how many people there are, what the last run did, and how right the rules are. */
export function LastRun({ overview, run }: { overview: IdentityOverview; run: IdentityRun }) {
  const { precision, identity } = overview
  return (
    <aside aria-label="People and the last run" className={overviewClasses['side']}>
      <div className={`surface ${overviewClasses['card']}`}>
        <h2>People</h2>
        <p className={classes['figure']}>{formatNumber(run.entities)}</p>
        <p className={classes['quiet']}>from {formatNumber(run.records)} records in all sources</p>
        <dl className={overviewClasses['lines']}>
          <div>
            <dt>Records joined with another</dt>
            <dd title={ofWords(run.linkedShare)}>{shareWords(run.linkedShare)}</dd>
          </div>
          <div>
            <dt>Records held back</dt>
            <dd title={ofWords(run.ambiguous)}>{shareWords(run.ambiguous)}</dd>
          </div>
        </dl>
      </div>
      <div className={`surface ${overviewClasses['card']}`}>
        <h2>
          Last run{' '}
          <span className={classes['quiet']}>
            <When at={run.at} />
          </span>
        </h2>
        <p>{runWords(run)}</p>
      </div>
      <div className={`surface ${overviewClasses['card']}`}>
        <h2>How right the rules are</h2>
        <p>{precision === null ? 'Nobody looked at a sample yet.' : precisionWords(precision.overall)}</p>
        <p>
          <Link to="/identity/sample" search={{ of: identity }}>
            {precision === null ? 'Judge a sample' : 'Go on judging'}
          </Link>
        </p>
      </div>
    </aside>
  )
}
