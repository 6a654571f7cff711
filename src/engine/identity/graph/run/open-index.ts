import type { IdentityDefinition } from '../../../../contract/identity.ts'
import type { IdentityRun } from '../../../../contract/shapes.ts'
import type { DuckDb } from '../../../storage/duckdb.ts'
import { IdentityIndex } from '../../index/identity-index.ts'
import { readAbout, rulesIn, viewFile } from './index-file.ts'
import { readStates } from './source-states.ts'
import type { SourceState } from './source-states.ts'

/**
 * The newest records of an identity and their entities, private to the reader. `db` has a view of every table of
 * index/tables.ts, and of
 *
 *   content       number, label, c0, c1 …         what each record holds, as canonical text
 *   refused       number, rule, reason, key, merge   a line for each record of every refused merge
 *   open_merge    rule, reason, key, records, members, merge, first   a line for each refused merge
 *   ambiguous, keyless, survivor   number          in a refused merge; without a key that any rule can use; chosen by a person
 *
 * and is free to hold more; nothing in it changes the file.
 */
export interface OpenIndex {
  identity: string
  /** The file itself, for who reads it elsewhere; it is there until this is closed. */
  path: string
  db: DuckDb
  index: IdentityIndex
  /** As it was when the rules were run. */
  definition: IdentityDefinition
  /** Hash of its file. */
  rulesVersion: string
  /** Columns of the rules, in the order of c0, c1 … */
  columns: readonly string[]
  /** Columns that the sources have. */
  known: readonly string[]
  sources: SourceState[]
  run: IdentityRun
  close(): void
}

/** A reader makes tables on the way that do not all spill; over a million records this is enough for every one of them. */
const MEMORY_MB = 384

export async function openIndexFile(path: string, options: { identity: string; run: IdentityRun; tempFolder: string; close(): void }): Promise<OpenIndex> {
  const { identity, run, tempFolder } = options
  const db = await viewFile(path, { tempFolder, memoryLimitMb: MEMORY_MB })
  try {
    const about = await readAbout(db)
    const rules = rulesIn(about)
    const index = new IdentityIndex(db, rules, about.known)
    let open = true
    const close = (): void => {
      if (!open) return
      open = false
      db.closeInstance()
      options.close()
    }
    return { identity, path, db, index, definition: rules.definition, rulesVersion: rules.version, columns: index.columns, known: about.known, sources: await readStates(db), run, close }
  } catch (error) {
    db.closeInstance()
    throw error
  }
}
