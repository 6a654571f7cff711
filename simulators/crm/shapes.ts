import { createHash } from 'node:crypto'
import { toIso } from '../kit/clock.ts'
import { API_ACTOR, historyOf } from '../kit/records.ts'
import type { Actor, Change, Fields, RecordState, StoredRecord } from '../kit/record.ts'
import type { CrmObject } from './crm-object.ts'

/** Which properties an answer holds. */
export type Selection = { readonly properties: readonly string[]; readonly withHistory: readonly string[] }

type HistoryEntry = {
  readonly value: string
  readonly timestamp: string
  readonly sourceType: string
  readonly sourceId?: string
  readonly sourceLabel?: string
  readonly updatedByUserId?: number
}

/** The app that the token belongs to; its writes carry this id. */
export const OWN_APP_ID = 2_101_001

/** A record as the objects API shows it. Properties without a value are null. */
export function showRecord(object: CrmObject, record: StoredRecord, selection: Selection, state: RecordState = record) {
  const properties: Record<string, string | null> = {}
  const names = selection.properties.length > 0 ? selection.properties : object.schema.defaultProperties
  for (const name of names) if (object.properties.has(name)) properties[name] = propertyValue(record, state, name)
  const shown = {
    id: record.id,
    properties,
    createdAt: toIso(record.createdAt),
    updatedAt: toIso(state.updatedAt),
    archived: state.deleted,
  }
  if (selection.withHistory.length === 0) return state.deleted ? { ...shown, archivedAt: toIso(state.updatedAt) } : shown
  const propertiesWithHistory: Record<string, HistoryEntry[]> = {}
  for (const name of selection.withHistory) {
    if (!object.properties.has(name)) continue
    properties[name] = propertyValue(record, state, name)
    propertiesWithHistory[name] = showHistory(record, name)
  }
  return { ...shown, propertiesWithHistory }
}

/** What a write answers with: the written properties as they were taken, before any workflow reacted. */
export function showWritten(record: StoredRecord, written: Readonly<Record<string, string | null>>, empty: '' | null) {
  const updatedAt = toIso(record.updatedAt)
  const createdAt = record.createdAt === record.updatedAt ? updatedAt : new Date(record.createdAt).toISOString()
  const properties: Record<string, string | null> = {}
  for (const name of Object.keys(written)) properties[name] = written[name] ?? empty
  properties['createdate'] = createdAt
  properties['hs_object_id'] = record.id
  properties['lastmodifieddate'] = updatedAt
  return { id: record.id, properties, createdAt, updatedAt, archived: false }
}

/** The value of a property, also of those that the system keeps itself. */
export function propertyValue(record: StoredRecord, state: { readonly fields: Fields; readonly updatedAt: number }, name: string): string | null {
  switch (name) {
    case 'hs_object_id':
      return record.id
    case 'createdate':
      return toIso(record.createdAt)
    case 'lastmodifieddate':
    case 'hs_lastmodifieddate':
      return toIso(state.updatedAt)
    default: {
      const value = state.fields[name]
      return typeof value === 'string' ? value : null
    }
  }
}

/** Newest first, as the vendor lists it. */
function showHistory(record: StoredRecord, name: string): HistoryEntry[] {
  return historyOf(record, name)
    .map((change) => showChange(change))
    .reverse()
}

function showChange({ value, at, actor }: Change): HistoryEntry {
  return { value: typeof value === 'string' ? value : '', timestamp: toIso(at), ...source(actor) }
}

function source(actor: Actor): Omit<HistoryEntry, 'value' | 'timestamp'> {
  switch (actor.kind) {
    case 'person': {
      const userId = userIdOf(actor.name)
      return { sourceType: 'CRM_UI', sourceId: `userId:${userId}`, sourceLabel: actor.name, updatedByUserId: userId }
    }
    case 'workflow':
      return { sourceType: 'AUTOMATION_PLATFORM', sourceId: `enrollmentId:${numberFor(actor.name)};actionExecutionIndex:0`, sourceLabel: actor.name }
    case 'import':
      return { sourceType: 'IMPORT', sourceId: String(numberFor(actor.name)), sourceLabel: actor.name }
    case 'integration':
      return { sourceType: 'INTEGRATION', sourceId: String(appIdOf(actor)), sourceLabel: actor.name }
  }
}

/** People keep their user id from run to run: it follows from the name. */
export function userIdOf(name: string): number {
  return numberFor(`user ${name}`)
}

function appIdOf(actor: Actor): number {
  return actor.name === API_ACTOR.name ? OWN_APP_ID : numberFor(`app ${actor.name}`)
}

const numbers = new Map<string, number>()

function numberFor(text: string): number {
  const known = numbers.get(text)
  if (known !== undefined) return known
  const made = 100_000 + (createHash('sha256').update(text).digest().readUInt32BE(0) % 9_900_000)
  numbers.set(text, made)
  return made
}
