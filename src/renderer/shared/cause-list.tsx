import type { CauseGroup } from '../../contract/shapes.ts'
import classes from './cause-list.module.css'
import { formatNumber } from './format.ts'

/** One group: a cause, of one field where it is about a field. */
export type ChosenCause = Pick<CauseGroup, 'cause' | 'field'>
export type CauseListProps = { causes: readonly CauseGroup[]; chosen: ChosenCause | undefined; onChoose: (cause: ChosenCause | undefined) => void }

/** Rows grouped by cause: how many, what is wrong, what to do. A press lists them. */
export function CauseList({ causes, chosen, onChoose }: CauseListProps) {
  return (
    <ul className={classes['list']} aria-label="Causes">
      {causes.map((group) => {
        const pressed = chosen?.cause === group.cause && chosen.field === group.field
        return (
          <li key={`${group.cause} ${group.field ?? ''}`}>
            <button type="button" className={classes['cause']} aria-pressed={pressed} onClick={() => onChoose(pressed ? undefined : group)}>
              <b>{formatNumber(group.count)}</b>
              <span className={classes['words']}>
                <span className={classes['title']}>
                  {group.title}
                  {group.field !== undefined && <span className={classes['field']}> · {group.fieldLabel ?? group.field}</span>}
                </span>
                <span className={classes['fix']}>
                  {group.fix}
                  {group.example !== undefined && ` For example: ${group.example}`}
                </span>
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
