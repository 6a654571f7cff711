import type { Files } from '../ports/ports.ts'
import type { StateDatabase } from './database.ts'

interface Place {
  database: StateDatabase
  files: Files
  data: string
  plans: string
  /** Only what is older is looked at, so that nothing being written now is touched. */
  leaseTakenAt: number
}

/**
 * Removes files that a crash left behind: data files no pointer names, and folders of plans that were never stored.
 * Only the owner of the workspace sweeps. Returns how many were removed.
 */
export async function sweepOrphans(place: Place): Promise<number> {
  const orphans = await findOrphans(place)
  for (const path of orphans) await place.files.remove(path)
  return orphans.length
}

/** Paths of what nothing points to. */
export async function findOrphans({ database, files, leaseTakenAt, ...folders }: Place): Promise<string[]> {
  const known = new Set([
    ...database.all<{ path: string }>('SELECT path FROM data_files').map(({ path }) => `${folders.data}/${path}`),
    ...database.all<{ folder: string }>('SELECT folder FROM plans').map(({ folder }) => `${folders.plans}/${folder}`),
  ])
  const orphans: string[] = []
  for (const folder of [folders.data, folders.plans]) {
    for (const { name } of await files.list(folder)) {
      const path = `${folder}/${name}`
      const found = known.has(path) ? undefined : await files.stat(path)
      if (found && found.modifiedAt < leaseTakenAt) orphans.push(path)
    }
  }
  return orphans
}
