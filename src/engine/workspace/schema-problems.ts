import type { z } from 'zod'
import { suggestWord } from '../values/nearest-word.ts'
import { formOfText, isShortLine, isWord, saidText } from './said-text.ts'
import { problemError } from './find-definition.ts'
import { knownKeys } from './schema-walk.ts'
import type { Problem } from './workspace.ts'
import type { YamlFile } from './yaml-reader.ts'

type Issue = z.core.$ZodIssue

/** A value and where its parts stand in a text, if they do. */
type Placed = Pick<YamlFile, 'value' | 'lineOf' | 'lineOfKey'> & Partial<Pick<YamlFile, 'text'>>

/** Checks a parsed file against its schema; every problem names file, line, field and value. */
export function checkSchema<T>(file: string, yaml: Placed, schema: z.ZodType<T>): { value: T } | { problems: Problem[] } {
  const result = schema.safeParse(yaml.value)
  if (result.success) return { value: result.data }
  const issues = result.error.issues.flatMap((issue) => withoutUnions(issue, []))
  return { problems: issues.flatMap((issue) => describe(file, yaml, schema, issue)) }
}

/** Checks a value that comes from an editor rather than a file; throws the first problem. */
export function checkValue<T>(file: string, schema: z.ZodType<T>, value: unknown): T {
  const nowhere = { value, lineOf: () => undefined, lineOfKey: () => undefined }
  const checked = checkSchema(file, nowhere, schema)
  if ('value' in checked) return checked.value
  const [problem] = checked.problems
  if (!problem) throw new Error(`${file} has no value and no problem`)
  throw problemError(problem)
}

/** Of a union, only the problems of the branch that was most likely meant. */
function withoutUnions(issue: Issue, parent: readonly PropertyKey[]): Issue[] {
  const path = [...parent, ...issue.path]
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ ...issue, path }]
  const branches = issue.errors.map((errors) => errors.flatMap((error) => withoutUnions(error, path)))
  const best = branches.reduce((left, right) => (badness(right, path.length) < badness(left, path.length) ? right : left))
  // A value that fits no branch at all (text where a group was expected) is best named as a whole.
  const nothingFits = best.every((error) => error.code === 'invalid_type' && error.path.length === path.length)
  return nothingFits ? [{ ...issue, path }] : best
}

/** The deeper a problem lies and the fewer keys do not belong, the more of the branch fits. */
function badness(issues: readonly Issue[], depth: number): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === 'unrecognized_keys') return sum + (issue.path.length === depth ? 10 : 1) * issue.keys.length
    if (issue.code === 'invalid_type' && issue.path.length === depth) return sum + 100
    if (issue.code === 'invalid_type' && issue.path.length === depth + 1) return sum + 5
    return sum + 1
  }, 0)
}

function describe(file: string, yaml: Placed, schema: z.ZodType, issue: Issue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'definition-invalid',
      file,
      ...lineMember(yaml.lineOfKey(issue.path, key)),
      ...(isWord(key) ? { field: fieldName([...issue.path, key]) } : issue.path.length > 0 ? { field: fieldName(issue.path) } : {}),
      message: isWord(key) ? `'${key}' is not a field ${whereIn(issue.path)}.` : `There is a field ${whereIn(issue.path)} that is none of its words.`,
      next: suggestWord(key, knownKeys(schema, issue.path)) ?? `Remove it from ${file}.`,
    }))
  }
  if (issue.path.length === 0 && typeof yaml.value === 'string') {
    return [{ code: 'definition-invalid', file, line: 1, message: `The file is no group of fields: ${formOfText(yaml.text ?? yaml.value)}.`, next: 'Name a file of definitions (YAML); this one holds something else.' }]
  }
  const value = valueAt(yaml.value, issue.path)
  const missing = value === undefined
  return [
    {
      code: 'definition-invalid',
      file,
      ...lineMember(yaml.lineOf(issue.path)),
      ...(issue.path.length > 0 ? { field: fieldName(issue.path) } : {}),
      ...(missing || typeof value === 'object' || !isShortLine(String(value)) ? {} : { value: String(value) }),
      message: missing && issue.path.length > 0 ? `'${partName(issue.path)}' is missing.` : wrongValue(issue, value),
      ...nextMember(issue, value, missing, file),
    },
  ]
}

function wrongValue(issue: Issue, value: unknown): string {
  const subject = issue.path.length === 0 ? 'The file' : `'${partName(issue.path)}'`
  const shown = value === null || value === undefined ? 'empty' : typeof value === 'object' ? (Array.isArray(value) ? 'a list' : 'a group of fields') : saidText(String(value))
  switch (issue.code) {
    case 'invalid_type':
      return `${subject} is ${shown}, but must be ${typeWords(issue.expected)}.`
    case 'invalid_value':
      return `${subject} is ${shown}, which is not one of its values.`
    case 'invalid_union':
      return `${subject} is ${shown}, which has none of the forms it can take.`
    case 'too_small':
    case 'too_big':
      return value === '' ? `${subject} is empty.` : `${subject} is ${shown}, which is too ${issue.code === 'too_big' ? 'large' : 'small'}.`
    case 'custom':
      return `${subject === 'The file' ? '' : `${subject}: `}${issue.message.charAt(0).toUpperCase()}${issue.message.slice(1)}.`
    default:
      return `${subject} is ${shown}: ${issue.message}.`
  }
}

function nextMember(issue: Issue, value: unknown, missing: boolean, file: string): { next: string } {
  if (missing && issue.path.length > 0) return { next: `Add '${String(issue.path.at(-1))}' to ${file}.` }
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String)
    return { next: suggestWord(String(value), known) ?? `Use one of: ${known.join(', ')}.` }
  }
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const bound = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`
    if (value !== '') return { next: `Use ${bound}.` }
  }
  return { next: `Correct it in ${file}.` }
}

function typeWords(expected: string): string {
  const words: Record<string, string> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a group of fields',
    record: 'a group of fields',
  }
  return words[expected] ?? expected
}

/** `fields.2.authority`, counted from 0, as the schema does. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path.map(stepName).join('.')
}

/** What a message calls a part: its own name; the line says where it is. */
function partName(path: readonly PropertyKey[]): string {
  return stepName(path.findLast((step) => typeof step === 'string') ?? path.at(-1) ?? '')
}

/** A key that a person chose, as long as it reads like a name of theirs and not like a value. */
function stepName(step: PropertyKey): string {
  return typeof step === 'string' && !/^[\p{L}\p{N} _.-]{1,60}$/u.test(step) ? '…' : String(step)
}

function whereIn(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'of this file' : `of '${partName(path)}'`
}

function lineMember(line: number | undefined): { line?: number } {
  return line === undefined ? {} : { line }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((part, step) => (typeof part === 'object' && part !== null ? (part as Record<PropertyKey, unknown>)[step] : undefined), value)
}
