import { isAlias, isMap, isScalar, isSeq, Scalar } from 'yaml'
import type { Document, Node, ParsedNode } from 'yaml'
import { z } from 'zod'
import { schemasAt, unwrapSchema } from './schema-walk.ts'

/**
 * A scalar without quotes keeps its text until it is known what it is for: `007` and `1.10` are text where the schema
 * takes text, and numbers only where it takes nothing else. Where both may stand, a number stays one if it is written as
 * JavaScript writes it (`30`, `0.6`), so that nothing is lost either way; twenty digits, `1e3` and `True` stay text.
 */
export function keepSpelling(document: Document.Parsed, schema: z.core.$ZodType): Unclear[] {
  const unclear: Unclear[] = []
  walk(document, document.contents, { schemas: schemasAt(schema, []), path: [], unclear })
  return unclear
}

/** A word such as `~` or `null` where text may stand: no value, or that text? Nobody can tell. */
export interface Unclear {
  path: PropertyKey[]
  node: Node
  text: string
  isKey: boolean
}

/** Keys of maps as the text that stands in the file. */
export function spellKeys(node: unknown): void {
  if (isSeq(node)) node.items.forEach(spellKeys)
  if (!isMap(node)) return
  for (const { key, value } of node.items) {
    if (isScalar(key)) key.value = keySpelling(key)
    spellKeys(value)
  }
}

/** Whether two keys of a map are the same: `01` and `1` are not. */
export function sameKey(one: unknown, other: unknown): boolean {
  return one === other || (isScalar(one) && isScalar(other) && keySpelling(one) === keySpelling(other))
}

function keySpelling(key: Scalar): string {
  return spelling(key) ?? String(key.value)
}

interface Place {
  schemas: z.core.$ZodType[]
  path: PropertyKey[]
  unclear: Unclear[]
}

function walk(document: Document.Parsed, node: ParsedNode | null | undefined, { schemas, path, unclear }: Place): void {
  const inside = (step: PropertyKey): Place => ({ schemas: schemas.flatMap((schema) => schemasAt(schema, [step])), path: [...path, step], unclear })
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue
      const name = keySpelling(key)
      if (key.value === null && name !== '') unclear.push({ path: [...path, name], node: key, text: name, isKey: true })
      key.value = name
      walk(document, value as ParsedNode | null, inside(name))
    }
  } else if (isSeq(node)) node.items.forEach((item, index) => walk(document, item as ParsedNode, inside(index)))
  else {
    // A collection behind an alias was walked where its anchor stands; it may hold itself.
    const scalar = isAlias(node) ? node.resolve(document) : node
    if (isScalar(scalar)) keepScalar(scalar, { schemas, path, unclear })
  }
}

function keepScalar(scalar: Scalar, { schemas, path, unclear }: Place): void {
  const text = spelling(scalar)
  const takes = new Set(schemas.map(kindOf))
  if (text === undefined || !takes.has('string')) return
  if (scalar.value === null) unclear.push({ path, node: scalar, text, isKey: false })
  else if (!takes.has(typeof scalar.value) || String(scalar.value) !== text) scalar.value = text
}

/** What stands in the file, of a scalar without quotes that YAML takes for something other than text. */
function spelling(scalar: Scalar): string | undefined {
  return scalar.type === Scalar.PLAIN && typeof scalar.value !== 'string' && scalar.source !== undefined && scalar.source !== '' ? scalar.source : undefined
}

function kindOf(schema: z.core.$ZodType): string {
  const shape = unwrapSchema(schema)
  if (shape instanceof z.ZodString || shape instanceof z.ZodEnum || shape instanceof z.ZodLiteral) return 'string'
  return shape instanceof z.ZodNumber ? 'number' : shape instanceof z.ZodBoolean ? 'boolean' : 'other'
}
