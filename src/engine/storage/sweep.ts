import type { Files } from '../ports.ts'
import type { StateDatabase } from './database.ts'

/**
 * Removes files that a crash left behind: data files no pointer names, and folders of plans that were never stored.
 * Only the owner of the workspace sweeps, and only what is older than its lease, so that nothing being written now is
 * touched. Returns how many were removed.
 */
export async function sweepOrphans(options: { database: StateDatabase; files: Files; data: string; plans: string; leaseTakenAt: number }): Promise<number> {
  const { database, files, leaseTakenAt } = options
  const known = new Set([
    ...database.all<{ path: string }>('SELECT path FROM data_files').map(({ path }) => `${options.data}/${path}`),
    ...database.all<{ folder: string }>('SELECT folder FROM plans').map(({ folder }) => `${options.plans}/${folder}`),
  ])
  let removed = 0
  for (const folder of [options.data, options.plans]) {
    for (const { name } of await files.list(folder)) {
      const path = `${folder}/${name}`
      const found = known.has(path) ? undefined : await files.stat(path)
      if (!found || found.modifiedAt >= leaseTakenAt) continue
      await files.remove(path)
      removed++
    }
  }
  return removed
}
