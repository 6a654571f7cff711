import type { MissingCause, MissingScope } from '../../../contract/shapes.ts'
import type { LinkFiles } from '../../identity/graph/run/row-links.ts'
import { type DuckDb, openDuckDb } from '../../storage/duckdb.ts'
import { threadsForRows } from '../../storage/duckdb-instances.ts'
import { linksMoved } from '../narrow/identity-matches.ts'
import { PlanLists } from './plan-lists.ts'
import { plannedRecords, type ReviewedRecord } from './planned-records.ts'
import { type PlanPlace, type ReviewTotals, ReviewView } from './review-view.ts'

/** A linked record that the plan did not find where it was. */
export interface MissingRecord {
  key: string
  remoteId: string | null
  /** Undefined: the plan has another word on it by now. */
  cause: MissingCause | undefined
  movedTo: string | null
}

/** One stored plan opened for reading, with the answers and selections so far. */
export class PlanReader {
  readonly planId: string
  /** What was decided, and what is still open. */
  readonly review: ReviewView
  /** Rows for people. */
  readonly lists: PlanLists
  private readonly duckdb: DuckDb

  private constructor(planId: string, parts: { duckdb: DuckDb; review: ReviewView; lists: PlanLists }) {
    this.planId = planId
    this.duckdb = parts.duckdb
    this.review = parts.review
    this.lists = parts.lists
  }

  static async open(options: PlanPlace & { tempFolder: string; rows: number }): Promise<PlanReader> {
    const duckdb = await openDuckDb({ tempFolder: options.tempFolder, memoryLimitMb: 256, threads: threadsForRows(options.rows) })
    // Sorted lists of places are read by position.
    await duckdb.run('SET preserve_insertion_order = true')
    const lists = new PlanLists(duckdb)
    const review = await ReviewView.open(duckdb, options, () => lists.answersChanged())
    return new PlanReader(options.planId, { duckdb, review, lists })
  }

  totals(): Promise<ReviewTotals> {
    return this.review.totals()
  }

  /** Planned records from an ordinal on, in chunks: what apply walks through. `whole`: with all their changes. */
  planned(fromOrdinal: number, whole = false): AsyncGenerator<ReviewedRecord[]> {
    return plannedRecords(this.duckdb, fromOrdinal, whole)
  }

  /** Blocked records that a person decides about: one, or all of a cause. */
  missing(scope: MissingScope): Promise<MissingRecord[]> {
    const where = 'record' in scope ? `cause IN ('gone', 'moved', 'forgotten') AND key = $1` : 'cause = $1'
    return this.duckdb.rows<MissingRecord>(`SELECT key, remote_id AS "remoteId", cause, cause_value AS "movedTo" FROM records WHERE operation = 'blocked' AND ${where}`, ['record' in scope ? scope.record : scope.cause])
  }

  /** Whether the plan would write any of these product keys. */
  plansAny(keys: Iterable<[string]>): Promise<boolean> {
    return this.review.plansAny(keys)
  }

  /** Whether links as they are `now` lead any record of the plan elsewhere than the rows `then` did. */
  async recognisesOtherwise(then: string, now: LinkFiles): Promise<boolean> {
    const duckdb = await this.duckdb.fork()
    try {
      return await linksMoved(duckdb, then, now)
    } finally {
      duckdb.close()
    }
  }

  /** Those of these product keys that the plan would create. Apply may be walking through the plan meanwhile. */
  async createsAmong(keys: Iterable<[string]>): Promise<Set<string>> {
    const duckdb = await this.duckdb.fork()
    try {
      const table = await duckdb.createTable('made_keys', { key: 'text' })
      for (const row of keys) table.add(row)
      table.finish()
      const rows = await duckdb.rows<{ key: string }>("SELECT key FROM records WHERE operation = 'create' AND key IN (SELECT key FROM made_keys)")
      return new Set(rows.map(({ key }) => key))
    } finally {
      duckdb.close()
    }
  }

  close(): void {
    this.duckdb.closeInstance()
  }
}
