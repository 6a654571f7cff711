/**
 * A system may repeat our secrets in what it answers: in a message, a header, a record. They are taken out of every answer
 * as it arrives, before anybody reads, keeps or shows it.
 */

export const maskedSecret = '•••'
/** Shorter ones are no secrets, and would take words out of people's values. */
const shortest = 6
/** Of the secrets that come later. */
const mostLearnt = 8

/** Takes secrets out of what an answer holds, in every form in which they may come back. */
export interface SecretMask {
  text(text: string): string
  /** Parsed JSON; the same object where there is nothing to take out. `raw` is its text. */
  json(value: unknown, raw: string): unknown
  /** Anything that was made of an answer of which nobody has the text. */
  value(value: unknown): unknown
}

/** `headers` are those that prove who we are. */
export function secretMask(secrets: readonly string[], headers: Readonly<Record<string, string>> = {}): SecretMask {
  const proofs = Object.values(headers).flatMap((value) => [value, value.slice(value.indexOf(' ') + 1)])
  const plain = [...new Set([...secrets, ...proofs])].filter((secret) => secret.length >= shortest)
  const forms = [...new Set(plain.flatMap(formsOf))].sort((one, other) => other.length - one.length)
  if (forms.length === 0) return { text: (text) => text, json: (value) => value, value: (value) => value }
  // eslint-disable-next-line security/detect-non-literal-regexp -- every letter of the forms stands for itself
  const any = new RegExp(forms.map((form) => form.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|'), 'gi')
  const holds = (text: string): boolean => {
    any.lastIndex = 0
    return any.test(text)
  }
  const text = (given: string): string => {
    if (given.includes('%') && holds(decoded(given)) && !holds(given)) return maskedSecret
    return given.replace(any, maskedSecret)
  }
  return {
    text,
    // Escapes hide a secret in the text of JSON; what has none of them need not be walked through.
    json: (value, raw) => (holds(raw) || raw.includes('\\') || raw.includes('%') ? masked(value, text) : value),
    value: (value) => masked(value, text),
  }
}

/** A mask that learns of secrets as they come: those of before stay secret. */
export function growingMask(secrets: readonly string[], headers: Readonly<Record<string, string>> = {}): SecretMask & { learn(secret: string): void } {
  const known = [...secrets]
  let mask = secretMask(known, headers)
  return {
    text: (text) => mask.text(text),
    json: (value, raw) => mask.json(value, raw),
    value: (value) => mask.value(value),
    learn(secret) {
      if (known.includes(secret)) return
      known.push(secret)
      // Tokens come by the hour; the last ones are those that an answer may repeat.
      if (known.length > secrets.length + mostLearnt) known.splice(secrets.length, 1)
      mask = secretMask(known, headers)
    },
  }
}

/** As it is, in addresses, in JSON, in hexadecimal, and wherever it may stand in base64. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const inside = [0, 1, 2].map((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64').replace(/=+$/, '')
    // Letters that also carry bits of what stands before or after it are left out.
    return whole.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6))
  })
  const based = inside.filter((form) => form.length >= shortest).flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), bytes.toString('hex'), ...based]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text.replace(/%([0-9a-f]{2})/gi, (_escape, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
  }
}

function masked(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value)
  if (Array.isArray(value)) return value.map((item) => masked(item, mask))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [mask(name), masked(inner, mask)]))
}
