import type { IdentityRun, MatchFigures, Ratio } from '../../../../contract/shapes.ts'
import { formatNumber } from '../../../shared/format.ts'
import { MatchBar, type MatchKind, MatchMark } from '../../../shared/match-bar.tsx'
import { Frame } from '../../../shared/page.tsx'
import { EmptyState } from '../../../shared/states.tsx'
import { ambiguousWords, ofWords, shareWords } from '../words/figure-words.ts'
import classes from '../frame/identity.module.css'
import overviewClasses from './overview.module.css'

/** For each system how many rows have exactly one record there: one bar of what is known, and what cannot be looked for apart from it. */
export function MatchRates({ run }: { run: Pick<IdentityRun, 'matches'> }) {
  if (run.matches.length === 0) return <EmptyState>These rules compare one source only: with a product and a destination’s own records, it is said here who is found where.</EmptyState>
  return (
    <Frame>
      <ul>
        {run.matches.map((figures) => (
          <MatchRow key={`${figures.from} ${figures.to}`} figures={figures} />
        ))}
      </ul>
    </Frame>
  )
}

function MatchRow({ figures }: { figures: MatchFigures }) {
  const { match, ambiguous, unmatched, invalid } = figures
  const reasons = ambiguousWords(figures)
  return (
    <li className={overviewClasses['match']}>
      <h3>
        {figures.toName} <span className={classes['quiet']}>for {figures.fromName}</span>
      </h3>
      <MatchBar
        label={`Matched ${ofWords(match)}, ambiguous ${formatNumber(ambiguous.numerator)}, unmatched ${formatNumber(unmatched.numerator)}`}
        parts={[{ kind: 'matched', share: match.value ?? 0 }, { kind: 'ambiguous', share: ambiguous.value ?? 0 }, { kind: 'unmatched', share: unmatched.value ?? 0 }]}
      />
      <dl className={overviewClasses['figures']}>
        <Figure kind="matched" name="Matched" ratio={match} />
        <Figure kind="ambiguous" name="Ambiguous" ratio={ambiguous} />
        <Figure kind="unmatched" name="Unmatched" ratio={unmatched} />
        <Figure kind="invalid" name="No usable key" ratio={invalid} />
      </dl>
      {reasons.length > 0 && <p className={classes['quiet']}>Ambiguous: {reasons.join('; ')}.</p>}
    </li>
  )
}

/** What cannot be looked for stands apart from the bar, without a colour. */
function Figure({ kind, name, ratio }: { kind: MatchKind; name: string; ratio: Ratio }) {
  return (
    <div data-kind={kind}>
      <dt>
        {kind !== 'invalid' && <MatchMark kind={kind} />}
        {name}
      </dt>
      <dd>
        <b>{shareWords(ratio)}</b> <span className={classes['quiet']}>{ofWords(ratio)}</span>
      </dd>
    </div>
  )
}
