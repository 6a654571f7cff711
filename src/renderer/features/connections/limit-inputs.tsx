import { NumberInput } from '@mantine/core'
import type { ConnectionDefinition } from '../../../contract/definitions.ts'
import type { DestinationCard } from '../../../contract/shapes.ts'
import { formatNumber } from '../../shared/format.ts'
import { EmptyState } from '../../shared/states.tsx'
import classes from './connections.module.css'

/** The vendor's numbers, and this connection's own where it has some. */
export function LimitInputs({ card, value, onChange }: { card: DestinationCard; value: ConnectionDefinition; onChange: (value: ConnectionDefinition) => void }) {
  const own = value.limits ?? {}
  const declared = card.limits ?? []
  const others = Object.keys(own).filter((name) => !declared.some((limit) => limit.name === name))
  const all = [...declared, ...others.map((name) => ({ name, label: name, value: Number.NaN }))]
  const set = (name: string, next: number | undefined) => {
    const { limits: _limits, ...rest } = value
    const { [name]: _before, ...kept } = own
    const limits = next === undefined ? kept : { ...kept, [name]: next }
    onChange(Object.keys(limits).length === 0 ? rest : { ...rest, limits })
  }
  if (all.length === 0) return <EmptyState>{card.name} declares no limits.</EmptyState>
  return (
    <div className={classes['form']}>
      <p className={classes['quiet']}>
        Lockstep stays under these by itself and slows down further when {card.name} says so. Leave a field empty to use {card.name}’s usual number; give your own where your plan has another.
      </p>
      <div className={classes['fields']}>
        {all.map((limit) => (
          <NumberInput
            key={limit.name}
            label={limit.label}
            min={0}
            placeholder={Number.isNaN(limit.value) ? '' : formatNumber(limit.value)}
            value={own[limit.name] ?? ''}
            onChange={(next) => set(limit.name, typeof next === 'number' ? next : undefined)}
          />
        ))}
      </div>
    </div>
  )
}
