import { isObject, member } from '../kit/json.ts'
import { API_ACTOR } from '../kit/records.ts'
import type { FieldValue, StoredRecord } from '../kit/record.ts'
import type { Reply } from '../kit/reply.ts'
import type { VendorRequest } from '../kit/simulator.ts'
import { badRequest } from './errors.ts'
import type { MarketingProfile } from './limits.ts'
import { ALIAS_FIELD, aliasKey } from './profiles.ts'
import type { Profiles } from './profiles.ts'

type Attributes = Readonly<Record<string, unknown>>

type TrackError = { readonly type: string; readonly input_array: string; readonly index: number }

/** Who an object is about: the profile if there is one, and the fields that a new one would start with. */
type Target = { readonly record: StoredRecord | undefined; readonly identity: Record<string, string>; readonly updateOnly: boolean }

const NO_DATA = "Valid data must be provided in the 'attributes', 'events', or 'purchases' fields."
const NO_IDENTIFIER = "'external_id', 'braze_id', 'user_alias', 'email', or 'phone' is required"

/** Keys of an attributes object that are no attributes. */
const DIRECTIVES = new Set(['external_id', 'braze_id', 'user_alias', '_update_existing_only', '_merge_objects', 'push_token_import', 'app_id', '__proto__'])

/** Takes attributes, events and purchases. What it answers is what was queued, not what was applied. */
export function track(profiles: Profiles, profile: MarketingProfile, request: VendorRequest): Reply {
  const attributes = readObjects(request.body, 'attributes', profile.attributesPerRequest)
  const events = readObjects(request.body, 'events', profile.eventsPerRequest)
  const purchases = readObjects(request.body, 'purchases', profile.eventsPerRequest)
  const errors: TrackError[] = []
  let processed = 0
  for (const [index, object] of attributes.entries()) {
    const problem = isObject(object) ? applyAttributes(profiles, object, request.now) : 'Invalid attributes object'
    if (problem === undefined) processed += 1
    else errors.push({ type: problem, input_array: 'attributes', index })
  }
  const counted = { events: countEvents(events, 'events', errors), purchases: countEvents(purchases, 'purchases', errors) }
  if (processed + counted.events + counted.purchases === 0) throw badRequest(NO_DATA, { errors })
  return {
    status: 201,
    body: {
      ...(attributes.length > 0 ? { attributes_processed: processed } : {}),
      ...(events.length > 0 ? { events_processed: counted.events } : {}),
      ...(purchases.length > 0 ? { purchases_processed: counted.purchases } : {}),
      message: 'success',
      ...(errors.length > 0 ? { errors } : {}),
    },
  }
}

function readObjects(body: unknown, name: string, limit: number): unknown[] {
  const objects = member(body, name)
  if (objects === undefined) return []
  if (!Array.isArray(objects)) throw badRequest(`'${name}' must be an array of objects`)
  if (objects.length > limit) throw badRequest(`The '${name}' array cannot have more than ${limit} objects`)
  return objects
}

/** Applies one object; answers what is wrong with it, if anything. */
function applyAttributes(profiles: Profiles, object: Attributes, now: number): string | undefined {
  const target = findTarget(profiles, object)
  if (!target) return NO_IDENTIFIER
  const { record } = target
  const changes: Record<string, FieldValue | null> = {}
  for (const name of Object.keys(object)) {
    if (DIRECTIVES.has(name)) continue
    const reading = profiles.read(name, object[name], record?.fields[name])
    if ('error' in reading) return reading.error
    if ('take' in reading) changes[name] = reading.take
  }
  if (record) profiles.table.write(record, changes, API_ACTOR, now)
  else if (!target.updateOnly) profiles.table.create(profiles.newId(), { ...withoutNulls(changes), ...target.identity }, API_ACTOR, now)
  return undefined
}

function findTarget(profiles: Profiles, object: Attributes): Target | undefined {
  const { external_id: externalId, braze_id: brazeId, email, phone } = object
  const updateOnly = object['_update_existing_only'] === true
  if (typeof externalId === 'string' && externalId !== '') {
    return { record: profiles.table.find('external_id', externalId), identity: { external_id: externalId }, updateOnly }
  }
  const alias = aliasKey(object['user_alias'])
  if (alias !== undefined) {
    const createsToo = object['_update_existing_only'] === false
    return { record: profiles.table.find(ALIAS_FIELD, alias), identity: { [ALIAS_FIELD]: alias }, updateOnly: !createsToo }
  }
  if (typeof brazeId === 'string' && brazeId !== '') {
    const record = profiles.table.get(brazeId)
    return { record: record?.deleted ? undefined : record, identity: {}, updateOnly: true }
  }
  if (typeof email === 'string' && email !== '') {
    return { record: profiles.latest('email', email.trim()), identity: {}, updateOnly }
  }
  if (typeof phone === 'string' && phone !== '') {
    return { record: profiles.latest('phone', phone.trim()), identity: {}, updateOnly }
  }
  return undefined
}

/** Events and purchases are only counted: nothing here reads them back. */
function countEvents(objects: readonly unknown[], name: string, errors: TrackError[]): number {
  let counted = 0
  for (const [index, object] of objects.entries()) {
    const identified = isObject(object) && ['external_id', 'user_alias', 'braze_id', 'email', 'phone'].some((key) => object[key] !== undefined)
    if (identified) counted += 1
    else errors.push({ type: NO_IDENTIFIER, input_array: name, index })
  }
  return counted
}

function withoutNulls(changes: Readonly<Record<string, FieldValue | null>>): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = {}
  for (const name of Object.keys(changes)) {
    const value = changes[name] ?? null
    if (value !== null) fields[name] = value
  }
  return fields
}
