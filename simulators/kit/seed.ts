import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { isObject, member, textMember } from './json.ts'
import type { Actor, Change, FieldValue, StoredRecord } from './record.ts'
import type { ObjectControl } from './simulator.ts'

/** Reads records from a file of JSON lines into the objects' tables. A missing file is an empty start. */
export async function loadSeed(file: string, objects: ReadonlyMap<string, ObjectControl>): Promise<number> {
  if (!existsSync(file)) return 0
  let line = 0
  const merged: Loaded[] = []
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1
    if (text.trim() === '') continue
    try {
      const loaded = loadLine(JSON.parse(text), objects)
      if (loaded.record.mergedInto !== null) merged.push(loaded)
    } catch (cause) {
      throw new Error(`${file}, line ${line}: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
  }
  // Only now is everybody there that others were merged into.
  for (const { control, record } of merged) control.restore?.(record)
  return line
}

type Loaded = { readonly control: ObjectControl; readonly record: StoredRecord }

function loadLine(input: unknown, objects: ReadonlyMap<string, ObjectControl>): Loaded {
  const object = textMember(input, 'object') ?? ''
  const control = objects.get(object)
  if (!control) throw new Error(`no object ${object}`)
  const at = readInstant(member(input, 'at')) ?? 0
  const history = readHistory(control, member(input, 'history'))
  const times = Object.values(history).flatMap((entries) => entries.map((entry) => entry.at))
  const id = member(input, 'id')
  const mergedInto = textMember(input, 'mergedInto') ?? null
  const record = control.table.load({
    id: id === undefined ? control.newId() : String(id),
    fields: readFields(control, member(input, 'fields')),
    createdAt: readInstant(member(input, 'createdAt')) ?? Math.min(at, ...times),
    updatedAt: Math.max(at, ...times),
    deleted: mergedInto !== null || member(input, 'deleted') === true,
    mergedInto,
    history,
  })
  return { control, record }
}

/** Groups such as `user_fields` may be nested or spelled out as `user_fields.tier`. */
function readFields(control: ObjectControl, input: unknown): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = {}
  for (const [name, value] of flatten(input)) {
    const field = control.fieldName(name)
    if (field === undefined) throw new Error(`${control.table.object} has no field ${name}`)
    if (value === null || value === undefined || value === '') continue
    const stored = control.fieldValue(field, value)
    if (stored !== null) fields[field] = stored
  }
  return fields
}

const GROUPS = new Set(['user_fields', 'custom_attributes'])

function flatten(input: unknown): [string, unknown][] {
  if (!isObject(input)) return []
  return Object.entries(input).flatMap(([name, value]) =>
    GROUPS.has(name) && isObject(value)
      ? Object.entries(value).map(([inner, item]): [string, unknown] => [`${name}.${inner}`, item])
      : [[name, value] as [string, unknown]],
  )
}

function readHistory(control: ObjectControl, input: unknown): Record<string, Change[]> {
  const history: Record<string, Change[]> = {}
  for (const [name, entries] of flatten(input)) {
    const field = control.fieldName(name)
    if (field === undefined || !Array.isArray(entries)) throw new Error(`history of ${name} cannot be read`)
    const changes = entries.map((entry: unknown) => readChange(control, field, entry))
    history[field] = changes.sort((left, right) => left.at - right.at)
  }
  return history
}

function readChange(control: ObjectControl, field: string, entry: unknown): Change {
  const value = member(entry, 'value')
  const empty = value === null || value === undefined || value === ''
  return {
    value: empty ? null : control.fieldValue(field, value),
    at: readInstant(member(entry, 'at')) ?? 0,
    actor: readActor(member(entry, 'actor')),
  }
}

function readActor(input: unknown): Actor {
  const kind = textMember(input, 'kind')
  const name = textMember(input, 'name') ?? 'Unknown'
  if (kind === 'person' || kind === 'workflow' || kind === 'integration' || kind === 'import') return { kind, name }
  throw new Error(`unknown actor kind ${String(kind)}`)
}

function readInstant(input: unknown): number | undefined {
  if (typeof input === 'number') return input
  if (typeof input !== 'string') return undefined
  const at = Date.parse(input)
  if (Number.isNaN(at)) throw new Error(`not an instant: ${input}`)
  return at
}
