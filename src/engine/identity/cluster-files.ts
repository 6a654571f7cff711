import { join } from 'node:path'
import { AppError } from '../../contract/errors.ts'
import type { Files, Ids } from '../ports/ports.ts'
import { openDuckDb, quoteText } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { sha256Hex } from '../values/hash.ts'
import { addBridges, BRIDGE_TABLE, bridgingValues } from './bridging-values.ts'
import { checkSources } from '../workspace/check-identity-parts.ts'
import { clusterRecords } from './clusters/cluster-records.ts'
import { BY_HAND, NO_RULE } from './clusters/types.ts'
import type { ClusterResult } from './clusters/types.ts'
import { numberKeys } from './key-columns.ts'
import { columnsOf, createKeyTables, dropKeyTables, fillKeyTables } from './key-table.ts'
import type { KeyCounts } from './key-table.ts'
import { numberRules } from './numbered-rules.ts'
import { readRules, refusePart, resolveKeys } from './read-rules.ts'
import type { IdentityRules } from './read-rules.ts'
import { loadRecords, openRecordFile } from './record-table.ts'

export interface ClusterFilesRequest {
  /** Absolute paths of CSV files. */
  records: readonly string[]
  /** Absolute path of the rule file. */
  rules: string
  /** Absolute path of the CSV file to write. */
  out: string
  /** Column with the reference of a record, or several joined by a colon. */
  idColumn: string
}

export interface ClusterFilesContext {
  files: Files
  ids: Ids
  tempFolder: string
}

/** Everything that is known after clustering. */
export interface ClusteredFiles {
  rules: IdentityRules
  records: number
  keys: KeyCounts[]
  result: ClusterResult
  /** For each rule the values that hold too much together. */
  bridges: Awaited<ReturnType<typeof bridgingValues>>
}

/** Beside what JavaScript needs for the numbers; the rest spills. */
const MEMORY_MB = 400

/** Clusters files of records by a rule file and writes one line per record, in the order of their references. */
export async function clusterFiles(request: ClusterFilesRequest, context: ClusterFilesContext): Promise<ClusteredFiles> {
  if (request.records.includes(request.out) || request.out === request.rules) {
    throw new AppError('bad-input', 'The result would be written over a file that is read.', { file: request.out, field: 'out', value: request.out, next: 'Name another file for the result.' })
  }
  const rules = await readRules(request.rules, context.files)
  const tempFolder = join(context.tempFolder, `identity-${context.ids.next()}`)
  await context.files.makeFolder(tempFolder, 0o700)
  const db = await openDuckDb({ tempFolder, memoryLimitMb: MEMORY_MB })
  try {
    const clustered = await clusterIn(db, rules, request, { ...context, tempFolder })
    await writeClusters(db, clustered, request.out)
    return clustered
  } finally {
    db.closeInstance()
    await context.files.remove(tempFolder)
  }
}

async function clusterIn(db: DuckDb, rules: IdentityRules, request: ClusterFilesRequest, { files, tempFolder }: ClusterFilesContext): Promise<ClusteredFiles> {
  const opened = []
  for (const path of request.records) opened.push(await openRecordFile(path, { idColumn: request.idColumn, files, tempFolder }))
  refusePart(rules, checkSources(rules.definition, opened.map(({ source }) => source)))
  const resolved = resolveKeys(rules, [...new Set(opened.flatMap(({ columns }) => columns))])
  const columns = columnsOf(resolved)
  const records = await loadRecords(db, opened, columns)
  await createKeyTables(db, resolved)
  const counts = await fillKeyTables(db, resolved, { table: 'record', columns })
  // From here on only the references and the values of keys are needed.
  await db.run('CREATE TABLE named AS SELECT number, reference FROM record')
  await db.run('DROP TABLE record')
  const keys = await numberKeys(db, resolved, { records })
  const result = clusterRecords({ records, keys, ...numberRules(rules.definition) })
  await db.run(BRIDGE_TABLE)
  await addBridges(db, result.bridges, { first: 0, numberAt: (position) => position })
  const bridges = await bridgingValues(db, resolved, rules.definition.rules.length)
  await dropKeyTables(db, resolved)
  return { rules, records, keys: counts, result, bridges }
}

/** A new id of an entity: from its smallest record reference, so that it is the same wherever it is made. */
export function entityIdFrom(reference: string): string {
  return `e${sha256Hex(reference).slice(0, 20)}`
}

async function writeClusters(db: DuckDb, { rules, result }: ClusteredFiles, out: string): Promise<void> {
  const writer = await db.createTable('clustered', { number: 'whole number', label: 'whole number', rule: 'text', ambiguous: 'true or false' })
  const names = rules.definition.rules.map(({ name }) => name)
  result.labels.forEach((label, number) => writer.add([number, label, ruleName(result.rule[number] ?? NO_RULE, names), result.ambiguous[number] === 1]))
  writer.finish()
  const id = `'e' || left(sha256(entity.reference), 20)`
  const sql = `SELECT named.reference AS record_id, ${id} AS cluster_id, nullif(clustered.rule, '') AS rule, clustered.ambiguous AS ambiguous
    FROM clustered JOIN named USING (number) JOIN named AS entity ON entity.number = clustered.label ORDER BY clustered.number`
  try {
    await db.run(`COPY (${sql}) TO ${quoteText(out)} (FORMAT csv, HEADER, DELIMITER ',')`)
  } catch (cause) {
    throw new AppError('bad-input', `The result cannot be written to ${out}.`, { file: out, field: 'out', value: out, next: 'Check that the folder exists and may be written to.', cause })
  }
}

function ruleName(rule: number, names: readonly string[]): string {
  return rule === BY_HAND ? 'by hand' : (names[rule] ?? '')
}
