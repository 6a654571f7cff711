import { csvColumnType, csvOptions, DECIDED_TEXTS } from '../../contract/csv.ts'
import type { CsvColumnFormat, CsvOptions } from '../../contract/csv.ts'
import { AppError } from '../../contract/errors.ts'
import type { UnfitChoice } from '../../contract/shapes.ts'
import { spelledColumns } from '../sources/csv/column-spelling.ts'
import type { SpelledColumn } from '../sources/csv/column-spelling.ts'
import { convertColumn } from '../sources/csv/csv-conversion.ts'
import { readTable, toCount } from '../storage/raw-values.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { nearestWord } from '../values/nearest-word.ts'
import { chooseFormat } from './choose-format.ts'
import type { ChosenFormat } from './choose-format.ts'
import type { FileRequest } from './file-request.ts'
import type { TextTable } from './text-table.ts'

export interface DecidedColumn extends SpelledColumn, Partial<Pick<ChosenFormat, 'eitherWay'>> {
  /** What its texts spell by themselves. */
  detectedType: string
  /** Somebody chose the type. */
  chosen: boolean
  format: CsvColumnFormat
  /** Rows that hold a text which the column does not take. */
  unfit: number
  choice: UnfitChoice
  /** Different texts that do not fit; one more than can be decided about where there are too many. */
  unfitTexts: string[]
}

/** What each column loads as, and the options that read the file so at every load. */
export async function decideColumns(db: DuckDb, table: TextTable, request: FileRequest, form: CsvOptions): Promise<{ columns: DecidedColumn[]; csv: CsvOptions; asRead: CsvOptions }> {
  const { options, path } = request
  const { emptyTexts = [] } = options
  requireColumns(request, table.columns)
  const csv: CsvOptions = { ...form, ...(emptyTexts.length === 0 ? {} : { empty: [...new Set(emptyTexts)] }) }
  const columns: DecidedColumn[] = []
  for (const spelled of await spelledColumns(db, table.from, table.columns, csv)) columns.push(await decideColumn(db, table, request, { spelled, csv }))
  const asRead = withTypes(csv, columns)
  const checked = csvOptions.safeParse(asRead)
  const [issue] = checked.success ? [] : checked.error.issues
  if (issue !== undefined) throw new AppError('bad-input', `This cannot be how the file is written: ${issue.message}.`, { file: path, field: issue.path.join('.'), next: 'Choose another type or format.' })
  await countUnfit(db, table, columns, asRead)
  return { columns, asRead, csv: withDecisions(asRead, columns) }
}

async function decideColumn(db: DuckDb, table: TextTable, { options }: FileRequest, { spelled, csv }: { spelled: SpelledColumn; csv: CsvOptions }): Promise<DecidedColumn> {
  const { name } = spelled
  const asked = options.types?.[name]
  const type = asked === undefined ? spelled.type : (csvColumnType(asked) ?? spelled.type)
  const given = options.formats?.[name]
  const chosen = given !== undefined ? { format: given } : asked === undefined ? { format: {} } : await chooseFormat(db, table.from, name, type, { file: options, csv })
  return { ...spelled, ...chosen, type, detectedType: spelled.type, chosen: asked !== undefined, unfit: 0, choice: options.unfit?.[name] ?? 'block', unfitTexts: [] }
}

function withTypes(csv: CsvOptions, columns: readonly DecidedColumn[]): CsvOptions {
  const formats = Object.fromEntries(columns.filter(({ format }) => Object.keys(format).length > 0).map(({ name, format }) => [name, format]))
  return { ...csv, types: Object.fromEntries(columns.map(({ name, type }) => [name, type])), ...(Object.keys(formats).length === 0 ? {} : { formats }) }
}

/** Only a type or a format that somebody gave can have texts that do not fit it. */
async function countUnfit(db: DuckDb, { from }: TextTable, columns: DecidedColumn[], csv: CsvOptions): Promise<void> {
  for (const column of columns) {
    if (column.type === 'VARCHAR' || !column.chosen) continue
    const { text, value } = convertColumn(column.name, column.type, csv)
    const unfit = `FROM ${from} WHERE (${text}) IS NOT NULL AND (${value}) IS NULL`
    const counted = await readTable(db, `SELECT ${text} AS text, count(*) AS rows ${unfit} GROUP BY ALL ORDER BY rows DESC, text LIMIT ${DECIDED_TEXTS + 1}`)
    column.unfitTexts = counted.rows.map(([found]) => String(found))
    column.unfit = counted.rows.reduce((sum, [, rows]) => sum + toCount(rows), 0)
    if (column.unfitTexts.length > DECIDED_TEXTS) column.unfit = toCount((await readTable(db, `SELECT count(*) ${unfit}`)).rows[0]?.[0])
  }
}

export function tooManyTexts({ unfitTexts, format }: DecidedColumn): boolean {
  return unfitTexts.length + (format.empty?.length ?? 0) > DECIDED_TEXTS
}

/** The texts that somebody decided about, by name: one that comes later is a new question. */
function withDecisions(csv: CsvOptions, columns: readonly DecidedColumn[]): CsvOptions {
  const decided = columns.filter((column) => column.unfit > 0 && !tooManyTexts(column))
  const emptied = decided.filter(({ choice }) => choice === 'empty').map(({ name, format, unfitTexts }) => [name, { ...format, empty: [...(format.empty ?? []), ...unfitTexts] }])
  const leaveOut = decided.filter(({ choice }) => choice === 'block').map(({ name, unfitTexts }) => [name, unfitTexts])
  return {
    ...csv,
    ...(emptied.length === 0 ? {} : { formats: { ...csv.formats, ...Object.fromEntries(emptied) } }),
    ...(leaveOut.length === 0 ? {} : { rows: { leaveOut: Object.fromEntries(leaveOut) } }),
  }
}

function requireColumns({ path, options }: FileRequest, names: readonly string[]): void {
  const { types = {}, formats = {}, unfit = {} } = options
  for (const [column, type] of Object.entries(types)) {
    if (csvColumnType(type) !== undefined) continue
    throw new AppError('bad-input', `'${type}' is not a type a column can have.`, { file: path, field: column, value: type, next: 'Use VARCHAR, BIGINT, DOUBLE, DECIMAL(18,2), BOOLEAN, DATE or TIMESTAMP.' })
  }
  for (const column of [...Object.keys(types), ...Object.keys(formats), ...Object.keys(unfit)]) requireColumn(names, column, { file: path })
}

/** Throws where a file has no column of this name, with the nearest one. */
export function requireColumn(names: readonly string[], name: string, place: { file: string; field?: string }): void {
  if (names.includes(name)) return
  const near = nearestWord(name, names)
  throw new AppError('column-missing', `The file has no column '${name}'.`, { ...place, value: name, next: near === undefined ? `It has: ${names.slice(0, 30).join(', ')}.` : `Did you mean '${near}'?` })
}
