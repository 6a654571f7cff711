import { AppError } from '../../contract/errors.ts'
import { readHead, readPieces } from '../storage/raw-file.ts'
import type { CsvOptions } from './csv-reader.ts'

/** Where and why a CSV file breaks its own form. Line and column count from 1, columns in characters. */
export interface CsvFault {
  line: number
  column: number
  message: string
}

const QUOTE = 0x22
const LINE_FEED = 0x0a
const RETURN = 0x0d

/**
 * Walks over the bytes of a CSV file and notes for each record how many values it has. DuckDB's own detection would
 * rather skip lines than name the one that does not fit.
 */
export class CsvScanner {
  fault: CsvFault | undefined
  /** Records of each number of values seen. */
  readonly widths = new Map<number, number>()
  /** Values of the first record. */
  firstWidth: number | undefined
  private readonly delimiter: number
  private readonly strict: boolean
  private line = 1
  private column = 0
  private values = 1
  private recordLine = 1
  private blank = true
  private extraAt: { line: number; column: number } | undefined
  private state: 'start' | 'plain' | 'quoted' | 'after quote' = 'start'
  private opened = { line: 1, column: 1 }
  private first = true

  /** Strict: stops at the first fault. Otherwise only counts, to compare delimiters. */
  constructor(delimiter: string, strict: boolean) {
    this.delimiter = delimiter.charCodeAt(0)
    this.strict = strict
  }

  /** Returns false once a fault was found. */
  feed(bytes: Buffer): boolean {
    // Skips the mark of UTF-8.
    const from = this.first && bytes[0] === 0xef && bytes[1] === 0xbb ? 3 : 0
    this.first = false
    for (let at = from; at < bytes.length; at += 1) {
      this.byte(bytes[at] ?? 0)
      if (this.fault && this.strict) return false
    }
    return true
  }

  end(): void {
    if (this.state === 'quoted') this.fail(this.opened, 'the quote that opens here is never closed')
    else if (!this.blank || this.values > 1) this.endRecord()
  }

  private byte(byte: number): void {
    // Bytes that continue a character do not move the column.
    if ((byte & 0xc0) !== 0x80) this.column += 1
    switch (this.state) {
      case 'quoted':
        if (byte === QUOTE) this.state = 'after quote'
        else if (byte === LINE_FEED) this.nextLine()
        return
      case 'after quote':
        if (byte === QUOTE) this.state = 'quoted'
        else if (!this.endsValue(byte)) {
          this.fail({ line: this.line, column: this.column }, 'there is text after the closing quote')
          this.state = 'plain'
        }
        return
      case 'start':
        if (byte === QUOTE) {
          this.state = 'quoted'
          this.blank = false
          this.opened = { line: this.line, column: this.column }
        } else if (!this.endsValue(byte)) {
          this.state = 'plain'
          this.blank = false
        }
        return
      case 'plain':
        this.endsValue(byte)
    }
  }

  private endsValue(byte: number): boolean {
    if (byte === this.delimiter) {
      this.values += 1
      this.blank = false
      if (this.firstWidth !== undefined && this.values === this.firstWidth + 1) this.extraAt = { line: this.line, column: this.column }
      this.state = 'start'
      return true
    }
    if (byte === RETURN) return true
    if (byte !== LINE_FEED) return false
    if (!this.blank) this.endRecord()
    this.nextLine()
    this.values = 1
    this.blank = true
    this.extraAt = undefined
    this.recordLine = this.line
    this.state = 'start'
    return true
  }

  private endRecord(): void {
    this.widths.set(this.values, (this.widths.get(this.values) ?? 0) + 1)
    this.firstWidth ??= this.values
    if (this.values === this.firstWidth) return
    const place = this.extraAt ?? { line: this.line, column: Math.max(1, this.column) }
    this.fail(place, `line ${this.recordLine} has ${count(this.values)}, but the first line has ${count(this.firstWidth)}`)
  }

  private nextLine(): void {
    this.line += 1
    this.column = 0
  }

  private fail(place: { line: number; column: number }, message: string): void {
    this.fault ??= { ...place, message }
  }
}

function count(values: number): string {
  return values === 1 ? '1 value' : `${values} values`
}

/** The first fault in a CSV file, looking at no more than `limit` bytes. */
async function findCsvFault(path: string, delimiter: string, limit: number): Promise<CsvFault | undefined> {
  // Delimiters of several characters are left to DuckDB.
  if (delimiter.length !== 1) return undefined
  const scanner = new CsvScanner(delimiter, true)
  let bytes = 0
  for await (const piece of readPieces(path, limit)) {
    bytes += piece.length
    if (!scanner.feed(piece)) return scanner.fault
  }
  // A file that goes on behind the limit ends in the middle of a record here.
  if (bytes < limit) scanner.end()
  return scanner.fault
}

/** How much of a CSV file is walked through at most. */
const SCAN_BYTES = 1 << 30

/** Throws where a CSV file breaks its own form, with line and column. */
export async function requireCsvForm(path: string, delimiter: string, shownPath = path): Promise<void> {
  const fault = await findCsvFault(path, delimiter, SCAN_BYTES)
  if (!fault) return
  throw new AppError('file-malformed', `The file breaks its own form at line ${fault.line}, column ${fault.column}: ${fault.message}.`, {
    file: shownPath,
    line: fault.line,
    field: `column ${fault.column}`,
    next: 'Correct that line, or choose another delimiter or encoding.',
  })
}

/** Enough records to tell a delimiter. */
const HEAD_BYTES = 256 << 10

/** The options with a delimiter: the one given, or the one that the beginning of the file shows. */
export async function withDelimiter(path: string, options: CsvOptions): Promise<CsvOptions & { delimiter: string }> {
  if (options.delimiter !== undefined) return { ...options, delimiter: options.delimiter }
  const head = await readHead(path, HEAD_BYTES)
  return { ...options, delimiter: detectDelimiter(head, head.length < HEAD_BYTES) }
}

const candidates = [',', ';', '\t', '|']

/** The delimiter that splits the most records into as many values as the first one. */
function detectDelimiter(head: Buffer, whole: boolean): string {
  const ranked = candidates.map((delimiter) => {
    const scanner = new CsvScanner(delimiter, false)
    scanner.feed(head)
    if (whole) scanner.end()
    const width = scanner.firstWidth ?? 1
    const records = [...scanner.widths.values()].reduce((sum, found) => sum + found, 0)
    const agreement = records === 0 || width === 1 ? 0 : (scanner.widths.get(width) ?? 0) / records
    return { delimiter, score: agreement * (1 + Math.log(width)) }
  })
  const best = ranked.reduce((left, right) => (right.score > left.score ? right : left))
  return best.score > 0 ? best.delimiter : ','
}

/** Whether the first record names columns: words, none of them a number, a date or an address. */
export async function looksLikeHeader(path: string, delimiter: string): Promise<boolean> {
  const head = (await readHead(path, HEAD_BYTES)).toString('utf8').replace(/^\uFEFF/, '')
  const cells = firstRecord(head, delimiter).map((cell) => cell.trim())
  const named = cells.filter((cell) => cell !== '')
  return named.length > cells.length / 2 && named.every((cell) => !/^[-+]?[\d.,]+%?$|^\d{4}-\d\d-\d\d|^\d{1,2}[./]\d{1,2}[./]\d{2,4}|@/.test(cell))
}

function firstRecord(text: string, delimiter: string): string[] {
  const cells: string[] = ['']
  let quoted = false
  for (const character of text) {
    if (character === '"') quoted = !quoted
    else if (quoted) cells[cells.length - 1] += character
    else if (character === '\n') return cells
    else if (character === delimiter) cells.push('')
    else if (character !== '\r') cells[cells.length - 1] += character
  }
  return cells
}
