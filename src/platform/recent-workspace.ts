import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeFiles } from './files.ts'
import { appDataFolder } from './folders.ts'

const FILE = 'recent.json'

/** The workspace that was open last on this machine, so that a person finds it again. */
export async function recentWorkspace(folder = appDataFolder()): Promise<string | undefined> {
  try {
    const { workspace } = JSON.parse(await readFile(join(folder, FILE), 'utf8')) as { workspace?: unknown }
    return typeof workspace === 'string' && (await nodeFiles.exists(workspace)) ? workspace : undefined
  } catch {
    return undefined
  }
}

/** Remembers, or forgets when a workspace was closed. */
export async function rememberWorkspace(workspace: string | undefined, folder = appDataFolder()): Promise<void> {
  await nodeFiles.makeFolder(folder, 0o700)
  await nodeFiles.writeText(join(folder, FILE), JSON.stringify({ workspace: workspace ?? null }), 0o600)
}
