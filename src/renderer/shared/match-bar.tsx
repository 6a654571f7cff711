import classes from './match-bar.module.css'

/** How rows of a product find their record in a system. */
export type MatchKind = 'matched' | 'ambiguous' | 'unmatched' | 'unknown' | 'invalid'

/** Shares (0 to 1) of all rows, side by side. `label` says it in words; without one the words must stand beside it. */
export function MatchBar({ parts, label }: { parts: readonly { kind: MatchKind; share: number }[]; label?: string }) {
  const said = label === undefined ? ({ 'aria-hidden': true } as const) : ({ role: 'img', 'aria-label': label } as const)
  return (
    <div className={classes['bar']} {...said}>
      {parts.map(({ kind, share }) => (share === 0 ? null : <i key={kind} data-kind={kind} style={{ '--share': String(share) }} />))}
    </div>
  )
}

/** The colour of a kind beside its words. */
export function MatchMark({ kind }: { kind: MatchKind }) {
  return <i className={classes['mark']} aria-hidden="true" data-kind={kind} />
}
