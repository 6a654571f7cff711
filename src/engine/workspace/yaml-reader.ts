import { LineCounter, isMap, isNode, isPair, isScalar, parseDocument } from 'yaml'
import type { Document, Node } from 'yaml'
import type { z } from 'zod'
import { depthFault, sizeFault } from './definition-size.ts'
import { withoutQuotes } from './said-text.ts'
import type { Problem } from './workspace.ts'
import { keepSpelling, sameKey } from './yaml-spelling.ts'
import type { Unclear } from './yaml-spelling.ts'

/** A file that is no YAML at all breaks in every line. */
const MOST_ERRORS = 20

/** A YAML file in memory: its value, and where in the text each part of it stands. */
export interface YamlFile {
  text: string
  document: Document.Parsed
  value: unknown
  /** 1-based line of a part, or of the closest enclosing part that exists. */
  lineOf(path: readonly PropertyKey[]): number | undefined
  /** Line of a key itself (not of its value): for keys that should not be there. */
  lineOfKey(path: readonly PropertyKey[], key: string): number | undefined
}

/**
 * Parses one YAML document. Malformed text gives problems with line and column instead of a value. `schema` says which
 * scalars are text, whatever YAML would make of them.
 */
export function readYaml(file: string, text: string, schema: z.core.$ZodType): { yaml: YamlFile } | { problems: Problem[] } {
  const fault = sizeFault(text)
  if (fault !== undefined) return unusable(file, fault)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: sameKey, version: '1.2' })
  const errors = [...document.errors, ...document.warnings].slice(0, MOST_ERRORS)
  if (errors.length > 0) {
    return {
      problems: errors.map((error) => {
        const { line, col } = lines.linePos(error.pos[0])
        return {
          code: 'definition-invalid',
          file,
          line,
          message: `This is not valid YAML: ${withoutDot(withoutQuotes(error.message))} (line ${line}, column ${col}).`,
          next: `Correct line ${line} of ${file}.`,
        }
      }),
    }
  }
  const unclear = spelled(document, schema)
  if (unclear.length > 0) return { problems: unclear.map((one) => unclearProblem(file, one, lines)) }
  const value = toValue(document)
  if (value.failed) return unusable(file, withoutQuotes(value.reason))
  const depth = depthFault(value.value)
  if (depth !== undefined) return unusable(file, depth)
  const lineAt = (node: Node | undefined) => (node?.range ? lines.linePos(node.range[0]).line : undefined)
  return {
    yaml: {
      text,
      document,
      value: value.value,
      lineOf: (path) => lineAt(closestNode(document, path)) ?? 1,
      lineOfKey: (path, key) => lineAt(keyNode(document, path, key)) ?? lineAt(closestNode(document, path)),
    },
  }
}

function unusable(file: string, reason: string): { problems: Problem[] } {
  return { problems: [{ code: 'definition-invalid', file, line: 1, message: `This is not usable YAML: ${withoutDot(reason)}.`, next: `Correct ${file}.` }] }
}

function spelled(document: Document.Parsed, schema: z.core.$ZodType): Unclear[] {
  try {
    return keepSpelling(document, schema)
  } catch (cause) {
    // Too deep to walk; what follows refuses it by name.
    if (cause instanceof RangeError) return []
    throw cause
  }
}

function unclearProblem(file: string, { path, node, text, isKey }: Unclear, lines: LineCounter): Problem {
  const line = node.range ? lines.linePos(node.range[0]).line : 1
  const name = isKey ? `A key of '${path.slice(0, -1).map(String).join('.')}'` : `'${String(path.findLast((step) => typeof step === 'string') ?? '')}'`
  const next = `Write "" for no value, or put the text in quotes: "${text}".`
  return { code: 'definition-invalid', file, line, field: path.map(String).join('.'), value: text, message: `${name} is ${text} without quotes, which can mean no value or this very text.`, next }
}

function toValue(document: Document.Parsed): { failed: false; value: unknown } | { failed: true; reason: string } {
  try {
    return { failed: false, value: document.toJS() as unknown }
  } catch (cause) {
    // Aliases that do not resolve or that multiply without end are only seen here.
    return { failed: true, reason: cause instanceof Error ? cause.message : String(cause) }
  }
}

function closestNode(document: Document, path: readonly PropertyKey[]): Node | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const parent = path.slice(0, length)
    const last = parent.at(-1)
    // The key says where a part is, even when its value is on later lines.
    if (typeof last === 'string') {
      const key = keyNode(document, parent.slice(0, -1), last)
      if (key !== undefined) return key
    }
    const node: unknown = length === 0 ? document.contents : document.getIn(parent, true)
    if (isNode(node)) return node
  }
  return undefined
}

function keyNode(document: Document, path: readonly PropertyKey[], key: string): Node | undefined {
  const parent: unknown = path.length === 0 ? document.contents : document.getIn(path, true)
  if (!isMap(parent)) return undefined
  const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key)
  return isNode(pair?.key) ? pair.key : undefined
}

function withoutDot(message: string): string {
  return message.replace(/[.\s]+$/, '')
}
