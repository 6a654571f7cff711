import { ActionIcon, Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import type { IdentityOverview } from '../../../../contract/shapes.ts'
import { formatNumber, sentence } from '../../../shared/format.ts'
import { StatusWord } from '../../../shared/status-word.tsx'
import { ofWords, shareWords } from '../words/figure-words.ts'
import classes from '../frame/identity.module.css'
import { RuleForm } from './rule-form.tsx'
import type { EditProps } from './edit-props.ts'
import { refusedWords, ruleWords } from '../words/rule-words.ts'
import ruleClasses from '../frame/rules.module.css'

type RuleFigures = IdentityOverview['rules'][number]

type RuleRowProps = EditProps & {
  at: number
  figures: RuleFigures | undefined
  open: boolean
  onOpen: (open: boolean) => void
  onMove: (step: number) => void
  onRemove: () => void
}

/** One rule as a sentence, with what it did in the last run; opened, its settings. */
export function RuleRow({ definition, at, figures, problems, open, onOpen, onMove, onRemove, onChange }: RuleRowProps) {
  const rule = definition.rules[at]
  if (rule === undefined) return null
  const broken = [...problems.keys()].some((place) => place.startsWith(`rules.${String(at)}.`))
  const keys = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <li className={ruleClasses['rule']} data-open={open || undefined} onKeyDown={keys}>
      <div className={ruleClasses['ruleHead']}>
        <span className={ruleClasses['ruleNumber']}>{formatNumber(at + 1)}</span>
        <div className={ruleClasses['ruleText']}>
          <h3>{sentence(ruleWords(rule))}</h3>
          <p className={classes['quiet']}>
            {rule.name}
            {rule.description === undefined ? '' : `: ${rule.description}`}
          </p>
          {broken && !open && <StatusWord meaning="problem">Has a problem</StatusWord>}
        </div>
        <div className={ruleClasses['ruleButtons']}>
          <ActionIcon data-handle aria-label={`Move ${rule.name} up`} aria-disabled={at === 0} onClick={() => onMove(-1)}>
            <IconArrowUp size={15} aria-hidden="true" />
          </ActionIcon>
          <ActionIcon aria-label={`Move ${rule.name} down`} aria-disabled={at === definition.rules.length - 1} onClick={() => onMove(1)}>
            <IconArrowDown size={15} aria-hidden="true" />
          </ActionIcon>
          <Button size="xs" aria-expanded={open} aria-label={`${open ? 'Close' : 'Edit'} ${rule.name}`} onClick={() => onOpen(!open)}>
            {open ? 'Close' : 'Edit'}
          </Button>
        </div>
      </div>
      {figures === undefined ? <p className={ruleClasses['ruleFigures']}>Not in the last run.</p> : <Figures figures={figures} />}
      {open && <RuleForm definition={definition} at={at} problems={problems} onChange={onChange} onRemove={onRemove} />}
    </li>
  )
}

/** What a rule did: of the records with a value for each of its keys. */
function Figures({ figures }: { figures: RuleFigures }) {
  const { match, ambiguous, unmatched, merged, refused } = figures
  const reasons = refusedWords(refused)
  return (
    <div className={ruleClasses['ruleFigures']}>
      <dl>
        <Figure name="Joined" value={shareWords(match)} note={ofWords(match)} />
        <Figure name="Ambiguous" value={shareWords(ambiguous)} note={formatNumber(ambiguous.numerator)} />
        <Figure name="Agree with nobody" value={shareWords(unmatched)} note={formatNumber(unmatched.numerator)} />
        <Figure name="Merges" value={formatNumber(merged)} note="" />
      </dl>
      {reasons.length > 0 && <p>Held back: {reasons.map(({ reason, count }) => `${formatNumber(count)} because ${reason}`).join('; ')}.</p>}
    </div>
  )
}

function Figure({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b> {note}
      </dd>
    </div>
  )
}
