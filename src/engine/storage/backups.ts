import { createHash } from 'node:crypto'
import { closeSync, constants, copyFileSync, existsSync, linkSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../contract/errors.ts'
import { asStorageFailure, type StateDatabase, stateFile } from './database.ts'

/**
 * Backups: a copy of `state.db` (VACUUM INTO) with the immutable files it points to, each backup a folder of its own
 * under `backups/`. Files that never change are linked, not copied, where the disk can: a backup costs no more room than
 * what was dropped since.
 */
export const backupsFolder = 'backups'
const manifestFile = 'manifest.json'
const keyFile = 'reference.key'
/** Copies made without being asked for; the older ones go. What a person asked for stays until retention. */
const automaticKept = 3

const backedUpFile = z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string().optional() })
const backupManifest = z.object({
  format: z.literal(1),
  at: z.number().int(),
  reason: z.string(),
  asked: z.boolean(),
  /** Where the audit chain stood. */
  audit: z.object({ entries: z.number().int(), head: z.string() }),
  files: z.array(backedUpFile),
})
export type BackupManifest = z.infer<typeof backupManifest>

/** A backup as it lies on the disk. */
export interface StoredBackup {
  id: string
  /** Absolute. */
  path: string
  manifest: BackupManifest
  bytes: number
}

/** Makes a backup while the database is in use. It appears whole or not at all. */
export function writeBackup(database: StateDatabase, options: { now: number; reason: string; asked: boolean }): StoredBackup {
  const all = join(database.folder, backupsFolder)
  const id = freeId(all, options.now)
  const making = join(all, `.${id}.making`)
  try {
    mkdirSync(making, { recursive: true, mode: 0o700 })
    database.backUp(join(making, stateFile))
    const files = [describe(making, stateFile, true), ...pointedFiles(database).flatMap((path) => keep(database.folder, making, path))]
    const manifest: BackupManifest = { format: 1, at: options.now, reason: options.reason, asked: options.asked, audit: auditHeadOf(database), files }
    writeFileSync(join(making, manifestFile), JSON.stringify(manifest), { mode: 0o600, flush: true })
    renameSync(making, join(all, id))
    dropOldAutomatic(database.folder)
    return { id, path: join(all, id), manifest, bytes: sizeOf(manifest) }
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    throw asStorageFailure(error, all)
  }
}

/** All backups of a state folder, newest first; folders that are none are left out. */
export function listBackups(stateFolder: string): StoredBackup[] {
  const all = join(stateFolder, backupsFolder)
  if (!existsSync(all)) return []
  return readdirSync(all)
    .flatMap((id) => readBackup(all, id) ?? [])
    .sort((one, other) => other.manifest.at - one.manifest.at || (one.id < other.id ? 1 : -1))
}

export function findBackup(stateFolder: string, id: string): StoredBackup {
  const found = listBackups(stateFolder).find((backup) => backup.id === id)
  if (found) return found
  throw new AppError('not-found', `There is no backup ${id}.`, { value: id, next: 'Choose one of the list.' })
}

export function removeBackup({ path }: StoredBackup): void {
  rmSync(path, { recursive: true, force: true })
}

/** Looks at every file of a backup again, or reads them all; the first that is not what was written, in a sentence. */
export function damageIn({ path, manifest }: StoredBackup, look: 'sizes' | 'contents'): string | undefined {
  for (const file of manifest.files) {
    const found = statSync(join(path, file.path), { throwIfNoEntry: false })
    if (!found) return `${file.path} is not there any more.`
    const same = found.size === file.bytes && (look === 'sizes' || file.sha256 === undefined || sha256OfFile(join(path, file.path)) === file.sha256)
    if (!same) return `${file.path} is not what was written.`
  }
  return undefined
}

/** Puts the files beside the database back where the state folder lacks them. They count once a database points to them. */
export function putFilesBack({ path, manifest }: StoredBackup, stateFolder: string): void {
  for (const file of manifest.files) {
    const to = join(stateFolder, file.path)
    if (file.path === stateFile || statSync(to, { throwIfNoEntry: false })?.size === file.bytes) continue
    rmSync(to, { force: true })
    linkOrCopy(join(path, file.path), to)
  }
}

/** What a crash left half made. */
export function sweepHalfBackups(stateFolder: string): number {
  const all = join(stateFolder, backupsFolder)
  const half = existsSync(all) ? readdirSync(all).filter((name) => name.startsWith('.')) : []
  for (const name of half) rmSync(join(all, name), { recursive: true, force: true })
  return half.length
}

function readBackup(all: string, id: string): StoredBackup | undefined {
  if (id.startsWith('.')) return undefined
  try {
    const manifest = backupManifest.parse(JSON.parse(readFileSync(join(all, id, manifestFile), 'utf8')))
    return { id, path: join(all, id), manifest, bytes: sizeOf(manifest) }
  } catch {
    return undefined
  }
}

/** Sorts by time as a name, and can stand in a path on every system. */
function freeId(all: string, now: number): string {
  const stem = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')
  let id = stem
  for (let number = 2; existsSync(join(all, id)); number++) id = `${stem}-${number}`
  return id
}

/** Relative paths of what the database points to; folders of plans as a whole. */
function pointedFiles(database: StateDatabase): string[] {
  const data = database.all<{ path: string }>('SELECT DISTINCT path FROM data_files WHERE retired_at IS NULL ORDER BY path').map(({ path }) => `data/${path}`)
  const plans = database.all<{ folder: string }>("SELECT folder FROM plans WHERE folder <> '' ORDER BY folder").map(({ folder }) => `plans/${folder}`)
  return [...data, ...plans, keyFile]
}

/** Puts one file, or the files of one folder, into the backup. What retention has dropped is not missed. */
function keep(stateFolder: string, making: string, path: string): BackupManifest['files'] {
  const found = statSync(join(stateFolder, path), { throwIfNoEntry: false })
  if (!found) return []
  if (found.isDirectory()) return readdirSync(join(stateFolder, path)).flatMap((name) => keep(stateFolder, making, `${path}/${name}`))
  linkOrCopy(join(stateFolder, path), join(making, path))
  // Plans are kept for looking back; what is known of the destinations is what must be whole.
  return [describe(making, path, !path.startsWith('plans/'))]
}

function linkOrCopy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  try {
    linkSync(from, to)
  } catch {
    // Some disks have no links, and some have only so many.
    copyFileSync(from, to, constants.COPYFILE_EXCL)
  }
}

function describe(folder: string, path: string, hashed: boolean): BackupManifest['files'][number] {
  const bytes = statSync(join(folder, path)).size
  return { path, bytes, ...(hashed ? { sha256: sha256OfFile(join(folder, path)) } : {}) }
}

function sha256OfFile(path: string): string {
  const sha = createHash('sha256')
  const buffer = Buffer.alloc(1 << 20)
  const file = openSync(path, 'r')
  try {
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) sha.update(buffer.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return sha.digest('hex')
}

function sizeOf(manifest: BackupManifest): number {
  return manifest.files.reduce((bytes, file) => bytes + file.bytes, 0)
}

function auditHeadOf(database: StateDatabase): BackupManifest['audit'] {
  const last = database.get<{ sequence: number; hash: string }>('SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1')
  return { entries: last?.sequence ?? 0, head: last?.hash ?? '' }
}

function dropOldAutomatic(stateFolder: string): void {
  const automatic = listBackups(stateFolder).filter(({ manifest }) => !manifest.asked)
  for (const backup of automatic.slice(automaticKept)) removeBackup(backup)
}
