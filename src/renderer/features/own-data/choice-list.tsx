import { useId } from 'react'
import classes from './own-data.module.css'

export interface Offer<Value extends string> {
  value: Value
  words: string
  /** What it would do, with its count. */
  effect: string
}

/** Choices of which one holds, each with what it would do. */
export function ChoiceList<Value extends string>({ label, offers, value, onChange }: { label: string; offers: Offer<Value>[]; value: Value | undefined; onChange: (value: Value) => void }) {
  const name = useId()
  return (
    <fieldset className={classes['choices']}>
      <legend className="visually-hidden">{label}</legend>
      {offers.map((offer) => (
        <label key={offer.value} className={classes['choice']} data-chosen={offer.value === value || undefined}>
          <input type="radio" name={name} value={offer.value} checked={offer.value === value} onChange={() => onChange(offer.value)} />
          <span>{offer.words}</span>
          <b>{offer.effect}</b>
        </label>
      ))}
    </fieldset>
  )
}
