import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AppError } from '../../contract/errors.ts'
import { asStorageFailure, connectDatabase, stateFile } from './database.ts'
import { openAsOwner, type OwnerOptions } from './lease.ts'

/** What else belongs to the state; sockets, scratch and the simulators' own files stay. */
const folders = ['data', 'plans', 'exports', 'uploads', 'backups']
const files = ['reference.key', 'audit.anchor']

/**
 * Moves a state that lies where it must not. It is copied by SQLite itself under the lease of its folder, appears whole
 * in the new place or not at all, and only then steps aside in the old one.
 */
export async function moveState(from: string, to: string, options: OwnerOptions): Promise<boolean> {
  if (existsSync(join(to, stateFile)) || !existsSync(join(from, stateFile))) return false
  const opened = await openAsOwner(from, options)
  if (opened.kind === 'owned') {
    throw new AppError('object-busy', 'This workspace is open in another Lockstep, and its state has to move to a safer place.', { file: from, next: 'Close that window, then open the workspace again.', retryable: true })
  }
  const { database, lease } = opened
  const moving = `${to}.moving`
  try {
    rmSync(moving, { recursive: true, force: true })
    mkdirSync(moving, { recursive: true, mode: 0o700 })
    for (const name of [...folders, ...files]) if (existsSync(join(from, name))) cpSync(join(from, name), join(moving, name), { recursive: true, preserveTimestamps: true })
    database.backUp(join(moving, stateFile))
    forgetLease(moving)
    // What was opened under way may have made an empty folder; a database in it was looked for above.
    rmSync(to, { recursive: true, force: true })
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
    renameSync(moving, to)
  } catch (error) {
    rmSync(moving, { recursive: true, force: true })
    throw asStorageFailure(error, moving)
  } finally {
    lease.release()
    database.close()
  }
  stepAside(from, to)
  return true
}

/** The copy has the lease of the place it comes from. */
function forgetLease(folder: string): void {
  const copy = connectDatabase(folder)
  copy.run('DELETE FROM owner_lease')
  copy.close()
}

/** The old copy must never be opened again by an older Lockstep, and must not be lost either. */
function stepAside(from: string, to: string): void {
  renameSync(join(from, stateFile), join(from, `${stateFile}.moved`))
  writeFileSync(join(from, 'MOVED.txt'), `The state of this workspace was moved to\n${to}\nbecause a database is not safe in this folder. What is left here is not used any more.\n`, { mode: 0o600 })
}
