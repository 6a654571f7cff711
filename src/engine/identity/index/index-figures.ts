import type { ClusterSummary } from '../../../contract/shapes.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import type { NumberedRule } from '../clusters/types.ts'
import type { Figures } from '../figures.ts'
import { ratio } from '../figures.ts'
import { keyTable } from '../key-table.ts'
import { keyedSql } from './keyless.ts'

/** What the figures of an index are named by. */
export interface NamedRules {
  /** Names of the keys, in the order of the tables. */
  keys: readonly string[]
  rules: readonly (NumberedRule & { name: string })[]
}

/** Every figure of `identityFigures`, counted over the tables of an index: of all records, however few were looked at. */
export async function indexFigures(db: DuckDb, { keys, rules }: NamedRules): Promise<Figures> {
  const counted = await db.row<{ entities: number; linked: number | null; ambiguous: number }>(
    'SELECT count(*) AS entities, sum(records) FILTER (records > 1) AS linked, (SELECT count(*) FROM ambiguous) AS ambiguous FROM (SELECT count(*) AS records FROM outcome GROUP BY label)',
  )
  const { records } = (await db.row<{ records: number }>('SELECT count(*) AS records FROM record')) ?? { records: 0 }
  const [linked, entities] = [counted?.linked ?? 0, counted?.entities ?? 0]
  const ruleFigures: Figures['rules'] = []
  for (const [place, rule] of rules.entries()) ruleFigures.push(await figuresOfRule(db, place, rule, keys))
  const keyFigures: Figures['keys'] = []
  for (const [key, name] of keys.entries()) keyFigures.push(await figuresOfKey(db, { key, name, records, places: placesOf(key, rules) }))
  return {
    records,
    entities,
    linkedShare: ratio(linked, records),
    unlinked: ratio(records - linked, records),
    ambiguous: ratio(counted?.ambiguous ?? 0, records),
    duplication: ratio(records - entities, records),
    keys: keyFigures,
    rules: ruleFigures,
  }
}

async function figuresOfRule(db: DuckDb, place: number, rule: NamedRules['rules'][number], names: readonly string[]): Promise<ClusterSummary['rules'][number]> {
  const counted = await db.row<{ linked: number; merged: number; refused: number; keyed: number; shared: number }>(
    `SELECT (SELECT count(*) FROM outcome WHERE rule = ${place}) AS linked, (SELECT count(*) FROM outcome WHERE absorbed = ${place}) AS merged,
      (SELECT count(DISTINCT number) FROM refused WHERE rule = ${place}) AS refused, (SELECT count(*) FROM (SELECT DISTINCT record FROM (${keyedSql(rule)}))) AS keyed, (${sharedSql(rule)}) AS shared`,
  )
  const { linked, merged, refused, keyed, shared } = counted ?? { linked: 0, merged: 0, refused: 0, keyed: 0, shared: 0 }
  const reasons = await db.rows<{ reason: string; merges: number }>(`SELECT reason, count(*) AS merges FROM open_merge WHERE rule = ${place} GROUP BY reason ORDER BY reason`)
  return {
    rule: rule.name,
    keys: rule.keys.map((key) => names[key] ?? ''),
    match: ratio(linked, keyed),
    ambiguous: ratio(refused, keyed),
    unmatched: ratio(keyed - shared, keyed),
    merged,
    refused: Object.fromEntries(reasons.map(({ reason, merges }) => [reason, merges])),
  }
}

/** How many records agree with another one in all keys of a rule. */
function sharedSql({ keys }: NumberedRule): string {
  const values = keys.map((_, at) => `v${at}`).join(', ')
  const [first, ...others] = keys.map((key, at) => `(SELECT record, value AS v${at} FROM ${keyTable(key)})`)
  const agreed = `SELECT * FROM ${first ?? ''}${others.map((table) => ` JOIN ${table} USING (record)`).join('')}`
  return `SELECT count(DISTINCT record) FROM (${agreed}) SEMI JOIN (SELECT ${values} FROM (${agreed}) GROUP BY ALL HAVING count(*) > 1) USING (${values})`
}

function placesOf(key: number, rules: readonly NumberedRule[]): number[] {
  return rules.flatMap((rule, place) => (rule.keys.includes(key) ? [place] : []))
}

async function figuresOfKey(db: DuckDb, { key, name, records, places }: { key: number; name: string; records: number; places: readonly number[] }): Promise<ClusterSummary['keys'][number]> {
  // A place that no rule has, so that the list is never empty.
  const list = [-9, ...places].join(', ')
  const counted = await db.row<{ valid: number; invalid: number; match: number; held: number }>(
    `SELECT (SELECT count(DISTINCT record) FROM ${keyTable(key)}) AS valid, (SELECT count(*) FROM unusable WHERE key = ${key}) AS invalid,
      (SELECT count(*) FROM outcome WHERE rule IN (${list})) AS match,
      (SELECT count(DISTINCT number) FROM refused JOIN outcome USING (number) WHERE refused.rule IN (${list}) AND outcome.rule NOT IN (${list})) AS held`,
  )
  const { valid, invalid, match, held } = counted ?? { valid: 0, invalid: 0, match: 0, held: 0 }
  return { key: name, valid: ratio(valid, records), invalid: ratio(invalid, valid + invalid), match: ratio(match, valid), ambiguous: ratio(held, valid), unmatched: ratio(valid - match - held, valid) }
}
