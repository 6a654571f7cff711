import { access, copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { Files } from '../ports/ports.ts'

/** The disk, as plainly as a test needs it. */
export const diskFiles: Files = {
  readText: (path) => readFile(path, 'utf8'),
  writeText: (path, text) => writeFile(path, text),
  exists: (path) => access(path).then(
    () => true,
    () => false,
  ),
  async list(path) {
    const entries = await readdir(path, { withFileTypes: true })
    return entries.map((entry) => ({ name: entry.name, kind: entry.isDirectory() ? ('folder' as const) : ('file' as const) }))
  },
  async stat(path) {
    const found = await stat(path).catch(() => undefined)
    return found === undefined ? undefined : { bytes: found.size, modifiedAt: Math.trunc(found.mtimeMs), kind: found.isDirectory() ? 'folder' : 'file' }
  },
  disk: async (path) => ((await diskFiles.exists(path)) ? { kind: 'local', freeBytes: 1e12 } : undefined),
  makeFolder: async (path) => void (await mkdir(path, { recursive: true })),
  remove: (path) => rm(path, { recursive: true, force: true }),
  copy: (from, to) => copyFile(from, to),
  watch: () => () => {},
}
