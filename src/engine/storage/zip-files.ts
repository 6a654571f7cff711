import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import yazl from 'yazl'
import { asStorageFailure } from './database.ts'
import type { WrittenFile } from './growing-file.ts'

/**
 * Packs files of one folder into a new zip beside them, for this person only. `at` stamps every entry, so that the same
 * files give the same bytes. Throws an AppError of `storage-failed` where the disk refuses.
 */
export async function zipFiles(folder: string, names: readonly string[], zip: { name: string; at: number }): Promise<WrittenFile> {
  const path = `${folder}/${zip.name}`
  const packed = new yazl.ZipFile()
  for (const name of names) packed.addFile(`${folder}/${name}`, name, { mtime: new Date(zip.at), mode: 0o100600 })
  packed.end()
  const sha = createHash('sha256')
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sha.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  try {
    await pipeline(packed.outputStream, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  } catch (error) {
    throw asStorageFailure(error, path)
  }
  return { bytes, sha256: sha.digest('hex') }
}
