import type { Database } from 'better-sqlite3'
import { AppError } from '../../contract/errors.ts'
import { sha256Hex } from '../values/hash.ts'
import { foundation } from './migrations/0001-foundation.ts'
import { sharedLinks } from './migrations/0002-shared-links.ts'
import { limitsAndRequests } from './migrations/0003-limits-and-requests.ts'
import { execution } from './migrations/0005-execution.ts'
import { handOvers } from './migrations/0007-hand-overs.ts'
import { missingChoices } from './migrations/0008-missing-choices.ts'
import { identity } from './migrations/0009-identity.ts'
import { fieldClaims } from './migrations/0010-field-claims.ts'
import { auditSeals } from './migrations/0011-audit-seals.ts'
import { answeredIds } from './migrations/0012-answered-ids.ts'
import { putAwayPlans } from './migrations/0013-put-away-plans.ts'
import { writeJobs } from './migrations/0014-write-jobs.ts'

/** One step of the schema. Never edited once released; a later change is a step of its own. */
export interface Migration {
  number: number
  name: string
  sql: string
}

/** All steps, in order. */
export const migrations: readonly Migration[] = [foundation, sharedLinks, limitsAndRequests, execution, handOvers, missingChoices, identity, fieldClaims, auditSeals, answeredIds, putAwayPlans, writeJobs]

interface Applied {
  number: number
  name: string
  hash: string
}

/** Applies what is missing, each step in one transaction. `backUp` runs first when there is something to lose. */
export function migrate(sqlite: Database, options: { now: number; steps?: readonly Migration[]; backUp?: (schemaVersion: number) => void }): number {
  const steps = options.steps ?? migrations
  sqlite.exec('CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT')
  const applied = sqlite.prepare<[], Applied>('SELECT number, name, hash FROM migrations ORDER BY number').all()
  refuseOtherHistory(applied, steps)
  const missing = steps.slice(applied.length)
  if (applied.length > 0 && missing.length > 0) options.backUp?.(applied.length)
  const note = sqlite.prepare('INSERT INTO migrations (number, name, hash, applied_at) VALUES (?, ?, ?, ?)')
  const known = sqlite.prepare('SELECT 1 FROM migrations WHERE number = ?')
  for (const step of missing) {
    const take = sqlite.transaction(() => {
      // Another process may have been faster.
      if (known.get(step.number)) return
      sqlite.exec(step.sql)
      note.run(step.number, step.name, sha256Hex(step.sql), options.now)
    })
    try {
      take.immediate()
    } catch (error) {
      throw failed(step, error)
    }
  }
  return steps.length
}

/** A full disk and the like stay what they are; anything else says which step it was. */
function failed(step: Migration, error: unknown): unknown {
  const detail = error instanceof Error ? error.message : String(error)
  if (error instanceof Error && 'code' in error && !/^SQLITE_(ERROR|CONSTRAINT|MISMATCH)/.test(String(error.code))) return error
  return new AppError('storage-failed', `The state of this workspace could not be brought up to date (step ${step.number}, “${step.name}”). It is as it was before.`, {
    next: 'Open it with the version of Lockstep that it worked with, and report this.',
    detail,
    cause: error,
  })
}

/** The steps already applied must be the first ones we know, unchanged. */
function refuseOtherHistory(applied: Applied[], steps: readonly Migration[]): void {
  if (applied.length > steps.length) {
    throw new AppError('storage-failed', 'The state of this workspace was written by a newer version of Lockstep.', {
      next: 'Install the newest version of Lockstep, then open the workspace again. Nothing was changed.',
    })
  }
  applied.forEach((one, index) => {
    const step = steps[index]
    if (step && one.number === step.number && one.name === step.name && one.hash === sha256Hex(step.sql)) return
    throw new AppError('storage-failed', `The state of this workspace has another history than this version of Lockstep knows (step ${one.number}, “${one.name}”).`, {
      next: 'Open it with the version of Lockstep that wrote it, or move the state folder away to begin anew. Nothing was changed.',
    })
  })
}
