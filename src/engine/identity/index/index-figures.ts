import type { ClusterSummary } from '../../../contract/shapes.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import type { NumberedRule } from '../clusters/types.ts'
import type { Figures } from '../figures.ts'
import { ratio } from '../figures.ts'
import { bridgingValues } from '../bridging-values.ts'
import { droppedValues } from '../dropped-values.ts'
import { keyTable } from '../key-table.ts'
import type { ResolvedKey } from '../read-rules.ts'
import { keyedSql } from './keyless.ts'

/** What the figures of an index are named by. */
export interface NamedRules {
  /** In the order of the tables. */
  resolved: readonly ResolvedKey[]
  rules: readonly (NumberedRule & { name: string })[]
}

/** Figures from before, by the same rules over records whose keys hold the same: what depends on nothing else is not counted again. */
export type SameKeys = Pick<Figures, 'keys' | 'rules'>

/** Every figure of `identityFigures`, counted over the tables of an index: of all records, however few were looked at. */
export async function indexFigures(db: DuckDb, { resolved, rules }: NamedRules, same?: SameKeys): Promise<Figures> {
  const counted = await db.row<{ entities: number; linked: number | null; ambiguous: number }>(
    'SELECT count(*) AS entities, sum(records) FILTER (records > 1) AS linked, (SELECT count(*) FROM ambiguous) AS ambiguous FROM (SELECT count(*) AS records FROM outcome GROUP BY label)',
  )
  const { records } = (await db.row<{ records: number }>('SELECT count(*) AS records FROM record')) ?? { records: 0 }
  const [linked, entities] = [counted?.linked ?? 0, counted?.entities ?? 0]
  const keys = resolved.map(({ name }) => name)
  const ruleFigures: Figures['rules'] = []
  const bridges = await bridgingValues(db, resolved, rules.length)
  for (const [place, rule] of rules.entries()) {
    ruleFigures.push({ ...(await figuresOfRule(db, place, rule, { keys, same: same?.rules[place] })), ...(bridges[place]?.length ? { bridges: bridges[place] } : {}) })
  }
  const keyFigures: Figures['keys'] = []
  const dropped = await droppedValues(db, keys.length)
  for (const [key, name] of keys.entries()) {
    keyFigures.push({ ...(await figuresOfKey(db, { key, name, records, places: placesOf(key, rules), same: same?.keys[key] })), ...(dropped[key]?.length ? { dropped: dropped[key] } : {}) })
  }
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

async function figuresOfRule(db: DuckDb, place: number, rule: NamedRules['rules'][number], { keys, same }: { keys: readonly string[]; same: Figures['rules'][number] | undefined }): Promise<ClusterSummary['rules'][number]> {
  const counted = await db.row<{ linked: number; merged: number; refused: number }>(
    `SELECT (SELECT count(*) FROM outcome WHERE rule = ${place}) AS linked, (SELECT count(*) FROM outcome WHERE absorbed = ${place}) AS merged,
      (SELECT count(DISTINCT number) FROM refused WHERE rule = ${place}) AS refused`,
  )
  const { linked, merged, refused } = counted ?? { linked: 0, merged: 0, refused: 0 }
  const { keyed, alone } = same ? { keyed: same.unmatched.denominator, alone: same.unmatched.numerator } : await countKeyed(db, rule)
  const reasons = await db.rows<{ reason: string; merges: number }>(`SELECT reason, count(*) AS merges FROM open_merge WHERE rule = ${place} GROUP BY reason ORDER BY reason`)
  return {
    rule: rule.name,
    keys: rule.keys.map((key) => keys[key] ?? ''),
    match: ratio(linked, keyed),
    ambiguous: ratio(refused, keyed),
    unmatched: ratio(alone, keyed),
    merged,
    refused: Object.fromEntries(reasons.map(({ reason, merges }) => [reason, merges])),
  }
}

/** How many records have a value of every key of a rule, and how many of those agree with no other. */
async function countKeyed(db: DuckDb, rule: NumberedRule): Promise<{ keyed: number; alone: number }> {
  const counted = await db.row<{ keyed: number; shared: number }>(`SELECT (SELECT count(*) FROM (SELECT DISTINCT record FROM (${keyedSql(rule)}))) AS keyed, (${sharedSql(rule)}) AS shared`)
  const { keyed, shared } = counted ?? { keyed: 0, shared: 0 }
  return { keyed, alone: keyed - shared }
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

async function figuresOfKey(db: DuckDb, { key, name, records, places, same }: { key: number; name: string; records: number; places: readonly number[]; same: Figures['keys'][number] | undefined }): Promise<ClusterSummary['keys'][number]> {
  // A place that no rule has, so that the list is never empty.
  const list = [-9, ...places].join(', ')
  const counted = await db.row<{ match: number; held: number }>(
    `SELECT (SELECT count(*) FROM outcome WHERE rule IN (${list})) AS match,
      (SELECT count(DISTINCT number) FROM refused JOIN outcome USING (number) WHERE refused.rule IN (${list}) AND outcome.rule NOT IN (${list})) AS held`,
  )
  const { match, held } = counted ?? { match: 0, held: 0 }
  const { valid, invalid } = same ? { valid: same.valid.numerator, invalid: same.invalid.numerator } : await countUsable(db, key)
  return { key: name, valid: ratio(valid, records), invalid: ratio(invalid, valid + invalid), match: ratio(match, valid), ambiguous: ratio(held, valid), unmatched: ratio(valid - match - held, valid) }
}

async function countUsable(db: DuckDb, key: number): Promise<{ valid: number; invalid: number }> {
  const counted = await db.row<{ valid: number; invalid: number }>(`SELECT (SELECT count(DISTINCT record) FROM ${keyTable(key)}) AS valid, (SELECT count(*) FROM unusable WHERE key = ${key}) AS invalid`)
  return counted ?? { valid: 0, invalid: 0 }
}
