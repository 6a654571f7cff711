/** A JSON object of unknown content. */
export type JsonObject = { readonly [name: string]: unknown }

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** Own property only, so that inherited names never look like fields. */
export function member(object: unknown, name: string): unknown {
  return isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined
}

export function textMember(object: unknown, name: string): string | undefined {
  const value = member(object, name)
  return typeof value === 'string' ? value : undefined
}

export function numberMember(object: unknown, name: string): number | undefined {
  const value = member(object, name)
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
