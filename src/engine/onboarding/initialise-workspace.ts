import { basename, extname, isAbsolute, join, relative } from 'node:path'
import { AppError } from '../../contract/errors.ts'
import { identifier } from '../../contract/definitions.ts'
import type { ProductDefinition, SourceDefinition } from '../../contract/definitions.ts'
import type { InspectedFile } from '../../contract/shapes.ts'
import { valueTypeOf } from '../sources/column-types.ts'
import { WORKSPACE_FILE, definitionPath } from '../workspace/definition-files.ts'
import { writeDefinition } from '../workspace/save-definition.ts'
import { renderValue } from '../workspace/yaml-text.ts'
import { requireColumn } from './decide-columns.ts'
import type { FileRequest } from './file-request.ts'
import { inspectSource } from './inspect-file.ts'
import { proposeLabel } from './propose-label.ts'

export interface InitialiseRequest extends Omit<FileRequest, 'path'> {
  /** Absolute path of a DuckDB, Parquet or CSV file. */
  file: string
  /** Absolute. Becomes a workspace; one that is already there gets a further source and product. */
  folder: string
  name?: string
  /** The product's key; absent: the first one proposed. */
  key?: string
  /** The columns by which people know a row; absent: the ones proposed. */
  label?: readonly string[]
  /** How many rows load and how many are left out, as it was shown; absent: none may be left out. */
  accept?: { load: number; blocked: number }
}

export interface InitialisedWorkspace {
  folder: string
  source: string
  product: string
  inspected: InspectedFile
}

/** Makes a workspace over a file: lockstep.yaml, a source that reads it as shown, and a product with contract and key. */
export async function initialiseWorkspace(request: InitialiseRequest): Promise<InitialisedWorkspace> {
  const { folder, files, file, options } = request
  const { inspected, definition, table } = await inspectSource({ ...request, path: file, options: request.key === undefined ? options : { ...options, key: request.key } })
  const key = chosenKey(request, inspected)
  requireAccepted(request, inspected)
  const name = request.name ?? titleOf(file)
  const source = await freeId(request, 'source', slug(basename(file, extname(file))))
  const product = await freeId(request, 'product', slug(inspected.tables === undefined ? (request.name ?? basename(file, extname(file))) : table))
  await files.makeFolder(folder)
  const path = await keptPath(request)
  if (!(await files.exists(join(folder, '.gitignore')))) await files.writeText(join(folder, '.gitignore'), '.lockstep/\n')
  await writeDefinition({ folder, files, kind: 'source', id: source, value: sourceValue(definition, path), ...(request.sources ? { sources: request.sources } : {}) })
  await writeDefinition({ folder, files, kind: 'product', id: product, value: productValue(inspected, { name: productName(inspected, table, name), source, table, key, label: chosenLabel(request, inspected, key) }) })
  // Last: a folder counts as a workspace from here on.
  if (!(await files.exists(join(folder, WORKSPACE_FILE)))) await files.writeText(join(folder, WORKSPACE_FILE), renderValue({ id: slug(name), name, timezone: 'UTC' }))
  return { folder, source, product, inspected }
}

function chosenKey({ file }: InitialiseRequest, { rows, key, keyProposal }: InspectedFile): string {
  if (key === undefined) {
    if (rows === 0) throw new AppError('file-malformed', 'The file has columns, but no rows.', { file, next: 'Choose a file that holds data, or name the column that will be the key.' })
    throw new AppError('duplicate-keys', 'No column has a value of its own in every row, so none can be the key.', { file, next: 'Name the column that should be the key, after correcting it, or make a file with one.' })
  }
  const { column, empty, repeated } = key
  if (rows > 0 && empty === 0 && repeated === 0 && !keyProposal.includes(column)) {
    throw new AppError('duplicate-keys', `The column '${column}' has a type that cannot be a key.`, { file, field: 'key', value: column, next: otherKeys(keyProposal) })
  }
  return column
}

/** Nothing is left out in silence: whoever loads the file says how many rows may be. */
function requireAccepted({ file, accept }: InitialiseRequest, { form, load, blocked, unfit, key, keyProposal }: InspectedFile): void {
  const [many] = unfit.filter(({ tooMany }) => tooMany)
  if (many !== undefined) throw doesNotFit(file, many)
  if (accept !== undefined && form === 'text') {
    if (accept.load === load && accept.blocked === blocked) return
    const now = `${load.toLocaleString('en')} rows would load and ${blocked.toLocaleString('en')} would be blocked`
    throw new AppError('file-malformed', `The file is not as it was shown: ${now}.`, { file, field: 'accept', next: 'Look at it again, then decide.' })
  }
  const [first] = unfit
  if (first !== undefined && blocked > 0) throw doesNotFit(file, first)
  if (key === undefined || (key.empty === 0 && key.repeated === 0)) return
  const lines = key.examples[0]?.lines ?? []
  const repeats = `repeats${lines.length < 2 ? '' : `, on lines ${lines.slice(0, 3).map((line) => line.toLocaleString('en')).join(' and ')}`}`
  const what = key.empty > 0 ? `is empty in ${key.empty.toLocaleString('en')} rows` : repeats
  throw new AppError('duplicate-keys', `The column '${key.column}' ${what}, so it cannot be the key.`, { file, field: 'key', value: key.column, ...(lines[1] === undefined ? {} : { line: lines[1] }), next: otherKeys(keyProposal) })
}

function doesNotFit(file: string, { column, rows, lines, tooMany }: InspectedFile['unfit'][number]): AppError {
  const [first] = lines
  const next = tooMany ? 'Load the column as text, or correct the file.' : 'Correct the file, load the column as text, or say what becomes of these rows.'
  return new AppError('file-malformed', `${rows.toLocaleString('en')} ${rows === 1 ? 'row does' : 'rows do'} not fit the column '${column}'.`, { file, field: column, ...(first === undefined ? {} : { line: first.line }), next })
}

function otherKeys(keyProposal: readonly string[]): string {
  return keyProposal.length > 0 ? `Could be the key: ${keyProposal.slice(0, 5).join(', ')}.` : 'Correct the column in the file.'
}

function chosenLabel({ label, file }: InitialiseRequest, { columns }: InspectedFile, key: string): readonly string[] {
  label?.forEach((name) => requireColumn(columns.map((column) => column.name), name, { file, field: 'label' }))
  return label ?? proposeLabel(columns, key)
}

/** Files that came through a browser lie in a scratch folder; they move into the workspace. */
async function keptPath({ file, folder, files, tempFolder }: InitialiseRequest): Promise<string> {
  const inside = relative(folder, file)
  const scratch = file.startsWith(join(tempFolder, '/')) || /[/\\]\.lockstep[/\\]/.test(file)
  if (scratch) {
    const name = `data/${basename(file)}`
    await files.makeFolder(join(folder, 'data'))
    await files.copy(file, join(folder, name))
    return name
  }
  return inside.startsWith('..') || isAbsolute(inside) ? file : inside.replaceAll('\\', '/')
}

function sourceValue(definition: SourceDefinition, path: string): SourceDefinition {
  return { ...definition, path }
}

function productName({ tables }: InspectedFile, table: string, name: string): string {
  return tables === undefined ? name : titleOf(table)
}

type ProductParts = Pick<ProductDefinition, 'name' | 'source' | 'key'> & { table: string; label: readonly string[] }

function productValue({ columns }: InspectedFile, { name, source, table, key, label }: ProductParts): ProductDefinition {
  const [first, ...more] = label
  return {
    name,
    source,
    table,
    key,
    ...(first === undefined ? {} : { label: more.length === 0 ? first : [...label] }),
    contract: columns.flatMap((column) => {
      const type = valueTypeOf(column.type)
      return type === undefined ? [] : [{ column: column.name, type, nullable: column.name !== key }]
    }),
    decisions: [],
  }
}

/** A name as an id: lower case, no accents, hyphens. */
function slug(name: string): string {
  const id = name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return identifier.safeParse(id).success ? id : 'data'
}

function titleOf(file: string): string {
  const words = basename(file, extname(file)).replace(/[_-]+/g, ' ').trim()
  return words === '' ? 'Data' : words.charAt(0).toUpperCase() + words.slice(1)
}

async function freeId({ folder, files }: InitialiseRequest, kind: 'source' | 'product', wanted: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? wanted : `${wanted}-${number}`
    if (!(await files.exists(join(folder, definitionPath(kind, id))))) return id
  }
}
