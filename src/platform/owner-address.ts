import { createHash, randomBytes } from 'node:crypto'
import { chmod, lstat, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import type { Stats } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { nodeFiles } from './files.ts'

/** Where the owner of a workspace can be reached; written by the owner, readable by nobody else. */
export interface OwnerAddress {
  socket: string
  token: string
  pid: number
}

const ADDRESS_FILE = 'owner.json'
const SOCKET_NAME = /^engine(-[0-9a-f]{8})?\.sock$/
/** macOS allows 104 bytes for the path of a socket, Linux 108. */
const LONGEST_SOCKET_PATH = 100
const OTHERS_MAY_WRITE = 0o022
const OTHERS_MAY_ANYTHING = 0o077
/** Windows keeps a folder of a person to that person by its own rules, and its pipes are no files. */
const windows = process.platform === 'win32'

/**
 * The address that the owner left, or undefined. A token is shown to whoever listens there, and secrets are typed into it,
 * so nothing is believed that another user of this machine could have put there or could exchange.
 */
export async function readOwnerAddress(stateFolder: string): Promise<OwnerAddress | undefined> {
  try {
    if (!windows && !isOurs(await lstat(stateFolder), 'folder', OTHERS_MAY_WRITE)) return undefined
    const file = join(stateFolder, ADDRESS_FILE)
    if (!windows && !isOurs(await lstat(file), 'file', OTHERS_MAY_ANYTHING)) return undefined
    const { socket, token, pid } = JSON.parse(await nodeFiles.readText(file)) as Partial<OwnerAddress>
    if (typeof socket !== 'string' || typeof token !== 'string' || typeof pid !== 'number') return undefined
    if (!(await isSocketPathOf(stateFolder, socket))) return undefined
    if (!windows && !isOurs(await lstat(socket), 'socket', OTHERS_MAY_ANYTHING)) return undefined
    return { socket, token, pid }
  } catch {
    return undefined
  }
}

/** Tells other shells of this person where the owner listens. */
export async function writeOwnerAddress(stateFolder: string, address: OwnerAddress): Promise<void> {
  const found = windows ? undefined : await lstat(stateFolder)
  // Made by hand, or copied, it may be open to others.
  if (found && isOurs(found, 'folder', 0) && (found.mode & OTHERS_MAY_ANYTHING) !== 0) await chmod(stateFolder, 0o700)
  await nodeFiles.writeText(join(stateFolder, ADDRESS_FILE), JSON.stringify(address), 0o600)
}

/** Takes our own address away, not that of whoever took the workspace over meanwhile. */
export async function removeOwnerAddress(stateFolder: string, token: string): Promise<void> {
  const file = join(stateFolder, ADDRESS_FILE)
  const text = await readFile(file, 'utf8').catch(() => '')
  if (text.includes(JSON.stringify(token))) await rm(file, { force: true })
}

/**
 * A path for the owner's socket that nobody had before: an owner that lost the lease takes its own socket away when it wakes,
 * never that of its successor. What earlier owners left is removed.
 */
export async function newSocketPath(stateFolder: string): Promise<string> {
  const mark = randomBytes(4).toString('hex')
  if (windows) return `${pipeOf(stateFolder)}-${mark}`
  const { folder, name } = await socketPlace(stateFolder)
  const left = (await readdir(folder)).filter((found) => (name === undefined ? SOCKET_NAME.test(found) : found.startsWith(name)))
  for (const found of left) await rm(join(folder, found), { force: true })
  return join(folder, name === undefined ? `engine-${mark}.sock` : `${name}-${mark}.sock`)
}

async function isSocketPathOf(stateFolder: string, socket: string): Promise<boolean> {
  if (windows) return socket.startsWith(`${pipeOf(stateFolder)}-`)
  const { folder, name } = await socketPlace(stateFolder)
  const found = socket.slice(folder.length + 1)
  return dirname(socket) === folder && (name === undefined ? SOCKET_NAME.test(found) : found.startsWith(`${name}-`))
}

/** Beside the state, or in a private folder where that path is too long for a socket. */
async function socketPlace(stateFolder: string): Promise<{ folder: string; name?: string }> {
  if (Buffer.byteLength(join(stateFolder, 'engine-00000000.sock')) <= LONGEST_SOCKET_PATH) return { folder: stateFolder }
  return { folder: await privateTemporaryFolder(), name: digestOf(stateFolder) }
}

function pipeOf(stateFolder: string): string {
  return `\\\\.\\pipe\\lockstep-${digestOf(stateFolder)}`
}

function digestOf(stateFolder: string): string {
  return createHash('sha256').update(stateFolder).digest('hex').slice(0, 24)
}

/** Refuses a folder that somebody else put there. */
async function privateTemporaryFolder(): Promise<string> {
  const folder = join(tmpdir(), `lockstep-${userInfo().uid}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (isOurs(await lstat(folder), 'folder', OTHERS_MAY_ANYTHING)) return folder
  throw new Error(`${folder} belongs to somebody else or is open to others; remove it and start again.`)
}

/** Of this user, of that kind itself (no link to one), and closed to others as far as said. */
function isOurs(found: Stats, kind: 'folder' | 'file' | 'socket', forbidden: number): boolean {
  const is = { folder: found.isDirectory(), file: found.isFile(), socket: found.isSocket() }[kind]
  return is && found.uid === userInfo().uid && (found.mode & forbidden) === 0
}
