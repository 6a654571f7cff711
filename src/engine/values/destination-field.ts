import type { ValueType } from '../../contract/definitions.ts'
import type { Raw } from '../../contract/states.ts'

/** Whether a field can be written, and when. */
export type FieldAccess = 'read and write' | 'read only' | 'computed'

/** One field of an object as the destination describes it. */
export interface DestinationField {
  name: string
  label: string
  type: ValueType
  access: FieldAccess
  required: boolean
  /** The destination guarantees at most one record per value, so it can find and upsert by it. */
  unique: boolean
  /** A value that is there stays: the destination takes another one for another person, or adds it beside. */
  setOnce?: true
  /** Longest text, in UTF-16 code units. */
  maxLength?: number
  /** Sets and lists: most items. */
  maxItems?: number
  /** The only values allowed, as the API takes them. */
  options?: { value: string; label: string }[]
  /** Numbers: digits kept after the point. Instants: digits of a second kept. */
  precision?: number
  /** What the destination itself does to text, so that comparison can do the same. */
  folds?: 'lower case' | 'email'
  /** A key that is stored and looked for in a form of the destination's own; absent: as the activation's match says. */
  keyForm?: UploadForm
}

/**
 * How a destination wants a key. `plain` is what it is before anybody hashes it:
 *   email                  the address in lower case with its dots and suffix: what most systems store, and what Meta hashes
 *   gmail-canonical email  the mailbox it reaches, at Gmail without dots and suffix: what Google and UID2 hash
 *   phone                  E.164 with its plus sign: what Google and UID2 hash
 *   phone digits           E.164 without it: what Meta hashes
 *   name                   lower case without punctuation, accents kept: what Meta hashes
 * `hashed`: the SHA-256 of it, as lower-case hex or base64.
 */
export interface UploadForm {
  plain: 'email' | 'gmail-canonical email' | 'phone' | 'phone digits' | 'name'
  hashed?: 'hex' | 'base64'
}

/** A value in the form the API takes, or why the field does not take it. */
export type Encoded = { ok: true; raw: Raw } | { ok: false; reason: 'value invalid' | 'value too long' | 'not in picklist'; message: string }

/** How a destination turns canonical values into the form that its API takes, and back. */
export interface FieldEncoding {
  /** Canonical value → the form the API takes; null is empty. Errors are values. */
  encode(field: DestinationField, canonical: string | null): Encoded
  /** The API's form → canonical tagged text (canonical.ts); null = empty. */
  decode(field: DestinationField, raw: Raw): string | null
  /**
   * Whether the field takes plain values (printable ASCII text without white space at its ends, numbers of up to 15 digits,
   * days, seconds in UTC), and shows them as the text they are: then DuckDB may find the records that are in sync. Fields
   * with rules of the destination's own about what they take do not. Absent: no field does.
   */
  keepsPlain?(field: DestinationField): boolean
}
