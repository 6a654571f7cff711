import type { RecordCard } from '../../../../contract/shapes.ts'
import { keyTable } from '../../key-table.ts'
import { valueColumns } from '../../index/tables.ts'
import type { OpenIndex } from '../run/open-index.ts'
import { recordCards } from './record-cards.ts'

/** As people type it: capitals and accents make no difference. */
const folded = (text: string): string => `strip_accents(lower(${text}))`

/**
 * Fills `found` with the number of every record that a text leads to: its reference, its id, a word of its label, a value
 * as read, or a value as the rules compare it begins with the text.
 */
export async function fillFound({ db, columns, definition }: Pick<OpenIndex, 'db' | 'columns' | 'definition'>, text: string): Promise<void> {
  await db.run(`CREATE OR REPLACE TABLE looked_for AS SELECT ${folded('?')} AS text`, [text.trim()])
  const begins = ['reference', 'substr(reference, length(source) + 2)', 'content.label', ...valueColumns(columns.length)].map((value) => `starts_with(${folded(value)}, text)`)
  const compared = Object.keys(definition.keys).map((_, key) => `SELECT record FROM ${keyTable(key)}, looked_for WHERE starts_with(value, text)`)
  await db.run(`CREATE OR REPLACE TABLE found AS SELECT number FROM record JOIN content USING (number), looked_for WHERE ${begins.join(' OR ')} OR contains(${folded('content.label')}, ' ' || text)
    UNION ${compared.join(' UNION ')}`)
}

/** Records that a text leads to; the one that is called exactly so first. */
export async function findRecords(open: OpenIndex, { text, limit }: { text: string; limit: number }): Promise<RecordCard[]> {
  await fillFound(open, text)
  const page = await open.db.rows<{ number: number }>(
    `SELECT number FROM found JOIN record USING (number) JOIN content USING (number), looked_for
    ORDER BY ${folded('reference')} <> text AND ${folded('substr(reference, length(source) + 2)')} <> text, content.label IS NULL, content.label, reference LIMIT ${limit}`,
  )
  const cards = await recordCards(open, page.map(({ number }) => number))
  return page.flatMap(({ number }) => cards.get(number) ?? [])
}
