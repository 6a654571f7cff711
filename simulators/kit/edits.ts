import { isObject, member, textMember } from './json.ts'
import type { Actor, FieldValue, StoredRecord } from './record.ts'
import type { ObjectControl } from './simulator.ts'

type Edited = { readonly control: ObjectControl; readonly record: StoredRecord }

const ACTOR_KINDS = ['person', 'workflow', 'integration', 'import'] as const

/** Does what a person, a workflow or another integration would do inside the vendor's system. */
export function applyEdit(objects: ReadonlyMap<string, ObjectControl>, input: unknown, at: number): Edited {
  const name = textMember(input, 'object') ?? [...objects.keys()][0] ?? ''
  const control = objects.get(name)
  if (!control) throw new Error(`No object ${name}; there are ${[...objects.keys()].join(', ')}`)
  const actor = readActor(member(input, 'actor'))
  return { control, record: perform(control, input, actor, at) }
}

function perform(control: ObjectControl, input: unknown, actor: Actor, at: number): StoredRecord {
  const op = textMember(input, 'op')
  if (op === 'create') return create(control, input, actor, at)
  const record = findRecord(control, member(input, 'id'), member(input, 'key'))
  switch (op) {
    case 'set':
      control.table.write(record, readFields(control, input), actor, at)
      return record
    case 'clear':
      control.table.write(record, { [fieldName(control, textMember(input, 'field'))]: null }, actor, at)
      return record
    case 'delete':
      control.table.remove(record, at)
      return record
    case 'merge':
      return merge(control, record, input, actor, at)
    default:
      throw new Error(`Unknown op ${String(op)}; use set, clear, create, delete or merge`)
  }
}

function create(control: ObjectControl, input: unknown, actor: Actor, at: number): StoredRecord {
  const wanted = member(input, 'id')
  const id = wanted === undefined ? control.newId() : String(wanted)
  if (control.table.get(id)) throw new Error(`A record ${id} exists already`)
  const fields: Record<string, FieldValue> = {}
  const given = { ...namedFields(control, readKey(control, member(input, 'key'))), ...readFields(control, input) }
  for (const [field, value] of Object.entries(given)) if (value !== null) fields[field] = value
  for (const { field, unique } of control.table.keyFields) {
    const value = fields[field]
    if (unique && typeof value === 'string' && control.table.find(field, value)) {
      throw new Error(`Another record has ${field} ${value} already`)
    }
  }
  return control.table.create(id, fields, actor, at)
}

/** `{field: value}`, an email address, or a value of the company's own key. */
function readKey({ table }: ObjectControl, key: unknown): Readonly<Record<string, unknown>> {
  if (isObject(key)) return key
  if (key === undefined) return {}
  const isAddress = String(key).includes('@')
  const meant = table.keyFields.find(({ field, unique }) => (isAddress ? field === 'email' : unique && field !== 'email'))
  return meant ? { [meant.field]: String(key) } : {}
}

function merge(control: ObjectControl, loser: StoredRecord, input: unknown, actor: Actor, at: number): StoredRecord {
  const into = member(input, 'into') ?? member(input, 'value')
  const winner = isObject(into) ? findRecord(control, undefined, into) : findRecord(control, into, into)
  if (winner === loser) throw new Error('A record cannot be merged into itself')
  if (loser.deleted || winner.deleted) throw new Error('Only records that are there can be merged')
  control.table.merge(loser, winner, actor, at)
  control.afterMerge?.(loser, winner)
  return winner
}

/** By id, or by a key: a value that is looked for in every key field, or `{field: value}`. */
function findRecord({ table }: ObjectControl, id: unknown, key: unknown): StoredRecord {
  const byId = id === undefined ? undefined : table.get(String(id))
  if (byId) return byId
  if (isObject(key)) {
    for (const [field, value] of Object.entries(key)) {
      const record = table.find(field, String(value))
      if (record) return record
    }
  } else if (key !== undefined) {
    for (const { field } of table.keyFields) {
      const record = table.find(field, String(key))
      if (record) return record
    }
  }
  throw new Error(`No record of ${table.object} with ${JSON.stringify({ id, key })}`)
}

/** `field` and `value`, or several at once as `fields` (or as a `value` without a field). */
function readFields(control: ObjectControl, input: unknown): Record<string, FieldValue | null> {
  const field = textMember(input, 'field')
  const fields = member(input, 'fields') ?? (field === undefined ? member(input, 'value') : undefined)
  return {
    ...(isObject(fields) ? namedFields(control, fields) : {}),
    ...(field === undefined ? {} : namedFields(control, { [field]: member(input, 'value') })),
  }
}

function namedFields(control: ObjectControl, fields: Readonly<Record<string, unknown>>): Record<string, FieldValue | null> {
  const named: Record<string, FieldValue | null> = {}
  for (const [name, value] of Object.entries(fields)) {
    const field = fieldName(control, name)
    named[field] = value === null || value === undefined ? null : control.fieldValue(field, value)
  }
  return named
}

function fieldName(control: ObjectControl, name: string | undefined): string {
  const field = name === undefined ? undefined : control.fieldName(name)
  if (field === undefined) throw new Error(`${control.table.object} has no field ${String(name)}`)
  return field
}

function readActor(input: unknown): Actor {
  const kind = ACTOR_KINDS.find((known) => known === textMember(input, 'kind'))
  if (input !== undefined && !kind) throw new Error(`An actor's kind is one of ${ACTOR_KINDS.join(', ')}`)
  return { kind: kind ?? 'person', name: textMember(input, 'name') ?? 'Somebody' }
}
