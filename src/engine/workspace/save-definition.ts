import { join } from 'node:path'
import type { z } from 'zod'
import type { DefinitionKind } from '../../contract/definitions.ts'
import { AppError } from '../../contract/errors.ts'
import type { DefinitionDocument } from '../../contract/shapes.ts'
import type { Files } from '../ports/ports.ts'
import type { AnySource } from '../sources/source.ts'
import { sha256Hex } from '../values/hash.ts'
import { definitionFolders, definitionPath, definitionSchema } from './definition-files.ts'
import { problemError, problemsIn } from './find-definition.ts'
import { loadWorkspace, parseDefinition, readFileText } from './load-workspace.ts'
import { referrersOf } from './referrers.ts'
import { isRecord, sameValue } from './same-value.ts'
import { checkValue } from './schema-problems.ts'
import { withoutDefaults } from './without-defaults.ts'
import type { Definition, FileText, Workspace } from './workspace.ts'
import { editYaml } from './yaml-edit.ts'
import { renderValue } from './yaml-text.ts'

interface Place {
  folder: string
  files: Files
  kind: DefinitionKind
  id: string
  /** The kinds of sources there are; absent: the product's own. */
  sources?: readonly AnySource[]
  /** How an open workspace reads its definitions; absent: by the files alone. */
  read?: () => Promise<Workspace>
}

export interface SaveRequest extends Place {
  /** Checked by the schema of its kind. */
  value: unknown
  /** Text of the SQL file beside a product. */
  sql?: string
  /** Hash of the document that was read; absent for a new one. */
  expectedHash?: string
}

/** A definition as an editor reads it: text, value, SQL, problems, and the hash to give back when saving. */
export async function readDocument({ folder, files, kind, id, sources, read }: Place): Promise<DefinitionDocument> {
  const workspace = await (read ? read() : loadWorkspace(folder, files, { ...(sources ? { sources } : {}) }))
  const path = definitionPath(kind, id)
  if (!(await files.exists(join(folder, path)))) throw new AppError('not-found', `There is no ${kind} '${id}' in this workspace.`, { value: id, next: 'Choose one from the list.' })
  const definition: Definition | undefined = workspace.definitions[kind].get(id)
  const text = definition ?? (await readFileText(folder, path, files))
  return {
    kind,
    id,
    path,
    hash: documentHash(text, definition?.sql),
    text: text.text,
    ...(definition ? { value: definition.value } : {}),
    ...(definition?.sql ? { sql: definition.sql.text } : {}),
    problems: problemsIn(workspace, [path, ...(definition?.sql ? [definition.sql.path] : [])]),
  }
}

/** Over a definition's file and, for products, the SQL beside it. */
export function documentHash(file: FileText, sql: FileText | undefined): string {
  return sql === undefined ? file.hash : sha256Hex(`${file.hash}\n${sql.hash}`)
}

/** {@link writeDefinition}, then the document as it is now, with the problems it has in its workspace. */
export async function saveDefinition(request: SaveRequest): Promise<DefinitionDocument> {
  await writeDefinition(request)
  return readDocument(request)
}

/**
 * Writes a definition so that comments, order and layout of what did not change stay as they are. Refuses when the
 * file is not the one that was read any more.
 */
export async function writeDefinition(request: SaveRequest): Promise<void> {
  const { folder, files, kind, id, sources } = request
  const path = definitionPath(kind, id)
  const schema = definitionSchema(kind, sources) as z.ZodType<unknown>
  const value = checkValue(path, schema, withSqlFile(request))
  const current = await currentFile(request)
  const text = current === undefined ? renderValue(withoutDefaults(schema, value)) : editedText(request, current, value)
  await files.makeFolder(join(folder, definitionFolders[kind]))
  if (request.sql !== undefined && isRecord(value)) await files.writeText(join(folder, definitionFolders.product, String(value['sql'])), request.sql)
  if (text !== current?.text) await files.writeText(join(folder, path), text)
}

/** A product that comes with SQL names the file beside it. */
function withSqlFile({ kind, id, value, sql }: SaveRequest): unknown {
  if (sql === undefined) return value
  if (kind !== 'product') throw new AppError('bad-input', `Only products have SQL; '${id}' is a ${kind}.`, { next: 'Leave the SQL out.' })
  return isRecord(value) ? { ...value, sql: typeof value['sql'] === 'string' ? value['sql'] : `${id}.sql` } : value
}

async function currentFile({ folder, files, kind, id, sources, expectedHash }: SaveRequest): Promise<Definition | undefined> {
  const path = definitionPath(kind, id)
  const there = await files.exists(join(folder, path))
  if (!there && expectedHash === undefined) return undefined
  if (!there) throw changed(path, 'was removed')
  if (expectedHash === undefined) throw new AppError('definition-changed', `There is already a ${kind} '${id}'.`, { file: path, next: 'Choose another name, or open the one that is there.' })
  const parsed = parseDefinition(kind, id, await readFileText(folder, path, files), sources)
  if ('problems' in parsed) {
    const [problem] = parsed.problems
    throw problem ? problemError({ ...problem, next: `Correct ${path} in a text editor first.` }) : new Error(`${path} has no value and no problem`)
  }
  if (documentHash(parsed, await sqlOf(folder, files, parsed)) !== expectedHash) throw changed(path, 'was changed')
  return parsed
}

async function sqlOf(folder: string, files: Files, definition: Definition): Promise<FileText | undefined> {
  const name = definition.kind === 'product' ? (definition as Definition<'product'>).value.sql : undefined
  const path = `${definitionFolders.product}/${name ?? ''}`
  return name !== undefined && !/[/\\]/.test(name) && (await files.exists(join(folder, path))) ? readFileText(folder, path, files) : undefined
}

function changed(path: string, what: string): AppError {
  return new AppError('definition-changed', `${path} ${what} outside this editor since you opened it.`, { file: path, next: 'Open it again, then make your change once more.' })
}

function editedText({ kind, id, sources }: SaveRequest, current: Definition, next: unknown): string {
  const agrees = (text: string) => {
    const parsed = parseDefinition(kind, id, { ...current, text }, sources)
    return !('problems' in parsed) && sameValue(parsed.value, next)
  }
  return editYaml({ text: current.text, current: current.value, next, written: withoutDefaults(definitionSchema(kind, sources), next) }, agrees)
}

/** Removes a definition and the SQL beside it. Refuses while others refer to it. */
export async function removeDefinition(request: Place & { expectedHash: string }): Promise<void> {
  const { folder, files, kind, id, sources, expectedHash } = request
  const document = await readDocument(request)
  if (document.hash !== expectedHash) throw changed(document.path, 'was changed')
  const workspace = await loadWorkspace(folder, files, { ...(sources ? { sources } : {}) })
  const referrers = referrersOf(workspace, kind, id)
  if (referrers.length > 0) {
    throw new AppError('bad-input', `${referrers.join(', ')} ${referrers.length === 1 ? 'uses' : 'use'} the ${kind} '${id}'.`, { file: document.path, value: id, next: 'Change or remove what uses it first.' })
  }
  const sql = kind === 'product' ? workspace.definitions.product.get(id)?.sql : undefined
  await files.remove(join(folder, document.path))
  if (sql) await files.remove(join(folder, sql.path))
}
