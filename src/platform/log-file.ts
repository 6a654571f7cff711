import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

const LARGEST_BYTES = 5 * 1024 * 1024

/**
 * Writes log lines to standard error and to a file, for programs whose standard error nobody sees.
 * A file that has grown large becomes the one before, which replaces the one before that. A disk that refuses
 * must not stop the work that is being logged.
 */
export function toFileToo(path: string, largest = LARGEST_BYTES): (line: string) => void {
  let file: number | undefined
  let bytes = 0

  function open(): void {
    if (file !== undefined) closeSync(file)
    file = undefined
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    bytes = sizeOf(path)
    if (bytes > largest) {
      renameSync(path, `${path}.1`)
      bytes = 0
    }
    file = openSync(path, 'a', 0o600)
  }

  return (line) => {
    process.stderr.write(line)
    try {
      if (file === undefined || bytes > largest) open()
      if (file !== undefined) bytes += writeSync(file, line)
    } catch {
      file = undefined
    }
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
