import { hmacSha256Hex } from '../../../values/hash.ts'
import type { DuckDb } from '../../../storage/duckdb.ts'
import type { KeptDecision } from './decision-store.ts'
import { textList } from '../queries/known-records.ts'

/** What a wrong value was, without saying it: the same only for the same record, column and value. */
export function valueFingerprint(referenceKey: string, place: { reference: string; column: string; value: string | null }): string {
  return hmacSha256Hex(referenceKey, JSON.stringify([place.reference, place.column, place.value]))
}

/** The values that corrections were asked for, as they are now; records that are gone are left out. */
export async function valuesToFix(db: DuckDb, columns: readonly string[], asked: readonly Pick<KeptDecision, 'parts' | 'column'>[]): Promise<(string | null | undefined)[]> {
  const values = new Map<string, (string | null)[]>()
  if (asked.length > 0) {
    const references = asked.map(({ parts }) => parts[0]?.[0] ?? '')
    const rows = db.textRows(['reference', ...columns.map((_, at) => `c${at}`)], `FROM record JOIN content USING (number) WHERE reference IN (${textList})`, [JSON.stringify(references)])
    for await (const texts of rows) {
      for (const text of texts) {
        const [reference, ...row] = JSON.parse(text) as (string | null)[]
        values.set(reference ?? '', row)
      }
    }
  }
  return asked.map(({ parts, column }) => {
    const row = values.get(parts[0]?.[0] ?? '')
    return row === undefined ? undefined : (row[columns.indexOf(column ?? '')] ?? null)
  })
}

/**
 * Corrections that still wait: nobody took them back, and the value is what it was. A column that the rules read no
 * longer tells nothing, so its corrections wait.
 */
export async function openFixes(db: DuckDb, { columns, decisions, referenceKey }: { columns: readonly string[]; decisions: readonly KeptDecision[]; referenceKey: string }): Promise<KeptDecision[]> {
  const asked = decisions.filter(({ kind, undone }) => kind === 'fix at source' && undone === undefined)
  const values = await valuesToFix(db, columns, asked)
  return asked.filter(({ parts, column = '', fingerprint }, at) => {
    const value = values[at]
    if (value === undefined) return false
    return !columns.includes(column) || valueFingerprint(referenceKey, { reference: parts[0]?.[0] ?? '', column, value }) === fingerprint
  })
}
