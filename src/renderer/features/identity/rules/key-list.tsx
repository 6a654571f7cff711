import { Button } from '@mantine/core'
import { useState } from 'react'
import type { IdentityKey } from '../../../../contract/identity.ts'
import type { IdentityOverview } from '../../../../contract/shapes.ts'
import { sentence } from '../../../shared/format.ts'
import { Section } from '../../../shared/page.tsx'
import { StatusWord } from '../../../shared/status-word.tsx'
import { ofWords, shareWords } from '../words/figure-words.ts'
import classes from '../frame/identity.module.css'
import { KeyForm } from './key-form.tsx'
import type { EditProps } from './edit-props.ts'
import { keyGuards, keyWords, rulesWithKey } from '../words/rule-words.ts'
import ruleClasses from '../frame/rules.module.css'

type KeyFigures = IdentityOverview['keys'][number]

/** The keys: what they are made of, how many records have one, and what keeps each from joining too much. */
export function KeyList({ definition, figures, problems, onChange }: EditProps & { figures: IdentityOverview['keys'] }) {
  const [open, setOpen] = useState<string>()
  return (
    <Section title="Keys" aside="what the rules compare, and what holds a key back">
      <ul className={`surface ${ruleClasses['rules'] ?? ''}`}>
        {Object.entries(definition.keys).map(([name, key]) => (
          <li key={name} className={ruleClasses['rule']} data-open={open === name || undefined}>
            <div className={ruleClasses['ruleHead']}>
              <div className={ruleClasses['ruleText']}>
                <h3>{sentence(name)}</h3>
                <p className={classes['quiet']}>{keyWords(key)}</p>
                <Guards identityKey={key} unused={rulesWithKey(definition, name).length === 0} />
                {open !== name && [...problems.keys()].some((place) => place.startsWith(`keys.${name}.`)) && <StatusWord meaning="problem">Has a problem</StatusWord>}
              </div>
              <div className={ruleClasses['ruleButtons']}>
                <Button size="xs" aria-expanded={open === name} aria-label={`${open === name ? 'Close the' : 'Edit'} guards of ${name}`} onClick={() => setOpen(open === name ? undefined : name)}>
                  {open === name ? 'Close' : 'Edit guards'}
                </Button>
              </div>
            </div>
            <KeyFiguresLine figures={figures.find((figure) => figure.key === name)} />
            {open === name && <KeyForm definition={definition} name={name} problems={problems} onChange={onChange} />}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Guards({ identityKey, unused }: { identityKey: IdentityKey; unused: boolean }) {
  const words = keyGuards(identityKey)
  if (unused) words.push('no rule uses it')
  return words.length === 0 ? null : <p>{sentence(words.join('; '))}.</p>
}

function KeyFiguresLine({ figures }: { figures: KeyFigures | undefined }) {
  if (figures === undefined) return <p className={ruleClasses['ruleFigures']}>Not in the last run.</p>
  return (
    <div className={ruleClasses['ruleFigures']}>
      <dl>
        <div>
          <dt>Have a usable one</dt>
          <dd>
            <b>{shareWords(figures.valid)}</b> {ofWords(figures.valid)}
          </dd>
        </div>
        <div>
          <dt>Not usable</dt>
          <dd>
            <b>{shareWords(figures.invalid)}</b> {ofWords(figures.invalid)}
          </dd>
        </div>
        <div>
          <dt>Joined by it</dt>
          <dd>
            <b>{shareWords(figures.match)}</b> {ofWords(figures.match)}
          </dd>
        </div>
        <div>
          <dt>Ambiguous</dt>
          <dd>
            <b>{shareWords(figures.ambiguous)}</b> {ofWords(figures.ambiguous)}
          </dd>
        </div>
      </dl>
    </div>
  )
}
