import { useQuery } from '@tanstack/react-query'
import type { FieldRow, PlanDetail, PlanRecordDetail } from '../../../../contract/shapes.ts'
import { blockedCauses } from '../../../../contract/states.ts'
import { engine } from '../../../app/client.ts'
import { DiffList } from '../../../shared/diff/diff-list.tsx'
import { columnWords } from '../../../shared/filter-builder/sentence.ts'
import { formatRaw, sentence } from '../../../shared/format.ts'
import { Loading } from '../../../shared/loading.tsx'
import { ErrorState } from '../../../shared/states.tsx'
import { StatusWord } from '../../../shared/status-word.tsx'
import { ConflictField } from './conflict-field.tsx'
import { MissingRecord } from '../missing/missing-record.tsx'
import classes from '../review.module.css'
import { SameAnswer } from './same-answer.tsx'
import type { Answers } from '../answers/use-answers.ts'

type Props = {
  plan: PlanDetail
  record: string
  /** The field of the row that is marked in the list. */
  field: string | undefined
  answers: Answers
  advance: () => void
  editing: string | undefined
  onEditing: (id: string | undefined) => void
}

/** One record: its conflicts first, then what else would change, then who it is. */
export function RecordPane(props: Props) {
  const { plan, record } = props
  const detail = useQuery(engine.plans.record.queryOptions({ input: { plan: plan.planId, record }, placeholderData: (before) => before }))
  if (detail.isPending) return <Loading label="Reading the record" rows={5} />
  if (detail.isError) return <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />
  return <OpenRecord {...props} detail={detail.data} />
}

function OpenRecord({ plan, field, answers, advance, editing, onEditing, detail }: Props & { detail: PlanRecordDetail }) {
  const conflicts = detail.fieldsChanged.filter((row) => row.class === 'conflict')
  const others = detail.fieldsChanged.filter((row) => row.class !== 'conflict')
  const marked = conflicts.find((row) => row.field === field) ?? conflicts[0]
  const ordered = marked === undefined ? conflicts : [marked, ...conflicts.filter((row) => row !== marked)]
  return (
    <>
      <RecordHead plan={plan} row={detail} />
      {detail.cause !== undefined && (
        <div className={classes['block']}>
          <StatusWord meaning="problem">{blockedCauses[detail.cause].title}</StatusWord>
          {detail.causeMessage !== undefined && <p>{detail.causeMessage}</p>}
          <p className={classes['quiet']}>{blockedCauses[detail.cause].fix}</p>
        </div>
      )}
      <MissingRecord plan={plan} row={detail} />
      {ordered.map((row) => (
        <ConflictField
          key={`${row.record} ${row.field}`}
          plan={plan}
          row={row}
          keys={row === marked}
          answers={answers}
          onAnswered={advance}
          editing={editing === `${row.record} ${row.field}`}
          onEditing={(on) => onEditing(on ? `${row.record} ${row.field}` : undefined)}
        />
      ))}
      {others.length > 0 && <OtherFields rows={others} alone={conflicts.length === 0} />}
      {marked !== undefined && answers.open && <SameAnswer plan={plan} row={marked} answers={answers} />}
      {/* What a revert puts back comes from the run, not from the warehouse. */}
      {plan.kind !== 'revert' && <About detail={detail} />}
      <div className={classes['foot']}>
        {detail.hold !== undefined && <span>{detail.hold}</span>}
        <span className={classes['keysHint']}>
          <kbd>J</kbd> <kbd>K</kbd> next, previous
        </span>
      </div>
    </>
  )
}

/** Who it is: name, key, and the record over there. */
export function RecordHead({ plan, row }: { plan: PlanDetail; row: Pick<PlanRecordDetail, 'label' | 'record' | 'remoteId' | 'matchKey'> }) {
  const parts = [row.matchKey, row.remoteId === undefined ? undefined : `${plan.destinationName} ${row.remoteId}`].filter((part) => part !== undefined)
  return (
    <div className={classes['recordHead']}>
      <h2>{row.label}</h2>
      <p>
        <span className="mono">{row.record}</span>
        {parts.map((part) => ` · ${part}`).join('')}
      </p>
    </div>
  )
}

function OtherFields({ rows, alone }: { rows: readonly FieldRow[]; alone: boolean }) {
  return (
    <section className={classes['block']}>
      <h3>{alone ? 'What would change' : 'What else would change'}</h3>
      <DiffList rows={rows} />
    </section>
  )
}

function About({ detail }: { detail: PlanRecordDetail }) {
  if (detail.about.length === 0) return null
  return (
    <section className={classes['block']}>
      <h3>In the warehouse</h3>
      <dl className={classes['about']}>
        {detail.about.map((column) => (
          <div key={column.name}>
            <dt>{sentence(columnWords(column.name))}</dt>
            <dd>{formatRaw(column.value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
