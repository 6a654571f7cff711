import { Button } from '@mantine/core'
import { useState } from 'react'
import type { IdentityDecision, IdentityPerson } from '../../../../contract/shapes.ts'
import { Section } from '../../../shared/page.tsx'
import { StatusWord } from '../../../shared/status-word.tsx'
import { When } from '../../../shared/when.tsx'
import classes from '../frame/identity.module.css'
import { decisionWords } from './link-words.ts'
import personClasses from '../records/person.module.css'
import { UndoDialog } from '../decisions/undo-dialog.tsx'
import type { Decisions } from '../decisions/use-decisions.ts'

/** What people decided about this person: who, when, why, and the way back. */
export function PersonDecisions({ person, decisions }: { person: IdentityPerson; decisions: Decisions }) {
  const [undoing, setUndoing] = useState<IdentityDecision>()
  return (
    <Section title="Decided by people">
      {person.decisions.length === 0 ? (
        <p className={classes['quiet']}>Nobody decided anything about this person; the rules did.</p>
      ) : (
        <ul className={`surface ${personClasses['lines'] ?? ''}`}>
          {person.decisions.map((decision) => (
            <DecisionRow key={decision.id} decision={decision} onUndo={() => setUndoing(decision)} />
          ))}
        </ul>
      )}
      {undoing !== undefined && <UndoDialog decision={undoing.id} words={wordsOf(undoing)} decisions={decisions} onClose={() => setUndoing(undefined)} />}
    </Section>
  )
}

const wordsOf = ({ kind, parts, column }: IdentityDecision): string => decisionWords(kind, parts, column)

function DecisionRow({ decision, onUndo }: { decision: IdentityDecision; onUndo: () => void }) {
  const { undone, overruled, settled } = decision
  const words = wordsOf(decision)
  return (
    <li data-over={undone !== undefined || overruled || undefined}>
      <div>
        <p>
          {words} {undone !== undefined ? <StatusWord meaning="quiet">taken back</StatusWord> : overruled ? <StatusWord meaning="quiet">a later decision outranks it</StatusWord> : settled === true && <StatusWord meaning="quiet">the record has changed since</StatusWord>}
        </p>
        <p className={classes['quiet']}>
          “{decision.reason}”, {decision.by}, <When at={decision.at} />
          {undone !== undefined && (
            <>
              ; taken back because “{undone.reason}”, {undone.by}, <When at={undone.at} />
            </>
          )}
        </p>
      </div>
      {undone === undefined && (
        <Button size="xs" onClick={onUndo} aria-label={`Undo: ${words}`}>
          Undo…
        </Button>
      )}
    </li>
  )
}
