import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { appDataFolder } from './folders.ts'

const HAND_OVER_MS = 60_000

/**
 * Opens an address in the person's browser, where this machine has one to open. What a program is started with can be read
 * by everybody on the machine, so the browser gets a file that only this person can read, which sends it on.
 */
export async function openBrowser(address: string, folder = join(appDataFolder(), 'links')): Promise<void> {
  const command = opener()
  if (!command) return
  const [program, ...before] = command
  const file = await handOver(address, folder)
  const child = spawn(program, [...before, file], { stdio: 'ignore', detached: true })
  // The address was printed; a browser that does not start is no failure of ours.
  child.on('error', () => {})
  child.unref()
}

async function handOver(address: string, folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `open-${randomBytes(8).toString('hex')}.html`)
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${address}"><title>Lockstep</title><a href="${address}">Open Lockstep</a></html>\n`
  await writeFile(file, page, { mode: 0o600, flag: 'wx' })
  setTimeout(() => void rm(file, { force: true }), HAND_OVER_MS).unref()
  return file
}

/** Whether windows can be shown here at all. */
export function hasDisplay(environment: Record<string, string | undefined> = process.env, platform = process.platform): boolean {
  return platform === 'darwin' || platform === 'win32' || Boolean(environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY'])
}

function opener(): [string, ...string[]] | undefined {
  if (process.platform === 'darwin') return ['open']
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return hasDisplay() && onPath('xdg-open') ? ['xdg-open'] : undefined
}

function onPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)))
}
