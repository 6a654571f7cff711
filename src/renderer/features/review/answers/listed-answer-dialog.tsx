import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { PlanDetail, ReviewScope } from '../../../../contract/shapes.ts'
import { bulkWords, Coverage, Examples, TakeChoice, takeWords } from './bulk-parts.tsx'
import { canBePolicy } from './editor-choice.ts'
import classes from '../review.module.css'
import type { Answers } from './use-answers.ts'
import type { BulkTake } from './use-bulk-preview.ts'
import { useBulkPreview } from './use-bulk-preview.ts'
import { useGive } from './use-give.ts'

type Props = { plan: PlanDetail; answers: Answers; scope: ReviewScope; /** What the list is narrowed to, in words. */ words: readonly string[]; onClose: () => void }

/** One answer for exactly what is listed, after a look at how many that is. */
export function ListedAnswerDialog({ plan, answers, scope, words, onClose }: Props) {
  const [take, setTake] = useState<BulkTake>('destination')
  const [reason, setReason] = useState('')
  const [save, setSave] = useState(false)
  const [typedName, setName] = useState<string>()
  // Says what it does until somebody gives it another name.
  const name = typedName ?? `${words.join(', ')}: ${takeWords(take, plan.destinationName)}`
  const preview = useBulkPreview(plan, scope, take)
  const give = useGive({ plan, answers, onClose })
  const count = preview.data?.answered
  const ready = count !== undefined && count > 0 && !preview.isError && !preview.isPlaceholderData && (!save || name.trim() !== '')
  return (
    <Modal opened onClose={onClose} title="Answer what is listed" size={620} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes['dialog']}>
        <ul className={classes['chosen']} aria-label="What is listed">
          {words.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
        <TakeChoice plan={plan} take={take} onTake={setTake} />
        <TextInput label="Reason (optional)" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <Coverage plan={plan} preview={preview} />
        <Examples plan={plan} scope={scope} take={take} />
        {canBePolicy(scope) && (
          <Checkbox label="Also save it as a policy, for this and every later plan of this activation" checked={save} onChange={(event) => setSave(event.currentTarget.checked)} />
        )}
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
