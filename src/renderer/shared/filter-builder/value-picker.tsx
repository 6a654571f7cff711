import { Autocomplete, TagsInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatNumber } from '../format.ts'
import { useBuilder } from './builder-context.ts'
import classes from './filter-builder.module.css'
import type { FilterColumn, OccurringValue } from './filter-columns.ts'

const pause = 200

/** Values that occur in the column, most frequent first, read once somebody opens the list. */
function useValues(column: string, search: string, open: boolean): OccurringValue[] {
  const { loadValues, valuesOf } = useBuilder()
  const [settled] = useDebouncedValue(search, pause)
  const values = useQuery({
    queryKey: ['filter values', valuesOf, column, settled],
    queryFn: ({ signal }) => loadValues(column, settled, signal),
    enabled: open,
    placeholderData: keepPreviousData,
  })
  return (values.data ?? []).filter((occurring) => occurring.value !== null && occurring.value !== '')
}

function optionsOf(values: OccurringValue[]): { data: string[]; counts: Map<string, number> } {
  const counts = new Map(values.map((occurring) => [String(occurring.value), occurring.count]))
  return { data: [...counts.keys()], counts }
}

function option(counts: Map<string, number>) {
  return function Option({ option: shown }: { option: { value: string } }) {
    const count = counts.get(shown.value)
    return (
      <span className={classes['option']}>
        <span>{shown.value}</span>
        <small>{count === undefined ? '' : formatNumber(count)}</small>
      </span>
    )
  }
}

/** One value, typed or picked. */
export function OneValue({ column, label, value, onChange }: { column: FilterColumn; label: string; value: string; onChange: (value: string) => void }) {
  const [open, setOpen] = useState(false)
  const { data, counts } = optionsOf(useValues(column.name, value, open))
  return (
    <Autocomplete
      aria-label={label}
      placeholder="Type or pick a value"
      data={data}
      filter={({ options }) => options}
      renderOption={option(counts)}
      maxDropdownHeight={260}
      value={value}
      onChange={onChange}
      onDropdownOpen={() => setOpen(true)}
    />
  )
}

/** Several values, typed or picked. */
export function ManyValues({ column, value, onChange }: { column: FilterColumn; value: (string | number)[]; onChange: (value: (string | number)[]) => void }) {
  const [open, setOpen] = useState(false)
  const [search, setSearch] = useState('')
  const { data, counts } = optionsOf(useValues(column.name, search, open))
  const asTyped = (text: string): string | number => (column.type === 'number' && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text)
  return (
    <TagsInput
      aria-label="Values"
      classNames={{ inputField: (value.length === 0 ? undefined : classes['beside']) ?? '', pill: classes['pill'] ?? '' }}
      placeholder={value.length === 0 ? 'Type or pick values' : ''}
      data={data}
      filter={({ options }) => options.filter((shown) => 'value' in shown && !value.map(String).includes(shown.value))}
      renderOption={option(counts)}
      maxDropdownHeight={260}
      searchValue={search}
      onSearchChange={setSearch}
      value={value.map(String)}
      onChange={(next) => onChange(next.map(asTyped))}
      onDropdownOpen={() => setOpen(true)}
    />
  )
}
