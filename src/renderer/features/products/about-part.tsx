import { Textarea, TextInput } from '@mantine/core'
import type { ProductDefinition } from '../../../contract/definitions.ts'
import classes from './products.module.css'

type Change = (product: ProductDefinition) => void

/** Who answers for the product, and how fresh it promises to be. */
export function AboutPart({ product, onChange }: { product: ProductDefinition; onChange: Change }) {
  const text = (key: 'owner' | 'description') => (event: { currentTarget: { value: string } }) => {
    const { [key]: _before, ...rest } = product
    const value = event.currentTarget.value
    onChange(value === '' ? rest : { ...rest, [key]: value })
  }
  const promise = (key: 'refresh' | 'maximumStaleness') => (event: { currentTarget: { value: string } }) => {
    const { sla, ...rest } = product
    const { [key]: _before, ...kept } = sla ?? {}
    const value = event.currentTarget.value
    const next = value === '' ? kept : { ...kept, [key]: value }
    onChange(Object.keys(next).length === 0 ? rest : { ...rest, sla: next })
  }
  return (
    <div className={classes['form']}>
      <TextInput label="Name" value={product.name} error={product.name.trim() === '' ? 'A data product needs a name' : undefined} onChange={(event) => onChange({ ...product, name: event.currentTarget.value })} />
      <Textarea label="Description" description="What one row is, and what it is for" autosize minRows={2} value={product.description ?? ''} onChange={text('description')} />
      <TextInput label="Owner" description="Who answers for what it says" value={product.owner ?? ''} onChange={text('owner')} />
      <div className={classes['line']}>
        <TextInput label="Refreshed" description="In words, e.g. every night" value={product.sla?.refresh ?? ''} onChange={promise('refresh')} />
        <TextInput label="Never older than" description="E.g. 26 h or 2 days" value={product.sla?.maximumStaleness ?? ''} onChange={promise('maximumStaleness')} />
      </div>
    </div>
  )
}
