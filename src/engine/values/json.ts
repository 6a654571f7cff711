import type { Raw } from '../../contract/states.ts'

/**
 * JSON as RFC 8785 (JCS): keys in UTF-16 order, no white space, numbers as ECMAScript writes them.
 * Members that are undefined are left out, as JSON.stringify does. Throws on anything JSON cannot
 * hold, and on half a surrogate pair, which has no UTF-8 form to hash.
 */
export function canonicalJson(value: unknown): string {
  return isInOrder(value, true) ? JSON.stringify(value) : write(value, true)
}

/**
 * The stored text of a destination's raw value; equal values give equal text, so SQL can compare them.
 * Half a surrogate pair is kept, escaped: a snapshot holds what the destination gave, well-formed or not.
 */
export function rawText(raw: Raw): string {
  return isInOrder(raw, false) ? JSON.stringify(raw) : write(raw, false)
}

/** Reads back what {@link rawText} wrote; no text means null. */
export function parseRaw(text: string | null): Raw {
  return text === null ? null : (JSON.parse(text) as Raw)
}

/**
 * Whether plain JSON.stringify writes the same, which is much faster. Names that begin with a digit are not looked at
 * closer: an engine lists whole numbers first, in their own order.
 */
function isInOrder(value: unknown, strict: boolean): boolean {
  switch (typeof value) {
    case 'string':
      return !strict || value.isWellFormed()
    case 'number':
      return Number.isFinite(value)
    case 'boolean':
      return true
    case 'object':
      if (value === null) return true
      return Array.isArray(value) ? value.every((item) => isInOrder(item, strict)) : areMembersInOrder(value as Record<string, unknown>, strict)
    default:
      return false
  }
}

function areMembersInOrder(members: Record<string, unknown>, strict: boolean): boolean {
  if (Object.getPrototypeOf(members) !== Object.prototype) return false
  let before = ''
  for (const name of Object.keys(members)) {
    if (name <= before || (name >= '0' && name < ':') || (strict && !name.isWellFormed()) || !isInOrder(members[name], strict)) return false
    before = name
  }
  return true
}

function write(value: unknown, strict: boolean): string {
  switch (typeof value) {
    case 'string':
      if (strict && !value.isWellFormed()) throw new TypeError('text with half a surrogate pair has no canonical JSON')
      return JSON.stringify(value)
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} has no JSON form`)
      return JSON.stringify(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? writeArray(value, strict) : writeObject(value as Record<string, unknown>, strict)
    case 'bigint':
    case 'undefined':
    case 'function':
    case 'symbol':
      throw new TypeError(`a ${typeof value} has no JSON form`)
  }
}

function writeArray(items: unknown[], strict: boolean): string {
  let text = '['
  for (let index = 0; index < items.length; index++) {
    if (index > 0) text += ','
    text += write(items[index] ?? null, strict)
  }
  return `${text}]`
}

function writeObject(members: Record<string, unknown>, strict: boolean): string {
  let text = '{'
  // The default order of sort is by UTF-16 code unit, which is what RFC 8785 asks for.
  for (const name of Object.keys(members).sort()) {
    const member = members[name]
    if (member === undefined) continue
    if (text.length > 1) text += ','
    text += `${write(name, strict)}:${write(member, strict)}`
  }
  return `${text}}`
}
