import { Modal, Select } from '@mantine/core'
import { useState } from 'react'
import type { RecordCard } from '../../../../contract/shapes.ts'
import { columnWords } from '../../../shared/filter-builder/sentence.ts'
import { fixAction } from './decision-actions.ts'
import classes from '../frame/identity.module.css'
import { ReasonForm } from './reason-form.tsx'
import type { Decisions } from './use-decisions.ts'

/** Says which value of which record is wrong where it comes from. */
export function FixDialog({ records, decisions, onClose }: { records: readonly RecordCard[]; decisions: Decisions; onClose: () => void }) {
  const [reference, setReference] = useState(records[0]?.reference ?? '')
  const record = records.find((card) => card.reference === reference)
  const [column, setColumn] = useState<string | null>(record?.values[0]?.column ?? null)
  if (record === undefined) return null
  const action = column === null ? undefined : fixAction(record, column)
  const fix = (reason: string) => {
    if (action === undefined) return
    onClose()
    void decisions.decide(action, reason)
  }
  return (
    <Modal opened onClose={onClose} title="Fix at the source" size={560} closeButtonProps={{ 'aria-label': 'Close' }}>
      <ReasonForm kind="fix at source" label="What is wrong, and what it should be" words="Ask for a correction" disabled={action === undefined} busy={decisions.busy} onReason={fix} onCancel={onClose}>
        <div className={classes['pair']}>
          <Select
            label="Record"
            data={records.map((card) => ({ value: card.reference, label: `${card.label}, ${card.sourceName} ${card.id}` }))}
            value={reference}
            onChange={(next) => {
              const chosen = records.find((card) => card.reference === next)
              if (chosen === undefined) return
              setReference(chosen.reference)
              if (!chosen.values.some((value) => value.column === column)) setColumn(chosen.values[0]?.column ?? null)
            }}
          />
          <Select label="Value" data={record.values.map((value) => ({ value: value.column, label: `${columnWords(value.column)}: ${value.value ?? '(empty)'}` }))} value={column} onChange={setColumn} />
        </div>
        <p>{action?.consequence}</p>
      </ReasonForm>
    </Modal>
  )
}
