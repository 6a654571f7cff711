import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ActivationSummary } from '../../../contract/shapes.ts'
import { client } from '../../app/client.ts'
import { notifyError } from '../../shared/notify.tsx'

/** Pauses or resumes one activation; what was already sent is still settled and verified. */
export function PauseButton({ activation, size = 'xs' }: { activation: ActivationSummary; size?: 'xs' | 'sm' }) {
  const queries = useQueryClient()
  const scope = { activation: activation.id }
  const change = useMutation({
    mutationFn: () => (activation.paused ? client.activations.resume({ scope }) : client.activations.pause({ scope })),
    onSuccess: () => void queries.invalidateQueries(),
    onError: notifyError,
  })
  return (
    <Button size={size} loading={change.isPending} aria-label={`${activation.paused ? 'Resume' : 'Pause'} ${activation.name}`} onClick={() => change.mutate()}>
      {activation.paused ? 'Resume' : 'Pause'}
    </Button>
  )
}
