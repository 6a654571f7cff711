import type { FieldValue } from '../kit/record.ts'
import { ROLES, STANDARD_FIELDS } from './schema.ts'
import type { StandardField, UserField } from './schema.ts'

/** Why the support desk does not take a value; the text is what its answers show. */
export class InvalidValue extends Error {
  readonly field: string

  constructor(field: string, message: string) {
    super(message)
    this.name = 'InvalidValue'
    this.field = field
  }
}

const EMAIL = /^[^\s@<>(),;:"[\]]+@[^\s@<>(),;:"[\]]+\.[^\s@.]+$/u
const NAME_LIMIT = 255
const DATE = /^\d{4}-\d{2}-\d{2}$/

/** A standard field's value in the stored form; null clears. */
export function readStandard(field: StandardField, value: unknown): FieldValue | null {
  const label = field.charAt(0).toUpperCase() + field.slice(1)
  if (STANDARD_FIELDS[field] === 'name') return readName(value)
  if (value === null || value === undefined || value === '') return null
  switch (STANDARD_FIELDS[field]) {
    case 'text':
      if (typeof value === 'string' || typeof value === 'number') return String(value)
      throw new InvalidValue(field, `${label}: is invalid`)
    case 'email':
      return readEmail(value)
    case 'role':
      if (typeof value === 'string' && ROLES.includes(value)) return value
      throw new InvalidValue(field, `Role: ${String(value)} is not a valid role`)
    case 'flag':
      if (typeof value === 'boolean') return value
      throw new InvalidValue(field, `${label}: is invalid`)
    case 'tags':
      if (Array.isArray(value)) return [...new Set(value.map(String))].sort()
      throw new InvalidValue(field, `${label}: is invalid`)
  }
}

function readName(value: unknown): string {
  const name = typeof value === 'string' ? value.trim() : ''
  if (name === '') throw new InvalidValue('name', 'Name: is too short (minimum is 1 characters)')
  if ([...name].length > NAME_LIMIT) throw new InvalidValue('name', `Name: is too long (maximum is ${NAME_LIMIT} characters)`)
  return name
}

function readEmail(value: unknown): string {
  const email = String(value).trim().toLowerCase()
  if (!EMAIL.test(email)) throw new InvalidValue('email', `Email: ${email} is not properly formatted`)
  return email
}

/** A custom field's value in the stored form; null clears. */
export function readUserField(field: UserField, value: unknown): FieldValue | null {
  if (value === null || value === undefined || value === '') return null
  const refuse = (): InvalidValue => new InvalidValue(field.key, `${field.title}: ${JSON.stringify(value)} is not valid`)
  switch (field.type) {
    case 'checkbox':
      if (typeof value !== 'boolean') throw refuse()
      return value
    case 'date':
      return readDate(value, refuse)
    case 'decimal':
      return readNumber(value, refuse)
    case 'integer': {
      const number = readNumber(value, refuse)
      if (!Number.isSafeInteger(number)) throw refuse()
      return number
    }
    case 'dropdown':
      if (typeof value !== 'string' || !hasOption(field, value)) throw refuse()
      return value
    case 'multiselect':
      if (!Array.isArray(value) || !value.every((item) => typeof item === 'string' && hasOption(field, item))) throw refuse()
      return [...new Set(value.map(String))]
    case 'regexp':
      if (typeof value !== 'string' || !matchesPattern(field, value)) throw refuse()
      return value
    case 'text':
    case 'textarea':
      if (typeof value === 'object') throw refuse()
      return String(value)
  }
}

function hasOption(field: UserField, tag: string): boolean {
  return field.options?.some((option) => option.value === tag) ?? false
}

function matchesPattern(field: UserField, value: string): boolean {
  // The pattern is set by the administrators of the simulated desk, never by a request.
  // eslint-disable-next-line security/detect-non-literal-regexp
  return new RegExp(field.regexp ?? '').test(value)
}

function readNumber(value: unknown, refuse: () => InvalidValue): number {
  const number = typeof value === 'string' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) throw refuse()
  return number
}

/** Takes a date or an instant and keeps the day. */
function readDate(value: unknown, refuse: () => InvalidValue): string {
  const text = typeof value === 'string' ? value : ''
  const day = text.slice(0, 10)
  const at = Date.parse(`${day}T00:00:00Z`)
  if (!DATE.test(day) || Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) throw refuse()
  if (text.length > 10 && Number.isNaN(Date.parse(text))) throw refuse()
  return day
}
