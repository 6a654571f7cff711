import type { DuckDb } from '../../storage/duckdb.ts'
import type { ClusterResult, Refusal } from '../clusters/types.ts'
import { assignEntities, NONE } from '../entities.ts'
import type { AssignedEntities } from '../entities.ts'
import { addBridges } from '../bridging-values.ts'
import { highest } from './tables.ts'

/** Records that were clustered, by position in the order of their references. */
export interface ClusteredPart {
  /** For each position the record's number. */
  numbers: Int32Array
  result: ClusterResult
}

/** Puts a new outcome of some records in the place of the one before. */
export async function storeOutcome(db: DuckDb, part: ClusteredPart): Promise<void> {
  const { entities, assigned } = await assignInPart(db, part)
  await storeEntities(db, part, entities, assigned)
  await db.run('DELETE FROM outcome WHERE number IN (SELECT number FROM affected UNION ALL SELECT number FROM gone)')
  const { numbers, result } = part
  const writer = await db.createTable('new_outcome', { number: 'whole number', label: 'whole number', component: 'whole number', rule: 'whole number', absorbed: 'whole number', entity: 'whole number' })
  const at = (position: number | undefined): number => numbers[position ?? NONE] ?? NONE
  numbers.forEach((number, position) => {
    writer.add([number, at(result.labels[position]), at(result.components[position]), result.rule[position] ?? NONE, result.absorbed[position] ?? NONE, entities[assigned.member[position] ?? NONE] ?? NONE])
  })
  writer.finish()
  await db.run('INSERT INTO outcome SELECT * FROM new_outcome')
  await db.run('DROP TABLE new_outcome')
  await storeRefusals(db, part)
  await storeBridges(db, part)
}

/** The entities that these records had or name, brought to positions; then those they have now. */
async function assignInPart(db: DuckDb, { numbers, result }: ClusteredPart): Promise<{ entities: number[]; assigned: AssignedEntities }> {
  const known = await db.rows<{ entity: number; anchor: number }>(`SELECT entity, coalesce(position, ${NONE}) AS anchor FROM entity LEFT JOIN positions ON number = anchor
    WHERE anchor IN (SELECT number FROM affected UNION ALL SELECT number FROM gone) ORDER BY entity`)
  const places = new Map(known.map(({ entity }, place) => [entity, place]))
  const member = new Int32Array(numbers.length).fill(NONE)
  for await (const { rows, columns } of db.columns('SELECT position::INTEGER, entity FROM outcome JOIN positions USING (number)')) {
    for (let row = 0; row < rows; row += 1) member[columns[0]?.[row] as number] = places.get(columns[1]?.[row] as number) ?? NONE
  }
  const assigned = assignEntities(result.labels, { anchor: Int32Array.from(known, ({ anchor }) => anchor), member })
  const next = (await highest(db, 'entity', 'entity')) + 1
  const entities = Array.from(assigned.anchor, (_, place) => known[place]?.entity ?? next + place - known.length)
  return { entities, assigned }
}

/** A new entity is called after its record, so that it is the same wherever it is issued; a name that is taken gets its number. */
async function storeEntities(db: DuckDb, { numbers }: ClusteredPart, entities: readonly number[], { anchor }: AssignedEntities): Promise<void> {
  const writer = await db.createTable('named', { entity: 'whole number', anchor: 'whole number' })
  anchor.forEach((position, place) => writer.add([entities[place] ?? NONE, position === NONE ? NONE : (numbers[position] ?? NONE)]))
  writer.finish()
  await db.run('UPDATE entity SET anchor = named.anchor FROM named WHERE named.entity = entity.entity')
  await db.run(`INSERT INTO entity SELECT named.entity, CASE WHEN plain IN (SELECT id FROM entity) THEN 'e' || left(sha256(reference || '#' || named.entity), 20) ELSE plain END, named.anchor
    FROM (SELECT named.*, reference, 'e' || left(sha256(reference), 20) AS plain FROM named JOIN record ON number = named.anchor) named
    WHERE named.entity NOT IN (SELECT entity FROM entity)`)
  await db.run('DROP TABLE named')
}

/** Refusals of blocked and common values reach beyond a component, so they are asked for when they are shown. */
async function storeRefusals(db: DuckDb, { numbers, result }: ClusteredPart): Promise<void> {
  await db.run('DELETE FROM refusal WHERE refusal IN (SELECT refusal FROM refusal WHERE number IN (SELECT number FROM affected UNION ALL SELECT number FROM gone))')
  const first = (await highest(db, 'refusal', 'refusal')) + 1
  const writer = await db.createTable('new_refusal', { refusal: 'whole number', rule: 'whole number', reason: 'text', key: 'whole number', number: 'whole number' })
  result.refusals.filter(isWithinComponent).forEach(({ rule, reason, key, records }, at) => {
    for (const position of records) writer.add([first + at, rule, reason, key ?? null, numbers[position] ?? NONE])
  })
  writer.finish()
  await db.run('INSERT INTO refusal SELECT * FROM new_refusal')
  await db.run('DROP TABLE new_refusal')
}

async function storeBridges(db: DuckDb, { numbers, result }: ClusteredPart): Promise<void> {
  await db.run('DELETE FROM bridge WHERE bridge IN (SELECT bridge FROM bridge WHERE number IN (SELECT number FROM affected UNION ALL SELECT number FROM gone))')
  const first = (await highest(db, 'bridge', 'bridge')) + 1
  await addBridges(db, result.bridges, { first, numberAt: (position) => numbers[position] ?? NONE })
}

function isWithinComponent({ reason }: Refusal): boolean {
  return reason !== 'blocked value' && reason !== 'too many records'
}
