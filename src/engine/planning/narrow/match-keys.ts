import { destinationKey, type MatchKeyForm } from '../../identity/forms/upload-form.ts'
import type { DuckDb, TableWriter } from '../../storage/duckdb.ts'

/** The table `match_keys` in the making: the key of every row that is looked for by it, or why it cannot be used. */
export class MatchKeys {
  private readonly table: TableWriter

  private constructor(table: TableWriter) {
    this.table = table
  }

  static async open(duckdb: DuckDb): Promise<MatchKeys> {
    return new MatchKeys(await duckdb.createTable('match_keys', { key: 'text', match_key: 'text', state: 'text', message: 'text' }))
  }

  /** Returns the match key, where the value gives one. */
  add(key: string, value: unknown, form: MatchKeyForm): string | undefined {
    const found = destinationKey(value, form)
    if (found.ok) this.table.add([key, found.key, 'valid', null])
    else this.table.add([key, null, found.cause === 'key missing' ? 'missing' : 'invalid', found.message])
    return found.ok ? found.key : undefined
  }

  finish(): void {
    this.table.finish()
  }
}
