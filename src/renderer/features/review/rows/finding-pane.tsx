import type { FieldRow, PlanDetail, RecordRow } from '../../../../contract/shapes.ts'
import { blockedCauses } from '../../../../contract/states.ts'
import { formatRaw } from '../../../shared/format.ts'
import { StatusWord } from '../../../shared/status-word.tsx'
import { RecordHead } from '../record/record-pane.tsx'
import classes from '../review.module.css'
import type { PlanRow } from './use-plan-rows.ts'

/** Something the plan leaves as it is although it is not right: what, why, and what would change that. */
export function FindingPane({ plan, row }: { plan: PlanDetail; row: PlanRow }) {
  return (
    <>
      <RecordHead plan={plan} row={row} />
      {'class' in row ? <Kept plan={plan} row={row} /> : <NotTaken plan={plan} row={row} />}
    </>
  )
}

function Kept({ plan, row }: { plan: PlanDetail; row: FieldRow }) {
  const values = [
    { name: 'Last agreed', value: row.base.known ? formatRaw(row.base.value) : 'not known' },
    { name: 'Warehouse now', value: formatRaw(row.warehouse) },
    { name: `${plan.destinationName} now`, value: formatRaw(row.destination) },
  ]
  return (
    <>
      <section className={classes['block']}>
        <h3>{row.fieldLabel}</h3>
        <dl className={classes['about']}>
          {values.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <p className={classes['block']}>An earlier answer, or who owns the field, settled this. It is looked at anew when either value changes.</p>
    </>
  )
}

function NotTaken({ plan, row }: { plan: PlanDetail; row: RecordRow }) {
  if (row.cause === undefined) return null
  return (
    <section className={classes['block']}>
      <StatusWord meaning="problem">{blockedCauses[row.cause].title}</StatusWord>
      {row.causeMessage !== undefined && <p>{row.causeMessage}</p>}
      <p className={classes['quiet']}>
        {plan.destinationName} keeps what the field holds. {blockedCauses[row.cause].fix}
      </p>
    </section>
  )
}
