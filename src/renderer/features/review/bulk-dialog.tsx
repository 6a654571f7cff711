import { Button, Checkbox, Modal, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PlanDetail, ReviewScope } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { formatNumber, formatRaw, plural } from '../../shared/format.ts'
import { notifyDone, notifyError } from '../../shared/notify.tsx'
import type { Editor } from './editor-choice.ts'
import { editorChoices, policyScope, scopeOf } from './editor-choice.ts'
import classes from './review.module.css'
import type { Answers } from './use-answers.ts'
import type { BulkPreview, BulkTake } from './use-bulk-preview.ts'
import { useBulkPreview } from './use-bulk-preview.ts'

type Props = {
  plan: PlanDetail
  answers: Answers
  start: { take: BulkTake; field: string; editor: Editor }
  fieldLabel: string
  policy: boolean
  onClose: () => void
}

/** One answer for many conflicts: shows whom it would cover before it is given, and can be kept as a policy. */
export function BulkDialog({ plan, answers, start, fieldLabel, policy, onClose }: Props) {
  const [take, setTake] = useState<BulkTake>(start.take)
  const [field, setField] = useState(start.field)
  const [editor, setEditor] = useState<string>(start.editor)
  const [save, setSave] = useState(policy)
  const [typedName, setName] = useState<string>()
  // Says what it does until somebody gives it another name.
  const name = typedName ?? `${field === '*' ? 'Every field' : fieldLabel}: ${takeWords(take, plan.destinationName)}`
  const [reason, setReason] = useState('')
  const scope = scopeOf(field, editor)
  const preview = useBulkPreview(plan, scope, take)
  const give = useGive({ plan, answers, onClose })
  const count = preview.data?.answered
  // The number of what was chosen before stays until the new one is there; nothing is given by it.
  const ready = count !== undefined && count > 0 && !preview.isError && !preview.isPlaceholderData && (!save || name.trim() !== '')
  return (
    <Modal opened onClose={onClose} title="The same answer elsewhere" size={620} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes['dialog']}>
        <SegmentedControl
          aria-label="Answer"
          value={take}
          onChange={(next) => setTake(next as BulkTake)}
          data={[
            { value: 'destination', label: `Keep ${plan.destinationName}` },
            { value: 'warehouse', label: 'Take warehouse' },
            { value: 'skip', label: 'Skip for now' },
          ]}
        />
        <div className={classes['pair']}>
          <Select
            label="In field"
            value={field}
            onChange={(next) => setField(next ?? start.field)}
            data={[
              { value: start.field, label: fieldLabel },
              { value: '*', label: 'every field' },
            ]}
          />
          <Select label="Changed by" value={editor} onChange={(next) => setEditor(next ?? 'anyone')} data={editorChoices} />
        </div>
        <TextInput label="Reason (optional)" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <Coverage plan={plan} preview={preview} />
        <Examples plan={plan} field={field === '*' ? undefined : field} editor={editor} take={take} />
        <Checkbox label="Also save it as a policy, for this and every later plan of this activation" checked={save} onChange={(event) => setSave(event.currentTarget.checked)} />
        {save && <TextInput label="Name of the policy" value={name} onChange={(event) => setName(event.currentTarget.value)} />}
        <div className={classes['dialogActions']}>
          <Button onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button variant="filled" disabled={!ready} loading={give.busy} onClick={() => give.run({ scope, take, reason: reason.trim(), policy: save ? name.trim() : undefined })}>
            {bulkWords(take, preview.isError ? undefined : count, plan.destinationName)}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

/** How many conflicts the answer covers. Where that cannot be told, nothing can be answered, and nothing claims to be none. */
function Coverage({ plan, preview }: { plan: PlanDetail; preview: BulkPreview }) {
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

function takeWords(take: BulkTake, destinationName: string): string {
  if (take === 'skip') return 'skip for now'
  return take === 'warehouse' ? 'take the warehouse' : `keep ${destinationName}`
}

/** The button says what happens with the number; while that is not known, without one. */
function bulkWords(take: BulkTake, count: number | undefined, destinationName: string): string {
  if (count === undefined) return take === 'destination' ? `Keep ${destinationName}` : take === 'warehouse' ? 'Overwrite' : 'Skip for now'
  const edits = `${formatNumber(count)} ${count === 1 ? 'edit' : 'edits'}`
  if (take === 'destination') return `Keep ${edits} in ${destinationName}`
  return take === 'warehouse' ? `Overwrite ${edits}` : `Skip ${formatNumber(count)} for now`
}

const EXAMPLES = 4

/** The first few that would be covered. */
function Examples({ plan, field, editor, take }: { plan: PlanDetail; field: string | undefined; editor: string; take: BulkTake }) {
  const rows = useQuery(engine.plans.fieldRows.queryOptions({ input: { plan: plan.planId, filter: 'open conflicts', limit: 200, ...(field === undefined ? {} : { field }) } }))
  const fitting = rows.data?.rows.filter((row) => editor === 'anyone' || (row.editor?.kind ?? 'unknown') === editor).slice(0, EXAMPLES) ?? []
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

type Giving = { scope: ReviewScope; take: BulkTake; reason: string; policy: string | undefined }

function useGive({ plan, answers, onClose }: { plan: PlanDetail; answers: Answers; onClose: () => void }) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const run = async ({ scope, take, reason, policy }: Giving): Promise<void> => {
    setBusy(true)
    const because = reason === '' ? {} : { reason }
    try {
      if (policy === undefined) {
        if (await answers.giveAll(scope, { take, ...because })) onClose()
        return
      }
      const saved = await client.plans.savePolicy({ plan: plan.planId, name: policy, take, ...policyScope(scope), ...because })
      notifyDone(`Policy “${policy}” saved; ${plural(saved.answered, { one: 'answer', many: 'answers' })} given.`)
      await queries.invalidateQueries({ queryKey: engine.plans.key() })
      onClose()
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, run: (giving: Giving) => void run(giving) }
}
