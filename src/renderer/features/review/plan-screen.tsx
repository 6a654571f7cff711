import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { PlanDetail } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { Loading } from '../../shared/loading.tsx'
import { Page } from '../../shared/page.tsx'
import { SplitPane } from '../../shared/split-pane.tsx'
import { ErrorState } from '../../shared/states.tsx'
import { ApplyDialog } from './apply/apply-dialog.tsx'
import { CauseGroups } from './rows/cause-groups.tsx'
import { FindingPane } from './rows/finding-pane.tsx'
import { GuardFindings } from './plan/guard-findings.tsx'
import { HandOverNote } from './plan/hand-over.tsx'
import { GoneChoices } from './missing/missing-choices.tsx'
import { NarrowingBar } from './rows/narrowing-bar.tsx'
import { PlanActions } from './plan/plan-actions.tsx'
import { PlanContext } from './plan/plan-context.tsx'
import { PlanCountsBar } from './plan/plan-counts-bar.tsx'
import { firstFilter, listsFields } from './rows/plan-filters.ts'
import { PlanNote } from './plan/plan-note.tsx'
import { PlanRows } from './rows/plan-rows.tsx'
import { RecordPane } from './record/record-pane.tsx'
import type { PlanSearch } from './rows/plan-search.ts'
import { SelectionBar } from './rows/selection-bar.tsx'
import { useAnswers } from './answers/use-answers.ts'
import { usePlanRows } from './rows/use-plan-rows.ts'
import { UnchangedPane } from './rows/unchanged-pane.tsx'
import { useReviewKeys } from './rows/use-review-keys.ts'
import { whyNotApply } from './apply/why-not-apply.ts'

export type PlanScreenProps = { planId: string; search: PlanSearch; onSearch: (search: PlanSearch) => void }

/** One plan: what it would do, what needs an answer, and the way to apply it. */
export function PlanScreen(props: PlanScreenProps) {
  const plan = useQuery(engine.plans.get.queryOptions({ input: { plan: props.planId } }))
  if (plan.isPending) return <Page title="Plan">{<Loading label="Reading the plan" rows={8} />}</Page>
  if (plan.isError) {
    return (
      <Page title="Plan">
        <ErrorState error={plan.error} onRetry={() => void plan.refetch()} back={<Link to="/review">All plans</Link>} />
      </Page>
    )
  }
  return <OpenPlan {...props} plan={plan.data} />
}

function OpenPlan({ plan, search, onSearch }: PlanScreenProps & { plan: PlanDetail }) {
  const { mutate: open } = useMutation(engine.plans.open.mutationOptions())
  const { planId } = plan
  useEffect(() => open({ plan: planId }), [open, planId])
  const [first] = useState(() => firstFilter(plan))
  const filter = search.show ?? first
  const [active, setActive] = useState(0)
  const [applying, setApplying] = useState(false)
  const rows = usePlanRows(plan, filter, search)
  const current = rows.rows.rowAt(active)
  const answers = useAnswers(plan)
  const show = (next: PlanSearch) => {
    setActive(0)
    onSearch(next)
  }
  const advance = () => setActive((index) => (filter === 'open conflicts' ? index : rows.nextOpen(index)))
  const keys = useReviewKeys({ current, total: rows.rows.total, active, setActive, answers, advance, onApply: whyNotApply(plan) === undefined ? () => setApplying(true) : undefined })

  return (
    <Page title={plan.activationName} context={<PlanContext plan={plan} />} actions={<PlanActions plan={plan} onApply={() => setApplying(true)} />}>
      <PlanCountsBar plan={plan} filter={filter} search={search} onSearch={show} />
      <PlanNote plan={plan} filter={filter} onShow={(next) => show({ show: next })} />
      {plan.run === undefined && <HandOverNote plan={plan} />}
      <GuardFindings plan={plan} />
      <SplitPane
        name="review"
        label="Record"
        detail={
          current === undefined ? null : filter === 'kept' || filter === 'left out' ? (
            <FindingPane plan={plan} row={current} />
          ) : current.operation === 'unchanged' ? (
            <UnchangedPane plan={plan} row={current} />
          ) : (
            <RecordPane
              plan={plan}
              record={current.record}
              field={'field' in current ? current.field : undefined}
              answers={answers}
              advance={advance}
              editing={keys.editing}
              onEditing={keys.setEditing}
            />
          )
        }
      >
        {(filter === 'blocked' || filter === 'left out') && <CauseGroups plan={plan} of={filter} cause={search.cause === undefined ? undefined : { cause: search.cause, field: search.field }} onCause={(chosen) => show({ ...search, show: filter, cause: chosen?.cause, field: chosen?.field })} />}
        {filter === 'gone' && <GoneChoices plan={plan} />}
        {listsFields(filter) && (
          <NarrowingBar
            plan={plan}
            filter={filter}
            search={search}
            answers={answers}
            total={rows.rows.pending ? undefined : rows.rows.total}
            onOnly={(only) => show({ ...search, show: filter, only })}
          />
        )}
        {listsFields(filter) && <SelectionBar plan={plan} filter={filter} />}
        <PlanRows plan={plan} filter={filter} search={search} list={rows} active={active} onActive={setActive} onSearch={show} />
      </SplitPane>
      {applying && <ApplyDialog plan={plan} onClose={() => setApplying(false)} />}
    </Page>
  )
}
