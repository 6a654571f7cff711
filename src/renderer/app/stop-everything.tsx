import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { create } from 'zustand'
import type { HomeSummary } from '../../contract/shapes.ts'
import { plural } from '../shared/format.ts'
import { notifyDone, notifyError } from '../shared/notify.tsx'
import { engine } from './client.ts'
import classes from './overlays.module.css'

/** Whether the question is open; the menu and the palette open it too. */
export const useStopDialog = create<{ open: boolean }>(() => ({ open: false }))

const noun = { one: 'activation', many: 'activations' }

/** Stops all activations, or lets them go on. */
export function StopButton({ home }: { home: HomeSummary }) {
  const resume = useResume()
  if (home.pausedAll) {
    return (
      <Button variant="filled" loading={resume.isPending} onClick={() => resume.mutate({ scope: { all: true } })}>
        Resume {plural(home.activations.length, noun)}
      </Button>
    )
  }
  if (home.activations.length === 0) return null
  return <Button onClick={() => useStopDialog.setState({ open: true })}>Stop everything…</Button>
}

function useResume() {
  const queries = useQueryClient()
  return useMutation(
    engine.activations.resume.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries()
        notifyDone('Activations may run again.')
      },
      onError: notifyError,
    }),
  )
}

/** Says what stops and what stays, before it stops. */
export function StopDialog() {
  const open = useStopDialog((state) => state.open)
  const close = () => useStopDialog.setState({ open: false })
  if (!open) return null
  return (
    <Modal opened onClose={close} title="Stop everything" size={520} closeButtonProps={{ 'aria-label': 'Close' }}>
      <StopForm onClose={close} />
    </Modal>
  )
}

function StopForm({ onClose }: { onClose: () => void }) {
  const [reason, setReason] = useState('')
  const queries = useQueryClient()
  const home = useQuery(engine.home.summary.queryOptions())
  const pause = useMutation(
    engine.activations.pause.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries()
        onClose()
      },
      onError: notifyError,
    }),
  )
  const count = home.data?.activations.length ?? 0
  return (
    <div className={classes['dialog']}>
      <p>
        Nothing more is planned or sent until you resume. {home.data === undefined || home.data.running === 0 ? 'No run is in progress.' : `${plural(home.data.running, { one: 'run', many: 'runs' })} in progress pause after the request that is under way.`} What was already delivered stays.
      </p>
      <TextInput label="Reason (optional), kept in the audit" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <div className={classes['actions']}>
        <Button onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button
          variant="filled"
          color="red"
          loading={pause.isPending}
          onClick={() => pause.mutate({ scope: { all: true }, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) })}
        >
          Stop {plural(count, noun)}
        </Button>
      </div>
    </div>
  )
}
