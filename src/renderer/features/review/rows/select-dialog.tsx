import { Button, Checkbox, Modal, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FieldRow, PlanDetail, ReviewScope } from '../../../../contract/shapes.ts'
import { client, engine } from '../../../app/client.ts'
import { valueIfSent } from '../../../shared/diff/diff-sign.ts'
import { ErrorNotice } from '../../../shared/error-notice.tsx'
import { formatNumber, formatRaw, plural } from '../../../shared/format.ts'
import { notifyDone, notifyError } from '../../../shared/notify.tsx'
import { whyWords } from './columns.tsx'
import { editorChoices, policyScope, scopeOf } from '../answers/editor-choice.ts'
import classes from '../review.module.css'

const EXAMPLES = 6
const LOOKED_AT = 500

/** What selecting would overwrite, before it is selected; narrowed by field and editor, and kept as a policy if wanted. */
export function SelectDialog({ plan, onClose }: { plan: PlanDetail; onClose: () => void }) {
  const [field, setField] = useState('*')
  const [editor, setEditor] = useState('anyone')
  const [save, setSave] = useState(false)
  const [name, setName] = useState('')
  const scope = scopeOf(field, editor)
  const asked = { plan: plan.planId, scope, selected: true, previewOnly: true }
  const preview = useQuery({ queryKey: ['select preview', asked, plan.unselected], queryFn: ({ signal }) => client.plans.select(asked, { signal }) })
  const rows = useQuery(engine.plans.fieldRows.queryOptions({ input: { plan: plan.planId, filter: 'not preselected', limit: LOOKED_AT } })).data?.rows ?? []
  const select = useSelect(plan, onClose)
  const count = preview.isError ? 0 : (preview.data?.selected ?? plan.unselected)
  const fitting = rows.filter((row) => (field === '*' || row.field === field) && (editor === 'anyone' || (row.editor?.kind ?? 'unknown') === editor))
  return (
    <Modal opened onClose={onClose} title={preview.isError ? 'Select all' : `Select all ${formatNumber(count)}`} size={640} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes['dialog']}>
        <div className={classes['pair']}>
          <Select label="In field" value={field} onChange={(next) => setField(next ?? '*')} data={[{ value: '*', label: 'every field' }, ...fieldsOf(rows)]} />
          <Select label="Put there by" value={editor} onChange={(next) => setEditor(next ?? 'anyone')} data={editorChoices} />
        </div>
        {preview.isError && <ErrorNotice error={preview.error} action={<Button onClick={() => void preview.refetch()}>Try again</Button>} />}
        <p aria-live="polite" hidden={preview.isError}>
          {plural(count, plan.noun)} would be changed although a person or somebody unknown put the value there, or a value would be emptied or removed. They are sent with the rest when you apply the plan.
        </p>
        <Examples rows={fitting.slice(0, EXAMPLES)} />
        <Checkbox label="Also save it as a policy: select such rows in every later plan of this activation" checked={save} onChange={(event) => setSave(event.currentTarget.checked)} />
        {save && <TextInput label="Name of the policy" value={name} onChange={(event) => setName(event.currentTarget.value)} />}
        <div className={classes['dialogActions']}>
          <Button onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button
            variant="filled"
            color="red"
            disabled={count === 0 || (save && name.trim() === '')}
            loading={select.isPending}
            onClick={() => select.mutate({ scope, policy: save ? name.trim() : undefined })}
          >
            {preview.isError ? 'Select all' : `Select all ${formatNumber(count)}`}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

function fieldsOf(rows: readonly FieldRow[]): { value: string; label: string }[] {
  return [...new Map(rows.map((row) => [row.field, row.fieldLabel]))].map(([value, label]) => ({ value, label }))
}

function Examples({ rows }: { rows: readonly FieldRow[] }) {
  if (rows.length === 0) return null
  return (
    <table className={classes['examples']}>
      <caption>For example</caption>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.record} ${row.field}`}>
            <th scope="row">{row.label}</th>
            <td>{row.fieldLabel}</td>
            <td>{formatRaw(row.destination)}</td>
            <td data-kept>{formatRaw(valueIfSent(row))}</td>
            <td>{whyWords(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function useSelect(plan: PlanDetail, onClose: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ scope, policy }: { scope: ReviewScope; policy: string | undefined }) => {
      if (policy === undefined) return (await client.plans.select({ plan: plan.planId, scope, selected: true })).selected
      return (await client.plans.savePolicy({ plan: plan.planId, name: policy, take: 'select', ...policyScope(scope) })).answered
    },
    onSuccess: (selected, { policy }) => {
      void queries.invalidateQueries({ queryKey: engine.plans.key() })
      onClose()
      notifyDone(`${plural(selected, plan.noun)} selected${policy === undefined ? '' : `; policy “${policy}” saved`}.`)
    },
    onError: notifyError,
  })
}
