import { Button } from '@mantine/core'
import { useState } from 'react'
import type { IdentityPerson } from '../../../../contract/shapes.ts'
import type { DecisionAction } from '../decisions/decision-actions.ts'
import { survivorAction } from '../decisions/decision-actions.ts'
import classes from '../frame/identity.module.css'
import personClasses from '../records/person.module.css'
import { systemsSentence, systemWords } from './system-words.ts'

type System = IdentityPerson['systems'][number]

/** One tick for each system: aligned where the person has one record, hollow where none, offset where several and nobody chose. */
export function PersonSystems({ person, onDecide }: { person: IdentityPerson; onDecide: (action: DecisionAction) => void }) {
  return (
    <section aria-label="Systems" className={personClasses['systems']}>
      <p className="visually-hidden">{systemsSentence(person.systems)}</p>
      <ul>
        {person.systems.map((system) => (
          <li key={system.source}>
            <i aria-hidden="true" data-state={system.state} />
            <div>
              <p className={personClasses['systemName']}>{system.name}</p>
              <p className={classes['quiet']}>{systemWords(system)}</p>
              {system.kind === 'destination' && system.records.length > 1 && <ChooseSurvivor person={person} system={system} onDecide={onDecide} />}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Which of several records in one system stands for the person. */
function ChooseSurvivor({ person, system, onDecide }: { person: IdentityPerson; system: System; onDecide: (action: DecisionAction) => void }) {
  const [open, setOpen] = useState(false)
  const records = person.records.filter(({ reference }) => system.records.includes(reference))
  return (
    <>
      <Button size="xs" aria-expanded={open} onClick={() => setOpen(!open)}>
        {system.survivor === undefined ? 'Choose as survivor…' : 'Choose another…'}
      </Button>
      {open && (
        <div className={personClasses['survivors']}>
          {records.map((record) => (
            <Button key={record.reference} size="xs" variant="subtle" disabled={record.reference === system.survivor} onClick={() => onDecide(survivorAction(records, record))}>
              {record.label}, {record.id}
            </Button>
          ))}
        </div>
      )}
    </>
  )
}
