import { isObject, isStringList, member, textMember } from '../kit/json.ts'
import { badRequest } from './errors.ts'

/** One input of a batch write. */
export type WriteInput = {
  readonly id: string | undefined
  readonly idProperty: string | undefined
  readonly traceId: string | undefined
  readonly properties: Readonly<Record<string, string>>
}

/** The list of inputs of a batch, within the vendor's size. */
export function readInputs(body: unknown, limit: number): readonly unknown[] {
  const inputs = member(body, 'inputs')
  if (!Array.isArray(inputs)) throw badRequest('Invalid input JSON on line 1, column 1: Some required fields were not set: [inputs]')
  if (inputs.length > limit) {
    throw badRequest(`The maximum number of inputs supported in a batch request is ${limit}. The request has ${inputs.length}.`)
  }
  return inputs
}

export function readWriteInput(input: unknown): WriteInput {
  return {
    id: textMember(input, 'id'),
    idProperty: textMember(input, 'idProperty'),
    traceId: textMember(input, 'objectWriteTraceId'),
    properties: readProperties(input),
  }
}

/** Property values travel as strings; anything else is not valid input. */
export function readProperties(input: unknown): Record<string, string> {
  const properties = member(input, 'properties')
  if (!isObject(properties)) throw badRequest('Invalid input JSON on line 1, column 1: Some required fields were not set: [properties]')
  for (const name of Object.keys(properties)) {
    if (typeof properties[name] === 'string') continue
    throw badRequest(`Invalid input JSON on line 1, column 1: Cannot deserialize value of property ${name}: it must be a string`)
  }
  // Every value was just seen to be a string.
  return properties as Record<string, string>
}

export function readId(input: unknown): string {
  const id = textMember(input, 'id')
  if (id === undefined) throw badRequest('Invalid input JSON on line 1, column 1: Some required fields were not set: [id]')
  return id
}

export function readNames(body: unknown, name: string): string[] {
  const names = member(body, name)
  if (names === undefined) return []
  if (!isStringList(names)) throw badRequest(`Invalid input JSON on line 1, column 1: ${name} must be a list of strings`)
  return names
}

/** The vendor refuses a batch that names a record twice. */
export function refuseDuplicates(keys: readonly string[]): void {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const key of keys) (seen.has(key) ? twice : seen).add(key)
  if (twice.size > 0) throw badRequest(`Duplicate IDs found in batch input: [${[...twice].join(', ')}]. IDs must be unique`)
}
