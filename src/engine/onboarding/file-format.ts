import { extname } from 'node:path'
import { AppError } from '../../contract/errors.ts'
import { sources as productSources } from '../sources/registry.ts'
import type { AnySource, SourceFile } from '../sources/source.ts'
import { readHead } from '../storage/raw-file.ts'

/** A kind of source that is a file. */
export type FileKind = AnySource & { file: SourceFile }

/** Those of the kinds of sources that are files. */
function fileKinds(sources: readonly AnySource[]): FileKind[] {
  return sources.filter((source): source is FileKind => source.file !== undefined)
}

/** What a file is, from its own bytes rather than from its name. */
export async function detectKind(path: string, sources: readonly AnySource[] = productSources): Promise<FileKind> {
  const head = await readHead(path, 16)
  if (head.length === 0) throw new AppError('file-malformed', 'The file is empty.', { file: path, line: 1, next: 'Choose a file that holds data.' })
  const kinds = fileKinds(sources)
  const known = kinds.find(({ file }) => file.recognises?.(head) === true)
  if (known !== undefined) return known
  const other = otherFormat(head)
  const any = kinds.find(({ file }) => file.recognises === undefined)
  if (other !== undefined || any === undefined) {
    throw new AppError('file-malformed', `This is ${other ?? 'a file'}, which cannot be read here.`, { file: path, next: 'Save it as CSV or Parquet, or choose a DuckDB file.' })
  }
  const ending = extname(path).toLowerCase()
  const claimed = kinds.some(({ file }) => file.recognises !== undefined && file.endings.includes(ending))
  if (claimed) throw new AppError('file-malformed', `The file ends in ${ending}, but is none.`, { file: path, next: 'Export it again, or choose another file.' })
  return any
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
