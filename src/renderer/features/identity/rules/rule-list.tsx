import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { IdentityOverview } from '../../../../contract/shapes.ts'
import { formatNumber } from '../../../shared/format.ts'
import { Section } from '../../../shared/page.tsx'
import classes from '../frame/identity.module.css'
import { addRule, moveRule, removeRule } from './rule-edits.ts'
import { RuleRow } from './rule-row.tsx'
import ruleClasses from '../frame/rules.module.css'
import type { EditProps } from './edit-props.ts'

/** The rules in their order, which is their priority: moved with the buttons, or Alt and an arrow key. */
export function RuleList({ definition, figures, problems, onChange }: EditProps & { figures: IdentityOverview['rules'] }) {
  const [open, setOpen] = useState<number>()
  const [moved, setMoved] = useState<{ to: number; words: string }>()
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    // The focus goes with the rule that was moved.
    if (moved !== undefined) list.current?.children[moved.to]?.querySelector<HTMLElement>('[data-handle]')?.focus()
  }, [moved])
  const last = definition.rules.length - 1
  const move = (from: number, step: number) => {
    const to = from + step
    if (to < 0 || to > last) return
    onChange(moveRule(definition, from, to))
    if (open === from) setOpen(to)
    else if (open === to) setOpen(from)
    setMoved({ to, words: `${definition.rules[from]?.name ?? 'The rule'} is now rule ${formatNumber(to + 1)} of ${formatNumber(last + 1)}.` })
  }
  const add = () => {
    onChange(addRule(definition))
    setOpen(definition.rules.length)
  }
  const remove = (at: number) => {
    onChange(removeRule(definition, at))
    setOpen(undefined)
  }
  return (
    <Section title="Rules" aside="in their order: what an earlier rule joined, a later one takes as it stands">
      <ol ref={list} className={`surface ${ruleClasses['rules'] ?? ''}`}>
        {definition.rules.map((rule, at) => (
          <RuleRow
            key={at}
            definition={definition}
            at={at}
            figures={figures.find((figure) => figure.rule === rule.name)}
            problems={problems}
            open={open === at}
            onOpen={(on) => setOpen(on ? at : undefined)}
            onMove={(step) => move(at, step)}
            onRemove={() => remove(at)}
            onChange={onChange}
          />
        ))}
      </ol>
      <p className="visually-hidden" role="status">
        {moved?.words ?? ''}
      </p>
      {problems.get('rules') !== undefined && (
        <p role="alert" className={ruleClasses['problem']}>
          {problems.get('rules')}
        </p>
      )}
      <div className={classes['beneath']}>
        <Button onClick={add}>Add a rule</Button>
        <span className={classes['quiet']}>
          <kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd> moves a rule
        </span>
      </div>
    </Section>
  )
}
