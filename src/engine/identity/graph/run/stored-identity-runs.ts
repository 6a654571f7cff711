import type { ClusterSummary, IdentityRun } from '../../../../contract/shapes.ts'
import type { StateDatabase } from '../../../storage/database.ts'
import type { QueueCounts } from './match-figures.ts'

/** Everything that was counted with a run. */
export interface RunFigures {
  run: IdentityRun
  rules: ClusterSummary['rules']
  keys: ClusterSummary['keys']
  queues: QueueCounts
}

/** Why the last try did not end in a run. */
export interface RunFailure {
  at: number
  message: string
  next?: string
}

/** Runs of identities as SQLite remembers them. */
export class StoredIdentityRuns {
  private readonly database: StateDatabase

  constructor(database: StateDatabase) {
    this.database = database
  }

  newest(identity: string): RunFigures | undefined {
    const row = this.database.get<{ figures: string }>('SELECT figures FROM identity_runs WHERE identity = ? ORDER BY run DESC LIMIT 1', identity)
    return row && (JSON.parse(row.figures) as RunFigures)
  }

  /** Newest first. */
  list(identity: string, limit: number): IdentityRun[] {
    return this.database.all<{ figures: string }>('SELECT figures FROM identity_runs WHERE identity = ? ORDER BY run DESC LIMIT ?', identity, limit).map(({ figures }) => (JSON.parse(figures) as RunFigures).run)
  }

  nextNumber(): number {
    return (this.database.get<{ run: number | null }>('SELECT max(run) AS run FROM identity_runs')?.run ?? 0) + 1
  }

  /** Inside the transaction that publishes the run's file. A run that ends takes back that an earlier one failed. */
  add(identity: string, figures: RunFigures): void {
    const { run } = figures
    this.database.run('INSERT INTO identity_runs (run, identity, at, rules_version, how, figures) VALUES (?, ?, ?, ?, ?, ?)', run.run, identity, Date.parse(run.at), run.rulesVersion, run.how, JSON.stringify(figures))
    if (run.how !== 'decisions only') this.database.run('DELETE FROM meta WHERE key = ?', failureKey(identity))
  }

  failed(identity: string, failure: RunFailure): void {
    this.database.run('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', failureKey(identity), JSON.stringify(failure))
  }

  failure(identity: string): RunFailure | undefined {
    const row = this.database.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', failureKey(identity))
    return row && (JSON.parse(row.value) as RunFailure)
  }

  /** When a backup was last put in the place of the state; what was read before that is read again. */
  restoredAt(): number {
    const row = this.database.get<{ at: string | null }>("SELECT max(at) AS at FROM audit WHERE kind = 'workspace restored'")
    return row?.at ? Date.parse(row.at) : Number.NEGATIVE_INFINITY
  }
}

function failureKey(identity: string): string {
  return `identity run failed ${identity}`
}
