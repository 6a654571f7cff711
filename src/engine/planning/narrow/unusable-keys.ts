import type { ValueType } from '../../../contract/definitions.ts'
import { type DuckDb, parseTextRow, quoteText } from '../../storage/duckdb.ts'
import { productKeyProblem } from '../../values/product-key.ts'

/** Plain characters of which a key may consist without a closer look; `nan` and `infinity` have letters. */
const plain: Record<'text' | 'other', string> = { text: '^[!-~ ]*$', other: '^[-0-9.:TZ]*$' }

/**
 * Fills `unusable` (key, message) with the rows to decide whose own key is no key: it holds what nobody can see, or is no
 * value of its type. They are blocked, told of and counted; SQL only says which are worth a look.
 */
export async function findUnusableKeys(duckdb: DuckDb, type: ValueType): Promise<void> {
  const table = await duckdb.createTable('unusable', { key: 'text', message: 'text' })
  const reading = await duckdb.fork()
  const pattern = quoteText(type === 'string' || type === 'boolean' ? plain.text : plain.other)
  try {
    for await (const rows of reading.textRows(['key'], `FROM unsettled WHERE NOT regexp_matches(key, ${pattern})`)) {
      for (const row of rows) {
        const key = parseTextRow(row)[0] ?? ''
        const message = productKeyProblem(type, key)
        if (message !== undefined) table.add([key, message])
      }
    }
  } finally {
    reading.close()
    table.finish()
  }
}
