import { Button, NumberInput, Select } from '@mantine/core'
import type { IdentityThreshold } from '../../../../contract/identity.ts'
import type { IdentitySource } from '../../../../contract/shapes.ts'
import { Section } from '../../../shared/page.tsx'
import classes from '../frame/identity.module.css'
import { addThreshold, changeThreshold, removeThreshold } from './rule-edits.ts'
import type { EditProps } from './edit-props.ts'
import ruleClasses from '../frame/rules.module.css'
import { canBeWantedOf, inPercent, ofPercent, rateWords, usualThreshold } from './wanted-words.ts'

type WantedProps = EditProps & { sources: readonly IdentitySource[] }

/** Figures that are wanted: where a run misses one, Identity and Home say so. */
export function WantedFigures({ definition, sources, problems, onChange }: WantedProps) {
  const thresholds = definition.thresholds ?? []
  return (
    <Section id="wanted" title="Wanted figures" aside="where a run misses one, Identity and Home say so">
      {thresholds.length > 0 && (
        <ul className={`surface ${ruleClasses['wanted'] ?? ''}`}>
          {thresholds.map((threshold, at) => (
            <Wanted
              key={at}
              threshold={threshold}
              sources={sources}
              problem={problems.get(`thresholds.${String(at)}`)}
              onChange={(next) => onChange(changeThreshold(definition, at, next))}
              onRemove={() => onChange(removeThreshold(definition, at))}
            />
          ))}
        </ul>
      )}
      <div className={classes['beneath']}>
        <Button onClick={() => onChange(addThreshold(definition, usualThreshold('match')))}>Add a wanted figure</Button>
      </div>
    </Section>
  )
}

type OneWanted = { threshold: IdentityThreshold; sources: readonly IdentitySource[]; problem: string | undefined; onChange: (threshold: IdentityThreshold) => void; onRemove: () => void }

const rates = Object.entries(rateWords).map(([value, label]) => ({ value, label }))

function Wanted({ threshold, sources, problem, onChange, onRemove }: OneWanted) {
  const { rate, source, least, most } = threshold
  const share = least ?? most ?? 0
  const known = sources.filter(({ kind }) => canBeWantedOf(rate, kind)).map((one) => ({ value: one.source, label: one.name }))
  const places = [{ value: '', label: 'each source' }, ...known, ...(source === undefined || known.some(({ value }) => value === source) ? [] : [{ value: source, label: source }])]
  const kind = sources.find((one) => one.source === source)?.kind
  const changeRate = (next: IdentityThreshold['rate']) => onChange({ ...usualThreshold(next), ...(source === undefined || (kind !== undefined && !canBeWantedOf(next, kind)) ? {} : { source }) })
  const withShare = (next: number, side: 'least' | 'most') => ({ rate, ...(source === undefined ? {} : { source }), [side]: next })
  return (
    <li>
      <Select aria-label="Rate" data={rates} value={rate} onChange={(next) => next !== null && changeRate(next as IdentityThreshold['rate'])} />
      <Select aria-label="In" data={places} value={source ?? ''} onChange={(next) => onChange({ rate, ...(next === null || next === '' ? {} : { source: next }), ...(least === undefined ? { most } : { least }) })} />
      <Select
        aria-label="Side"
        data={[
          { value: 'least', label: 'is at least' },
          { value: 'most', label: 'is at most' },
        ]}
        value={least === undefined ? 'most' : 'least'}
        onChange={(next) => next !== null && onChange(withShare(share, next as 'least' | 'most'))}
      />
      <NumberInput aria-label="Share" suffix=" %" min={0} max={100} decimalScale={2} value={inPercent(share)} error={problem} onChange={(next) => typeof next === 'number' && onChange(withShare(ofPercent(next), least === undefined ? 'most' : 'least'))} />
      <Button aria-label={`Remove: ${rateWords[rate]}`} onClick={onRemove}>
        Remove
      </Button>
    </li>
  )
}
