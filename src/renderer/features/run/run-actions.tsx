import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { RunProgress } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { isFinished } from '../../app/events.ts'
import { formatNumber } from '../../shared/format.ts'
import { notifyError } from '../../shared/notify.tsx'
import { cancelSentences, resumeSentences } from './run-words.ts'
import classes from './run.module.css'

/** Pause, resume, cancel while it lives; when it is over send the rest, or revert. */
export function RunActions({ run }: { run: RunProgress }) {
  const [cancelling, setCancelling] = useState(false)
  const queries = useQueryClient()
  const settled = { onSuccess: () => queries.invalidateQueries({ queryKey: engine.runs.key() }), onError: notifyError }
  const pause = useMutation(engine.runs.pause.mutationOptions(settled))
  const resume = useMutation(engine.runs.resume.mutationOptions(settled))
  const input = { run: run.runId }
  if (isFinished(run)) {
    return (
      <>
        <SendRestButton run={run} />
        <RevertButton run={run} />
      </>
    )
  }
  return (
    <>
      {run.paused ? (
        <Button variant="filled" loading={resume.isPending} onClick={() => resume.mutate(input)}>
          Resume
        </Button>
      ) : (
        <Button loading={pause.isPending} onClick={() => pause.mutate(input)}>
          Pause
        </Button>
      )}
      <Button color="red" onClick={() => setCancelling(true)}>
        Cancel the run…
      </Button>
      {cancelling && <CancelDialog run={run} onClose={() => setCancelling(false)} />}
    </>
  )
}

/** An ended run goes on only when somebody has read how many records that sends. */
function SendRestButton({ run }: { run: RunProgress }) {
  const [asking, setAsking] = useState(false)
  const queries = useQueryClient()
  const { pending } = run.counts
  const resume = useMutation(
    engine.runs.resume.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: engine.runs.key() })
        setAsking(false)
      },
      onError: notifyError,
    }),
  )
  if (pending === 0) return null
  return (
    <>
      <Button onClick={() => setAsking(true)}>Send the remaining {formatNumber(pending)}…</Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title="Send what this run left" size={520} closeButtonProps={{ 'aria-label': 'Close' }}>
        <div className={classes['dialog']}>
          <ul className={classes['sentences']}>
            {resumeSentences(run).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
          <div className={classes['dialogActions']}>
            <Button onClick={() => setAsking(false)} data-autofocus>
              Leave it as it is
            </Button>
            <Button variant="filled" loading={resume.isPending} onClick={() => resume.mutate({ run: run.runId })}>
              Send {formatNumber(pending)} to {run.destinationName}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  )
}

function RevertButton({ run }: { run: RunProgress }) {
  const navigate = useNavigate()
  const revert = useMutation(
    engine.runs.revert.mutationOptions({
      onSuccess: (plan) => void navigate({ to: '/review/$plan', params: { plan: plan.planId }, search: {} }),
      onError: notifyError,
    }),
  )
  if (run.counts.delivered === 0) return null
  return (
    <Button loading={revert.isPending} onClick={() => revert.mutate({ run: run.runId })} title="Makes a plan that puts back what was there before; nothing is sent until you have reviewed it">
      Revert {formatNumber(run.counts.delivered)} in a new plan
    </Button>
  )
}

/** What stays and what does not, before the run is cancelled. */
function CancelDialog({ run, onClose }: { run: RunProgress; onClose: () => void }) {
  const queries = useQueryClient()
  const cancel = useMutation(
    engine.runs.cancel.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: engine.runs.key() })
        onClose()
      },
      onError: notifyError,
    }),
  )
  return (
    <Modal opened onClose={onClose} title="Cancel this run" size={520} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes['dialog']}>
        <ul className={classes['sentences']}>
          {cancelSentences(run).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        <div className={classes['dialogActions']}>
          <Button onClick={onClose} data-autofocus>
            Go on with the run
          </Button>
          <Button variant="filled" color="red" loading={cancel.isPending} onClick={() => cancel.mutate({ run: run.runId })}>
            Cancel and leave {formatNumber(run.counts.pending)} out
          </Button>
        </div>
      </div>
    </Modal>
  )
}
