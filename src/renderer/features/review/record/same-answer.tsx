import { Button } from '@mantine/core'
import { useState } from 'react'
import type { FieldRow, PlanDetail, ReviewScope } from '../../../../contract/shapes.ts'
import { formatNumber } from '../../../shared/format.ts'
import { BulkDialog } from '../answers/bulk-dialog.tsx'
import classes from '../review.module.css'
import type { Answers } from '../answers/use-answers.ts'
import type { BulkTake } from '../answers/use-bulk-preview.ts'
import { useBulkPreview } from '../answers/use-bulk-preview.ts'

const editorPhrase: Record<NonNullable<ReviewScope['editor']>, string> = {
  person: 'when a person in',
  'other system': 'when another system in',
  us: 'when Lockstep in',
  unknown: 'when somebody unknown in',
}

/** Offers the answer of this field for all that are like it. */
export function SameAnswer({ plan, row, answers }: { plan: PlanDetail; row: FieldRow; answers: Answers }) {
  const [dialog, setDialog] = useState<'preview' | 'policy'>()
  const take: BulkTake = row.answer === undefined || row.answer.take === 'value' ? 'destination' : row.answer.take
  const editor = row.editor?.kind ?? 'unknown'
  const scope: ReviewScope = { field: row.field, editor }
  const preview = useBulkPreview(plan, scope, take)
  const count = preview.data?.answered ?? 0
  if (count === 0 && dialog === undefined) return null
  const verb = take === 'warehouse' ? 'take the warehouse’s value' : take === 'skip' ? 'skip for now' : 'keep the value'
  return (
    <section className={classes['block']}>
      <h3>The same answer elsewhere</h3>
      <p className={classes['quiet']}>
        For <b>{row.fieldLabel}</b>, {verb} {editorPhrase[editor]} {plan.destinationName} changed it: {formatNumber(count)} of the {formatNumber(plan.openConflicts)} open conflicts.
      </p>
      <div className={classes['actions']}>
        <Button onClick={() => setDialog('preview')}>Preview {formatNumber(count)}</Button>
        <Button onClick={() => setDialog('policy')}>Save as a policy…</Button>
      </div>
      {dialog !== undefined && (
        <BulkDialog plan={plan} answers={answers} start={{ take, field: row.field, editor }} fieldLabel={row.fieldLabel} policy={dialog === 'policy'} onClose={() => setDialog(undefined)} />
      )}
    </section>
  )
}
