import { AppError } from '../../contract/errors.ts'
import type { FileKind, Files } from './ports.ts'

const words: Record<Exclude<FileKind, 'file'>, string> = { folder: 'a folder', pipe: 'a named pipe', socket: 'a socket', device: 'a device' }

/** Throws for whatever is no regular file: reading a pipe or a device may wait for ever, or never end. */
export function refuseUnlessFile(path: string, kind: FileKind): undefined {
  if (kind !== 'file') throw new AppError('bad-input', `${path} is ${words[kind]}, not a file.`, { file: path, next: 'Give a regular file in its place.' })
}

/** The same for a path that exists. */
export async function requireRegularFile(files: Pick<Files, 'stat'>, path: string): Promise<void> {
  const found = await files.stat(path)
  if (found) refuseUnlessFile(path, found.kind)
}
