import { describe, expect, it } from 'vitest'
import { causeWords } from '../execution/results/run-words.ts'
import type { DestinationResponse } from '../drivers/http-messages.ts'
import type { DestinationContext, DestinationObject, RowAnswer, WriteAnswer, WriteRow } from './destination.ts'
import { braze } from './braze/index.ts'
import { hubspot } from './hubspot/index.ts'
import { refusalOf, refusalWords } from './refusals.ts'
import type { RefusalKind } from './refusals.ts'
import { zendesk } from './zendesk/index.ts'

const row: WriteRow = { position: 0, traceId: 'run-0', id: '7', key: { field: 'external_id', value: 'C-1' }, fields: { tier: 'x' } }

/** A destination's context whose system gives one answer. */
function contextOf(body: unknown, status = 200): DestinationContext<never> {
  const objects: Pick<DestinationObject, 'fields'>[] = [{ fields: [{ name: 'email', label: 'Email' }, { name: 'loyalty_tier', label: 'Loyalty tier' }] as DestinationObject['fields'] }]
  const answer: DestinationResponse = { status, headers: {}, body }
  return { name: 'Sample', facts: new Map([['objects', objects]]), http: { request: async () => answer } } as unknown as DestinationContext<never>
}

function refused(answer: { kind: string; rows?: RowAnswer[] }) {
  const [only] = answer.rows ?? []
  if (only?.outcome !== 'rejected') throw new Error(`not rejected: ${JSON.stringify(answer)}`)
  return only.refusal
}

describe('what HubSpot says', () => {
  const answerTo = (category: string, code?: string): Promise<WriteAnswer> =>
    hubspot.write(contextOf({ results: [], errors: [{ category, message: 'VENDOR_WORDS', context: { objectWriteTraceId: ['run-0'] }, errors: code === undefined ? [] : [{ code, message: 'VENDOR_DETAIL', context: { propertyName: ['tier'] } }] }] }, 207), { object: 'contacts', operation: 'update', rows: [row] })

  it.each([
    ['VALIDATION_ERROR', 'INVALID_OPTION', 'not-in-list', 'HubSpot takes only the values of its list in tier.'],
    ['VALIDATION_ERROR', 'INVALID_LENGTH', 'too-long', 'The value of tier is too long for HubSpot.'],
    ['VALIDATION_ERROR', 'INVALID_EMAIL', 'address-invalid', 'HubSpot does not take the address in tier.'],
    ['VALIDATION_ERROR', 'INVALID_DOUBLE', 'number-invalid', 'HubSpot wants a number in tier.'],
    ['VALIDATION_ERROR', 'READ_ONLY_VALUE', 'read-only', 'HubSpot does not let tier be written.'],
    ['VALIDATION_ERROR', 'PROPERTY_DOESNT_EXIST', 'field-unknown', 'HubSpot has no field tier.'],
    ['VALIDATION_ERROR', 'SOMETHING_NEW', 'value-invalid', 'HubSpot does not take the value of tier.'],
  ])('%s %s → %s', async (category, code, kind, message) => {
    expect(refused(await answerTo(category, code))).toEqual({ code: kind, message, field: 'tier', vendor: 'VENDOR_DETAIL', retryable: false })
  })

  it.each([
    ['CONFLICT', 'already-there'],
    ['OBJECT_NOT_FOUND', 'not-there'],
    ['MISSING_SCOPES', 'not-allowed'],
    ['SOMETHING_NEW', 'refused'],
  ])('%s → %s', async (category, kind) => {
    expect(refused(await answerTo(category))).toMatchObject({ code: kind, vendor: 'VENDOR_WORDS' })
  })
})

describe('what Zendesk says', () => {
  it.each([
    ['UserUpdateError', 'Email: ana@ is not properly formatted', 'address-invalid', 'email'],
    ['UserUpdateError', 'Email: ana@example.com is already being used by another user', 'already-there', undefined],
    ['UserCreateError', 'External has already been taken', 'already-there', undefined],
    ['UserUpdateError', 'Name: is too short (minimum is 1 characters)', 'required-missing', 'Name'],
    ['UserUpdateError', 'Name: is too long (maximum is 255 characters)', 'too-long', 'Name'],
    ['UserUpdateError', 'Loyalty tier: "goldd" is not valid', 'value-invalid', 'loyalty_tier'],
    ['UserNotFound', 'User not found', 'not-there', undefined],
    ['PermissionDenied', 'You cannot do that', 'not-allowed', undefined],
    ['DatabaseConflict', 'Database conflict, try again', 'busy', undefined],
    ['Oops', 'Who knows', 'refused', undefined],
  ])('%s: %s → %s', async (error, details, kind, field) => {
    const context = contextOf({ job_status: { id: 'j', status: 'completed', results: [{ id: 0, error, details, status: 'Failed' }] } })
    const refusal = refused((await zendesk.pollJob?.(context, { object: 'users', operation: 'update', jobId: 'j', context: '1', rows: [] })) ?? { kind: 'lost' })
    expect(refusal).toMatchObject({ code: kind, vendor: details, retryable: kind === 'busy' })
    expect(refusal.field).toBe(field)
  })
})

describe('what Braze says', () => {
  it.each([
    ["'email' is not a valid email address", 'address-invalid', 'email'],
    ["'phone' is not a valid E.164 phone number", 'phone-invalid', 'phone'],
    ["'email_subscribe' must be one of opted_in, unsubscribed, subscribed", 'not-in-list', 'email_subscribe'],
    ["'external_id', 'braze_id', 'user_alias', 'email', or 'phone' is required", 'key-missing', undefined],
    ["'tier' cannot be understood", 'value-invalid', 'tier'],
    ['Something else', 'refused', undefined],
  ])('%s → %s', async (type, kind, field) => {
    const refusal = refused(await braze.write(contextOf({ message: 'success', errors: [{ type, index: 0, input_array: 'attributes' }] }, 201), { object: 'users', operation: 'update', rows: [row] }))
    expect(refusal).toMatchObject({ code: kind, vendor: type })
    expect(refusal.field).toBe(field)
  })
})

describe('our words', () => {
  it.each(Object.keys(refusalWords) as RefusalKind[])('for %s are sentences with a fix, and hold no code', (kind) => {
    const { message } = refusalOf(kind, { system: 'Zendesk', field: 'tier', vendor: 'SOME_CODE' })
    const { title, fix } = causeWords('rejected', kind, message)
    for (const text of [message, title, fix]) {
      expect(text).toMatch(/^[A-Z]/)
      expect(text).not.toMatch(/[A-Z]{2,}_|_|SOME_CODE|[a-z]-(invalid|there)/)
    }
    expect(fix).toMatch(/\.$/)
  })
})
