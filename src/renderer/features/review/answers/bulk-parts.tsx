import { Button, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { PlanDetail, ReviewScope } from '../../../../contract/shapes.ts'
import { engine } from '../../../app/client.ts'
import { ErrorNotice } from '../../../shared/error-notice.tsx'
import { formatNumber, formatRaw, plural } from '../../../shared/format.ts'
import classes from '../review.module.css'
import type { BulkPreview, BulkTake } from './use-bulk-preview.ts'

/** How many conflicts the answer covers. Where that cannot be told, nothing can be answered, and nothing claims to be none. */
export function Coverage({ plan, preview }: { plan: PlanDetail; preview: BulkPreview }) {
  if (preview.isError) return <ErrorNotice error={preview.error} action={<Button onClick={() => void preview.refetch()}>Try again</Button>} />
  return (
    <p aria-live="polite">
      {preview.data === undefined ? (
        'Counting what this covers…'
      ) : (
        <>
          Covers <b>{formatNumber(preview.data.answered)}</b> of the {formatNumber(plan.openConflicts)} open conflicts, of {plural(preview.data.records, plan.noun)}. Answers given before stay as they are.
        </>
      )}
    </p>
  )
}

/** The three answers that fit many conflicts. */
export function TakeChoice({ plan, take, onTake }: { plan: PlanDetail; take: BulkTake; onTake: (take: BulkTake) => void }) {
  return (
    <SegmentedControl
      aria-label="Answer"
      value={take}
      onChange={(next) => onTake(next as BulkTake)}
      data={[
        { value: 'destination', label: `Keep ${plan.destinationName}` },
        { value: 'warehouse', label: 'Take warehouse' },
        { value: 'skip', label: 'Skip for now' },
      ]}
    />
  )
}

/** What an answer does, in words. */
export function takeWords(take: BulkTake, destinationName: string): string {
  if (take === 'skip') return 'skip for now'
  return take === 'warehouse' ? 'take the warehouse' : `keep ${destinationName}`
}

/** The button says what happens with the number; while that is not known, without one. */
export function bulkWords(take: BulkTake, count: number | undefined, destinationName: string): string {
  if (count === undefined) return take === 'destination' ? `Keep ${destinationName}` : take === 'warehouse' ? 'Overwrite' : 'Skip for now'
  const edits = `${formatNumber(count)} ${count === 1 ? 'edit' : 'edits'}`
  if (take === 'destination') return `Keep ${edits} in ${destinationName}`
  return take === 'warehouse' ? `Overwrite ${edits}` : `Skip ${formatNumber(count)} for now`
}

const EXAMPLES = 4

/** The first few that would be covered. */
export function Examples({ plan, scope, take }: { plan: PlanDetail; scope: ReviewScope; take: BulkTake }) {
  const { all: _, record: __, records: ___, openOnly: ____, list: _____, ...narrowing } = scope
  const rows = useQuery(engine.plans.fieldRows.queryOptions({ input: { plan: plan.planId, filter: 'open conflicts', limit: EXAMPLES, ...narrowing } }))
  const fitting = rows.data?.rows ?? []
  if (fitting.length === 0) return null
  return (
    <table className={classes['examples']}>
      <caption>For example</caption>
      <thead>
        <tr>
          {['Name', 'Field', `In ${plan.destinationName} now`, 'Warehouse'].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fitting.map((row) => (
          <tr key={`${row.record} ${row.field}`}>
            <th scope="row">{row.label}</th>
            <td>{row.fieldLabel}</td>
            <td data-kept={take === 'destination' || undefined}>{formatRaw(row.destination)}</td>
            <td data-kept={take === 'warehouse' || undefined}>{formatRaw(row.warehouse)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
