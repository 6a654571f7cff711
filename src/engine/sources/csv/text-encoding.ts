import { isAscii as isAsciiBytes } from 'node:buffer'
import type { CsvOptions } from '../../../contract/csv.ts'
import { copyAsUtf8, readHead, readPieces } from '../../storage/raw-file.ts'

export type Encoding = NonNullable<CsvOptions['encoding']>

/** How much of a file is looked at for bytes that are not UTF-8. */
const LOOK_BYTES = 64 << 20

/** The encoding of a text file, from its byte order mark or from its bytes. */
export async function detectEncoding(path: string): Promise<Encoding> {
  const head = await readHead(path, 4096)
  if (byteOrder(head) !== undefined) return 'utf-16'
  return (await isUtf8(path)) ? 'utf-8' : 'latin-1'
}

/** UTF-16 shows in its mark, or in every other byte being zero. */
function byteOrder(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  let even = 0
  let odd = 0
  head.forEach((byte, at) => {
    if (byte === 0) at % 2 === 0 ? (even += 1) : (odd += 1)
  })
  const many = head.length / 5
  if (odd > many && even < odd / 10) return 'utf-16le'
  return even > many && odd < even / 10 ? 'utf-16be' : undefined
}

/** Whether every byte is the same in all encodings of one byte. */
export async function isAscii(path: string): Promise<boolean> {
  for await (const piece of readPieces(path, LOOK_BYTES)) if (!isAsciiBytes(piece)) return false
  return true
}

async function isUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const piece of readPieces(path, LOOK_BYTES)) decoder.decode(piece, { stream: true })
    return true
  } catch {
    return false
  }
}

/**
 * The path of the same text in UTF-8, which is all that DuckDB reads well: the file itself, or a copy that is written.
 * "latin-1" is read as Windows-1252, which holds it and is what spreadsheets write.
 */
export async function writeUtf8(path: string, encoding: Encoding | undefined, copy: string): Promise<string> {
  if (encoding === undefined || encoding === 'utf-8') return path
  await copyAsUtf8(path, copy, encoding === 'latin-1' ? 'windows-1252' : (byteOrder(await readHead(path, 4096)) ?? 'utf-16le'))
  return copy
}
