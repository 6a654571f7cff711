import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { RunProgress } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { isFinished } from '../../app/events.ts'
import { formatNumber } from '../../shared/format.ts'
import { notifyError } from '../../shared/notify.ts'
import { cancelSentences } from './run-words.ts'
import classes from './run.module.css'

/** Pause, resume, cancel while it lives; revert when it is over. */
export function RunActions({ run }: { run: RunProgress }) {
  const [cancelling, setCancelling] = useState(false)
  const queries = useQueryClient()
  const settled = { onSuccess: () => queries.invalidateQueries({ queryKey: engine.runs.key() }), onError: notifyError }
  const pause = useMutation(engine.runs.pause.mutationOptions(settled))
  const resume = useMutation(engine.runs.resume.mutationOptions(settled))
  const input = { run: run.runId }
  if (isFinished(run)) return <RevertButton run={run} />
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
