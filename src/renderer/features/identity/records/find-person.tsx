import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { RecordCard } from '../../../../contract/shapes.ts'
import { engine } from '../../../app/client.ts'
import { engineError } from '../../../shared/engine-error.ts'
import { plural } from '../../../shared/format.ts'
import { byPerson, nameOf } from './compare-records.ts'
import classes from '../frame/identity.module.css'

const TYPING_PAUSE_MS = 250
/** Records; a person has several. */
const MOST_FOUND = 60

/** Finds a person by name, key or id while one types; Enter opens the first. */
export function FindPerson({ identity }: { identity: string }) {
  const [text, setText] = useState('')
  const [settled] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS)
  const navigate = useNavigate()
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const found = useQuery({ ...engine.identity.find.queryOptions({ input: { identity, text: settled, limit: MOST_FOUND } }), enabled: settled !== '', placeholderData: keepPreviousData })
  const people = settled === '' ? [] : byPerson(found.data ?? [])
  return (
    <Combobox
      store={combobox}
      width={340}
      position="bottom-end"
      onOptionSubmit={(entity) => {
        combobox.closeDropdown()
        void navigate({ to: '/identity/person/$entity', params: { entity }, search: { of: identity } })
      }}
    >
      <Combobox.Target>
        <TextInput
          className={classes['find']}
          aria-label="Find a person by name, key or id"
          placeholder="Find a person"
          type="search"
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            combobox.openDropdown()
            combobox.updateSelectedOptionIndex()
          }}
          onFocus={() => text.trim() !== '' && combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={settled === ''}>
        <Combobox.Options className={classes['found']} aria-label="People found">
          {people.map((records) => (
            <Combobox.Option key={records[0]?.entity} value={records[0]?.entity ?? ''}>
              <span className={classes['foundName']}>{nameOf(records)}</span>
              <span className={classes['quiet']}>{recordsWords(records)}</span>
            </Combobox.Option>
          ))}
          {people.length === 0 && <Combobox.Empty>{found.isError ? engineError(found.error).message : found.isFetching ? 'Looking…' : 'Nobody begins with that.'}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

/** "Customer 360 HM-0000113 and 3 more records". */
function recordsWords(records: readonly RecordCard[]): string {
  const [first, ...others] = records
  const named = first === undefined ? '' : `${first.sourceName} ${first.id}`
  return others.length === 0 ? named : `${named} and ${plural(others.length, { one: 'more record', many: 'more records' })}`
}
