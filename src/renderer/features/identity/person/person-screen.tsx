import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { IdentityPerson } from '../../../../contract/shapes.ts'
import { engine } from '../../../app/client.ts'
import { plural } from '../../../shared/format.ts'
import { Loading } from '../../../shared/loading.tsx'
import { Section } from '../../../shared/page.tsx'
import { ErrorState } from '../../../shared/states.tsx'
import { useShortcuts } from '../../../shared/use-shortcuts.ts'
import { ticked } from '../decisions/case-offers.ts'
import { DecisionDialog } from '../decisions/decision-dialog.tsx'
import type { DecisionAction } from '../decisions/decision-actions.ts'
import { splitAction } from '../decisions/decision-actions.ts'
import { RECORDS } from '../words/figure-words.ts'
import { FindPerson } from '../records/find-person.tsx'
import { FixDialog } from '../decisions/fix-dialog.tsx'
import { IdentityFrame } from '../frame/identity-frame.tsx'
import classes from '../frame/identity.module.css'
import { LastDecisionBar } from '../decisions/last-decision.tsx'
import { LinkDialog } from '../decisions/link-dialog.tsx'
import { PersonDecisions } from './person-decisions.tsx'
import { PersonLinks } from './person-links.tsx'
import { PersonSystems } from './person-systems.tsx'
import personClasses from '../records/person.module.css'
import { NeverRun } from '../frame/run-progress.tsx'
import { RecordsSideBySide } from '../records/records-side-by-side.tsx'
import type { Decisions } from '../decisions/use-decisions.ts'
import { useDecisions } from '../decisions/use-decisions.ts'

type Who = { entity: string } | { record: string }

/** One person: every record of theirs, why the records are one, and what people decided about them. */
export function PersonScreen({ of, who }: { of: string | undefined; who: Who }) {
  return <IdentityFrame of={of} actions={(identity) => <FindPerson identity={identity} />}>{(identity) => <Person identity={identity} who={who} />}</IdentityFrame>
}

function Person({ identity, who }: { identity: string; who: Who }) {
  const overview = useQuery(engine.identity.overview.queryOptions({ input: { identity } }))
  const person = useQuery(engine.identity.person.queryOptions({ input: { identity, ...who } }))
  const decisions = useDecisions(identity)
  if (overview.data?.run === null) return <NeverRun identity={identity} />
  if (person.isPending) return <Loading label="Reading all that is known" rows={6} />
  return (
    <>
      <LastDecisionBar decisions={decisions} />
      {person.isError ? <ErrorState error={person.error} onRetry={() => void person.refetch()} back={<Link to="/identity">To Identity</Link>} /> : <KnownPerson person={person.data} decisions={decisions} />}
    </>
  )
}

function KnownPerson({ person, decisions }: { person: IdentityPerson; decisions: Decisions }) {
  const { records } = person
  const [action, setAction] = useState<DecisionAction>()
  useShortcuts({ 'mod+z': decisions.undoLast })
  return (
    <div className={classes['scroll']} tabIndex={-1}>
      <div className={personClasses['personHead']}>
        <h2>{person.label}</h2>
        <span className={classes['quiet']}>
          {plural(records.length, RECORDS)} in {plural(new Set(records.map(({ source }) => source)).size, { one: 'source', many: 'sources' })}
        </span>
      </div>
      <PersonSystems person={person} onDecide={setAction} />
      <PersonRecords person={person} decisions={decisions} onDecide={setAction} />
      <PersonLinks person={person} />
      <HeldBack person={person} />
      <PersonDecisions person={person} decisions={decisions} />
      {action !== undefined && <DecisionDialog action={action} decisions={decisions} onClose={() => setAction(undefined)} />}
    </div>
  )
}

/** All records side by side; ticked ones can be split off, others linked, a value sent for correction. */
function PersonRecords({ person, decisions, onDecide }: { person: IdentityPerson; decisions: Decisions; onDecide: (action: DecisionAction) => void }) {
  const { records, identity } = person
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set<string>())
  const [open, setOpen] = useState<'link' | 'fix'>()
  const [first] = records
  const split = splitAction(records, new Set(records.filter(({ reference }) => chosen.has(reference)).map(({ reference }) => reference)))
  const choose = (references: readonly string[], on: boolean) => setChosen(ticked(chosen, references, on))
  return (
    <Section title="Records" aside={records.length > 1 ? 'tick those of somebody else, then split them off' : undefined}>
      <div className={`surface ${personClasses['records'] ?? ''}`}>
        <RecordsSideBySide label="Records of this person" records={records} {...(records.length > 1 ? { choose: { chosen, onChoose: choose, words: 'Somebody else' } } : {})} />
        <div className={personClasses['personActions']}>
          {records.length > 1 && (
            <Button disabled={split === undefined} onClick={() => split !== undefined && onDecide(split)}>
              {split === undefined ? 'Split…' : `${split.words}…`}
            </Button>
          )}
          <Button onClick={() => setOpen('link')}>Link to another record…</Button>
          <Button onClick={() => setOpen('fix')}>Fix at the source…</Button>
        </div>
      </div>
      {open === 'link' && first !== undefined && <LinkDialog identity={identity} record={first} decisions={decisions} onClose={() => setOpen(undefined)} />}
      {open === 'fix' && <FixDialog records={records} decisions={decisions} onClose={() => setOpen(undefined)} />}
    </Section>
  )
}

/** Merges with others that a rule held back. */
function HeldBack({ person }: { person: IdentityPerson }) {
  if (person.heldBack.length === 0) return null
  return (
    <Section title="Held back" aside="somebody else whom a rule would have joined with this person">
      <ul className={`surface ${personClasses['heldBack'] ?? ''}`}>
        {person.heldBack.map((item) => (
          <li key={item.id}>
            {item.kind === 'ambiguous' && <p>{item.because}</p>}
            <RecordsSideBySide label={`Records of ${person.label} and of somebody else`} records={item.shown} identity={person.identity} {...(item.kind === 'ambiguous' ? { agreed: item.evidence.map(({ key }) => key) } : {})} />
          </li>
        ))}
      </ul>
      {person.heldBack.length > 0 && (
        <p className={classes['beneath']}>
          <Link to="/identity/queues" search={{ of: person.identity, show: 'ambiguous', find: person.label }}>
            Decide in the queue
          </Link>
        </p>
      )}
    </Section>
  )
}
