const SECRET_NAME = /token|secret|passw|authorization|cookie|api[-_]?key|credential/i
const PERSONAL_NAME = /^(e-?mail|phone|first_?name|last_?name|full_?name|address|birth.*)$/i
const EMAIL = /[^\s@"'<>,;:()[\]]{1,64}@[a-z0-9.-]{1,255}\.[a-z]{2,24}/gi
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi
const URL_LOGIN = /\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@:]{1,256}:[^\s/@]{1,256}@/gi
const DEEPEST = 6

/** A copy that may be written to a log: known secrets, telling names, addresses of people and logins in URLs are replaced. */
export function redact(fields: Record<string, unknown>, concealed: ReadonlySet<string> = new Set()): Record<string, unknown> {
  return redactObject(fields, concealed, 0)
}

/** The same for one text. */
export function redactText(text: string, concealed: ReadonlySet<string> = new Set()): string {
  let safe = text
  for (const secret of concealed) safe = safe.replaceAll(secret, '[secret]')
  return safe.replace(BEARER, '$1 [secret]').replace(URL_LOGIN, '$1[secret]@').replace(EMAIL, '[email]')
}

function redactObject(fields: object, concealed: ReadonlySet<string>, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (SECRET_NAME.test(name) && value != null) return [name, '[secret]']
      if (PERSONAL_NAME.test(name) && value != null) return [name, '[personal]']
      return [name, redactValue(value, concealed, depth)]
    }),
  )
}

function redactValue(value: unknown, concealed: ReadonlySet<string>, depth: number): unknown {
  if (typeof value === 'string') return redactText(value, concealed)
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Error) return redactError(value, concealed, depth)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (depth >= DEEPEST) return '[deeper]'
  if (Array.isArray(value)) return value.map((item) => redactValue(item, concealed, depth + 1))
  return redactObject(value, concealed, depth + 1)
}

function redactError(error: Error, concealed: ReadonlySet<string>, depth: number): Record<string, unknown> {
  const { code } = error as { code?: unknown }
  return {
    name: error.name,
    message: redactText(error.message, concealed),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.stack ? { stack: redactText(error.stack, concealed) } : {}),
    ...(error.cause !== undefined && depth < DEEPEST ? { cause: redactValue(error.cause, concealed, depth + 1) } : {}),
  }
}
