import { AppError } from '../../contract/errors.ts'
import { readHead } from '../storage/raw-file.ts'

export type FileFormat = 'duckdb' | 'parquet' | 'csv'

/** What a file is, from its own bytes rather than from its name. */
export async function detectFormat(path: string): Promise<FileFormat> {
  const head = await readHead(path, 16)
  if (head.length === 0) throw new AppError('file-malformed', 'The file is empty.', { file: path, line: 1, next: 'Choose a file that holds data.' })
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return 'parquet'
  if (head.subarray(8, 12).toString('latin1') === 'DUCK') return 'duckdb'
  const other = otherFormat(head)
  if (other !== undefined) {
    throw new AppError('file-malformed', `This is ${other}, which cannot be read here.`, { file: path, next: 'Save it as CSV or Parquet, or choose a DuckDB file.' })
  }
  const ending = /\.(parquet|duckdb|db)$/i.exec(path)?.[1]?.toLowerCase()
  if (ending !== undefined) throw new AppError('file-malformed', `The file ends in .${ending}, but is none.`, { file: path, next: 'Export it again, or choose another file.' })
  return 'csv'
}

function otherFormat(head: Buffer): string | undefined {
  const text = head.toString('latin1')
  if (text.startsWith('PK\u0003\u0004')) return 'a spreadsheet or a zip file'
  if (text.startsWith('\u00d0\u00cf\u0011\u00e0')) return 'an old Excel file'
  if (text.startsWith('SQLite format 3')) return 'a SQLite database'
  if (head[0] === 0x1f && head[1] === 0x8b) return 'a compressed file'
  if (text.startsWith('%PDF')) return 'a PDF'
  return undefined
}
