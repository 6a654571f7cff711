import { spawnSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const shared = ['src/contract/**/*', 'src/platform/page-policy.ts', '*.config.ts', 'package-lock.json']

const builds = {
  /** The page alone, for the web shell. */
  renderer: { script: 'build:renderer', result: 'out/renderer/index.html', from: ['src/renderer/**/*', ...shared] },
  /** Everything Electron starts. */
  electron: { script: 'build', result: 'out/main/index.js', from: ['src/**/*', ...shared] },
}

/** Builds what is missing or older than its source; says nothing when there is nothing to do. */
export function buildIfStale(what: keyof typeof builds): void {
  const { script, result, from } = builds[what]
  if (modified(result) > newest(from)) return
  const { status } = spawnSync('npm', ['run', '--silent', script], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' })
  if (status !== 0) throw new Error('The page could not be built; the lines above say why.')
}

function newest(patterns: string[]): number {
  return Math.max(0, ...globSync(patterns, { cwd: ROOT }).map(modified))
}

function modified(path: string): number {
  try {
    return statSync(join(ROOT, path)).mtimeMs
  } catch {
    return 0
  }
}
