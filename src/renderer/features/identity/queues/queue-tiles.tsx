import { Link } from '@tanstack/react-router'
import type { IdentityOverview } from '../../../../contract/shapes.ts'
import { formatNumber } from '../../../shared/format.ts'
import { FindPerson } from '../records/find-person.tsx'
import classes from '../frame/identity.module.css'
import { queueCount, queueKinds, queueTitles } from './queue-words.ts'

/** What waits for a person, as numbers that lead there; and the way to one person. */
export function QueueTiles({ overview }: { overview: IdentityOverview }) {
  const { identity, queues } = overview
  return (
    <div className={classes['tilesBar']}>
      <nav className={classes['tiles']} aria-label="What waits for a person">
        {queueKinds.map((kind) => {
          const count = queueCount(queues, kind)
          return (
            <Link key={kind} to="/identity/queues" search={{ of: identity, show: kind }} className={classes['tile']} data-tone={count > 0 && kind === 'ambiguous' ? 'needs you' : undefined}>
              <b>{formatNumber(count)}</b>
              <span>{queueTitles[kind]}</span>
            </Link>
          )
        })}
      </nav>
      <FindPerson identity={identity} />
    </div>
  )
}
