/**
 * What of a request may be kept: how it was built and what the protocol said, never what a field held. Every value is
 * masked unless its name is one of the protocol's own words; sentences of the vendor are kept without anything that we sent.
 */

const mask = '•••'
/** Members of a request whose values are words of the protocol, in the destinations that we know. */
const sentWords = new Set(['idproperty', '_update_existing_only', 'archived'])
/** The same of an answer. */
const answerWords = new Set([
  ...sentWords, 'status', 'category', 'subcategory', 'code', 'type', 'policyname', 'propertyname', 'isvalid', 'success', 'numerrors', 'total', 'progress',
  'attributes_processed', 'input_array', 'index', 'correlationid', 'requestid',
])
/** Members that hold the fields of a record: nothing in them is a word of the protocol, whatever it is called. */
const records = new Set(['properties', 'propertieswithhistory', 'user_fields', 'users', 'user', 'custom_attributes', 'attributes', 'fields'])
/** Members that hold a sentence of the vendor. */
const sentences = new Set(['message', 'description', 'details', 'detail', 'error', 'title', 'errors'])
/** Lists of field names, as reads ask for them. */
const fieldLists = new Set(['properties', 'propertieswithhistory', 'fields_to_export'])
const noWords: ReadonlySet<string> = new Set()

const longestText = 4000
const longestSentence = 300
const shapesShown = 5
const deepest = 8

export interface RedactionLimits {
  side: 'sent' | 'answer'
  /** Items of a list that are looked at; the rest is counted. */
  items: number
  /** Values that must not show up in a vendor's sentence. */
  echoes: ReadonlySet<string>
}

/** The body of a request or an answer as it may be kept; undefined where there is none. */
export function redactBody(body: unknown, limits: RedactionLimits): string | undefined {
  if (body === undefined || body === '') return undefined
  const words = limits.side === 'sent' ? sentWords : answerWords
  const text = typeof body === 'string' ? redactSentence(body, limits.echoes) : JSON.stringify(redact(body, '', { ...limits, words }, 0), null, 1)
  return text.length > longestText ? `${text.slice(0, longestText)} …` : text
}

/** The texts and numbers in a body, so that a vendor who repeats them does not give them away. At most some thousands. */
export function valuesOf(body: unknown, into: Set<string> = new Set(), depth = 0): Set<string> {
  if (into.size > 4000 || depth > deepest) return into
  if (typeof body === 'string' && body.length > 1) into.add(body)
  else if (typeof body === 'number') into.add(String(body))
  else if (Array.isArray(body)) for (const item of body) valuesOf(item, into, depth + 1)
  else if (typeof body === 'object' && body !== null) for (const value of Object.values(body)) valuesOf(value, into, depth + 1)
  return into
}

/** A path without query, ids and keys. */
export function redactPath(path: string): string {
  const [bare = ''] = path.split('?', 1)
  return bare
    .split('/')
    .map((part) => (isReference(part) ? `…${/\.json$/.exec(part)?.[0] ?? ''}` : part))
    .join('/')
}

function isReference(part: string): boolean {
  if (/^v\d+$/i.test(part) || /^\d{4}-\d{2}$/.test(part)) return false
  return /\d.*\d|[@%:]/.test(part) || part.length > 40
}

interface Redaction extends RedactionLimits {
  words: ReadonlySet<string>
}

function redact(value: unknown, name: string, how: Redaction, depth: number): unknown {
  if (depth > deepest) return mask
  const inner = records.has(name) && how.words.size > 0 ? { ...how, words: noWords } : how
  if (Array.isArray(value)) return redactList(value, name, inner, depth)
  if (typeof value === 'object' && value !== null) return redactObject(value, inner, depth)
  return redactValue(value, name, how)
}

function redactObject(value: object, how: Redaction, depth: number): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [name, inner] of Object.entries(value)) result[/[@\s]|\d{4,}/.test(name) ? mask : name] = redact(inner, name.toLowerCase(), how, depth + 1)
  return result
}

/** Items that look alike are shown once, with their number. */
function redactList(list: unknown[], name: string, how: Redaction, depth: number): unknown[] {
  if (how.side === 'sent' && fieldLists.has(name) && list.every((item) => typeof item === 'string')) return list.slice(0, 100)
  const shapes = new Map<string, { shown: unknown; count: number }>()
  const looked = list.slice(0, how.items)
  for (const item of looked) {
    const shown = redact(item, name, how, depth + 1)
    const key = JSON.stringify(shown)
    const known = shapes.get(key)
    if (known) known.count += 1
    else shapes.set(key, { shown, count: 1 })
  }
  const result: unknown[] = []
  let others = list.length - looked.length
  for (const { shown, count } of shapes.values()) {
    if (result.length >= shapesShown * 2) others += count
    else result.push(shown, ...(count > 1 ? [`… ${count - 1} more like it`] : []))
  }
  return others > 0 ? [...result, `… ${others} more`] : result
}

function redactValue(value: unknown, name: string, { words, echoes }: Redaction): unknown {
  if (value === null || value === '') return value
  if (words.size === 0) return mask
  if (words.has(name)) return typeof value === 'string' ? value.slice(0, longestSentence) : value
  if (sentences.has(name) && typeof value === 'string') return redactSentence(value, echoes)
  return mask
}

/** A sentence without addresses, quoted values, long numbers, and anything that we sent. */
function redactSentence(text: string, echoes: ReadonlySet<string>): string {
  let safe = text.slice(0, longestText)
  for (const echo of echoes) if (echo.length > 2 && safe.includes(echo)) safe = safe.replaceAll(echo, mask)
  safe = safe
    .replace(/[^\s@"'<>,;:()[\]]{1,64}@[a-z0-9.-]{1,255}/gi, mask)
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${mask}`)
    .replace(/\d{5,}/g, mask)
  return safe.length > longestSentence ? `${safe.slice(0, longestSentence)} …` : safe
}
