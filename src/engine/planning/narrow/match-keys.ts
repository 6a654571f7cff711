import { destinationKey, type MatchKeyForm } from '../../identity/forms/upload-form.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import { createPageTable, type PageTableWriter } from '../../storage/page-table.ts'

/** The table `match_keys` in the making: the key of every row that is looked for by it, or why it cannot be used. */
export class MatchKeys {
  private readonly table: PageTableWriter

  private constructor(table: PageTableWriter) {
    this.table = table
  }

  static async open(duckdb: DuckDb): Promise<MatchKeys> {
    return new MatchKeys(await createPageTable(duckdb, 'match_keys', { key: 'text', match_key: 'text', state: 'plain text', message: 'text' }))
  }

  /** Returns the match key, where the value gives one. */
  add(key: string, value: unknown, form: MatchKeyForm): string | undefined {
    const found = destinationKey(value, form)
    if (found.ok) this.table.add([key, found.key, 'valid', null])
    else this.table.add([key, null, found.cause === 'key missing' ? 'missing' : 'invalid', found.message])
    return found.ok ? found.key : undefined
  }

  /** Makes them visible to queries. */
  async finish(): Promise<void> {
    await this.table.finish()
  }
}
