import { basename, extname, isAbsolute, join, relative } from 'node:path'
import { AppError } from '../../contract/errors.ts'
import { identifier } from '../../contract/definitions.ts'
import type { ProductDefinition, SourceDefinition } from '../../contract/definitions.ts'
import type { InspectedFile } from '../../contract/shapes.ts'
import { valueTypeOf } from '../sources/column-types.ts'
import { WORKSPACE_FILE, definitionPath } from '../workspace/definition-files.ts'
import { nearestWord } from '../workspace/nearest-word.ts'
import { writeDefinition } from '../workspace/save-definition.ts'
import { renderValue } from '../workspace/yaml-text.ts'
import { inspectSource } from './inspect-file.ts'
import type { FileRequest } from './inspect-file.ts'
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
}

export interface InitialisedWorkspace {
  folder: string
  source: string
  product: string
  inspected: InspectedFile
}

/** Makes a workspace over a file: lockstep.yaml, a source that reads it as shown, and a product with contract and key. */
export async function initialiseWorkspace(request: InitialiseRequest): Promise<InitialisedWorkspace> {
  const { folder, files, file } = request
  const { inspected, definition, table } = await inspectSource({ ...request, path: file })
  const key = chosenKey(request, inspected)
  const name = request.name ?? titleOf(file)
  const source = await freeId(request, 'source', slug(basename(file, extname(file))))
  const product = await freeId(request, 'product', slug(inspected.tables === undefined ? (request.name ?? basename(file, extname(file))) : table))
  await files.makeFolder(folder)
  const path = await keptPath(request)
  if (!(await files.exists(join(folder, '.gitignore')))) await files.writeText(join(folder, '.gitignore'), '.lockstep/\n')
  await writeDefinition({ folder, files, kind: 'source', id: source, value: sourceValue(definition, path) })
  await writeDefinition({ folder, files, kind: 'product', id: product, value: productValue(inspected, { name: productName(inspected, table, name), source, table, key, label: chosenLabel(request, inspected, key) }) })
  // Last: a folder counts as a workspace from here on.
  if (!(await files.exists(join(folder, WORKSPACE_FILE)))) await files.writeText(join(folder, WORKSPACE_FILE), renderValue({ id: slug(name), name, timezone: 'UTC' }))
  return { folder, source, product, inspected }
}

function chosenKey({ key, file }: InitialiseRequest, { columns, rows, keyProposal }: InspectedFile): string {
  if (key === undefined) {
    const [proposed] = keyProposal
    if (proposed !== undefined) return proposed
    if (rows === 0) throw new AppError('file-malformed', 'The file has columns, but no rows.', { file, next: 'Choose a file that holds data, or name the column that will be the key.' })
    throw new AppError('duplicate-keys', 'No column has a value of its own in every row, so none can be the key.', { file, next: 'Name the column that should be the key, after correcting it, or make a file with one.' })
  }
  const column = requireColumn(columns, key, { file, field: 'key' })
  if (rows > 0 && !keyProposal.includes(key)) {
    const what = column.empty > 0 ? `is empty in ${column.empty.toLocaleString('en')} rows` : column.distinct < rows ? 'repeats' : 'has a type that cannot be a key'
    throw new AppError('duplicate-keys', `The column '${key}' ${what}, so it cannot be the key.`, { file, field: 'key', value: key, next: keyProposal.length > 0 ? `Could be the key: ${keyProposal.slice(0, 5).join(', ')}.` : 'Correct the column in the file.' })
  }
  return key
}

function chosenLabel({ label, file }: InitialiseRequest, { columns }: InspectedFile, key: string): readonly string[] {
  label?.forEach((name) => requireColumn(columns, name, { file, field: 'label' }))
  return label ?? proposeLabel(columns, key)
}

function requireColumn(columns: InspectedFile['columns'], name: string, place: { file: string; field: string }): InspectedFile['columns'][number] {
  const names = columns.map((column) => column.name)
  const column = columns.find((candidate) => candidate.name === name)
  if (column !== undefined) return column
  const near = nearestWord(name, names)
  throw new AppError('column-missing', `The file has no column '${name}'.`, { ...place, value: name, next: near === undefined ? `It has: ${names.slice(0, 30).join(', ')}.` : `Did you mean '${near}'?` })
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
