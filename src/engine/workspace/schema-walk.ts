import { z } from 'zod'

/** Takes optional, default, nullable, lazy … off a schema until the one that says the shape. */
export function unwrapSchema(schema: z.core.$ZodType): z.core.$ZodType {
  // What is inside is made once; `unwrap` would make it anew each time.
  if (schema instanceof z.ZodLazy) return unwrapSchema(schema._zod.innerType)
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return unwrapSchema(schema.unwrap() as z.core.$ZodType)
  }
  return schema
}

/** Schemas that may stand at a path; several where unions are on the way. */
export function schemasAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodType[] {
  const shape = unwrapSchema(schema)
  if (shape instanceof z.ZodUnion) return shape.options.flatMap((option) => schemasAt(option as z.core.$ZodType, path))
  const [step, ...rest] = path
  if (step === undefined) return [shape]
  if (shape instanceof z.ZodObject) {
    const member = (shape.shape as Record<string, z.core.$ZodType>)[String(step)]
    return member === undefined ? [] : schemasAt(member, rest)
  }
  if (shape instanceof z.ZodArray) return schemasAt(shape.element as z.core.$ZodType, rest)
  if (shape instanceof z.ZodRecord) return schemasAt(shape.valueType as z.core.$ZodType, rest)
  return []
}

/** Names of the keys that a file may have at a path. */
export function knownKeys(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  return schemasAt(schema, path).flatMap((found) => (found instanceof z.ZodObject ? Object.keys(found.shape) : []))
}
