import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** The first bytes of a file, fewer when it is shorter. */
export async function readHead(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(bytes)
    const { bytesRead } = await file.read(buffer, 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** A file piece by piece, at most `limit` bytes of it. */
export async function* readPieces(path: string, limit = Number.POSITIVE_INFINITY): AsyncGenerator<Buffer> {
  const options = { highWaterMark: 1 << 20, ...(Number.isFinite(limit) ? { end: limit - 1 } : {}) }
  for await (const piece of createReadStream(path, options)) yield piece as Buffer
}

/** Writes a UTF-8 copy of a text file. The copy appears whole or not at all. */
export async function copyAsUtf8(from: string, to: string, encoding: 'utf-16le' | 'utf-16be' | 'windows-1252'): Promise<void> {
  const beside = `${to}.part`
  const decoder = new TextDecoder(encoding)
  async function* decoded(): AsyncGenerator<string> {
    for await (const piece of readPieces(from)) yield decoder.decode(piece, { stream: true })
    yield decoder.decode()
  }
  try {
    await pipeline(Readable.from(decoded()), createWriteStream(beside, { encoding: 'utf8' }))
    await rename(beside, to)
  } catch (cause) {
    await rm(beside, { force: true })
    throw cause
  }
}

/** A file in pieces that end where a line ends, so that no character and no mark of several bytes is cut. */
export async function* readLinePieces(path: string, longest: number): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of readPieces(path)) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    const end = lastLineEnd(bytes)
    if (end === 0 && bytes.length > longest) throw new LineTooLong()
    if (end > 0) yield bytes.subarray(0, end)
    rest = bytes.subarray(end)
  }
  if (rest.length > 0) yield rest
}

/** A line that is longer than anybody writes: what has no line ends is no text of lines. */
export class LineTooLong extends Error {}

/** Behind the last line feed; where there is none, behind the last return that no line feed can follow. */
function lastLineEnd(bytes: Buffer): number {
  const feed = bytes.lastIndexOf(0x0a) + 1
  return feed > 0 ? feed : bytes.subarray(0, -1).lastIndexOf(0x0d) + 1
}

/** SHA-256 of a file's bytes. */
export async function hashOfFile(path: string): Promise<string> {
  const sha = createHash('sha256')
  for await (const piece of readPieces(path)) sha.update(piece)
  return sha.digest('hex')
}

/** Changes whenever somebody writes to a file or puts another in its place. */
export async function fileVersion(path: string): Promise<string> {
  const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true })
  return [ino, size, mtimeNs, ctimeNs].join(' ')
}

/** A new folder for files that nobody else uses, readable by this user alone. */
export async function scratchFolder(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o700 })
  return mkdtemp(join(parent, 'scratch-'))
}

/** Writes what `pieces` gives, holding little of it. */
export async function writePieces(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  await pipeline(Readable.from(pieces), createWriteStream(path, { mode: 0o600 }))
}

/** Puts a finished file in its place; who reads sees all of it or nothing. */
export async function putInPlace(from: string, to: string): Promise<void> {
  await rename(from, to)
}

/** Takes a folder away with all that is in it. */
export async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true })
}

/** Removes files of a folder that begin alike and are older than the newest of them by more than this. */
export async function removeOlder(folder: string, beginning: string, milliseconds: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(beginning))
  const files = await Promise.all(names.map(async (name) => ({ path: join(folder, name), at: (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0 })))
  const newest = Math.max(...files.map(({ at: written }) => written))
  for (const { path, at: written } of files) if (written < newest - milliseconds) await rm(path, { force: true })
}
