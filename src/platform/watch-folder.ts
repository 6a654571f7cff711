import { readdirSync, watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { join, relative } from 'node:path'

const QUIET_MS = 80
const DEEPEST = 3

/**
 * Tells of changes in a folder of definitions and its subfolders, once per file after things are quiet.
 * Names that begin with a dot are left out: the state folder changes all the time, and editors put their temporary files there.
 */
export function watchFolder(root: string, changed: (relativePath: string) => void): () => void {
  const watchers = new Map<string, FSWatcher>()
  const pending = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    timer = undefined
    const paths = [...pending].sort()
    pending.clear()
    addFolders(root, 0)
    for (const path of paths) changed(path)
  }

  function notice(folder: string, name: string | null): void {
    if (!name || name.startsWith('.')) return
    pending.add(relative(root, join(folder, name)))
    clearTimeout(timer)
    timer = setTimeout(flush, QUIET_MS)
  }

  function forget(folder: string): void {
    watchers.get(folder)?.close()
    watchers.delete(folder)
  }

  /** Watches what is there and not watched yet; a folder that vanished meanwhile is simply not there. */
  function addFolders(folder: string, depth: number): void {
    try {
      if (!watchers.has(folder)) {
        const watcher = watch(folder, { persistent: false }, (_event, name) => notice(folder, name))
        watcher.on('error', () => forget(folder))
        watchers.set(folder, watcher)
      }
      if (depth === DEEPEST) return
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') addFolders(join(folder, entry.name), depth + 1)
      }
    } catch {
      forget(folder)
    }
  }

  addFolders(root, 0)
  return () => {
    clearTimeout(timer)
    for (const folder of [...watchers.keys()]) forget(folder)
  }
}
