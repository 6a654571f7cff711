import { toIso } from '../kit/clock.ts'
import type { Property } from './schema.ts'

/** Why the CRM does not take a value, in its own terms. */
export type ValueProblem = { readonly name: string; readonly code: string; readonly message: string }

export type ValueCheck = { readonly value: string } | { readonly problem: ValueProblem }

/** The vendor's limit for a text property without a rule of its own. */
const TEXT_LIMIT = 65_536

const EMAIL = /^[^\s@<>(),;:"[\]]+@[^\s@<>(),;:"[\]]+\.[^\s@.]+$/u
const DATE = /^\d{4}-\d{2}-\d{2}$/
const EPOCH = /^-?\d{9,15}$/
const NUMBER_SIGNS = /^[-+.\deE]+$/

/** Checks a written value and brings it into the stored form. The empty string clears and is always taken. */
export function checkValue(property: Property, text: string): ValueCheck {
  if (property.readOnly) return problem(property, 'READ_ONLY_VALUE', `${property.name} is a read only property`)
  if (text === '') return { value: '' }
  switch (property.type) {
    case 'string':
      return checkText(property, text)
    case 'number':
      return NUMBER_SIGNS.test(text.trim()) && Number.isFinite(Number(text))
        ? { value: text.trim() }
        : problem(property, 'INVALID_DOUBLE', `${text} was not a valid number.`)
    case 'bool':
      return text === 'true' || text === 'false'
        ? { value: text }
        : problem(property, 'INVALID_BOOLEAN', `${text} was not a valid boolean.`)
    case 'date':
      return checkDate(property, text)
    case 'datetime':
      return checkInstant(property, text)
    case 'enumeration':
      return checkOption(property, text)
  }
}

function checkText(property: Property, text: string): ValueCheck {
  const limit = property.maxLength ?? TEXT_LIMIT
  if ([...text].length > limit) {
    return problem(property, 'INVALID_LENGTH', `Value must be at most ${limit} characters long.`)
  }
  if (property.name !== 'email') return { value: text }
  const email = text.trim().toLowerCase()
  return EMAIL.test(email) ? { value: email } : problem(property, 'INVALID_EMAIL', `Email address ${text} is invalid`)
}

/** A calendar date, or midnight UTC of one in epoch milliseconds. */
function checkDate(property: Property, text: string): ValueCheck {
  const day = EPOCH.test(text) ? midnightDate(Number(text)) : text
  const valid = day !== undefined && DATE.test(day) && isRealDate(day)
  return valid ? { value: day } : problem(property, 'INVALID_DATE', `${text} is not a valid date.`)
}

function midnightDate(epoch: number): string | undefined {
  return epoch % 86_400_000 === 0 ? toIso(epoch).slice(0, 10) : undefined
}

function isRealDate(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).getUTCDate() === Number(day.slice(8))
}

function checkInstant(property: Property, text: string): ValueCheck {
  const at = readInstant(text)
  return Number.isNaN(at) ? problem(property, 'INVALID_DATE', `${text} is not a valid date.`) : { value: toIso(at) }
}

/** Epoch milliseconds or ISO text; NaN where it is neither. */
export function readInstant(text: string): number {
  return EPOCH.test(text) ? Number(text) : Date.parse(text)
}

function checkOption(property: Property, text: string): ValueCheck {
  const chosen = property.fieldType === 'checkbox' ? text.split(';').filter((part) => part !== '') : [text]
  const unknown = chosen.find((part) => !property.options?.some((option) => option.value === part))
  if (unknown === undefined) return { value: text }
  const allowed = (property.options ?? []).map(({ value }) => value).join(', ')
  return problem(property, 'INVALID_OPTION', `${unknown} was not one of the allowed options: [${allowed}]`)
}

function problem(property: Property, code: string, message: string): ValueCheck {
  return { problem: { name: property.name, code, message } }
}
