import type { CsvOptions } from '../../contract/csv.ts'
import type { FileColumn, FileKey, InspectedFile, LoadedRow, UnfitColumn } from '../../contract/shapes.ts'
import { convertColumn } from '../sources/csv/csv-conversion.ts'
import { openCsvText } from '../sources/csv/csv-text.ts'
import { readTable, toCount } from '../storage/raw-values.ts'
import { tableName } from '../sources/duckdb-kit/duckdb-source.ts'
import { detectEncoding } from '../sources/csv/text-encoding.ts'
import { threadsForFile } from '../storage/duckdb-instances.ts'
import { openDuckDb, quoteName } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { columnFigures } from './column-figures.ts'
import type { ColumnFigures } from './column-figures.ts'
import { decideColumns, requireColumn, tooManyTexts } from './decide-columns.ts'
import type { DecidedColumn } from './decide-columns.ts'
import type { FileKind } from './file-format.ts'
import { PREVIEW_ROWS } from './file-request.ts'
import type { FileRequest, InspectedSource } from './file-request.ts'
import { holdsAddresses, readLoadedRows } from './loaded-rows.ts'
import { keyBecause, likeliestKey, proposeKeys } from './propose-key.ts'
import { proposeLabel } from './propose-label.ts'
import { repeatedExamples } from './repeated-examples.ts'
import { decideRows, repeatedChoices, rowsThatLoad } from './row-decisions.ts'
import type { RowFigures } from './row-decisions.ts'
import { openTexts } from './text-table.ts'
import type { TextTable } from './text-table.ts'
import { withLines } from './with-lines.ts'
import { whyWords } from './why-words.ts'

/** Rows among which three values of each column are looked for. */
const SAMPLED_ROWS = 300
const UNFIT_LINES = 20
const BLOCKED_ROWS = 100

/** What a CSV file holds, as what it would load, what does not fit and what each choice would do. Never dies of a value. */
export async function inspectText(request: FileRequest, { id, label }: FileKind): Promise<InspectedSource> {
  const { path, options, files, tempFolder } = request
  const encoding = options.encoding ?? (await detectEncoding(path))
  const given = { encoding, ...(options.delimiter === undefined ? {} : { delimiter: spelledOut(options.delimiter) }), ...(options.header === undefined ? {} : { header: options.header }) }
  const text = await openCsvText({ file: path, options: given, tempFolder })
  const { header, marks: { delimiter } } = text
  const form = { delimiter, encoding, header }
  const db = await openDuckDb({ tempFolder, keepOrder: true, threads: await threadsForFile(files, path) })
  try {
    const { csv, ...numbered } = await new CsvInspection(db, request, await openTexts(db, text, { path, encoding, tempFolder })).read(form)
    const inspected = { path, format: id, label, form: 'text' as const, bytes: (await files.stat(path))?.bytes ?? 0, ...form, ...(await withLines(text, numbered)) }
    return { inspected, definition: { type: id, path, csv }, table: tableName(path) }
  } finally {
    db.closeInstance()
    await text.close()
  }
}

function spelledOut(delimiter: string): string {
  return delimiter === '\\t' || delimiter.toLowerCase() === 'tab' ? '\t' : delimiter
}

type Found = Omit<InspectedFile, 'path' | 'format' | 'label' | 'form' | 'bytes' | 'tables' | 'delimiter' | 'encoding' | 'header'> & { csv: CsvOptions }

class CsvInspection {
  private readonly db: DuckDb
  private readonly request: FileRequest
  private readonly table: TextTable

  constructor(db: DuckDb, request: FileRequest, table: TextTable) {
    this.db = db
    this.request = request
    this.table = table
  }

  async read(form: CsvOptions): Promise<Found> {
    const { db, table } = this
    const { options, path } = this.request
    const { columns, csv: decided, asRead } = await decideColumns(db, table, this.request, form)
    const counted = await columnFigures(db, table.from, columns.map(({ name, type }) => ({ name, type, value: convertColumn(name, type, decided).value })))
    const { rows } = counted
    // A text that does not fit is no empty value.
    const figures = counted.figures.map((figure, at) => ({ ...figure, empty: figure.empty - (columns[at]?.choice === 'block' ? columns[at].unfit : 0) }))
    if (options.key !== undefined) requireColumn(table.columns, options.key, { file: path, field: 'key' })
    const keyName = options.key ?? likeliestKey(rows, figures)
    const key = columns.find(({ name }) => name === keyName)
    const keyFigure = figures.find(({ name }) => name === keyName)
    const counts = await decideRows(db, table, columns, { csv: decided, asRead, key, unique: keyFigure?.empty === 0 && keyFigure.distinct === rows, choice: options.repeated })
    const loading = rowsThatLoad(decided, keyName, counts, options.repeated)
    const csv = loading === undefined ? decided : { ...decided, rows: loading }
    const sampled = await this.loadedRows(decided, columns, 'true', SAMPLED_ROWS)
    const first = sampled.slice(0, PREVIEW_ROWS)
    return {
      csv,
      columns: await Promise.all(columns.map((column, at) => this.fileColumn(column, figures[at], { csv: decided, samples: samplesOf(sampled, at), rows }))),
      rows,
      load: rows - counts.blocked,
      blocked: counts.blocked,
      unfit: await this.unfitColumns(columns, asRead, key),
      ...(key === undefined ? {} : { key: await this.fileKey(key, { rows, figure: keyFigure, counts }) }),
      preview: first.map(({ cells }) => cells.map(({ after }) => after)),
      first,
      blockedRows: counts.blocked === 0 ? [] : await this.loadedRows(decided, columns, `${table.record} IN (SELECT record FROM blocked ORDER BY record LIMIT ${BLOCKED_ROWS})`, BLOCKED_ROWS),
      keyProposal: proposeKeys(rows, figures),
      labelProposal: proposeLabel(columns, keyName),
    }
  }

  private loadedRows(csv: CsvOptions, columns: readonly DecidedColumn[], where: string, limit: number): Promise<LoadedRow[]> {
    return readLoadedRows(this.db, this.table, { csv, columns, where, limit })
  }

  private async fileColumn(column: DecidedColumn, figure: ColumnFigures | undefined, { csv, samples, rows }: { csv: CsvOptions; samples: FileColumn['samples']; rows: number }): Promise<FileColumn> {
    const { name, type, detectedType, textBecause, format, emptyWords, unfit, eitherWay, chosen } = column
    const { distinct = 0, empty = 0 } = figure ?? {}
    return {
      name,
      type,
      detectedType,
      ...(textBecause === undefined ? {} : { textBecause }),
      why: whyWords({ type, textBecause, chosen, format, eitherWay, values: rows - empty, distinct }),
      distinct,
      empty,
      unfit,
      warnings: [...column.warnings, ...(await this.addressWarnings(name, csv, type))],
      emptyWords,
      ...(Object.keys(format).length === 0 ? {} : { format }),
      samples,
    }
  }

  private async addressWarnings(name: string, csv: CsvOptions, type: string): Promise<string[]> {
    if (type !== 'VARCHAR' || !holdsAddresses(name)) return []
    const { text } = convertColumn(name, type, csv)
    const { rows } = await readTable(this.db, `SELECT count(*) FROM ${this.table.from} WHERE NOT regexp_full_match(${text}, '[^@\\s]+@[^@\\s]+[.][^@\\s]+')`)
    const count = toCount(rows[0]?.[0])
    return count === 0 ? [] : [`${count.toLocaleString('en')} ${count === 1 ? 'value is no e-mail address: it loads' : 'values are no e-mail addresses: they load'}, but cannot match anyone.`]
  }

  private async unfitColumns(columns: readonly DecidedColumn[], asRead: CsvOptions, key: DecidedColumn | undefined): Promise<UnfitColumn[]> {
    const { from, record } = this.table
    const unfit: UnfitColumn[] = []
    for (const column of columns.filter((candidate) => candidate.unfit > 0)) {
      const { text, value } = convertColumn(column.name, column.type, asRead)
      const named = key === undefined ? 'NULL' : quoteName(key.name)
      const { rows } = await readTable(this.db, `SELECT ${record}, ${named}::VARCHAR, ${text} FROM ${from} WHERE (${text}) IS NOT NULL AND (${value}) IS NULL ORDER BY ${record} LIMIT ${UNFIT_LINES}`)
      const lines = rows.map(([number, keyed, found]) => ({ line: Number(number), key: typeof keyed === 'string' ? keyed : null, text: String(found) }))
      unfit.push({ column: column.name, rows: column.unfit, choice: column.choice, tooMany: tooManyTexts(column), lines })
    }
    return unfit
  }

  private async fileKey({ name, type }: DecidedColumn, { rows, figure, counts }: { rows: number; figure: ColumnFigures | undefined; counts: RowFigures }): Promise<FileKey> {
    const { options } = this.request
    const { distinct, empty } = figure ?? { distinct: 0, empty: 0 }
    return {
      column: name,
      because: keyBecause(name, rows, { name, type, distinct, empty }, options.key !== undefined),
      distinct,
      empty,
      repeated: counts.repeated.keys,
      ...(counts.repeated.keys === 0 ? {} : { choice: options.repeated ?? 'none' }),
      examples: counts.repeated.keys === 0 ? [] : await repeatedExamples(this.db, this.table),
      choices: repeatedChoices(counts),
    }
  }
}

/** Three values that differ, those first that load otherwise than they stand. */
function samplesOf(sampled: readonly LoadedRow[], at: number): FileColumn['samples'] {
  const different = new Map(sampled.flatMap(({ cells }) => (cells[at] === undefined || cells[at].before === null ? [] : [[cells[at].before, cells[at]]])))
  return [...different.values()].sort((one, other) => Number(other.state !== 'same') - Number(one.state !== 'same')).slice(0, 3)
}
