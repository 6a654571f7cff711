import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Opens an address in the person's browser, where this machine has one to open. */
export function openBrowser(address: string): void {
  const command = opener()
  if (!command) return
  const [program, ...before] = command
  const child = spawn(program, [...before, address], { stdio: 'ignore', detached: true })
  // The address was printed; a browser that does not start is no failure of ours.
  child.on('error', () => {})
  child.unref()
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
