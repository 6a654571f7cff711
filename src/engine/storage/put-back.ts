import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredBackup } from './backups.ts'
import { asStorageFailure, connectDatabase, prepareSchema, type StateDatabase, stateFile } from './database.ts'

const besides = ['', '-wal', '-shm'] as const
const preparedFolder = 'restoring'

/** A copy of a backup's database, brought up to date apart from the live one: what is done to it counts once it is put in place. */
export function prepareCopy({ path }: StoredBackup, stateFolder: string, now: number): StateDatabase {
  const folder = join(stateFolder, preparedFolder)
  try {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    copyFileSync(join(path, stateFile), join(folder, stateFile))
  } catch (error) {
    throw asStorageFailure(error, folder)
  }
  const database = connectDatabase(folder, { check: 'full' })
  try {
    prepareSchema(database, now)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Ends with the copy, whether it was put in place or not. */
export function discardCopy(copy: StateDatabase): void {
  if (copy.sqlite.open) copy.close()
  rmSync(copy.folder, { recursive: true, force: true })
}

/**
 * Writes the copy over the live database in one transaction of SQLite: whoever opens it meanwhile finds the old state or
 * the new one, and so does a crash. The live connection keeps its lease.
 */
export async function overwrite(live: StateDatabase, copy: StateDatabase): Promise<void> {
  try {
    await copy.sqlite.backup(join(live.folder, stateFile))
  } catch (error) {
    throw asStorageFailure(error, live.folder)
  }
}

/** Puts the copy where a damaged database lies, which is kept beside for whoever wants to look at it. */
export function replaceDamaged(copy: StateDatabase, stateFolder: string): void {
  const prepared = join(copy.folder, stateFile)
  const aside = join(stateFolder, 'damaged')
  // Closing folds the log in: the file is whole by itself.
  copy.close()
  try {
    rmSync(aside, { recursive: true, force: true })
    mkdirSync(aside, { recursive: true, mode: 0o700 })
    if (existsSync(join(stateFolder, stateFile))) copyFileSync(join(stateFolder, stateFile), join(aside, stateFile))
    // A log of the damaged file must never be read into the new one, so it goes first.
    for (const end of besides.slice(1)) if (existsSync(join(stateFolder, `${stateFile}${end}`))) renameSync(join(stateFolder, `${stateFile}${end}`), join(aside, `${stateFile}${end}`))
    renameSync(prepared, join(stateFolder, stateFile))
  } catch (error) {
    throw asStorageFailure(error, stateFolder)
  }
}
