import { MultiSelect, TextInput } from '@mantine/core'
import type { InspectedFile } from '../../../contract/shapes.ts'
import classes from './own-data.module.css'
import type { ChoiceHistory } from './use-choices.ts'
import { NAME } from './use-choices.ts'

/** What the data is called, and by what people know its rows. */
export function ProductPane({ file, history }: { file: InspectedFile; history: ChoiceHistory }) {
  const { name, label = file.labelProposal } = history.choices
  return (
    <section aria-label="Data product" className={classes['product']}>
      <TextInput label="Name" size="xs" value={name} onChange={(event) => history.change(NAME, { name: event.currentTarget.value })} />
      <MultiSelect
        label="Rows are shown by"
        size="xs"
        searchable
        maxValues={4}
        placeholder={label.length === 0 ? 'the key' : ''}
        description={example(file, label)}
        inputWrapperOrder={['label', 'input', 'description']}
        data={file.columns.map((column) => column.name)}
        value={label}
        onChange={(next) => history.change('how rows are shown', { label: next })}
      />
    </section>
  )
}

/** The first row's name, as lists will show it. */
function example(file: InspectedFile, label: string[]): string {
  const [first] = file.preview
  const columns = label.length === 0 ? (file.key === undefined ? [] : [file.key.column]) : label
  const words = columns.map((column) => first?.[file.columns.findIndex(({ name }) => name === column)] ?? '').join(' ').trim()
  return words === '' ? 'How people recognise them in lists' : `The first one: ${words}`
}
