import { join } from 'node:path'
import type { z } from 'zod'
import { identifier } from '../../contract/definitions.ts'
import type { DefinitionKind } from '../../contract/definitions.ts'
import { AppError } from '../../contract/errors.ts'
import type { Files } from '../ports/ports.ts'
import { isTimezone } from '../values/days.ts'
import { sources as productSources } from '../sources/registry.ts'
import type { AnySource } from '../sources/source.ts'
import { sha256Hex } from '../values/hash.ts'
import { checkReferences } from './cross-references.ts'
import { readDefinitionText } from './definition-size.ts'
import { definitionFolders, definitionKinds, definitionPath, definitionSchema, WORKSPACE_FILE, workspaceSchema } from './definition-files.ts'
import { type ClaimHistory, noClaimHistory } from './claim-history.ts'
import { checkSchema } from './schema-problems.ts'
import type { Definition, Definitions, FileText, Problem, Workspace } from './workspace.ts'
import { readYaml } from './yaml-reader.ts'
import type { YamlFile } from './yaml-reader.ts'

export interface Reading {
  claims?: ClaimHistory
  /** The kinds of sources there are; absent: the product's own. */
  sources?: readonly AnySource[]
}

/** Files that are open at one moment: a system lends a process some hundreds. */
const READ_AT_ONCE = 16

/**
 * Reads every definition of a workspace folder. A bad file becomes a problem with file, line and field and does
 * not hide the others; only a folder without lockstep.yaml is refused. `claims`: what is remembered of earlier readings.
 */
export async function loadWorkspace(folder: string, files: Files, { claims = noClaimHistory, sources = productSources }: Reading = {}): Promise<Workspace> {
  if (!(await files.exists(join(folder, WORKSPACE_FILE)))) {
    throw new AppError('workspace-missing', `There is no workspace in ${folder}.`, {
      file: folder,
      next: 'Open a folder that holds lockstep.yaml, or make one from a file of yours or from the sample company.',
    })
  }
  const problems: Problem[] = []
  const header = await loadHeader(folder, files, problems)
  const definitions = emptyDefinitions()
  const broken = new Set<string>()
  const found = await Promise.all(definitionKinds.map((kind) => idsOf(folder, kind, files)))
  const places = found.flatMap(({ ids }) => ids)
  for (let from = 0; from < places.length; from += READ_AT_ONCE) {
    const batch = places.slice(from, from + READ_AT_ONCE)
    const reads = await Promise.all(batch.map(async ({ kind, id }) => ({ kind, id, read: await readDefinition({ folder, files, sources }, kind, id) })))
    for (const { kind, id, read } of reads) {
      if ('problems' in read) {
        problems.push(...read.problems)
        broken.add(`${kind}/${id}`)
      } else {
        add(definitions, read)
      }
    }
  }
  problems.push(...found.flatMap((kind) => kind.problems))
  problems.push(...(await attachSql(folder, definitions, files)))
  const workspace: Workspace = { folder, ...(header ? { header } : {}), definitions, problems, broken, sources, claims, files: 1 + places.length }
  problems.push(...checkReferences(workspace))
  return workspace
}

export function emptyDefinitions(): Definitions {
  return { source: new Map(), connection: new Map(), product: new Map(), segment: new Map(), identity: new Map(), activation: new Map(), policy: new Map() }
}

function add<Kind extends DefinitionKind>(definitions: Definitions, definition: Definition<Kind>): void {
  definitions[definition.kind].set(definition.id, definition)
}

async function loadHeader(folder: string, files: Files, problems: Problem[]): Promise<Workspace['header']> {
  const text = await readOrProblem(folder, WORKSPACE_FILE, files)
  if ('problems' in text) {
    problems.push(...text.problems)
    return undefined
  }
  const parsed = parseText(text, workspaceSchema)
  if ('problems' in parsed) {
    problems.push(...parsed.problems)
    return undefined
  }
  if (!isTimezone(parsed.value.timezone)) {
    problems.push({
      code: 'definition-invalid',
      file: WORKSPACE_FILE,
      line: parsed.yaml.lineOf(['timezone']) ?? 1,
      field: 'timezone',
      value: parsed.value.timezone,
      message: `'${parsed.value.timezone}' is not a time zone.`,
      next: 'Use a name such as Europe/Berlin or UTC.',
    })
    return undefined
  }
  return { ...text, value: parsed.value }
}

/** The definitions of one kind by the names of their files, and the files that have no such name. */
async function idsOf(folder: string, kind: DefinitionKind, files: Files): Promise<{ ids: { kind: DefinitionKind; id: string }[]; problems: Problem[] }> {
  const place = definitionFolders[kind]
  if (!(await files.exists(join(folder, place)))) return { ids: [], problems: [] }
  const ids: string[] = []
  const problems: Problem[] = []
  for (const entry of await files.list(join(folder, place))) {
    // Hidden files are editors' and git's business.
    const match = entry.kind === 'file' && !entry.name.startsWith('.') ? /^(.*)\.(ya?ml)$/i.exec(entry.name) : null
    if (!match) continue
    const [, stem = '', extension] = match
    if (extension === 'yaml' && identifier.safeParse(stem).success) ids.push(stem)
    else {
      problems.push({
        code: 'definition-invalid',
        file: `${place}/${entry.name}`,
        value: entry.name,
        message: `'${entry.name}' is not a name a definition can have.`,
        next: 'Use lower-case letters, digits and hyphens, and the ending .yaml.',
      })
    }
  }
  return { ids: ids.sort().map((id) => ({ kind, id })), problems }
}

/** Reads one definition file by itself, without checking what it refers to. */
async function readDefinition<Kind extends DefinitionKind>({ folder, files, sources }: Required<Pick<Reading, 'sources'>> & { folder: string; files: Files }, kind: Kind, id: string): Promise<Definition<Kind> | { problems: Problem[] }> {
  const text = await readOrProblem(folder, definitionPath(kind, id), files)
  return 'problems' in text ? text : parseDefinition(kind, id, text, sources)
}

/** A definition from its text. */
export function parseDefinition<Kind extends DefinitionKind>(kind: Kind, id: string, text: FileText, sources?: readonly AnySource[]): Definition<Kind> | { problems: Problem[] } {
  const parsed = parseText(text, definitionSchema(kind, sources))
  if ('problems' in parsed) return parsed
  return { ...text, kind, id, value: parsed.value, lineOf: (path) => parsed.yaml.lineOf(path) }
}

type Parsed<T> = { value: T; yaml: YamlFile } | { problems: Problem[] }

/** What was parsed last, the oldest first: one command, or one look at a screen, reads the same few files several times. */
const remembered = new Map<string, { schema: unknown; parsed: Parsed<unknown> }>()
const MOST_REMEMBERED = 256

function parseText<T>(text: FileText, schema: z.ZodType<T>): Parsed<T> {
  const name = `${text.path}\n${text.text}`
  const known = remembered.get(name)
  if (known?.schema === schema) return known.parsed as Parsed<T>
  const parsed = parseAnew(text, schema)
  remembered.set(name, { schema, parsed })
  const [oldest] = remembered.keys()
  if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest)
  return parsed
}

function parseAnew<T>(text: FileText, schema: z.ZodType<T>): Parsed<T> {
  const read = readYaml(text.path, text.text, schema)
  if ('problems' in read) return read
  const checked = checkSchema(text.path, read.yaml, schema)
  return 'problems' in checked ? checked : { value: checked.value, yaml: read.yaml }
}

export async function readFileText(folder: string, path: string, files: Files): Promise<FileText> {
  const text = await readDefinitionText(files, folder, path)
  return { path, text, hash: sha256Hex(text) }
}

/** A pipe or a device in the place of one file does not hide the others. */
async function readOrProblem(folder: string, path: string, files: Files): Promise<FileText | { problems: Problem[] }> {
  try {
    return await readFileText(folder, path, files)
  } catch (error) {
    if (error instanceof AppError) return { problems: [{ ...error.toBody(), code: error.code, file: path, message: error.message.replace(join(folder, path), path) }] }
    if (!(error instanceof Error) || !('code' in error)) throw error
    const message = `${path} cannot be read: ${error.code === 'EACCES' || error.code === 'EPERM' ? 'you may not read it' : 'the system does not give its text'}.`
    return { problems: [{ code: 'definition-invalid', file: path, message, next: 'Make it readable, or remove it.', detail: error.message }] }
  }
}

async function attachSql(folder: string, definitions: Definitions, files: Files): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const product of definitions.product.values()) {
    const { sql } = product.value
    if (sql === undefined) continue
    const path = `${definitionFolders.product}/${sql}`
    if (/[/\\]/.test(sql) || !sql.endsWith('.sql')) {
      problems.push(sqlProblem(product, 'is not a file beside this one', 'Put the SQL in a .sql file in the folder products and name just the file.'))
    } else if (!(await files.exists(join(folder, path)))) {
      problems.push(sqlProblem(product, 'does not exist', `Create ${path}, or name the file that holds the SQL.`))
    } else {
      const text = await readOrProblem(folder, path, files)
      if ('problems' in text) for (const { message, next } of text.problems) problems.push({ ...sqlProblem(product, '', next ?? 'Put a regular file there.'), message })
      else product.sql = text
    }
  }
  return problems
}

function sqlProblem(product: Definition<'product'>, what: string, next: string): Problem {
  const value = product.value.sql ?? ''
  return { code: 'definition-invalid', file: product.path, ...lineMember(product, ['sql']), field: 'sql', value, message: `The SQL file '${value}' ${what}.`, next }
}

/** `{line}` of a part of a definition, where it can be told. */
export function lineMember(definition: Definition, path: readonly PropertyKey[]): { line?: number } {
  const line = definition.lineOf(path)
  return line === undefined ? {} : { line }
}
