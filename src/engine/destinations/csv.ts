import { AppError } from '../../contract/errors.ts'

/** Pieces of about this many characters leave together. */
const pieceLength = 64 * 1024
/** No cell of a result is longer; a file without an end of quotes must not fill the memory. */
const longestCell = 1_000_000

/** Rows as CSV (RFC 4180), piece by piece: however many there are, they are never held together. */
export async function* csvPieces(rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  let piece = ''
  for await (const row of rows) {
    piece += `${row.map(cell).join(',')}\n`
    if (piece.length < pieceLength) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

function cell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The rows of a CSV as it comes. `what` completes "answered in a form that is not understood while …". */
export async function* csvRows(pieces: AsyncIterable<Uint8Array>, { name, what }: { name: string; what: string }): AsyncGenerator<string[]> {
  const reader = new CsvReader()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const notUnderstood = (detail: string): AppError =>
    new AppError('destination-refused', `${name} answered in a form that is not understood while ${what}.`, { next: 'Try again later; if it lasts, the system has changed.', detail, retryable: true })
  const text = (bytes: Uint8Array | undefined): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw notUnderstood('The file is not UTF-8.')
    }
  }
  for await (const piece of pieces) {
    yield* reader.take(text(piece))
    if (reader.isTooLong) throw notUnderstood('A cell has no end.')
  }
  yield* reader.take(text(undefined))
  const last = reader.end()
  if (last === 'in quotes') throw notUnderstood('The file ends within a cell.')
  if (last) yield last
}

/** Cells and rows of a text that comes in parts. */
class CsvReader {
  private row: string[] = []
  private cell = ''
  private state: 'start' | 'plain' | 'quoted' | 'quote in quoted' = 'start'
  private afterReturn = false

  get isTooLong(): boolean {
    return this.cell.length > longestCell
  }

  *take(text: string): Generator<string[]> {
    for (const character of text) {
      const followsReturn = this.afterReturn
      this.afterReturn = false
      if (this.state === 'quoted') {
        if (character === '"') this.state = 'quote in quoted'
        else this.cell += character
      } else if (character === '"' && this.state === 'quote in quoted') {
        this.cell += character
        this.state = 'quoted'
      } else if (character === '"' && this.state === 'start') {
        this.state = 'quoted'
      } else if (character === ',') {
        this.endCell()
      } else if (character === '\n' || character === '\r') {
        this.afterReturn = character === '\r'
        if (!(followsReturn && character === '\n')) yield this.endRow()
      } else if (!(character === '\uFEFF' && this.state === 'start' && this.row.length === 0)) {
        this.cell += character
        this.state = 'plain'
      }
    }
  }

  /** The last row, where no line end follows it. */
  end(): string[] | 'in quotes' | undefined {
    if (this.state === 'quoted') return 'in quotes'
    return this.row.length === 0 && this.state === 'start' ? undefined : this.endRow()
  }

  private endCell(): void {
    this.row.push(this.cell)
    this.cell = ''
    this.state = 'start'
  }

  private endRow(): string[] {
    this.endCell()
    const { row } = this
    this.row = []
    return row
  }
}
