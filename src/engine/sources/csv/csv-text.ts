import { join } from 'node:path'
import type { CsvOptions } from '../../../contract/csv.ts'
import { AppError } from '../../../contract/errors.ts'
import { fileAsPattern, quoteText } from '../../storage/duckdb.ts'
import { LineTooLong, readHead, readLinePieces, removeFolder, scratchFolder, writePieces } from '../../storage/raw-file.ts'
import { CsvScanner, detectDelimiter, firstRecord } from './csv-scan.ts'
import type { CsvMarks } from './csv-scan.ts'
import { detectEncoding, isAscii, writeUtf8 } from './text-encoding.ts'

/** A CSV file whose form was checked from beginning to end: what stands in it, every value as text. */
export interface CsvText {
  /** As its source names it. */
  path: string
  marks: CsvMarks
  header: boolean
  columns: string[]
  /** Rows of values, the header not among them. */
  rows: number
  /** SQL that gives the rows in their order, every value as text, a blank as nothing. */
  from: string
  /** Line of the file on which each value of some rows begins; rows count from 0. */
  linesOf(rows: Iterable<number>): Promise<Map<number, number[]>>
  /** Of its own; what lies in it goes with it. */
  folder: string
  /** Takes away what was written beside. */
  close(): Promise<void>
}

export interface CsvTextRequest {
  /** Absolute. */
  file: string
  /** As its source names it; absent: the same. */
  path?: string
  options: CsvOptions
  tempFolder: string
}

/** Enough to tell a delimiter and to hold a header. */
const HEAD_BYTES = 1 << 20

/** No program writes such a line, and DuckDB reads none longer. */
const LONGEST_LINE = 2_000_000

/**
 * Opens a CSV file: finds out its marks where they are not given, walks through all of it, and throws where it breaks its own
 * form, with line and column. Where only a person would understand it (another encoding, comments, several kinds of line
 * ends), a plain copy is read instead.
 */
export async function openCsvText({ file, path = file, options, tempFolder }: CsvTextRequest): Promise<CsvText> {
  const folder = await scratchFolder(tempFolder)
  const close = () => removeFolder(folder)
  try {
    await requireEncoding(file, path, options.encoding)
    const utf8 = await writeUtf8(file, options.encoding, join(folder, 'utf8.csv'))
    const { marks, header, columns } = await beginning(utf8, path, options)
    const scan = await walk(utf8, path, marks, join(folder, 'plain.csv'))
    const parts = ['auto_detect = false', 'hive_partitioning = false', `delim = ${quoteText(marks.delimiter)}`, `quote = ${quoteText(marks.quote)}`, `escape = ${quoteText(marks.quote)}`, "comment = ''", 'skip = 0', "nullstr = ''", "compression = 'none'", `header = ${header ? 'true' : 'false'}`]
    const struct = columns.map((column) => `${quoteText(column)}: 'VARCHAR'`).join(', ')
    return {
      path,
      marks,
      header,
      columns,
      rows: scan.records - (header ? 1 : 0),
      from: `read_csv(${quoteText(fileAsPattern(scan.plain))}, ${parts.join(', ')}, columns = {${struct}})`,
      linesOf: (rows) => linesOf(utf8, marks, header ? 1 : 0, rows),
      folder,
      close,
    }
  } catch (cause) {
    await close()
    throw cause
  }
}

/** Every file of bytes is some Latin-1: one that was saved as UTF-8 since would load with two wrong letters for each ë. */
async function requireEncoding(file: string, path: string, encoding: CsvOptions['encoding']): Promise<void> {
  if (encoding === undefined || encoding === 'utf-8') return
  const found = await detectEncoding(file)
  if (found === encoding || (encoding === 'latin-1' && (await isAscii(file)))) return
  throw new AppError('file-malformed', `The file is written in ${found.toUpperCase()} now, not in ${encoding.toUpperCase()}.`, {
    file: path,
    line: 1,
    field: 'csv.encoding',
    value: encoding,
    next: `Export it again in ${encoding.toUpperCase()}, or set the encoding to ${found}.`,
  })
}

async function beginning(file: string, path: string, options: CsvOptions): Promise<Pick<CsvText, 'marks' | 'header' | 'columns'>> {
  const head = await readHead(file, HEAD_BYTES)
  if (head.length === 0) throw new AppError('file-malformed', 'The file is empty.', { file: path, line: 1, next: 'Choose a file that holds data.' })
  const others = { quote: options.quote ?? '"', ...(options.comment === undefined ? {} : { comment: options.comment }) }
  const marks = { ...others, delimiter: options.delimiter ?? detectDelimiter(head, head.length < HEAD_BYTES, others) }
  const first = firstRecord(head, marks)
  const header = options.header ?? (first.some((name) => options.types?.[name.trim()] !== undefined) || looksLikeHeader(first))
  return { marks, header, columns: header ? columnNames(first, path) : first.map((_, at) => placeName(at, first.length)) }
}

/** Whether the first record names columns: words, none of them a number, a date or an address. */
function looksLikeHeader(first: readonly string[]): boolean {
  const cells = first.map((cell) => cell.trim())
  const named = cells.filter((cell) => cell !== '')
  return named.length > cells.length / 2 && named.every((cell) => !/^[-+]?[\d.,]+%?$|^\d{4}-\d\d-\d\d|^\d{1,2}[./]\d{1,2}[./]\d{2,4}|@/.test(cell))
}

/** Names as the first line gives them; a column without one is called by its place. Two of one name cannot be told apart later. */
function columnNames(first: readonly string[], path: string): string[] {
  const names = first.map((name, at) => name.trim() || placeName(at, first.length))
  const taken = new Map<string, number>()
  names.forEach((name, at) => {
    const before = taken.get(name.toLowerCase())
    if (before !== undefined) {
      throw new AppError('file-malformed', `The columns ${before + 1} and ${at + 1} are both named '${name}'.`, { file: path, line: 1, field: name, next: 'Give each column a name of its own in the first line.' })
    }
    taken.set(name.toLowerCase(), at)
  })
  return names
}

/** Names by place sort as their places do. */
function placeName(at: number, columns: number): string {
  return `column${String(at).padStart(String(columns - 1).length, '0')}`
}

/** Walks through the file; where it is odd, `copy` is written and is what DuckDB reads. */
async function walk(file: string, path: string, marks: CsvMarks, copy: string): Promise<{ records: number; plain: string }> {
  const scanner = new CsvScanner(marks)
  try {
    for await (const piece of readLinePieces(file, LONGEST_LINE)) if (!scanner.feed(piece)) break
  } catch (cause) {
    if (!(cause instanceof LineTooLong)) throw cause
    throw malformed(path, { line: scanner.lines, column: 1, message: `a line is longer than ${LONGEST_LINE.toLocaleString('en')} bytes` })
  }
  if (!scanner.fault) scanner.end()
  if (scanner.fault) throw malformed(path, scanner.fault)
  if (!scanner.odd) return { records: scanner.records, plain: file }
  await writePieces(copy, plainPieces(file, marks))
  return { records: scanner.records, plain: copy }
}

async function* plainPieces(file: string, marks: CsvMarks): AsyncGenerator<Uint8Array> {
  let kept: Uint8Array[] = []
  const scanner = new CsvScanner(marks, { keep: (bytes) => void kept.push(bytes) })
  for await (const piece of readLinePieces(file, LONGEST_LINE)) {
    scanner.feed(piece)
    yield Buffer.concat(kept)
    kept = []
  }
}

async function linesOf(file: string, marks: CsvMarks, before: number, rows: Iterable<number>): Promise<Map<number, number[]>> {
  const wanted = new Set([...rows].map((row) => row + before))
  const last = Math.max(...wanted)
  const scanner = new CsvScanner(marks, { wanted })
  for await (const piece of readLinePieces(file, LONGEST_LINE)) if (!scanner.feed(piece) || scanner.records > last) break
  return new Map([...scanner.places].map(([record, lines]) => [record - before, lines]))
}

function malformed(file: string, { line, column, message }: { line: number; column: number; message: string }): AppError {
  return new AppError('file-malformed', `The file breaks its own form at line ${line}, column ${column}: ${message}.`, {
    file,
    line,
    field: `column ${column}`,
    next: 'Correct that line, or choose another delimiter or encoding.',
  })
}
