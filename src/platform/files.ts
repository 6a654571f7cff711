import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import type { Stats } from 'node:fs'
import { access, copyFile, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Disk, FileKind, Files } from '../engine/ports/ports.ts'
import { refuseUnlessFile } from '../engine/ports/regular-file.ts'
import { watchFolder } from './watch-folder.ts'

/** The disk of this machine. */
export const nodeFiles: Files = {
  readText,
  writeText: writeAtomically,
  exists: (path) => access(path).then(
    () => true,
    () => false,
  ),
  async list(path) {
    const entries = await readdir(path, { withFileTypes: true })
    return entries
      .map((entry) => ({ name: entry.name, kind: entry.isDirectory() ? ('folder' as const) : ('file' as const) }))
      .sort((one, other) => (one.name < other.name ? -1 : 1))
  },
  async stat(path) {
    try {
      const found = await stat(path)
      return { bytes: found.size, modifiedAt: Math.trunc(found.mtimeMs), kind: kindOf(found) }
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  },
  async disk(path) {
    try {
      const { type, bavail, bsize } = await statfs(path)
      return { kind: diskKind(path, type), freeBytes: bavail * bsize }
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  },
  makeFolder: async (path, mode) => void (await mkdir(path, { recursive: true, ...(mode === undefined ? {} : { mode }) })),
  remove: (path) => rm(path, { recursive: true, force: true }),
  copy: (from, to) => copyFile(from, to),
  watch: watchFolder,
}

/** Kinds of file system by Linux’s numbers: NFS, SMB (three generations), AFS, Ceph, Coda, 9p; and FUSE. */
const networkTypes = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x00c36400, 0x73757245, 0x01021997])
const fuseType = 0x65735546

/** Exported for its test. Other systems number their file systems by the order in which they load them. */
export function diskKind(path: string, type: number, platform = process.platform): Disk['kind'] {
  // Windows names what another machine holds by that machine.
  if (platform === 'win32') return /^[/\\]{2}[^/\\?.]/.test(path) ? 'network' : 'local'
  if (platform !== 'linux') return 'local'
  if (networkTypes.has(type >>> 0)) return 'network'
  return type >>> 0 === fuseType ? 'user space' : 'local'
}

async function readText(path: string): Promise<string> {
  // Opening a device can act on it, so it is looked at first; opened without waiting, a pipe put in its place meanwhile cannot hold us.
  refuseUnlessFile(path, kindOf(await stat(path)))
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    refuseUnlessFile(path, kindOf(await file.stat()))
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

function kindOf(found: Stats): FileKind {
  if (found.isFile()) return 'file'
  if (found.isDirectory()) return 'folder'
  if (found.isFIFO()) return 'pipe'
  return found.isSocket() ? 'socket' : 'device'
}

/** Writes beside, syncs, renames: a reader or a crash finds the old content or the new, never half. */
async function writeAtomically(path: string, text: string, mode?: number): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const file = await open(beside, 'wx', mode ?? (await modeOf(path)))
    try {
      await file.writeFile(text, 'utf8')
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
}

async function modeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mode & 0o777
  } catch {
    return 0o666
  }
}

/** Makes the rename itself durable. Windows cannot open folders and does not need it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
