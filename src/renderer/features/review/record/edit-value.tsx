import { Button, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useLayoutEffect, useState } from 'react'
import type { FieldRow, PlanDetail } from '../../../../contract/shapes.ts'
import { engine } from '../../../app/client.ts'
import { ErrorNotice } from '../../../shared/error-notice.tsx'
import { claimTyped } from '../../../shared/keys-taken.ts'
import { Loading } from '../../../shared/loading.tsx'
import classes from '../review.module.css'
import type { Answer } from '../answers/use-answers.ts'

const DAY_MS = 86_400_000
const lengths = [
  { value: '7', label: 'For 7 days' },
  { value: '30', label: 'For 30 days' },
  { value: '90', label: 'For 90 days' },
  { value: 'none', label: 'Until somebody takes it back' },
]

type Props = {
  plan: PlanDetail
  row: FieldRow
  start: string
  /** Throws what is wrong; the form stays, with what was typed. */
  onWrite: (answer: Answer) => Promise<void>
  onCancel: () => void
}

/** A value pinned by hand: one that the field takes, with a reason and an end. */
export function EditValue({ plan, row, start, onWrite, onCancel }: Props) {
  const label = row.fieldLabel
  const known = useKnownValues(plan, row.field)
  const [value, setValue] = useState(start)
  const [reason, setReason] = useState('')
  const [days, setDays] = useState('30')
  const [asked, setAsked] = useState(false)
  const ready = known !== 'not yet known'
  // Keys from the press on that opened the form are for the form, and never answers.
  useLayoutEffect(() => {
    if (!ready) return
    const typed = claimTyped()
    if (typed !== '' && known === undefined) setValue(typed)
  }, [ready, known])
  const writing = useMutation({ mutationFn: onWrite })
  const unreasoned = reason.trim() === ''
  const write = () => {
    setAsked(true)
    if (unreasoned) return
    const expires = days === 'none' ? undefined : new Date(Date.now() + Number(days) * DAY_MS).toISOString()
    writing.mutate({ take: 'value', value, expires, reason: reason.trim() })
  }
  return (
    <form
      className={classes['edit']}
      onSubmit={(event) => {
        event.preventDefault()
        write()
      }}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      {known === 'not yet known' ? (
        <Loading label="Reading which values the field takes" rows={1} />
      ) : known === undefined ? (
        <TextInput label={`Value of ${label}`} value={value} onChange={(event) => setValue(event.currentTarget.value)} autoFocus />
      ) : (
        <Select label={`Value of ${label}`} data={known} value={value} onChange={(next) => setValue(next ?? value)} allowDeselect={false} comboboxProps={{ withinPortal: false }} autoFocus />
      )}
      <TextInput
        label="Reason"
        placeholder="Why this value"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={asked && unreasoned ? 'Say why in a few words; it stands in the audit.' : undefined}
      />
      <Select label="Holds" data={lengths} value={days} onChange={(next) => setDays(next ?? '30')} comboboxProps={{ withinPortal: false }} />
      {writing.isError && <ErrorNotice error={writing.error} />}
      <div className={classes['actions']}>
        <Button type="submit" variant="filled" loading={writing.isPending}>
          Write this value
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  )
}

/** The values that the field takes, where the destination lists them. Until that is known nothing is typed, so that nothing typed is lost. */
function useKnownValues(plan: PlanDetail, field: string): { value: string; label: string }[] | 'not yet known' | undefined {
  const objects = useQuery({ ...engine.connections.objects.queryOptions({ input: { connection: plan.connection } }), staleTime: 5 * 60_000 })
  if (objects.isPending) return 'not yet known'
  const options = objects.data?.find(({ name }) => name === plan.object)?.fields.find(({ name }) => name === field)?.options
  return options === undefined || options.length === 0 ? undefined : options
}
