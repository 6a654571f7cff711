import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'

export interface JournalRow {
  ordinal: number
  record: string
  state: string
  reason: string | null
  message: string | null
  verification: string | null
}

export interface JournalCopy {
  rows: JournalRow[]
  /** What SQLite finds wrong with the file. */
  problems: string[]
}

/**
 * What the journal of a dead process says. Read from a copy: opening the file itself would fold its write-ahead log, and
 * the next process would find a tidier state than the crash left.
 */
export function readJournal(workspace: string): JournalCopy {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-journal-'))
  try {
    for (const suffix of ['', '-wal']) {
      const file = join(workspace, '.lockstep', `state.db${suffix}`)
      if (existsSync(file)) copyFileSync(file, join(folder, `state.db${suffix}`))
    }
    const database = new SqliteDatabase(join(folder, 'state.db'))
    try {
      const rows = database.prepare<[], JournalRow>('SELECT ordinal, record, state, reason, message, verification FROM journal ORDER BY ordinal').all()
      const problems = (database.pragma('integrity_check') as Record<string, string>[]).flatMap((row) => Object.values(row)).filter((text) => text !== 'ok')
      return { rows, problems }
    } finally {
      database.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
