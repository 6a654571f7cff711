import { Modal, Radio } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RecordCard } from '../../../../contract/shapes.ts'
import { engine } from '../../../app/client.ts'
import { ErrorNotice } from '../../../shared/error-notice.tsx'
import { FindBox } from '../../../shared/find-box.tsx'
import { linkAction } from './decision-actions.ts'
import classes from '../frame/identity.module.css'
import { ReasonForm } from './reason-form.tsx'
import { RecordsSideBySide } from '../records/records-side-by-side.tsx'
import type { Decisions } from './use-decisions.ts'

type LinkDialogProps = {
  identity: string
  record: RecordCard
  /** Only records of this system. */
  to?: { source: string; name: string }
  decisions: Decisions
  onClose: () => void
}

const MOST_FOUND = 50

/** Finds the record that is the same person, shows both side by side, and links them with a reason. */
export function LinkDialog({ identity, record, to, decisions, onClose }: LinkDialogProps) {
  const [text, setText] = useState<string | undefined>(record.label)
  const [reference, setReference] = useState<string>()
  const found = useQuery({ ...engine.identity.find.queryOptions({ input: { identity, text: text ?? '', limit: 200 } }), enabled: text !== undefined, placeholderData: keepPreviousData })
  const others = text === undefined ? [] : (found.data ?? []).filter((card) => card.entity !== record.entity && (to === undefined || card.source === to.source))
  const chosen = others.find((card) => card.reference === reference)
  const link = (reason: string) => {
    if (chosen === undefined) return
    onClose()
    void decisions.decide(linkAction([record, chosen]), reason)
  }
  const where = to === undefined ? 'another record' : `a record in ${to.name}`
  return (
    <Modal opened onClose={onClose} title={`Link ${record.label} to ${where}`} size={720} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes['dialog']}>
        <FindBox label="Find a record by name, key or id" value={text} onFind={setText} />
        {found.isError && <ErrorNotice error={found.error} />}
        {others.length === 0 ? (
          <p className={classes['quiet']} role="status">
            {text === undefined ? 'Type a name, a key or an id.' : found.isFetching ? 'Looking…' : `Nobody else${to === undefined ? '' : ` in ${to.name}`} begins with that.`}
          </p>
        ) : (
          <Radio.Group aria-label="Records found" value={reference ?? null} onChange={setReference} className={classes['candidates']}>
            {others.slice(0, MOST_FOUND).map((card) => (
              <Radio size="xs" key={card.reference} value={card.reference} label={card.label} description={`${card.sourceName} · ${card.id}`} />
            ))}
          </Radio.Group>
        )}
        {chosen !== undefined && <RecordsSideBySide label="Both records" records={[record, chosen]} />}
        <ReasonForm kind="link" words="Link both records" disabled={chosen === undefined} busy={decisions.busy} onReason={link} onCancel={onClose} />
      </div>
    </Modal>
  )
}
