import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { asStorageFailure } from './database.ts'

const bufferBytes = 256 * 1024

/** What a finished file is. */
export interface WrittenFile {
  bytes: number
  sha256: string
}

/** A file that grows piece by piece, for this person only, with the hash of its bytes. Never in memory as a whole. */
export class GrowingFile {
  private readonly handle: number
  private readonly path: string
  private readonly sha = createHash('sha256')
  private pending: string[] = []
  private pendingLength = 0
  private bytes = 0

  /** The file must not exist yet. */
  constructor(path: string) {
    this.path = path
    try {
      this.handle = openSync(path, 'wx', 0o600)
    } catch (error) {
      throw asStorageFailure(error, path)
    }
  }

  write(text: string): void {
    this.pending.push(text)
    this.pendingLength += text.length
    if (this.pendingLength >= bufferBytes) this.flush()
  }

  /** On disk when it returns. */
  finish(): WrittenFile {
    this.flush()
    fsyncSync(this.handle)
    closeSync(this.handle)
    return { bytes: this.bytes, sha256: this.sha.digest('hex') }
  }

  private flush(): void {
    if (this.pending.length === 0) return
    const data = Buffer.from(this.pending.join(''), 'utf8')
    this.pending = []
    this.pendingLength = 0
    try {
      for (let offset = 0; offset < data.length; ) offset += writeSync(this.handle, data, offset)
    } catch (error) {
      throw asStorageFailure(error, this.path)
    }
    this.sha.update(data)
    this.bytes += data.length
  }
}

/** A folder for this person only. */
export function makePrivateFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw asStorageFailure(error, path)
  }
}
