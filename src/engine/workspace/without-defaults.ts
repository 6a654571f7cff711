import { z } from 'zod'
import { isRecord, sameValue } from './same-value.ts'
import { unwrapSchema } from './schema-walk.ts'

/** A value without the members that say what goes without saying. */
export function withoutDefaults(schema: z.core.$ZodType, value: unknown): unknown {
  const shape = unwrapSchema(schema)
  if (shape instanceof z.ZodArray && Array.isArray(value)) return value.map((item) => withoutDefaults(shape.element as z.core.$ZodType, item))
  if (!(shape instanceof z.ZodObject) || !isRecord(value)) return value
  const kept = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    const memberSchema = (shape.shape as Record<string, z.ZodType>)[name]
    if (member === undefined) return []
    if (memberSchema === undefined) return [[name, member]]
    if (hasDefault(memberSchema) && sameValue(memberSchema.parse(undefined), member)) return []
    return [[name, withoutDefaults(memberSchema, member)]]
  })
  return Object.fromEntries(kept)
}

function hasDefault(schema: z.ZodType): boolean {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
}
