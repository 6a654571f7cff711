import { Button } from '@mantine/core'
import { useState } from 'react'
import type { FieldRow, PlanDetail } from '../../../../contract/shapes.ts'
import type { AnswerKind } from '../../../../contract/states.ts'
import { formatRaw } from '../../../shared/format.ts'
import { When } from '../../../shared/when.tsx'
import { StatusWord } from '../../../shared/status-word.tsx'
import { answerWords } from './answer-mark.tsx'
import type { Choice, Consequence } from './consequence.ts'
import { consequence } from './consequence.ts'
import { EditValue } from './edit-value.tsx'
import { FourValues } from './four-values.tsx'
import classes from '../review.module.css'
import type { Answer, Answers } from '../answers/use-answers.ts'

type Props = {
  plan: PlanDetail
  row: FieldRow
  /** Shows the keys: this is the field that A, S and E answer. */
  keys: boolean
  answers: Answers
  onAnswered: () => void
  editing: boolean
  onEditing: (editing: boolean) => void
}

/** One conflict: the values, what each answer leads to, and the answers. */
export function ConflictField({ plan, row, keys, answers, onAnswered, editing, onEditing }: Props) {
  const [looking, setLooking] = useState<AnswerKind>()
  const given: Choice | undefined = row.answer === undefined ? undefined : { take: row.answer.take, value: row.answer.value }
  const choice: Choice | undefined = looking === undefined ? given : { take: looking }
  const give = (answer: Answer) => {
    setLooking(undefined)
    onEditing(false)
    void answers.give(row, answer).then((done) => done && onAnswered())
  }
  /** The form stays open, with what was typed, until the value was taken. */
  const pin = async (answer: Answer) => {
    await answers.pin(row, answer)
    onEditing(false)
    onAnswered()
  }
  const button = (take: 'warehouse' | 'destination' | 'skip', words: string, key?: string) => (
    <Button
      variant={given?.take === take ? 'outline' : 'default'}
      aria-pressed={given?.take === take}
      onClick={() => give({ take })}
      onMouseEnter={() => setLooking(take)}
      onMouseLeave={() => setLooking(undefined)}
      onFocus={() => setLooking(take)}
      onBlur={() => setLooking(undefined)}
      rightSection={keys && key !== undefined ? <kbd>{key}</kbd> : undefined}
    >
      {words}
    </Button>
  )
  return (
    <section className={classes['block']}>
      <h3>
        {row.fieldLabel}
        {row.answer === undefined ? (
          <StatusWord meaning="needs you" chip>
            needs an answer
          </StatusWord>
        ) : (
          <StatusWord meaning="quiet" chip>
            {row.answer.policy === undefined ? `${answerWords(row.answer, plan.destinationName)}, by ${row.answer.by}` : `answered by the policy “${row.answer.policy}”`}
          </StatusWord>
        )}
      </h3>
      <WhyAndUntil answer={row.answer} />
      <FourValues row={row} destinationName={plan.destinationName} chosen={choice?.take} />
      <Result row={row} plan={plan} choice={choice} />
      {answers.open &&
        (editing ? (
          <EditValue plan={plan} row={row} start={formatEditable(row)} onCancel={() => onEditing(false)} onWrite={pin} />
        ) : (
          <div className={classes['actions']}>
            {button('warehouse', 'Warehouse', 'A')}
            {button('destination', `Keep ${plan.destinationName}`, 'S')}
            <Button variant={given?.take === 'value' ? 'outline' : 'default'} onClick={() => onEditing(true)} rightSection={keys ? <kbd>E</kbd> : undefined}>
              Edit…
            </Button>
            {button('skip', 'Skip for now')}
          </div>
        ))}
    </section>
  )
}

/** The reason that came with an answer, and until when a pinned value holds. */
function WhyAndUntil({ answer }: Pick<FieldRow, 'answer'>) {
  if (answer?.reason === undefined && answer?.expiresAt === undefined) return null
  return (
    <p className={classes['quiet']}>
      {answer.reason !== undefined && <>“{answer.reason}” </>}
      {answer.expiresAt !== undefined && (
        <>
          Holds until <When at={answer.expiresAt} />.
        </>
      )}
    </p>
  )
}

function formatEditable(row: FieldRow): string {
  const value = row.answer?.take === 'value' ? row.answer.value : row.warehouse
  return value === undefined || value === null ? '' : formatRaw(value)
}

const answers: readonly (Choice | undefined)[] = [undefined, { take: 'warehouse' }, { take: 'destination' }, { take: 'skip' }]

/**
 * The fourth value: what the destination will hold, and what that means. Every answer's sentence has its room from the
 * start, so that looking at one does not move the buttons away from under the pointer.
 */
function Result({ row, plan, choice }: { row: FieldRow; plan: PlanDetail; choice: Choice | undefined }) {
  const situation = { row, destinationName: plan.destinationName, noun: plan.noun }
  return (
    <div className={classes['result']} data-open={choice === undefined || undefined} aria-live="polite">
      <span aria-hidden="true" className={classes['resultSign']}>
        ◇
      </span>
      <span>
        <span className={classes['resultLabel']}>Result</span>
        <span className={classes['resultWords']}>
          <Sentence words={consequence(situation, choice)} />
          {answers.map((answer) => (
            <Sentence key={answer?.take ?? 'open'} words={consequence(situation, answer)} room />
          ))}
        </span>
      </span>
    </div>
  )
}

function Sentence({ words: { before, strong, after }, room = false }: { words: Consequence; room?: boolean }) {
  const joined = after.startsWith(',') || after.startsWith(' ') ? after : ` ${after}`
  return (
    <span aria-hidden={room || undefined} data-room={room || undefined}>
      {before} <b>{strong}</b>
      {joined}
    </span>
  )
}
