import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Reach, TrustedFolders } from '../engine/session/trust.ts'
import { nodeFiles } from './files.ts'
import { appDataFolder } from './folders.ts'
import { workspacesBeforeTrust } from './recent-workspace.ts'

const FILE = 'trusted.json'
const entry = z.object({
  /** Its real path. */
  folder: z.string(),
  /** Another workspace that comes to lie at the same path is another one. Absent: whichever was there before trust was asked for. */
  workspace: z.string().optional(),
  reach: z.enum(['this computer', 'anywhere']),
})
const file = z.object({ folders: z.array(entry) })
type Entry = z.infer<typeof entry>

/** The folders that this person trusts, in their own data. */
export function trustedFolders(dataFolder = appDataFolder()): TrustedFolders {
  const path = join(dataFolder, FILE)

  async function write(folders: Entry[]): Promise<void> {
    await nodeFiles.makeFolder(dataFolder, 0o700)
    await nodeFiles.writeText(path, `${JSON.stringify({ folders }, undefined, 2)}\n`, 0o600)
  }

  /** The list that knew them is written anew in another form, so they are taken over at once. */
  async function takeOver(): Promise<Entry[]> {
    const before = await Promise.all((await workspacesBeforeTrust(dataFolder)).map(async (folder) => ({ folder: await real(folder), reach: 'anywhere' as const })))
    if (before.length > 0) await write(before)
    return before
  }

  /** A file that is damaged trusts nothing: a person is asked again. */
  async function read(): Promise<Entry[]> {
    if (!(await nodeFiles.exists(path))) return takeOver()
    try {
      return file.parse(JSON.parse(await nodeFiles.readText(path))).folders
    } catch {
      return []
    }
  }

  return {
    async reachOf(folder, workspaceId) {
      const at = await real(folder)
      const known = (await read()).filter((one) => one.folder === at && (one.workspace === undefined || one.workspace === workspaceId))
      return widest(known.map(({ reach }) => reach))
    },
    async trust(folder, workspaceId, reach) {
      const at = await real(folder)
      const others = (await read()).filter((one) => one.folder !== at || one.workspace !== workspaceId)
      await write([...others, { folder: at, workspace: workspaceId, reach }])
    },
  }
}

function widest(reaches: Reach[]): Reach {
  return reaches.find((reach) => reach === 'anywhere') ?? reaches[0] ?? 'nowhere'
}

/** By whatever links it is reached, a folder is one. */
function real(folder: string): Promise<string> {
  return realpath(folder).catch(() => folder)
}
