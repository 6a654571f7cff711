import type { IdentityDefinition } from '../../../../contract/identity.ts'
import type { RecordCard } from '../../../../contract/shapes.ts'
import { formRules, formValue } from '../../forms.ts'
import { keyTable } from '../../key-table.ts'
import { isHashed, partsOf } from '../../read-rules.ts'
import type { OpenIndex } from '../run/open-index.ts'

/** Records that agree by a rule. */
export interface AgreeingRecords {
  /** Keys of the rule, as places. */
  keys: readonly number[]
  cards: readonly (RecordCard & { number: number })[]
}

export type Evidence = { key: string; value: string }[]

/** For each group the values of its rule's keys that all of its records share, as people read them. */
export async function sharedValues({ db, definition }: Pick<OpenIndex, 'db' | 'definition'>, groups: readonly AgreeingRecords[]): Promise<Evidence[]> {
  const writer = await db.createTable('agreeing', { item: 'whole number', number: 'whole number' })
  groups.forEach(({ cards }, item) => {
    for (const { number } of cards) writer.add([item, number])
  })
  writer.finish()
  const found = new Map<string, string[]>()
  for (const key of new Set(groups.flatMap(({ keys }) => keys))) {
    const rows = await db.rows<{ item: number; value: string }>(
      `SELECT item, value FROM agreeing JOIN ${keyTable(key)} ON record = number GROUP BY item, value
      HAVING count(DISTINCT number) = (SELECT count(*) FROM agreeing all_of WHERE all_of.item = agreeing.item) ORDER BY item, value`,
    )
    for (const { item, value } of rows) found.set(`${item} ${key}`, [...(found.get(`${item} ${key}`) ?? []), value])
  }
  const names = Object.keys(definition.keys)
  return groups.map(({ keys, cards }, item) =>
    keys.flatMap((key) => {
      const name = names[key] ?? ''
      return readable(found.get(`${item} ${key}`) ?? [], name, definition, cards).map((value) => ({ key: name, value }))
    }),
  )
}

/** Keys that are only known hashed somewhere are compared by their hashes; where a record says it plainly, that is shown. */
export function readable(values: readonly string[], name: string, definition: IdentityDefinition, cards: readonly RecordCard[]): string[] {
  const key = definition.keys[name]
  if (key === undefined || !isHashed(key)) return [...values]
  const plain = partsOf(key).filter(({ as }) => as === 'email' || as === 'phone')
  const [asHash, asText] = [formRules(definition, key, true), formRules(definition, key, false)]
  const said = cards.flatMap((card) => {
    const valueIn = (column: string): string | null => card.values.find((value) => value.column === column)?.value ?? null
    return plain.flatMap((part) => {
      if (typeof part.column !== 'string') return []
      const raw = valueIn(part.column)
      const country = part.country === undefined ? null : valueIn(part.country)
      const hashes = formValue(raw, { part, country, ...asHash })
      const text = formValue(raw, { part, country, ...asText })
      return hashes.ok && text.ok && hashes.values.some((hash) => values.includes(hash)) ? text.values : []
    })
  })
  return said.length > 0 ? [...new Set(said)] : values.slice(0, 1)
}
