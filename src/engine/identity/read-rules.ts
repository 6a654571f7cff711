import { identityDefinition } from '../../contract/identity.ts'
import type { IdentityDefinition, IdentityKey, KeyPart } from '../../contract/identity.ts'
import { AppError } from '../../contract/errors.ts'
import { checkParts } from '../workspace/check-identity-parts.ts'
import type { PartProblem } from '../workspace/check-identity-parts.ts'
import { formRules } from './forms.ts'
import type { FormRules } from './forms.ts'
import { hexOf } from './forms/emails.ts'
import type { Files } from '../ports/ports.ts'
import { sha256Hex } from '../values/hash.ts'
import { problemError } from '../workspace/find-definition.ts'
import { suggestWord } from '../values/nearest-word.ts'
import { checkSchema } from '../workspace/schema-problems.ts'
import { readDefinitionText } from '../workspace/definition-size.ts'
import { readYaml } from '../workspace/yaml-reader.ts'
import type { YamlFile } from '../workspace/yaml-reader.ts'

/** Rules with where their parts stand in the text. */
export interface IdentityRules {
  file: string
  definition: IdentityDefinition
  /** SHA-256 of the text: the version that links are stored with. */
  version: string
  lineOf: YamlFile['lineOf']
}

/** Reads a rule file; the first problem is thrown with file, line and field. */
export async function readRules(file: string, files: Files): Promise<IdentityRules> {
  if (!(await files.exists(file))) throw new AppError('bad-input', `There is no rule file ${file}.`, { file, next: 'Check the path.' })
  const rules = parseRules(file, await readDefinitionText(files, '', file))
  refusePart(rules, checkParts(rules.definition))
  return rules
}

/** Throws the first of some problems, with where in the file it is. */
export function refusePart({ file, lineOf }: Pick<IdentityRules, 'file' | 'lineOf'>, [problem]: readonly PartProblem[]): void {
  if (!problem) return
  const line = lineOf(problem.path)
  throw new AppError('definition-invalid', problem.message, { file, ...(line === undefined ? {} : { line }), field: problem.path.join('.'), value: problem.value, next: problem.next })
}

/** Also for rules as they were when a version before this one ran them: what it took for nothing does not stop their records from being read. */
export function parseRules(file: string, text: string): IdentityRules {
  const read = readYaml(file, text, identityDefinition)
  if ('problems' in read) throw firstProblem(read.problems)
  const checked = checkSchema(file, read.yaml, identityDefinition)
  if ('problems' in checked) throw firstProblem(checked.problems)
  return { file, definition: checked.value, version: sha256Hex(text), lineOf: (path) => read.yaml.lineOf(path) }
}

function firstProblem(problems: Parameters<typeof problemError>[0][]): AppError {
  const [problem] = problems
  if (!problem) throw new Error('a rule file is refused without a problem')
  return problemError(problem)
}

/** One part of a key with the columns it reads. */
export interface ResolvedPart {
  part: KeyPart
  columns: readonly string[]
}

/** A key as it can be read from the records at hand. */
export interface ResolvedKey {
  name: string
  parts: readonly ResolvedPart[]
  /** How raw values become comparable. */
  forms: FormRules
  blocked: readonly string[]
  mostRecords: number
}

export function partsOf({ from }: IdentityKey): readonly KeyPart[] {
  return Array.isArray(from) ? (from as KeyPart[]) : [from as KeyPart]
}

/** Whether plain values have to be compared by their hashes: some part is only known hashed, or a hash is blocked. */
export function isHashed(key: IdentityKey): boolean {
  const forms = partsOf(key).map(({ as }) => as)
  if (forms.includes('hashed email') || forms.includes('hashed phone')) return true
  return (forms.includes('email') || forms.includes('phone')) && (key.blocked ?? []).some((value) => hexOf(value.trim()) !== undefined)
}

/** Numbers are read even where no source says the country: those that name their own. */
function withoutCountry({ country: _country, ...part }: KeyPart): KeyPart {
  return part
}

/** The keys of a definition over these columns. A column that no source has is an error, unless its part is optional. */
export function resolveKeys({ definition, file, lineOf }: IdentityRules, known: readonly string[]): ResolvedKey[] {
  const has = new Set(known)
  const keys = Object.entries(definition.keys).map(([name, key]) => {
    const listed = Array.isArray(key.from)
    const parts = partsOf(key).flatMap((part, at): ResolvedPart[] => {
      const columns = typeof part.column === 'string' ? [part.column] : part.column
      const absent = [...columns, ...(part.country === undefined ? [] : [part.country])].find((column) => !has.has(column))
      if (absent === undefined) return [{ part, columns }]
      if (part.optional) return columns.every((column) => has.has(column)) ? [{ part: withoutCountry(part), columns }] : []
      const path = ['keys', name, 'from', ...(listed ? [at] : []), absent === part.country ? 'country' : 'column']
      const line = lineOf(path)
      throw new AppError('column-missing', `No source has the column '${absent}' that the key '${name}' reads.`, {
        file,
        ...(line === undefined ? {} : { line }),
        field: path.join('.'),
        value: absent,
        next: `${suggestWord(absent, known) ?? 'Correct the name.'} Where it may be missing, add 'optional: true'.`,
      })
    })
    return { name, parts, forms: formRules(definition, key, isHashed(key)), blocked: key.blocked ?? [], mostRecords: key.mostRecords ?? Number.POSITIVE_INFINITY }
  })
  if (keys.some(({ parts }) => parts.length > 0)) return keys
  throw new AppError('column-missing', 'The sources have none of the columns that the keys read.', { file, field: 'keys', next: `Name the columns in the keys as they are: ${known.slice(0, 30).join(', ')}.` })
}
