import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
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
