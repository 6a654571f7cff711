import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { basename, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export const LARGEST_UPLOAD_BYTES = 20 * 1024 ** 3

export type UploadResult = { path: string; bytes: number } | { problem: 'too large' | 'broken off' | 'no name' }

/** Streams a dropped file to a folder of its own, so that it keeps its name; what stays incomplete is removed. */
export async function receiveUpload(request: IncomingMessage, folder: string, limit = LARGEST_UPLOAD_BYTES): Promise<UploadResult> {
  const name = plainName(new URL(request.url ?? '/', 'http://page').searchParams.get('name') ?? '')
  if (name === '') return { problem: 'no name' }
  if (Number(request.headers['content-length'] ?? 0) > limit) return { problem: 'too large' }
  const place = join(folder, randomBytes(8).toString('hex'))
  await mkdir(place, { recursive: true, mode: 0o700 })
  const path = join(place, name)
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, pass) {
      bytes += chunk.length
      pass(bytes > limit ? new Error('too large') : null, chunk)
    },
  })
  try {
    await pipeline(request, counted, createWriteStream(path, { mode: 0o600 }))
    return { path, bytes }
  } catch (error) {
    await rm(place, { recursive: true, force: true })
    if (bytes > limit) return { problem: 'too large' }
    if (request.errored || request.aborted || !request.complete) return { problem: 'broken off' }
    throw error
  }
}

/** The name without folders, without what some system cannot store, never hidden and never endless. */
function plainName(given: string): string {
  const name = basename(given.replaceAll('\\', '/'))
    .replace(/[\p{Cc}<>:"|?*]/gu, '_')
    .replace(/^\.+/, '')
    .trim()
  return name.length <= 120 ? name : name.slice(-120)
}
