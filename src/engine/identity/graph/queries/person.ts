import type { IdentityPerson, RecordCard } from '../../../../contract/shapes.ts'
import { AppError } from '../../../../contract/errors.ts'
import type { DuckDb } from '../../../storage/duckdb.ts'
import type { IdentityDecisions } from '../decisions/decisions.ts'
import { heldMerges } from './held-merges.ts'
import { knownRecords } from './known-records.ts'
import type { OpenIndex } from '../run/open-index.ts'
import { personLinks } from './person-links.ts'
import { recordCards } from './record-cards.ts'

/** Held-back merges that are shown; the queue has all. */
const MOST_HELD_BACK = 50

/** All that is known of one entity: by its id, by the id of one that was merged into it, or by one of its records. */
export async function readPerson(open: OpenIndex, asked: { entity?: string | undefined; record?: string | undefined }, kept: IdentityDecisions): Promise<IdentityPerson> {
  const { db, identity, sources } = open
  const { entity, id } = await findEntity(db, asked)
  const numbers = await db.rows<{ number: number; chosen: boolean }>('SELECT number, number IN (SELECT number FROM survivor) AS chosen FROM outcome JOIN record USING (number) WHERE entity = ? ORDER BY reference', [entity])
  const cards = await recordCards(open, numbers.map(({ number }) => number))
  const places = new Map(sources.map(({ source }, place) => [source, place]))
  const records = numbers.flatMap(({ number }) => cards.get(number) ?? []).sort((one, other) => (places.get(one.source) ?? 0) - (places.get(other.source) ?? 0))
  const chosen = new Set(numbers.flatMap(({ number, chosen: stands }) => (stands ? (cards.get(number)?.reference ?? []) : [])))
  const references = new Set(records.map(({ reference }) => reference))
  const decisions = kept.store.all(identity)
  const about = decisions.filter(({ parts }) => parts.some((part) => part.some((reference) => references.has(reference)))).reverse()
  const held = await heldMerges(open, { where: '(rule, reason, merge) IN (SELECT (refused.rule, reason, merge) FROM refused JOIN outcome USING (number) WHERE entity = ?)', parameters: [entity], offset: 0, limit: MOST_HELD_BACK })
  return {
    identity,
    entity: id,
    aliases: await aliasesOf(db, entity),
    label: (records.find(({ label, id: own }) => label !== own) ?? records[0])?.label ?? id,
    records,
    links: await personLinks(open, { entity, cards, decisions }),
    heldBack: held.items,
    systems: await systemsOf(open, { entity, records, chosen }),
    decisions: await kept.shown(identity, about, open),
  }
}

async function findEntity(db: DuckDb, { entity, record }: { entity?: string | undefined; record?: string | undefined }): Promise<{ entity: number; id: string }> {
  if ((entity === undefined) === (record === undefined)) throw new AppError('bad-input', 'Name a person by their id, or by one record, and not by both.', { field: 'entity', next: 'Find them under Identity.' })
  const found = record === undefined ? await standingFor(db, entity ?? '') : (await knownRecords(db, [record])).get(record)?.entity
  const named = found === undefined ? undefined : await db.row<{ id: string }>('SELECT id FROM entity WHERE entity = ?', [found])
  if (found === undefined || named === undefined) throw new AppError('not-found', `There is nobody with the ${record === undefined ? 'id' : 'record'} '${entity ?? record ?? ''}', or no record of theirs is left.`, { field: record === undefined ? 'entity' : 'record', value: entity ?? record ?? '', next: 'Find them under Identity by a name, an id or a key.' })
  return { entity: found, id: named.id }
}

/** The entity itself, or the one that it was merged into: where the record that it is named after is now. */
async function standingFor(db: DuckDb, id: string): Promise<number | undefined> {
  const row = await db.row<{ entity: number }>('SELECT outcome.entity FROM entity JOIN outcome ON number = anchor WHERE id = ?', [id])
  return row?.entity
}

async function aliasesOf(db: DuckDb, entity: number): Promise<string[]> {
  const rows = await db.rows<{ id: string }>('SELECT id FROM entity JOIN outcome ON number = anchor WHERE outcome.entity = ? AND entity.entity <> ? ORDER BY entity.entity', [entity, entity])
  return rows.map(({ id }) => id)
}

/** One record is a match, several are until somebody chose one, none is ambiguous while a merge with one there was held back. */
async function systemsOf({ db, sources }: OpenIndex, { entity, records, chosen }: { entity: number; records: readonly RecordCard[]; chosen: ReadonlySet<string> }): Promise<IdentityPerson['systems']> {
  const reached = await db.rows<{ source: string }>(
    `SELECT DISTINCT source FROM refused JOIN record USING (number) WHERE (refused.rule, reason, merge) IN (SELECT (refused.rule, reason, merge) FROM refused JOIN outcome USING (number) WHERE entity = ?)`,
    [entity],
  )
  const heldBack = new Set(reached.map(({ source }) => source))
  return sources.map(({ source, name, kind }) => {
    const own = records.filter((record) => record.source === source).map(({ reference }) => reference)
    const survivor = own.find((reference) => chosen.has(reference))
    const state = own.length === 1 || survivor !== undefined ? 'matched' : own.length > 1 || heldBack.has(source) ? 'ambiguous' : 'unmatched'
    return { source, name, kind, state, records: own, ...(survivor === undefined ? {} : { survivor }) }
  })
}
