import type { RunProgress } from '../../../contract/shapes.ts'
import { formatNumber } from '../../shared/format.ts'
import type { ListedState } from './run-search.ts'
import { balanceStates, proofStates, stateWords } from './run-words.ts'
import classes from './run.module.css'

type Props = { run: RunProgress; listed: ListedState | undefined; onList: (state: ListedState) => void }

/** planned = the eight states, at every instant, written as an equation; beneath it what the read-back proved. */
export function Balance({ run, listed, onList }: Props) {
  const { counts } = run
  const toRead = counts.delivered - counts.verified - counts.overridden - counts.unverifiable
  const tile = (state: ListedState) => (
    <button key={state} type="button" className={classes['tile']} data-state={state} data-zero={counts[state] === 0 || undefined} aria-pressed={listed === state} onClick={() => onList(state)}>
      <b>{formatNumber(counts[state])}</b>
      <span>{stateWords[state]}</span>
    </button>
  )
  return (
    <div className={classes['balance']}>
      <div role="group" aria-label="Planned rows by state" className={classes['equation']}>
        <div className={classes['sum']}>
          <b>{formatNumber(counts.planned)}</b>
          <span>Planned</span>
        </div>
        {balanceStates.map((state, index) => (
          <span key={state} className={classes['term']}>
            <span aria-hidden="true" className={classes['operator']}>
              {index === 0 ? '=' : '+'}
            </span>
            {tile(state)}
          </span>
        ))}
      </div>
      <div role="group" aria-label="Delivered rows by proof" className={classes['proof']}>
        <span className={classes['proofTitle']}>Of {formatNumber(counts.delivered)} delivered</span>
        {proofStates.map((state) => tile(state))}
        <div className={classes['tile']} data-zero={toRead === 0 || undefined}>
          <b>{formatNumber(toRead)}</b>
          <span>Not read back{run.state === 'done' || run.state === 'stopped' ? '' : ' yet'}</span>
        </div>
      </div>
    </div>
  )
}
