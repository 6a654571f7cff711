import { toIso } from '../kit/clock.ts'
import { isObject, isStringList, member, textMember } from '../kit/json.ts'
import type { FieldValue, RecordState, StoredRecord } from '../kit/record.ts'
import type { Reply } from '../kit/reply.ts'
import type { VendorRequest } from '../kit/simulator.ts'
import { badRequest } from './errors.ts'
import type { MarketingProfile } from './limits.ts'
import { ALIAS_FIELD, aliasKey } from './profiles.ts'
import type { Profiles } from './profiles.ts'
import { isStandardAttribute } from './schema.ts'

type Found = { readonly record: StoredRecord; readonly state: RecordState }

/** Exports profiles by identifier, as far as changes have been applied by now. */
export function exportByIds(profiles: Profiles, profile: MarketingProfile, request: VendorRequest): Reply {
  const { body, now } = request
  const fields = readList(body, 'fields_to_export')
  if (fields.length === 0) throw badRequest("'fields_to_export' is required")
  const externalIds = readList(body, 'external_ids')
  const aliases = readAliases(body)
  refuseTooMany(externalIds.length + aliases.length, profile.idsPerExport)
  const found = new Map<StoredRecord, RecordState>()
  const invalid: string[] = []
  const take = (record: StoredRecord | undefined): boolean => {
    const state = record && visible(profiles, record, now)
    if (record && state) found.set(record, state)
    return state !== undefined
  }
  for (const id of externalIds) if (!take(profiles.table.find('external_id', id))) invalid.push(id)
  for (const alias of aliases) if (!take(profiles.table.find(ALIAS_FIELD, alias))) invalid.push(alias)
  const brazeId = textMember(body, 'braze_id')
  if (brazeId !== undefined && !take(profiles.table.get(brazeId))) invalid.push(brazeId)
  for (const field of ['email', 'phone'] as const) {
    const value = textMember(body, field === 'email' ? 'email_address' : field)
    if (value !== undefined) for (const record of profiles.table.findAll(field, value)) take(record)
  }
  const users = Array.from(found, ([record, state]) => showProfile({ record, state }, fields)).reverse()
  return { status: 201, body: { message: 'success', users, ...(invalid.length > 0 ? { invalid_user_ids: invalid } : {}) } }
}

function visible(profiles: Profiles, record: StoredRecord, now: number): RecordState | undefined {
  const state = profiles.exportView.read(record, now)
  return state?.deleted ? undefined : state
}

/** Only the fields asked for; those without a value are left out, as the vendor leaves them out. */
function showProfile({ record, state }: Found, wanted: readonly string[]): Record<string, unknown> {
  const shown: Record<string, unknown> = {}
  for (const field of wanted) {
    const value = showField(record, state, field)
    if (value !== undefined) shown[field] = value
  }
  return shown
}

function showField(record: StoredRecord, state: RecordState, field: string): unknown {
  switch (field) {
    case 'braze_id':
      return record.id
    case 'created_at':
      return toIso(record.createdAt)
    case 'custom_attributes': {
      const custom = customAttributes(state.fields)
      return Object.keys(custom).length > 0 ? custom : undefined
    }
    case 'user_aliases': {
      const alias = state.fields[ALIAS_FIELD]
      if (typeof alias !== 'string') return undefined
      const mark = alias.indexOf(':')
      return [{ alias_name: alias.slice(mark + 1), alias_label: alias.slice(0, mark) }]
    }
    default:
      return isStandardAttribute(field) ? state.fields[field] : undefined
  }
}

function customAttributes(fields: RecordState['fields']): Record<string, FieldValue> {
  const custom: Record<string, FieldValue> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (!isStandardAttribute(name) && name !== ALIAS_FIELD) custom[name] = value
  }
  return custom
}

/** Deletes profiles by identifier; unknown ones are not counted. */
export function deleteProfiles(profiles: Profiles, profile: MarketingProfile, request: VendorRequest): Reply {
  const { body, now } = request
  const externalIds = readList(body, 'external_ids')
  const brazeIds = readList(body, 'braze_ids')
  const aliases = readAliases(body)
  refuseTooMany(externalIds.length + brazeIds.length + aliases.length, profile.idsPerDelete)
  const records = [
    ...externalIds.map((id) => profiles.table.find('external_id', id)),
    ...brazeIds.map((id) => profiles.table.get(id)),
    ...aliases.map((alias) => profiles.table.find(ALIAS_FIELD, alias)),
  ]
  let deleted = 0
  for (const record of records) {
    if (!record || record.deleted) continue
    profiles.table.remove(record, now)
    deleted += 1
  }
  return { status: 201, body: { deleted, message: 'success' } }
}

/** The custom attributes in alphabetical order; the next page's address is in the Link header. */
export function listCustomAttributes(profiles: Profiles, profile: MarketingProfile, request: VendorRequest): Reply {
  const start = readCursor(request.query.get('cursor'))
  const all = profiles.customAttributes
  const page = all.slice(start, start + profile.attributesPerPage)
  const next = start + page.length
  const attributes = page.map(({ name, type, description, arrayLength }) => ({
    array_length: arrayLength ?? null,
    data_type: type,
    description: description ?? null,
    name,
    status: 'Active',
    tag_names: [],
  }))
  const link = `<${request.origin}/custom_attributes?cursor=${Buffer.from(`skip:${next}`).toString('base64url')}>; rel="next"`
  return { status: 200, body: { attributes, message: 'success' }, ...(next < all.length ? { headers: { link } } : {}) }
}

function readCursor(cursor: string | null): number {
  if (cursor === null) return 0
  const start = Number(Buffer.from(cursor, 'base64url').toString('utf8').replace('skip:', ''))
  if (!Number.isSafeInteger(start) || start < 0) throw badRequest("'cursor' is not valid")
  return start
}

function readList(body: unknown, name: string): string[] {
  const list = member(body, name)
  if (list === undefined) return []
  if (!isStringList(list)) throw badRequest(`'${name}' must be an array of strings`)
  return list
}

function readAliases(body: unknown): string[] {
  const aliases = isObject(body) ? body['user_aliases'] : undefined
  return Array.isArray(aliases) ? aliases.flatMap((alias) => aliasKey(alias) ?? []) : []
}

function refuseTooMany(count: number, limit: number): void {
  if (count > limit) throw badRequest(`At most ${limit} identifiers can be sent in one request, not ${count}`)
}
