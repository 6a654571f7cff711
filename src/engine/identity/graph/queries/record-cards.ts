import type { IdentityDefinition } from '../../../../contract/identity.ts'
import type { RecordCard } from '../../../../contract/shapes.ts'
import { parseTextRow } from '../../../storage/duckdb.ts'
import { valueColumns } from '../../index/tables.ts'
import { numberList } from './known-records.ts'
import type { OpenIndex } from '../run/open-index.ts'

/** Records as people compare them, by number. Numbers that are no records any more are left out. */
export async function recordCards({ db, definition, columns, sources }: Pick<OpenIndex, 'db' | 'definition' | 'columns' | 'sources'>, numbers: Iterable<number>): Promise<Map<number, RecordCard>> {
  const cards = new Map<number, RecordCard>()
  const names = new Map(sources.map(({ source, name }) => [source, name]))
  const keys = columns.map((column) => keysReading(definition, column))
  const shown = ['record.number', 'reference', 'source', 'content.label', 'entity.id', 'number IN (SELECT number FROM ambiguous)', ...valueColumns(columns.length)]
  const from = `FROM record JOIN content USING (number) JOIN outcome USING (number) JOIN entity USING (entity) WHERE number IN (${numberList})`
  for await (const texts of db.textRows(shown, from, [JSON.stringify([...new Set(numbers)])])) {
    for (const text of texts) {
      const [number, reference = '', source = '', label, entity, ambiguous, ...values] = parseTextRow(text)
      const id = (reference ?? '').slice((source ?? '').length + 1)
      cards.set(Number(number), {
        reference: reference ?? '',
        source: source ?? '',
        sourceName: names.get(source ?? '') ?? source ?? '',
        id,
        label: label ?? id,
        values: columns.map((column, at) => ({ column, value: values[at] ?? null, keys: keys[at] ?? [] })),
        entity: entity ?? '',
        ambiguous: ambiguous === 'true',
      })
    }
  }
  return cards
}

function keysReading({ keys }: IdentityDefinition, column: string): string[] {
  return Object.entries(keys).flatMap(([name, { from }]) => {
    const parts = Array.isArray(from) ? from : [from]
    return parts.some((part) => part.country === column || part.column === column || (Array.isArray(part.column) && part.column.includes(column))) ? [name] : []
  })
}
