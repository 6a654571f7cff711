import { basename, extname, join } from 'node:path'
import { AppError } from '../../contract/errors.ts'
import type { Replacement } from '../../contract/shapes.ts'
import { requireRegularFile } from '../ports/regular-file.ts'
import { spelledTypes } from '../sources/csv/column-spelling.ts'
import { findMisfits } from '../sources/csv/csv-misfits.ts'
import { openCsvText } from '../sources/csv/csv-text.ts'
import type { CsvText } from '../sources/csv/csv-text.ts'
import { csvValues } from '../sources/csv/csv-values.ts'
import type { DataAccess } from '../audience/data-access.ts'
import { readTable, toCount } from '../storage/raw-values.ts'
import { csvSettings } from '../sources/csv/index.ts'
import type { CsvSettings } from '../sources/csv/index.ts'
import { ownSettings } from '../sources/definition-schema.ts'
import { sourcePath } from '../sources/duckdb-kit/duckdb-source.ts'
import { sourceById } from '../sources/registry.ts'
import { openDuckDb, quoteName, readParquet } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { findDefinition } from '../workspace/find-definition.ts'
import { writeDefinition } from '../workspace/save-definition.ts'
import type { Definition } from '../workspace/workspace.ts'
import { detectKind } from './file-format.ts'

export interface ReplaceRequest {
  source: string
  /** Absolute. */
  file: string
}

/** Lines named of each column that breaks. */
const LINES = 20

/** What another CSV file in place of a source's own breaks, by the types that are pinned, and which keys come and go. */
export async function checkReplacement(access: DataAccess, { source, file }: ReplaceRequest): Promise<Replacement> {
  const definition = findDefinition(access.workspace, 'source', source)
  const settings = settingsOf(access, definition)
  await requireText(access, file)
  const text = await openCsvText({ file, options: settings.csv ?? {}, tempFolder: access.tempFolder })
  try {
    return await compared(access, definition.id, settings, text)
  } finally {
    await text.close()
  }
}

/** Takes the file into the workspace, in a folder of its own: the one that was in use stays as it is. */
export async function replaceFile(access: DataAccess, request: ReplaceRequest & { accept: { load: number; blocked: number } }): Promise<{ replaced: Replacement; folder: string }> {
  const { file, accept } = request
  const replaced = await checkReplacement(access, request)
  if (!replaced.fits) throw new AppError('file-malformed', 'The file breaks what was promised of the one in use, so that one stays.', { file, next: 'Correct the file, or load it as a data product of its own.' })
  if (accept.load !== replaced.load || accept.blocked !== replaced.blocked) throw new AppError('file-malformed', 'The file is not as it was shown, so the one in use stays.', { file, next: 'Look at it again, then decide.' })
  const definition = findDefinition(access.workspace, 'source', request.source)
  const settings = settingsOf(access, definition)
  const path = await takeIn(access, request, settings)
  const types = { ...settings.csv?.types, ...(await addedTypes(access, settings, file)) }
  const { folder, sources } = access.workspace
  await writeDefinition({ folder, files: access.files, sources, kind: 'source', id: request.source, value: { ...definition.value, path, csv: { ...settings.csv, types } }, expectedHash: definition.hash })
  return { replaced, folder: path }
}

/** The settings of a source whose file holds texts; of any other, nothing was chosen that could break. */
function settingsOf({ workspace }: DataAccess, { id, path, value }: Definition<'source'>): CsvSettings {
  const kind = sourceById(value.type, workspace.sources)
  if (kind.file?.form !== 'text') throw new AppError('bad-input', `The source '${id}' is no CSV file; only one of these is replaced here.`, { file: path, field: 'type', value: value.type, next: 'Put the new file in the place of the old one.' })
  return csvSettings.parse(ownSettings(kind, value))
}

async function requireText({ files, workspace }: DataAccess, file: string): Promise<void> {
  if (!(await files.exists(file))) throw new AppError('source-missing', `There is no file ${file}.`, { file, next: 'Check the path.' })
  await requireRegularFile(files, file)
  const kind = await detectKind(file, workspace.sources)
  if (kind.file.form !== 'text') throw new AppError('file-malformed', `The file is no CSV file, but a ${kind.label}.`, { file, next: 'Choose a CSV file.' })
}

async function compared(access: DataAccess, id: string, settings: CsvSettings, text: CsvText): Promise<Replacement> {
  const { csv = {} } = settings
  const pinned = csv.types ?? {}
  const columns = { added: text.columns.filter((column) => pinned[column] === undefined), missing: Object.keys(pinned).filter((column) => !text.columns.includes(column)) }
  const db = await openDuckDb({ tempFolder: access.tempFolder, keepOrder: true })
  try {
    const held = new Map(Object.entries(pinned).filter(([column]) => text.columns.includes(column)))
    const misfits = await findMisfits(db, text, held, csv, LINES)
    const broken = misfits.map(({ column, type, count, first }) => ({ column, type, rows: count, lines: first }))
    const seen = { source: id, file: text.path, rows: text.rows, columns, broken }
    if (broken.length > 0 || columns.missing.length > 0) return { ...seen, load: 0, blocked: text.rows, keys: [], fits: false }
    const now = readParquet(await csvValues({ file: text.path, path: text.path, options: csv, tempFolder: access.tempFolder }))
    const before = await inUse(access, settings)
    const load = await countRows(db, now)
    const keys = await Promise.all(productsOver(access, id).map((product) => compareKeys(db, product, now, before)))
    return { ...seen, ...(before === undefined ? {} : { before: await countRows(db, before) }), load, blocked: text.rows - load, keys, fits: keys.every(({ repeated, empty }) => repeated === 0 && empty === 0) }
  } finally {
    db.closeInstance()
  }
}

/** The values of the file in use; undefined where it can no longer be read: then there is nothing to compare with. */
async function inUse({ workspace, tempFolder }: DataAccess, value: CsvSettings): Promise<string | undefined> {
  try {
    return readParquet(await csvValues({ file: sourcePath(value, workspace.folder), path: value.path, options: value.csv ?? {}, tempFolder }))
  } catch {
    return undefined
  }
}

async function countRows(db: DuckDb, from: string): Promise<number> {
  return toCount((await readTable(db, `SELECT count(*) FROM ${from}`)).rows[0]?.[0])
}

/** Those that read the file as it is: what an SQL statement makes of it is checked when it is read. */
function productsOver({ workspace }: DataAccess, source: string): Definition<'product'>[] {
  return [...workspace.definitions.product.values()].filter(({ value }) => value.source === source && value.table !== undefined)
}

async function compareKeys(db: DuckDb, { value }: Definition<'product'>, now: string, before: string | undefined): Promise<Replacement['keys'][number]> {
  const keys = (from: string | undefined) => (from === undefined ? 'SELECT NULL::VARCHAR AS key WHERE false' : `SELECT ${quoteName(value.key)}::VARCHAR AS key FROM ${from}`)
  const { rows } = await readTable(
    db,
    `WITH now AS (SELECT key, count(*) AS rows FROM (${keys(now)}) GROUP BY key), before AS (SELECT DISTINCT key FROM (${keys(before)}))
     SELECT count(*) FILTER (now.key IS NOT NULL AND before.key IS NULL), count(*) FILTER (now.key IS NULL AND before.key IS NOT NULL), count(*) FILTER (now.key IS NOT NULL AND before.key IS NOT NULL),
       count(*) FILTER (now.key IS NOT NULL AND rows > 1), coalesce(sum(rows) FILTER (now.key IS NULL AND rows IS NOT NULL), 0)
     FROM now FULL JOIN before ON now.key = before.key`,
  )
  const [added, gone, stay, repeated, empty] = (rows[0] ?? []).map(toCount)
  return { product: value.name, key: value.key, added: added ?? 0, gone: gone ?? 0, stay: stay ?? 0, repeated: repeated ?? 0, empty: empty ?? 0 }
}

/** A copy under the name of the one in use, as which products know its table. */
async function takeIn({ workspace, files }: DataAccess, { source, file }: ReplaceRequest, { path }: CsvSettings): Promise<string> {
  const name = `${basename(path, extname(path))}.csv`
  for (let number = 2; ; number++) {
    const folder = `data/${source}-${number}`
    if (await files.exists(join(workspace.folder, folder))) continue
    await files.makeFolder(join(workspace.folder, folder))
    await files.copy(file, join(workspace.folder, folder, name))
    return `${folder}/${name}`
  }
}

/** New columns are pinned to what they spell now, like the others when these were new. */
async function addedTypes({ tempFolder }: DataAccess, { csv = {} }: CsvSettings, file: string): Promise<Record<string, string>> {
  const text = await openCsvText({ file, options: csv, tempFolder })
  const db = await openDuckDb({ tempFolder, keepOrder: true })
  try {
    const added = text.columns.filter((column) => csv.types?.[column] === undefined)
    const spelled = added.length === 0 ? [] : await spelledTypes(db, text.from, added, csv)
    return Object.fromEntries(spelled.map(({ name, type }) => [name, type]))
  } finally {
    db.closeInstance()
    await text.close()
  }
}
