import { Modal } from '@mantine/core'
import { ReasonForm } from './reason-form.tsx'
import type { Decisions } from './use-decisions.ts'

/** Takes a decision of before back, with a reason. */
export function UndoDialog({ decision, words, decisions, onClose }: { decision: string; words: string; decisions: Decisions; onClose: () => void }) {
  const undo = async (reason: string) => {
    if (await decisions.undo(decision, `Taken back: ${words}`, reason)) onClose()
  }
  return (
    <Modal opened onClose={onClose} title="Take this decision back" size={520} closeButtonProps={{ 'aria-label': 'Close' }}>
      <ReasonForm kind="undo" words="Take it back" busy={decisions.busy} onReason={(reason) => void undo(reason)} onCancel={onClose}>
        <p>{words} The people are again what they would be without it.</p>
      </ReasonForm>
    </Modal>
  )
}
