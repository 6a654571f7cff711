import { Button, Checkbox, Modal, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { PlanDetail } from '../../../../contract/shapes.ts'
import { bulkWords, Coverage, Examples, TakeChoice, takeWords } from './bulk-parts.tsx'
import type { Editor } from './editor-choice.ts'
import { editorChoices, scopeOf } from './editor-choice.ts'
import classes from '../review.module.css'
import type { Answers } from './use-answers.ts'
import type { BulkTake } from './use-bulk-preview.ts'
import { useBulkPreview } from './use-bulk-preview.ts'
import { useGive } from './use-give.ts'

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
        <TakeChoice plan={plan} take={take} onTake={setTake} />
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
        <Examples plan={plan} scope={scope} take={take} />
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
