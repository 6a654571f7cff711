import type { DestinationResponse } from '../drivers/http-messages.ts'
import type { DestinationContext, DestinationObject, Refusal } from './destination.ts'
import { vendorMessage } from '../drivers/http-messages.ts'

/** Why a destination refused a record, in kinds that people can do something about. */
export type RefusalKind =
  | 'value-invalid'
  | 'not-in-list'
  | 'too-long'
  | 'address-invalid'
  | 'phone-invalid'
  | 'date-invalid'
  | 'number-invalid'
  | 'yes-no-invalid'
  | 'required-missing'
  | 'read-only'
  | 'field-unknown'
  | 'already-there'
  | 'not-there'
  | 'key-missing'
  | 'key-cannot-create'
  | 'not-allowed'
  | 'too-large'
  | 'busy'
  | 'unfinished'
  | 'refused'

/** What a kind is called where rows are grouped by it, and what helps. */
export const refusalWords: Record<RefusalKind, { title: string; fix: string }> = {
  'value-invalid': { title: 'A value is not one that the field takes', fix: 'Correct the value in the warehouse or the mapping, then retry these records.' },
  'not-in-list': { title: 'A value is not in the field’s list', fix: 'Add it to the value map of the activation, or to the list in the destination; then retry these records.' },
  'too-long': { title: 'A value is too long for its field', fix: 'Shorten the value in the warehouse, or map another column; then retry these records.' },
  'address-invalid': { title: 'An email address is not valid', fix: 'Correct the address in the warehouse, then retry these records.' },
  'phone-invalid': { title: 'A phone number is not in international form', fix: 'Write it with country code, such as +44 20 7946 0000, then retry these records.' },
  'date-invalid': { title: 'A date is not one that the field takes', fix: 'Correct the date in the warehouse, or map a column that holds one; then retry these records.' },
  'number-invalid': { title: 'A value is not a number', fix: 'Map a column that holds numbers, or correct the value; then retry these records.' },
  'yes-no-invalid': { title: 'A value is neither yes nor no', fix: 'Map a yes-or-no column, or give a value map; then retry these records.' },
  'required-missing': { title: 'A required field has no value', fix: 'Fill the value in the warehouse or map a fixed one; then retry these records.' },
  'read-only': { title: 'The field cannot be written', fix: 'Take the field out of the mapping, or make it writable in the destination; then make a new plan.' },
  'field-unknown': { title: 'The field is not in the destination any more', fix: 'Take the field out of the mapping, or create it in the destination; then make a new plan.' },
  'already-there': { title: 'Another record holds the same unique value', fix: 'Plan again to update that record, or correct the value that both share.' },
  'not-there': { title: 'The record is not in the destination any more', fix: 'Plan again; it asks what to do with records that are gone.' },
  'key-missing': { title: 'The record has no key that the destination takes', fix: 'Fill the match key in the warehouse, then retry these records.' },
  'key-cannot-create': { title: 'New records cannot be made by this key', fix: 'Match by another key, or use a mode that only updates.' },
  'not-allowed': { title: 'The credentials may not change these records', fix: 'Give the credentials the permission in the destination, then retry these records.' },
  'too-large': { title: 'A record is larger than the destination takes', fix: 'Map fewer or shorter fields, then retry these records.' },
  busy: { title: 'The destination was busy with the record each time', fix: 'Retry these records later.' },
  unfinished: { title: 'The destination gave up in the middle', fix: 'Look at these records again; what did not arrive can be retried later.' },
  refused: { title: 'The destination refused the records', fix: 'Read what it says, correct the records or the mapping, then retry them.' },
}

export function isRefusalKind(code: string): code is RefusalKind {
  return Object.hasOwn(refusalWords, code)
}

interface Circumstances {
  /** As people know the system. */
  system: string
  field?: string | undefined
  /** The vendor's own text; kept as it is, never part of our sentence. */
  vendor?: string | undefined
}

/** A refusal in one sentence of ours, with the vendor's beside it. */
export function refusalOf(kind: RefusalKind, { system, field, vendor }: Circumstances): Refusal {
  const message = field === undefined ? sentences[kind](system, 'a field') : sentences[kind](system, field)
  const later = kind === 'busy' ? { retryable: true } : kind === 'unfinished' ? { retryable: true, mayHaveArrived: true as const } : { retryable: false }
  return { code: kind, message: capitalised(message), ...later, ...(vendor === undefined ? {} : { vendor }), ...(field === undefined ? {} : { field }) }
}

const sentences: Record<RefusalKind, (system: string, field: string) => string> = {
  'value-invalid': (system, field) => `${system} does not take the value of ${field}.`,
  'not-in-list': (system, field) => `${system} takes only the values of its list in ${field}.`,
  'too-long': (system, field) => `the value of ${field} is too long for ${system}.`,
  'address-invalid': (system, field) => `${system} does not take the address in ${field}.`,
  'phone-invalid': (system, field) => `${system} does not take the phone number in ${field}.`,
  'date-invalid': (system, field) => `${system} does not take the date in ${field}.`,
  'number-invalid': (system, field) => `${system} wants a number in ${field}.`,
  'yes-no-invalid': (system, field) => `${system} wants yes or no in ${field}.`,
  'required-missing': (system, field) => `${system} needs a value in ${field}.`,
  'read-only': (system, field) => `${system} does not let ${field} be written.`,
  'field-unknown': (system, field) => `${system} has no field ${field}.`,
  'already-there': (system) => `another record in ${system} holds the same unique value. Plan again to update that one.`,
  'not-there': (system) => `the record is no longer in ${system}.`,
  'key-missing': (system) => `${system} needs a key to find or make the record.`,
  'key-cannot-create': (system) => `${system} gives these keys itself; a new record needs another match key.`,
  'not-allowed': (system) => `${system} does not allow these credentials to change the record.`,
  'too-large': (system) => `the record is larger than ${system} takes.`,
  busy: (system) => `${system} was busy with the record.`,
  unfinished: (system) => `${system} gave up before it said what became of the record.`,
  refused: (system) => `${system} refused the record.`,
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

const unfinishedCode = /rate.?limit|too.?many.?(requests|calls)|time.?out|timed.?out|internal|unavailable|gateway|overload|^(429|5\d\d)$/i
const unfinishedSentence = /\brate limit|\btoo many requests\b|\btimed out\b|\btime-?out\b|\binternal (server )?error\b|\bservice (is )?(temporarily )?unavailable\b|\bbad gateway\b/i

/**
 * Whether a system says of a record that it gave up while it worked on it: a limit in the middle of a batch, a failure or a
 * time-out of its own. `codes` are words of the protocol; `sentence` may also hold a value that was sent.
 */
export function gaveUp(codes: readonly (string | number | null | undefined)[], sentence?: string | null): boolean {
  return codes.some((code) => code !== null && code !== undefined && unfinishedCode.test(String(code))) || unfinishedSentence.test(sentence ?? '')
}

/** The refusal of a request as a whole, from its status where the body says nothing that is known. */
export function wholeRefusal(system: string, response: DestinationResponse): Refusal {
  const kind = response.status === 413 ? 'too-large' : response.status === 404 ? 'not-there' : response.status === 409 || response.status === 423 ? 'busy' : 'refused'
  return refusalOf(kind, { system, vendor: vendorMessage(response) })
}

/** Where a connection keeps its objects and fields once they are described. */
export const describedObjects = 'objects'

/** The name of a field whose label a vendor's message gives; undefined where no described field is called so. */
export function fieldOfLabel(context: Pick<DestinationContext, 'facts'>, label: string): string | undefined {
  const objects = (context.facts.get(describedObjects) ?? []) as DestinationObject[]
  const wanted = label.toLowerCase()
  return objects.flatMap(({ fields }) => fields).find((field) => field.label.toLowerCase() === wanted || field.name.toLowerCase() === wanted)?.name
}
