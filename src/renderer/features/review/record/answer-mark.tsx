import type { FieldRow } from '../../../../contract/shapes.ts'
import { formatRaw } from '../../../shared/format.ts'
import classes from '../review.module.css'

/** "Open", "Keep HubSpot", "Take warehouse" … */
export function answerWords(answer: FieldRow['answer'], destinationName: string): string {
  if (answer === undefined) return 'Open'
  switch (answer.take) {
    case 'warehouse':
      return 'Take warehouse'
    case 'destination':
      return `Keep ${destinationName}`
    case 'value':
      return `Write ${formatRaw(answer.value)}`
    case 'skip':
      return 'Skipped for now'
  }
}

/** The answer with its mark: solid open, ring kept, disc taken, dash skipped. */
export function AnswerMark({ answer, destinationName }: { answer: FieldRow['answer']; destinationName: string }) {
  return (
    <span className={classes['answer']}>
      <span className={classes['dot']} data-take={answer?.take ?? 'open'} aria-hidden="true" />
      <span>{answerWords(answer, destinationName)}</span>
    </span>
  )
}
