import { useQuery } from '@tanstack/react-query'
import type { CoverageForecast } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { formatNumber } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { MatchBar, MatchMark } from '../../shared/match-bar.tsx'
import { EmptyState } from '../../shared/states.tsx'
import { When } from '../../shared/when.tsx'
import { coverageParts, exampleWords, partWords } from './coverage-words.ts'
import classes from './coverage.module.css'

/** Who the activation would reach as it is saved, before anything is planned; nothing is asked of any system for it. */
export function Coverage({ id, changed }: { id: string | undefined; changed: boolean }) {
  return (
    <aside className={`surface ${classes['panel']}`} aria-label="Who it reaches">
      <h2>Who it reaches</h2>
      {id === undefined ? <EmptyState>Save the activation once: then it is said here who of its audience is found.</EmptyState> : <Saved id={id} changed={changed} />}
    </aside>
  )
}

function Saved({ id, changed }: { id: string; changed: boolean }) {
  const { data, error, isPending } = useQuery(engine.identity.forecast.queryOptions({ input: { activation: id } }))
  if (isPending) return <Loading label="Counting who is found" rows={4} />
  if (error) return <ErrorNotice error={error} />
  return (
    <>
      {changed && <p className={classes['quiet']}>As it was saved; what you changed since does not count yet.</p>}
      <Parts forecast={data} />
      <Reasons forecast={data} />
      <Elsewhere forecast={data} />
    </>
  )
}

function Parts({ forecast }: { forecast: CoverageForecast }) {
  const { audience, asOf, doNotSend, unknown } = forecast
  const parts = coverageParts(forecast)
  return (
    <>
      <MatchBar parts={parts.map(({ kind, count }) => ({ kind, share: audience === 0 ? 0 : count / audience }))} />
      <dl className={classes['parts']}>
        {parts.map(({ kind, name, count }) => (
          <div key={kind}>
            <dt>
              <MatchMark kind={kind} />
              {name}
            </dt>
            <dd>{partWords(count, audience)}</dd>
          </div>
        ))}
      </dl>
      {doNotSend > 0 && <p className={classes['quiet']}>Of all these, {formatNumber(doNotSend)} are held back by the do-not-send condition.</p>}
      <p className={classes['quiet']}>
        {asOf === undefined ? (
          unknown > 0 && 'Which records there are is not known here yet: the first plan looks.'
        ) : (
          <>
            By the records as they were read <When at={asOf} />. A plan looks once more.
          </>
        )}
      </p>
    </>
  )
}

function Reasons({ forecast: { reasons, bestFix } }: { forecast: CoverageForecast }) {
  if (reasons.length === 0) return null
  return (
    <section>
      <h3>Why others are not reached</h3>
      {bestFix && (
        <p className={classes['best']}>
          <strong>What helps most</strong>
          {/* An address of the engine's, with what it filters by. */}
          <a href={`#${bestFix.route}`}>{bestFix.words}</a>
        </p>
      )}
      <ul className={classes['reasons']}>
        {reasons.map((reason) => (
          <li key={reason.cause}>
            <b>{formatNumber(reason.count)}</b>
            <span>
              <span>{reason.title}</span>
              <span className={classes['quiet']}>{reason.fix}</span>
              <span className={classes['quiet']}>{exampleWords(reason)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Elsewhere({ forecast: { elsewhere, audience } }: { forecast: CoverageForecast }) {
  if (elsewhere.length === 0) return null
  return (
    <section>
      <h3>The same people in other systems</h3>
      <dl className={classes['parts']}>
        {elsewhere.map(({ to, toName, matched }) => (
          <div key={to}>
            <dt>Found in {toName}</dt>
            <dd>{partWords(matched, audience)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
