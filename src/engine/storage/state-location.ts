import { basename, dirname, join } from 'node:path'
import type { Disk, Files } from '../ports/ports.ts'
import { sha256Hex } from '../values/hash.ts'

/** The folder beside a workspace's definitions that holds its state; git-ignored, 0700. */
const besideName = '.lockstep'

export interface StateLocation {
  /** Absolute. */
  folder: string
  /** Why it is not beside the definitions, in words: "in a folder that Dropbox keeps in step". */
  elsewhereBecause?: string
}

/** Names in a path that file-sharing programs give their folders; each with how it is called. */
const synced: [RegExp, string][] = [
  [/^Dropbox( \(.+\))?$/i, 'Dropbox'],
  [/^OneDrive( ?[-–] ?.+)?$/i, 'OneDrive'],
  [/^(iCloud ?Drive|Mobile Documents|com~apple~CloudDocs)$/i, 'iCloud'],
  [/^(Google ?Drive( ?[-–(] ?.+)?|My Drive)$/i, 'Google Drive'],
  [/^CloudStorage$/, 'a cloud service'],
  [/^Box Sync$/i, 'Box'],
  [/^Nextcloud$/i, 'Nextcloud'],
  [/^pCloud ?Drive$/i, 'pCloud'],
]

/**
 * Where the state of a workspace lies: beside its definitions, or in the app's own data when that place is on a network
 * or kept in step by another program, where a database loses what was committed (semantics §7).
 */
export async function locateState(workspace: string, { files, statesFolder }: { files: Files; statesFolder: string | undefined }): Promise<StateLocation> {
  const beside = join(workspace, besideName)
  const because = statesFolder === undefined ? undefined : await whyNotThere(workspace, files)
  if (statesFolder === undefined || because === undefined) return { folder: beside }
  return { folder: await folderFor(workspace, { files, statesFolder }), elsewhereBecause: because }
}

/** Where state would lie if nothing spoke against it. */
export function stateBeside(workspace: string): string {
  return join(workspace, besideName)
}

async function whyNotThere(workspace: string, files: Files): Promise<string | undefined> {
  const program = syncedBy(workspace)
  if (program) return `in a folder that ${program} keeps in step`
  switch ((await diskOf(workspace, files))?.kind) {
    case 'network':
      return 'on a network drive'
    case 'user space':
      return 'on a drive that another program provides'
    case 'local':
    case undefined:
      return undefined
  }
}

/** The program that keeps a folder in step with other machines, as far as names tell. */
export function syncedBy(path: string): string | undefined {
  for (const part of path.split(/[/\\]/)) {
    const known = synced.find(([name]) => name.test(part))
    if (known) return known[1]
  }
  return undefined
}

/** Of the nearest folder that exists: a workspace may be about to be made. */
async function diskOf(path: string, files: Files): Promise<Disk | undefined> {
  const disk = await files.disk(path)
  return disk ?? (dirname(path) === path ? undefined : diskOf(dirname(path), files))
}

/** Named by the id of the workspace for people, and by its place for us: two copies of one workspace never share state. */
async function folderFor(workspace: string, { files, statesFolder }: { files: Files; statesFolder: string }): Promise<string> {
  const place = sha256Hex(workspace).slice(0, 12)
  const known = (await files.exists(statesFolder)) ? (await files.list(statesFolder)).find(({ name, kind }) => kind === 'folder' && name.endsWith(`-${place}`)) : undefined
  return join(statesFolder, known?.name ?? `${await idOf(workspace, files)}-${place}`)
}

async function idOf(workspace: string, files: Files): Promise<string> {
  const header = join(workspace, 'lockstep.yaml')
  const text = (await files.exists(header)) ? await files.readText(header) : ''
  return /^id:\s*["']?([a-z0-9][a-z0-9-]{0,62})/m.exec(text)?.[1] ?? (basename(workspace).toLowerCase().replace(/[^a-z0-9]+/g, '-') || 'workspace')
}
