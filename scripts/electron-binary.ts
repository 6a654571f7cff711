import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const REACHABLE_MS = 4000
const DOWNLOAD_MS = 10 * 60_000
const PACKAGE = join(import.meta.dirname, '..', 'node_modules', 'electron')

/** Electron's program: the one chosen in the environment, the one that is there, or a fresh download; else undefined. */
export async function electronBinary(): Promise<string | undefined> {
  const chosen = process.env['ELECTRON_EXEC_PATH']
  if (chosen) return existsSync(chosen) ? chosen : undefined
  const present = installed()
  if (present) return present
  if (!(await downloadsReachable())) return undefined
  console.log('Fetching Electron once (about 100 MB) …')
  spawnSync(process.execPath, [join(PACKAGE, 'install.js')], { stdio: 'ignore', timeout: DOWNLOAD_MS })
  return installed()
}

function installed(): string | undefined {
  try {
    const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(PACKAGE, 'dist')
    const path = join(folder, readFileSync(join(PACKAGE, 'path.txt'), 'utf8').trim())
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

/** Asked first, so that a machine without the way out does not wait for a download that never comes. */
async function downloadsReachable(): Promise<boolean> {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? 'https://github.com/'
  try {
    await fetch(mirror, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(REACHABLE_MS) })
    return true
  } catch {
    return false
  }
}
