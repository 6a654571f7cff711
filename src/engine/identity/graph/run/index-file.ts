import type { Files } from '../../../ports/ports.ts'
import { quoteName, quoteText } from '../../../storage/duckdb.ts'
import type { DuckDb } from '../../../storage/duckdb.ts'
import { openDuckDb } from '../../../storage/duckdb.ts'
import { valueColumns } from '../../index/tables.ts'
import { parseRules } from '../../read-rules.ts'
import type { IdentityRules } from '../../read-rules.ts'

/** What an index file says of itself. */
export interface FileAbout {
  /** The definition as it was: path and text. */
  file: string
  text: string
  /** Of the workspace, where the rules name none. */
  languages?: string[] | undefined
  /** Columns that the sources had. */
  known: string[]
  /** Hash of what decides who is with whom; the records are looked at again when it changes. */
  decisive: string
}

/** Tables of the graph itself, beside those of the index; everything else in a file is of a run and goes with it. */
const kept = /^(record|outcome|entity|refusal|decided|unusable|dropped|bridge|key_\d+|refused|ambiguous|open_merge|keyless|survivor|content|source_state|about)$/

export async function readAbout(db: DuckDb): Promise<FileAbout> {
  const row = await db.row<{ said: string }>('SELECT said FROM about')
  if (!row) throw new Error('an index file says nothing of itself')
  return JSON.parse(row.said) as FileAbout
}

export async function storeAbout(db: DuckDb, about: FileAbout): Promise<void> {
  await db.run('CREATE OR REPLACE TABLE about AS SELECT ?::VARCHAR AS said', [JSON.stringify(about)])
}

export function rulesIn({ file, text, languages }: FileAbout): IdentityRules {
  const rules = parseRules(file, text)
  return languages === undefined ? rules : { ...rules, definition: { ...rules.definition, languages } }
}

/** What every record holds, as read: its label and, as canonical text, the columns of the rules. */
export async function createContent(db: DuckDb, columns: number): Promise<void> {
  await db.run(`CREATE OR REPLACE TABLE content (number INTEGER, label VARCHAR${valueColumns(columns).map((column) => `, ${column} VARCHAR`).join('')})`)
}

/** After a run: takes over what it found changed or gone, and labels of records that are the same but for that. */
export async function updateContent(db: DuckDb, columns: number): Promise<void> {
  await db.run('DELETE FROM content WHERE number IN (SELECT number FROM moved)')
  await db.run(`INSERT INTO content SELECT number, label${valueColumns(columns).map((column) => `, ${column}`).join('')} FROM changed`)
  await db.run('CREATE OR REPLACE TABLE relabelled AS SELECT number, incoming.label FROM incoming JOIN record USING (reference) JOIN content USING (number) WHERE incoming.label IS DISTINCT FROM content.label')
  await db.run('UPDATE content SET label = relabelled.label FROM relabelled WHERE relabelled.number = content.number')
}

/** Drops what only the run needed, and writes everything into the file. */
export async function settleFile(db: DuckDb): Promise<void> {
  const tables = await db.rows<{ name: string }>('SELECT table_name AS name FROM duckdb_tables() WHERE NOT internal')
  for (const { name } of tables) if (!kept.test(name)) await db.run(`DROP TABLE ${quoteName(name)}`)
  await db.run('CHECKPOINT')
}

/** Whether most of a file is room that a run needed and nothing uses any more. */
export async function isMostlyEmpty(db: DuckDb): Promise<boolean> {
  const size = await db.row<{ used_blocks: number; free_blocks: number }>('SELECT used_blocks, free_blocks FROM pragma_database_size()')
  return size !== undefined && size.free_blocks > size.used_blocks
}

/** Writes the tables of a settled file into a new one. */
export async function compactFile(path: string, to: string, options: { tempFolder: string; memoryLimitMb: number }): Promise<void> {
  const db = await openDuckDb({ ...options, ownInstance: true })
  try {
    await db.run(`ATTACH ${quoteText(path)} AS roomy (READ_ONLY)`)
    await db.run(`ATTACH ${quoteText(to)} AS compact`)
    await db.run('COPY FROM DATABASE roomy TO compact')
    await db.run('DETACH compact')
  } finally {
    db.closeInstance()
  }
}

/** A settled file as one can read it: views over its tables, and room in memory for what a reader makes on the way. */
export async function viewFile(path: string, options: { tempFolder: string; memoryLimitMb: number }): Promise<DuckDb> {
  const db = await openDuckDb({ ...options, ownInstance: true })
  try {
    await db.run(`ATTACH ${quoteText(path)} AS published (READ_ONLY)`)
    const tables = await db.rows<{ name: string }>("SELECT table_name AS name FROM duckdb_tables() WHERE database_name = 'published'")
    for (const { name } of tables) await db.run(`CREATE VIEW ${quoteName(name)} AS SELECT * FROM published.${quoteName(name)}`)
    return db
  } catch (error) {
    db.closeInstance()
    throw error
  }
}

export async function removeFile(files: Files, path: string): Promise<void> {
  await files.remove(path)
  await files.remove(`${path}.wal`)
}
