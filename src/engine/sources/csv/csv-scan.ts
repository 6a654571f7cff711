import { isUtf8 } from 'node:buffer'

/** The marks by which the text of a CSV file is told apart. Nothing is a comment unless a mark for it is given. */
export interface CsvMarks {
  delimiter: string
  /** Empty: no quotes. */
  quote: string
  comment?: string
}

/** Where and why a CSV file breaks its own form. Line and column count from 1, columns in characters. */
export interface CsvFault {
  line: number
  column: number
  message: string
}

const LINE_FEED = 0x0a
const RETURN = 0x0d
const SPACE = 0x20

/** What a byte is part of. Numbers, as this is asked for every byte. */
const In = { Start: 0, Plain: 1, Quoted: 2, AfterQuote: 3, Comment: 4 } as const

export interface ScanOptions {
  /** Counts on at a fault, to compare delimiters. */
  lenient?: boolean
  /** Records whose values are to be placed, counted from 0. */
  wanted?: ReadonlySet<number>
  /** Takes the text without what only people read: comments, marks at its beginning, and several kinds of line ends. */
  keep?: (bytes: Uint8Array) => void
}

/**
 * Walks over the bytes of a CSV file and notes for each record how many values it has, and where the file breaks its own
 * form. DuckDB would skip or join lines rather than name the one that does not fit.
 */
export class CsvScanner {
  fault: CsvFault | undefined
  records = 0
  /** Records of each number of values seen. */
  readonly widths = new Map<number, number>()
  /** Values of the first record. */
  firstWidth: number | undefined
  /** The text differs from what `keep` gets. */
  odd = false
  /** For each wanted record, the line on which each of its values begins. */
  readonly places = new Map<number, number[]>()
  private readonly delimiter: Buffer
  private readonly quote: number
  private readonly comment: number
  private readonly options: ScanOptions
  private piece: Uint8Array = Buffer.alloc(0)
  private first = true
  private state: (typeof In)[keyof typeof In] = In.Start
  private line = 1
  private lineStart = 0
  private values = 1
  private recordLine = 1
  private blank = true
  private extraAt: Pick<CsvFault, 'line' | 'column'> | undefined
  private opened: Pick<CsvFault, 'line' | 'column'> = { line: 1, column: 1 }
  private keptTo = 0
  private lineFeeds = 0
  private returns = 0
  private placing: number[] | undefined

  constructor(marks: CsvMarks, options: ScanOptions = {}) {
    this.delimiter = Buffer.from(marks.delimiter)
    this.quote = marks.quote === '' ? -1 : marks.quote.charCodeAt(0)
    this.comment = marks.comment === undefined ? -1 : marks.comment.charCodeAt(0)
    this.options = options
  }

  /** The line at which the walk has arrived. */
  get lines(): number {
    return this.line
  }

  /** Takes bytes that end where a line ends; returns false once a fault was found. */
  feed(piece: Buffer): boolean {
    this.piece = piece
    this.lineStart = 0
    this.keptTo = 0
    const from = this.first ? this.skipMarks(piece) : 0
    if (this.first) this.beginRecord()
    this.first = false
    if (!this.options.lenient && !this.isText(piece)) return false
    this.walk(piece, from)
    if (this.state !== In.Comment) this.options.keep?.(piece.subarray(this.keptTo))
    return this.fault === undefined || this.options.lenient === true
  }

  end(): void {
    if (this.state === In.Quoted) this.fail(this.opened, 'the quote that opens here is never closed')
    else if (this.state !== In.Comment && !(this.blank && this.values === 1)) this.endRecord(this.piece.length)
    if (this.lineFeeds > 0 && this.returns > 0) this.odd = true
  }

  /** The mark of UTF-8, and a first line that tells a spreadsheet the delimiter. */
  private skipMarks(piece: Buffer): number {
    const mark = piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf ? 3 : 0
    const told = delimiterTold(piece)
    if (told === undefined) return mark
    this.odd = true
    this.line = 2
    this.lineStart = told.end
    this.keptTo = told.end
    return told.end
  }

  private isText(piece: Buffer): boolean {
    if (!isUtf8(piece)) {
      const at = firstNotUtf8(piece)
      this.fail({ line: this.line + lineEndsBefore(piece, at), column: 1 }, 'its bytes are not UTF-8')
    } else {
      const at = piece.indexOf(0)
      if (at >= 0) this.fail({ line: this.line + lineEndsBefore(piece, at), column: charactersSince(piece, piece.lastIndexOf(LINE_FEED, at) + 1, at) + 1 }, 'a NUL character')
    }
    return this.fault === undefined
  }

  private walk(piece: Buffer, from: number): void {
    const { quote, delimiter, comment } = this
    const [mark = -1] = delimiter
    const strict = !this.options.lenient
    const long = delimiter.length > 1
    for (let at = from; at < piece.length; at += 1) {
      const byte = piece[at] ?? 0
      if (this.state === In.Quoted) {
        if (byte === quote) this.state = In.AfterQuote
        else if (byte === LINE_FEED) this.nextLine(at + 1)
        continue
      }
      if (byte === LINE_FEED || byte === RETURN) {
        if (byte === RETURN && piece[at + 1] === LINE_FEED) continue
        this.endLine(at)
        if (this.fault && strict) return
        continue
      }
      if (this.state === In.Comment) continue
      if (byte === mark && (!long || piece.compare(delimiter, 0, delimiter.length, at, Math.min(at + delimiter.length, piece.length)) === 0)) {
        at += delimiter.length - 1
        this.nextValue(at)
        continue
      }
      if (this.state === In.Plain) continue
      if (this.state === In.AfterQuote) {
        if (byte === quote && piece[at - 1] === quote) this.state = In.Quoted
        else if (byte !== SPACE) {
          this.fail(this.placeOf(at), 'there is text after the closing quote')
          if (strict) return
          this.state = In.Plain
        }
        continue
      }
      if (byte === comment && this.blank && at === this.lineStart) {
        this.odd = true
        this.state = In.Comment
        continue
      }
      this.blank = false
      if (byte === quote) {
        this.state = In.Quoted
        this.opened = this.placeOf(at)
      } else if (byte !== SPACE) this.state = In.Plain
    }
  }

  private nextValue(at: number): void {
    this.values += 1
    this.blank = false
    this.placing?.push(this.line)
    if (this.firstWidth !== undefined && this.values === this.firstWidth + 1) this.extraAt = this.placeOf(at)
    this.state = In.Start
  }

  private endLine(at: number): void {
    const returned = this.piece[at] === LINE_FEED && at > 0 && this.piece[at - 1] === RETURN
    if (returned) this.returns += 1
    else this.lineFeeds += 1
    if (this.piece[at] === RETURN) this.odd = true
    const end = returned ? at - 1 : at
    // A line without anything is a record only where records have one value.
    const isRecord = this.state !== In.Comment && (!this.blank || this.values > 1 || this.firstWidth === 1)
    if (isRecord) this.endRecord(end)
    else if (this.state !== In.Comment && this.firstWidth === undefined) this.odd = true
    this.keepLine(end, at + 1, isRecord)
    this.nextLine(at + 1)
    this.beginRecord()
  }

  private keepLine(end: number, next: number, isRecord: boolean): void {
    const { keep } = this.options
    if (keep === undefined) return
    if (isRecord) {
      keep(this.piece.subarray(this.keptTo, end))
      keep(newLine)
    }
    this.keptTo = next
  }

  private beginRecord(): void {
    this.values = 1
    this.blank = true
    this.extraAt = undefined
    this.recordLine = this.line
    this.state = In.Start
    this.placing = undefined
    if (!this.options.wanted?.has(this.records)) return
    this.placing = [this.line]
    this.places.set(this.records, this.placing)
  }

  private endRecord(at: number): void {
    this.records += 1
    this.widths.set(this.values, (this.widths.get(this.values) ?? 0) + 1)
    this.firstWidth ??= this.values
    if (this.values === this.firstWidth) return
    const place = this.extraAt ?? { line: this.line, column: this.placeOf(at).column }
    this.fail(place, `line ${this.recordLine} has ${count(this.values)}, but the first line has ${count(this.firstWidth)}`)
  }

  private nextLine(start: number): void {
    this.line += 1
    this.lineStart = start
  }

  private placeOf(at: number): Pick<CsvFault, 'line' | 'column'> {
    return { line: this.line, column: charactersSince(this.piece, this.lineStart, at) + 1 }
  }

  private fail(place: Pick<CsvFault, 'line' | 'column'>, message: string): void {
    this.fault ??= { ...place, message }
  }
}

const newLine = Buffer.from('\n')

/** Bytes that continue a character do not move the column. */
function charactersSince(piece: Uint8Array, from: number, to: number): number {
  let characters = 0
  for (let at = from; at < to; at += 1) if (((piece[at] ?? 0) & 0xc0) !== 0x80) characters += 1
  return characters
}

function lineEndsBefore(piece: Buffer, end: number): number {
  let lines = 0
  for (let at = piece.indexOf(LINE_FEED); at >= 0 && at < end; at = piece.indexOf(LINE_FEED, at + 1)) lines += 1
  return lines
}

/** Where the first line begins that is not UTF-8. */
function firstNotUtf8(piece: Buffer): number {
  for (let at = 0; at < piece.length; ) {
    const end = piece.indexOf(LINE_FEED, at)
    const next = end < 0 ? piece.length : end + 1
    if (!isUtf8(piece.subarray(at, next))) return at
    at = next
  }
  return 0
}

/** A first line `sep=;`, which spreadsheets write and read to tell the delimiter, and where the line after it begins. */
export function delimiterTold(head: Buffer): { delimiter: string; end: number } | undefined {
  const line = /^(?:\uFEFF)?"?sep=([^"\r\n]{1,2}?)"?(?:\r\n|\n|\r)/i.exec(head.subarray(0, 64).toString('utf8'))
  const [whole, delimiter] = line ?? []
  return whole === undefined || delimiter === undefined ? undefined : { delimiter, end: Buffer.byteLength(whole) }
}

/** The values of the first record that is no comment. */
export function firstRecord(head: Buffer, { delimiter, quote, comment }: CsvMarks): string[] {
  const from = delimiterTold(head)?.end ?? 0
  let rest = head.subarray(from).toString('utf8').replace(/^\uFEFF/, '')
  while (/^[\r\n]/.test(rest) || (comment !== undefined && rest.startsWith(comment))) rest = rest.replace(/^.*(?:\r\n|\n|\r|$)/, '')
  const values: string[] = []
  for (;;) {
    const quoted = quote === '' ? undefined : quotedValue(rest, quote)
    const value = quoted?.value ?? rest.slice(0, plainEnd(rest, delimiter))
    values.push(value)
    rest = rest.slice(quoted?.end ?? value.length)
    if (!rest.startsWith(delimiter)) return values
    rest = rest.slice(delimiter.length)
  }
}

/** Where a value without quotes ends. */
function plainEnd(text: string, delimiter: string): number {
  const line = /[\r\n]/.exec(text)?.index ?? text.length
  const next = text.indexOf(delimiter)
  return next < 0 ? line : Math.min(line, next)
}

/** A quoted value, spaces around its quotes left out, and where they end. */
function quotedValue(text: string, quote: string): { value: string; end: number } | undefined {
  const from = afterSpaces(text, 0)
  if (text[from] !== quote) return undefined
  let value = ''
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] !== quote) value += text[at] ?? ''
    else if (text[at + 1] === quote) value += text[(at += 1)] ?? ''
    else return { value, end: afterSpaces(text, at + 1) }
  }
  return { value, end: text.length }
}

function afterSpaces(text: string, from: number): number {
  let at = from
  while (text[at] === ' ') at += 1
  return at
}

function count(values: number): string {
  return values === 1 ? '1 value' : `${values} values`
}

const candidates = [',', ';', '\t', '|']

/** The delimiter that the beginning of a file tells, or that splits the most records into as many values as the first one. */
export function detectDelimiter(head: Buffer, whole: boolean, marks: Omit<CsvMarks, 'delimiter'>): string {
  const told = delimiterTold(head)
  if (told !== undefined) return told.delimiter
  const ranked = candidates.map((delimiter) => {
    const scanner = new CsvScanner({ ...marks, delimiter }, { lenient: true })
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
