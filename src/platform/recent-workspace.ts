import { basename, join } from 'node:path'
import { z } from 'zod'
import type { RecentWorkspace } from '../contract/shapes.ts'
import { nodeFiles } from './files.ts'
import { appDataFolder } from './folders.ts'

const FILE = 'recent.json'
/** As many as a menu shows without scrolling. */
const MOST = 12

const shape = z.object({
  /** Open when the app was used last, so that it is there again. */
  open: z.string().nullable(),
  /** Newest first. */
  folders: z.array(z.object({ folder: z.string(), name: z.string(), openedAt: z.string() })),
})
type Recent = z.infer<typeof shape>
/** Of before there was a list. */
const singleShape = z.object({ workspace: z.string().nullable() })

/** The workspace that was open last on this machine, so that a person finds it again. */
export async function recentWorkspace(folder = appDataFolder()): Promise<string | undefined> {
  const { open } = await read(folder)
  return open !== null && (await nodeFiles.exists(open)) ? open : undefined
}

/** The workspaces that were opened here, newest first, and whether each still is where it was. */
export async function recentWorkspaces(folder = appDataFolder()): Promise<RecentWorkspace[]> {
  const { folders } = await read(folder)
  return Promise.all(folders.map(async ({ openedAt, ...known }) => ({ ...known, ...(openedAt === '' ? {} : { openedAt }), missing: !(await nodeFiles.exists(join(known.folder, 'lockstep.yaml'))) })))
}

/** Remembers which workspace is open; with undefined, that none is. */
export async function rememberWorkspace(workspace: { folder: string; name: string } | undefined, folder = appDataFolder(), now: () => Date = () => new Date()): Promise<void> {
  const { folders } = await read(folder)
  const others = folders.filter((known) => known.folder !== workspace?.folder)
  const next = workspace ? [{ ...workspace, openedAt: now().toISOString() }, ...others].slice(0, MOST) : folders
  await write({ open: workspace?.folder ?? null, folders: next }, folder)
}

/** Takes a workspace off the list; nothing of it is touched. */
export async function forgetWorkspace(workspace: string, folder = appDataFolder()): Promise<void> {
  const { open, folders } = await read(folder)
  await write({ open: open === workspace ? null : open, folders: folders.filter((known) => known.folder !== workspace) }, folder)
}

/** What a person had opened before they were asked whom they trust: they had answered by using it. */
export async function workspacesBeforeTrust(folder: string): Promise<string[]> {
  const single = singleShape.safeParse(await readJson(folder))
  return single.success && single.data.workspace !== null ? [single.data.workspace] : []
}

async function read(folder: string): Promise<Recent> {
  const json = await readJson(folder)
  const known = shape.safeParse(json)
  if (known.success) return known.data
  const workspace = singleShape.safeParse(json).data?.workspace ?? null
  return { open: workspace, folders: workspace === null ? [] : [{ folder: workspace, name: basename(workspace), openedAt: '' }] }
}

async function readJson(folder: string): Promise<unknown> {
  try {
    return JSON.parse(await nodeFiles.readText(join(folder, FILE))) as unknown
  } catch {
    return undefined
  }
}

async function write(recent: Recent, folder: string): Promise<void> {
  await nodeFiles.makeFolder(folder, 0o700)
  await nodeFiles.writeText(join(folder, FILE), `${JSON.stringify(recent, undefined, 2)}\n`, 0o600)
}
