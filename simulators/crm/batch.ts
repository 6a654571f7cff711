import { toIso } from '../kit/clock.ts'
import { textMember } from '../kit/json.ts'
import type { StoredRecord } from '../kit/record.ts'
import type { Reply } from '../kit/reply.ts'
import type { VendorRequest } from '../kit/simulator.ts'
import type { CrmObject } from './crm-object.ts'
import { badRequest, batchError, conflict, invalidDetails, invalidMessage, invalidProperties } from './errors.ts'
import type { BatchError } from './errors.ts'
import { readId, readInputs, readNames, readWriteInput, refuseDuplicates } from './inputs.ts'
import type { WriteInput } from './inputs.ts'
import type { CrmProfile } from './limits.ts'
import { showRecord, showWritten } from './shapes.ts'

type Changes = Record<string, string | null>
type Prepared = { readonly input: WriteInput; readonly changes: Changes }

export function batchRead(object: CrmObject, profile: CrmProfile, request: VendorRequest): Reply {
  const { body } = request
  const withHistory = readNames(body, 'propertiesWithHistory')
  const limit = withHistory.length > 0 ? profile.batchInputsWithHistory : profile.batchInputs
  const ids = readInputs(body, limit).map(readId)
  const selection = { properties: readNames(body, 'properties'), withHistory }
  const idProperty = textMember(body, 'idProperty')
  if (idProperty !== undefined && idProperty !== 'hs_object_id') object.requireUnique(idProperty)
  const wantsArchived = request.query.get('archived') === 'true'
  const found = new Set<StoredRecord>()
  const missing: string[] = []
  for (const id of ids) {
    const record = wantsArchived ? object.archived(id) : object.resolve(id, idProperty)
    if (record) found.add(record)
    else missing.push(id)
  }
  const results = Array.from(found, (record) => showRecord(object, record, selection)).reverse()
  return answer(request.now, 200, results, missing.length > 0 ? [missingError(object, missing)] : [])
}

export function batchUpdate(object: CrmObject, profile: CrmProfile, request: VendorRequest): Reply {
  const prepared = prepare(object, readInputs(request.body, profile.batchInputs))
  const results: unknown[] = []
  const errors: BatchError[] = []
  for (const { input, changes } of prepared) {
    const record = object.resolve(input.id ?? '', input.idProperty)
    if (!record) errors.push(missingError(object, [input.id ?? ''], input.traceId))
    else update(object, record, { input, changes }, request.now, results, errors, null)
  }
  return answer(request.now, 200, results.reverse(), errors)
}

export function batchUpsert(object: CrmObject, profile: CrmProfile, request: VendorRequest): Reply {
  const prepared = prepare(object, readInputs(request.body, profile.batchInputs), keyedProperties)
  const results: unknown[] = []
  const errors: BatchError[] = []
  for (const { input, changes } of prepared) {
    const id = input.id ?? ''
    const record = object.resolve(id, input.idProperty)
    if (record) {
      keepFormerKey(record, input, changes)
      update(object, record, { input, changes }, request.now, results, errors, '')
    } else if (input.idProperty === undefined || input.idProperty === 'hs_object_id') {
      errors.push(missingError(object, [id], input.traceId))
    } else {
      const holder = object.holder(changes, undefined)
      if (holder) errors.push(conflictError(object, holder, input))
      else results.push({ ...written(object.create(changes, request.now), { input, changes }, ''), new: true })
    }
  }
  return answer(request.now, 200, results.reverse(), errors)
}

/** Creates what can be created where every input has a trace id of its own; otherwise one bad input refuses all. */
export function batchCreate(object: CrmObject, profile: CrmProfile, request: VendorRequest): Reply {
  const inputs = readInputs(request.body, profile.batchInputs).map(readWriteInput)
  const traceIds = new Set(inputs.map((input) => input.traceId))
  const multiStatus = traceIds.size === inputs.length && !traceIds.has(undefined)
  const checked = inputs.map((input) => ({ input, ...object.check(input.properties) }))
  if (!multiStatus) {
    const problems = checked.flatMap((one) => one.problems)
    if (problems.length > 0) throw invalidProperties(problems)
    refuseConflicts(object, checked)
  }
  const results: unknown[] = []
  const errors: BatchError[] = []
  for (const { input, changes, problems } of checked) {
    const holder = problems.length === 0 ? object.holder(changes, undefined) : undefined
    if (problems.length > 0) {
      errors.push(batchError('VALIDATION_ERROR', invalidMessage(problems), trace(input), invalidDetails(problems)))
    } else if (holder) errors.push(conflictError(object, holder, input))
    else results.push(written(object.create(changes, request.now), { input, changes }, null))
  }
  return answer(request.now, 201, results.reverse(), errors)
}

export function batchArchive(object: CrmObject, profile: CrmProfile, request: VendorRequest): Reply {
  for (const id of readInputs(request.body, profile.batchInputs).map(readId)) {
    const record = object.resolve(id, undefined)
    if (record) object.table.remove(record, request.now)
  }
  return { status: 204 }
}

/** Reads and checks a batch. A value that the CRM cannot take refuses the whole batch, before anything is written. */
function prepare(object: CrmObject, inputs: readonly unknown[], propertiesOf = (input: WriteInput) => input.properties): Prepared[] {
  const read = inputs.map(readWriteInput)
  for (const input of read) {
    if (input.id === undefined) throw badRequest('Invalid input JSON on line 1, column 1: Some required fields were not set: [id]')
    if (input.idProperty !== undefined) object.requireUnique(input.idProperty)
  }
  refuseDuplicates(read.map((input) => (input.idProperty === 'email' ? (input.id ?? '').toLowerCase() : (input.id ?? ''))))
  const prepared: Prepared[] = []
  const problems = []
  for (const input of read) {
    const checked = object.check(propertiesOf(input))
    if (checked.problems.length > 0) problems.push(...checked.problems)
    prepared.push({ input, changes: checked.changes })
  }
  if (problems.length > 0) throw invalidProperties(problems)
  return prepared
}

/** An upsert also writes the value that it finds the record by. */
function keyedProperties({ idProperty, id = '', properties }: WriteInput): Readonly<Record<string, string>> {
  return idProperty === undefined ? properties : { [idProperty]: id, ...properties }
}

/** A record found by an address that it inherited in a merge keeps its own, unless the input says otherwise. */
function keepFormerKey(record: StoredRecord, { idProperty, properties }: WriteInput, changes: Changes): void {
  if (idProperty === undefined || Object.hasOwn(properties, idProperty)) return
  if (record.fields[idProperty] !== changes[idProperty]) delete changes[idProperty]
}

function update(object: CrmObject, record: StoredRecord, prepared: Prepared, now: number, results: unknown[], errors: BatchError[], empty: '' | null): void {
  const holder = object.holder(prepared.changes, record)
  if (holder) {
    errors.push(conflictError(object, holder, prepared.input))
    return
  }
  object.write(record, prepared.changes, now)
  const shown = written(record, prepared, empty)
  results.push(empty === '' ? { ...shown, new: false } : shown)
}

function written(record: StoredRecord, { input, changes }: Prepared, empty: '' | null) {
  const shown = showWritten(record, changes, empty)
  return input.traceId === undefined ? shown : { ...shown, objectWriteTraceId: input.traceId }
}

function refuseConflicts(object: CrmObject, checked: readonly Prepared[]): void {
  const taken = new Set<string>()
  for (const { changes } of checked) {
    const holder = object.holder(changes, undefined)
    if (holder) throw conflict(existsMessage(object, holder))
    for (const { field } of object.table.keyFields) {
      const key = `${field} ${changes[field]}`
      if (typeof changes[field] === 'string' && taken.has(key)) throw conflict(`${label(object)} already exists in this batch`)
      taken.add(key)
    }
  }
}

function conflictError(object: CrmObject, holder: StoredRecord, input: WriteInput): BatchError {
  const ids = input.id === undefined ? [] : [input.id]
  return batchError('CONFLICT', existsMessage(object, holder), { ids, existingId: [holder.id], ...trace(input) })
}

function missingError(object: CrmObject, ids: readonly string[], traceId?: string): BatchError {
  const message = `Could not get some ${object.schema.singular} objects, they may be deleted or not exist. Check that ids are valid.`
  return batchError('OBJECT_NOT_FOUND', message, { ids, ...(traceId === undefined ? {} : { objectWriteTraceId: [traceId] }) })
}

function trace(input: WriteInput): Record<string, string[]> {
  return input.traceId === undefined ? {} : { objectWriteTraceId: [input.traceId] }
}

export function existsMessage(object: CrmObject, holder: StoredRecord): string {
  return `${label(object)} already exists. Existing ID: ${holder.id}`
}

function label(object: CrmObject): string {
  return object.schema.singular === 'COMPANY' ? 'Company' : 'Contact'
}

/** Results come in an order of the vendor's own, here reversed: whoever correlates by position is found out. */
function answer(now: number, status: 200 | 201, results: readonly unknown[], errors: readonly BatchError[]): Reply {
  const at = toIso(now)
  const body = { status: 'COMPLETE', results, startedAt: at, completedAt: at }
  return errors.length === 0 ? { status, body } : { status: 207, body: { ...body, numErrors: errors.length, errors } }
}
