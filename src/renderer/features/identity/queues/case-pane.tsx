import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useState } from 'react'
import type { QueueItem, RecordCard } from '../../../../contract/shapes.ts'
import { formatNumber } from '../../../shared/format.ts'
import { awaitForm } from '../../../shared/keys-taken.ts'
import { StatusWord } from '../../../shared/status-word.tsx'
import { useShortcuts } from '../../../shared/use-shortcuts.ts'
import { When } from '../../../shared/when.tsx'
import type { CaseDialog, CaseOffer } from '../decisions/case-offers.ts'
import { caseOffers, firstChosen, ticked } from '../decisions/case-offers.ts'
import { DecisionDialog } from '../decisions/decision-dialog.tsx'
import { survivorAction } from '../decisions/decision-actions.ts'
import { entityCount } from '../decisions/decision-parts.ts'
import { FixDialog } from '../decisions/fix-dialog.tsx'
import classes from '../frame/identity.module.css'
import { LinkDialog } from '../decisions/link-dialog.tsx'
import { becauseWords, evidenceWords, whereWords, whoWords } from './queue-words.ts'
import { RecordsSideBySide } from '../records/records-side-by-side.tsx'
import { UndoDialog } from '../decisions/undo-dialog.tsx'
import type { Decisions } from '../decisions/use-decisions.ts'

type CaseProps = {
  identity: string
  item: QueueItem
  /** What was decided about it already; it only waits to leave the list. */
  decided: string | undefined
  decisions: Decisions
  /** A form about the case opened, or closed. */
  onHold: (open: boolean) => void
  onMove: (step: number) => void
}

/** One case: why it waits, the records side by side, and what a person can decide. */
export function CasePane({ identity, item, decided, decisions, onHold, onMove }: CaseProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => firstChosen(item))
  const [dialog, setDialog] = useState<CaseDialog>()
  const offers = decided === undefined ? caseOffers(item, chosen) : []
  const openDialog = (opens: CaseDialog | undefined) => {
    if (opens !== undefined) awaitForm()
    onHold(opens !== undefined)
    setDialog(opens)
  }
  useCaseKeys(offers, openDialog, onMove, decisions)
  const choose = (references: readonly string[], on: boolean) => setChosen(ticked(chosen, references, on))
  return (
    <>
      <div className={classes['caseHead']}>
        <h2>{whoWords(item)}</h2>
        <p>{whereWords(item.shown)}</p>
      </div>
      {decided === undefined ? <Why item={item} /> : <p className={classes['block']} role="note">Decided: {decided}</p>}
      <section className={classes['block']}>
        <Records identity={identity} item={item} chosen={chosen} onChoose={choose} onSurvivor={(survivor) => openDialog({ kind: 'decide', action: survivorAction(item.shown, survivor) })} />
        <div className={classes['actions']}>
          {offers.map(({ words, key, dialog: opens }) => (
            <Button key={words} disabled={opens === undefined} onClick={() => openDialog(opens)} rightSection={key === undefined ? undefined : <kbd>{key.toUpperCase()}</kbd>}>
              {words}
            </Button>
          ))}
        </div>
      </section>
      <div className={classes['foot']}>
        <PersonLink identity={identity} item={item} />
        <span className={classes['keysHint']}>
          <kbd>J</kbd> <kbd>K</kbd> next, previous
        </span>
      </div>
      {dialog !== undefined && <OpenDialog identity={identity} item={item} dialog={dialog} decisions={decisions} onClose={() => openDialog(undefined)} />}
    </>
  )
}

/** J and K move; L, N, S and F open what they stand for, where the case offers it; Ctrl or Cmd with Z takes the last decision back. */
function useCaseKeys(offers: readonly CaseOffer[], open: (dialog: CaseDialog | undefined) => void, onMove: (step: number) => void, decisions: Decisions): void {
  const keyed = offers.flatMap(({ key, dialog }) => (key === undefined || dialog === undefined ? [] : [[key, () => open(dialog)] as const]))
  useShortcuts({ j: () => onMove(1), k: () => onMove(-1), 'mod+z': decisions.undoLast, ...Object.fromEntries(keyed) })
}

function Why({ item }: { item: QueueItem }) {
  const evidence = item.kind === 'ambiguous' ? evidenceWords(item.evidence) : ''
  return (
    <section className={classes['block']}>
      <h3>
        Why it waits
        {item.kind === 'ambiguous' && (
          <StatusWord meaning="needs you" chip>
            needs a decision
          </StatusWord>
        )}
      </h3>
      <p>{becauseWords(item)}</p>
      {item.kind === 'ambiguous' && (
        <p className={classes['quiet']}>
          The rule “{item.rule}” would have joined them{evidence === '' ? '.' : <>: they share the {evidence}.</>}
        </p>
      )}
      {item.kind === 'to fix' && (
        <p className={classes['quiet']}>
          Asked <When at={item.at} />.
        </p>
      )}
    </section>
  )
}

type RecordsProps = { identity: string; item: QueueItem; chosen: ReadonlySet<string>; onChoose: (references: readonly string[], chosen: boolean) => void; onSurvivor: (survivor: RecordCard) => void }

function Records({ identity, item, chosen, onChoose, onSurvivor }: RecordsProps) {
  const { shown } = item
  const records = 'records' in item ? item.records : shown.length
  // One stands for all of them, so all have to be here to choose among.
  const canChoose = item.kind === 'duplicates' && records === shown.length
  const choose = (item.kind === 'ambiguous' ? entityCount(shown) : shown.length) < 3 ? undefined : { chosen, onChoose, words: item.kind === 'duplicates' ? 'Somebody else' : 'Take part' }
  return (
    <>
      <h3>{shown.length === 1 ? 'The record' : 'Side by side'}</h3>
      {choose !== undefined && <p className={classes['quiet']}>{item.kind === 'duplicates' ? 'Tick the records of somebody else, then split them off.' : 'Tick whom the decision is about.'}</p>}
      <RecordsSideBySide
        label="Side by side"
        records={shown}
        identity={identity}
        {...(item.kind === 'ambiguous' ? { agreed: item.evidence.map(({ key }) => key) } : {})}
        {...(choose === undefined ? {} : { choose })}
        {...(item.kind === 'duplicates' && canChoose ? { foot: { name: 'Stands for them', cell: (record: RecordCard) => <Survivor record={record} onSurvivor={onSurvivor} /> } } : {})}
      />
      {records > shown.length && (
        <p className={classes['quiet']}>
          {formatNumber(shown.length)} of {formatNumber(records)} records are shown.{item.kind === 'duplicates' && ' The page of the person has all of them to choose among.'}
        </p>
      )}
    </>
  )
}

function Survivor({ record, onSurvivor }: { record: RecordCard; onSurvivor: (survivor: RecordCard) => void }): ReactNode {
  return (
    <Button size="xs" aria-label={`Choose as survivor: ${record.label}, ${record.id}`} onClick={() => onSurvivor(record)}>
      Choose
    </Button>
  )
}

function PersonLink({ identity, item }: { identity: string; item: QueueItem }) {
  const people = [...new Set(item.shown.map(({ entity }) => entity))]
  const [entity] = people
  if (entity === undefined || people.length > 1) return <span>Each name leads to all that is known of the person.</span>
  return (
    <Link to="/identity/person/$entity" params={{ entity }} search={{ of: identity }}>
      All that is known of this person
    </Link>
  )
}

type OpenDialogProps = { identity: string; item: QueueItem; dialog: CaseDialog; decisions: Decisions; onClose: () => void }

function OpenDialog({ identity, item, dialog, decisions, onClose }: OpenDialogProps) {
  switch (dialog.kind) {
    case 'decide':
      return <DecisionDialog action={dialog.action} decisions={decisions} onClose={onClose} />
    case 'fix':
      return <FixDialog records={item.shown} decisions={decisions} onClose={onClose} />
    case 'find':
      return <LinkDialog identity={identity} record={dialog.record} {...(dialog.to === undefined ? {} : { to: dialog.to })} decisions={decisions} onClose={onClose} />
    case 'undo':
      return <UndoDialog decision={dialog.decision} words={dialog.words} decisions={decisions} onClose={onClose} />
  }
}
