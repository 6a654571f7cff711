import { Button, Popover, Table, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { ConnectionSummary, fieldDescription, ObjectDescription } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { typeWords } from '../../shared/filter-builder/filter-columns.ts'
import { formatNumber, plural } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { EmptyState, ErrorState } from '../../shared/states.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import classes from './connections.module.css'

type Field = z.infer<typeof fieldDescription>

/** What the destination holds: its objects, and how each field behaves. */
export function ObjectBrowser({ connection }: { connection: ConnectionSummary }) {
  const objects = useQuery(engine.connections.objects.queryOptions({ input: { connection: connection.id } }))
  const [chosen, setChosen] = useState<string>()
  if (objects.isPending) return <Loading label={`Asking ${connection.destinationName} for its objects`} rows={6} />
  if (objects.isError) return <ErrorState error={objects.error} onRetry={() => void objects.refetch()} />
  const shown = objects.data.find((object) => object.name === chosen) ?? objects.data[0]
  if (shown === undefined) return <EmptyState>{connection.destinationName} offers no objects to this account.</EmptyState>
  return (
    <div className={classes['browser']}>
      <ul className={classes['objects']} aria-label="Objects">
        {objects.data.map((object) => (
          <li key={object.name}>
            <button type="button" aria-pressed={object === shown} onClick={() => setChosen(object.name)}>
              {object.label}
              <small>{plural(object.fields.length, { one: 'field', many: 'fields' })}</small>
            </button>
          </li>
        ))}
      </ul>
      <Fields object={shown} />
    </div>
  )
}

function Fields({ object }: { object: ObjectDescription }) {
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const fields = object.fields.filter((field) => `${field.label} ${field.name}`.toLowerCase().includes(wanted))
  return (
    <section className={classes['fieldTable']} aria-label={`Fields of ${object.label}`}>
      <div className={classes['fieldHead']}>
        <TextInput aria-label="Find a field" placeholder="Find a field" value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
        <span className={classes['quiet']}>
          {formatNumber(fields.length)} of {plural(object.fields.length, { one: 'field', many: 'fields' })}. {object.noun.many.charAt(0).toUpperCase() + object.noun.many.slice(1)} can be found by {object.matchFields.map((name) => object.fields.find((field) => field.name === name)?.label ?? name).join(' or ')}.
        </span>
      </div>
      <Table.ScrollContainer type="native" minWidth={560}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Field</Table.Th>
              <Table.Th>Name there</Table.Th>
              <Table.Th>Type</Table.Th>
              <Table.Th>Who can write it</Table.Th>
              <Table.Th>Rules</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {fields.map((field) => (
              <Table.Tr key={field.name}>
                <Table.Td>{field.label}</Table.Td>
                <Table.Td>
                  <code>{field.name}</code>
                </Table.Td>
                <Table.Td>{typeWords[field.type]}</Table.Td>
                <Table.Td>{field.access === 'read and write' ? 'Lockstep and people' : <StatusWord meaning="quiet">{field.access === 'computed' ? 'Nobody, it is computed' : 'Nobody, it is read only'}</StatusWord>}</Table.Td>
                <Table.Td>
                  <Rules field={field} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {fields.length === 0 && <EmptyState>No field is called “{search}”.</EmptyState>}
    </section>
  )
}

function Rules({ field }: { field: Field }) {
  const rules = [field.required ? 'required' : '', field.unique ? 'unique' : '', field.maxLength === undefined ? '' : `at most ${formatNumber(field.maxLength)} characters`].filter((rule) => rule !== '')
  return (
    <span className={classes['rules']}>
      {rules.join(', ')}
      {field.options !== undefined && (
        <Popover position="bottom-end">
          <Popover.Target>
            <Button size="xs" variant="subtle" color="gray">
              {plural(field.options.length, { one: 'choice', many: 'choices' })}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <ul className={classes['options']} aria-label={`Choices of ${field.label}`}>
              {field.options.map((option) => (
                <li key={option.value}>
                  {option.label} <code>{option.value}</code>
                </li>
              ))}
            </ul>
          </Popover.Dropdown>
        </Popover>
      )}
    </span>
  )
}
