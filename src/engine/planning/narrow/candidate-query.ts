import type { Extraction } from '../../audience/extract.ts'
import { type DuckDb, quoteName, quoteText, readParquet } from '../../storage/duckdb.ts'
import { fieldColumn } from '../../storage/data-file-log.ts'
import { asText } from './delta.ts'

/** Product column → text expression over the pinned source file. */
export function sourceTexts(extraction: Extraction): Map<string, string> {
  return new Map(extraction.columns.map(({ name, output, nativeType }) => [name, asText(output, nativeType)]))
}

/** The fixed columns of a candidate, before source values, actual values and bases. */
export const candidateParts = ['key', 'fp', 'created', 'held', 'match_key', 'linked', 'recognised', 'remote_id', 'match', 'cause', 'message', 'do_not_send', 'label', 'changed_at', 'found_id', 'deleted', 'sticky', 'override', 'doubtful', 'match_value', 'found_key', 'choice'] as const
export type CandidatePart = (typeof candidateParts)[number]

export interface CandidateShape {
  /** Source text expression per mapping; undefined for a constant. */
  sources: (string | undefined)[]
  /** Destination field per mapping, in the same order. */
  fields: string[]
  label: string | undefined
  changedAt: string | undefined
  /** Destination field of a key that stays as it is; its source value is `match_value`. */
  stayingKey: string | undefined
  /** Some rows follow their record to the one it was merged into: what was known of the first counts where nothing is of the other. */
  followed: boolean
}

/** What candidates are decided from: a view for each side, with the candidate's key, in key order. */
export const decidedViews = { source: 'decided_source', actual: 'decided_actual', base: 'decided_base', followed: 'followed_base' } as const

/**
 * The rows of `part` (see `inParts`) in key order, one line of texts each: the fixed parts, then per mapping the source value, then per
 * field the actual value, base value, when the base was read and whether it was assumed.
 */
export function candidateQuery({ sources, fields, label, changedAt, stayingKey, followed }: CandidateShape): { columns: string[]; rest(range: string): string } {
  const base = (field: string): string => (followed ? `coalesce(b.${fieldColumn(field)}, f.${fieldColumn(field)})` : `b.${fieldColumn(field)}`)
  const columns = [
    'c.key',
    'c.fp',
    'c.created',
    'c.held',
    'c.match_key',
    'c.linked',
    'c.recognised',
    'c.remote_id',
    'c.match',
    'c.cause',
    'c.message',
    's.do_not_send',
    label === undefined ? 'NULL' : `s.${label}`,
    changedAt === undefined ? 'NULL' : `s.${changedAt}`,
    'a.remote_id',
    'coalesce(a.deleted, false)',
    'st.answers',
    'o.overrides',
    // Rows without a record whose create was sent, and nobody knows whether it arrived.
    'c.remote_id IS NULL AND c.key IN (SELECT key FROM unproved WHERE remote_id IS NULL)',
    ...(stayingKey === undefined ? ['NULL', 'NULL'] : ['s.match_value', `a.${fieldColumn(stayingKey)}`]),
    'ch.told',
    ...sources.map((source, index) => (source === undefined ? 'NULL' : `s.${quoteName(`v${index}`)}`)),
    ...fields.map((field) => `a.${fieldColumn(field)}`),
    ...fields.map((field) => `${base(field)}.raw`),
    ...fields.map((field) => `${base(field)}.read_at`),
    ...fields.map((field) => `${base(field)}.assumed`),
  ]
  return {
    columns,
    // The range is said again to every file, which then reads the groups of rows that it falls into.
    rest: (range) => `FROM part c
    JOIN (SELECT * FROM ${decidedViews.source} WHERE ${range}) s USING (key)
    LEFT JOIN (SELECT * FROM ${decidedViews.actual} WHERE ${range}) a ON a.key = c.key
    LEFT JOIN (SELECT * FROM ${decidedViews.base} WHERE ${range}) b ON b.key = c.key
    LEFT JOIN (SELECT * FROM choices WHERE ${range}) ch ON ch.key = c.key
    ${followed ? `LEFT JOIN (SELECT * FROM ${decidedViews.followed} WHERE ${range}) f ON f.key = c.key AND c.remote_id = ch.moved_to` : ''}
    LEFT JOIN sticky st ON st.remote_id = c.remote_id
    LEFT JOIN overrides o ON o.key = c.key
    ORDER BY c.key`,
  }
}

/** The source columns that deciding needs, as text, of the candidates only. */
export function decidedSourceQuery(sources: (string | undefined)[], { label, changedAt, matchValue }: Record<'label' | 'changedAt' | 'matchValue', string | undefined>): string {
  const values = sources.flatMap((source, index) => (source === undefined ? [] : [`${source} AS ${quoteName(`v${index}`)}`]))
  const named = { label, changed_at: changedAt, match_value: matchValue }
  const extra = Object.entries(named).flatMap(([name, text]) => (text === undefined ? [] : [`${text} AS ${name}`]))
  return `SELECT key, do_not_send${[...values, ...extra].map((part) => `, ${part}`).join('')} FROM source WHERE key IN (SELECT key FROM candidates) ORDER BY key`
}

/** What the destination answered, of the candidates only. */
export const decidedActualQuery = 'SELECT c.key, a.* FROM candidates c JOIN one_actual a ON a.requested_id = c.remote_id ORDER BY c.key'

/** What was last agreed with the candidates' records; `base` gives it of each record. */
export function decidedBaseQuery(base: string): string {
  return `SELECT c.key, b.* FROM candidates c JOIN (${base}) b USING (remote_id) ORDER BY c.key`
}

/** The same of the records that rows followed to another. */
export function followedBaseQuery(base: string): string {
  return `SELECT ch.key, b.* FROM choices ch JOIN (${base}) b USING (remote_id) WHERE ch.choice = 'follow' ORDER BY ch.key`
}

/** Candidates joined and sorted at once: with all their values this is what memory has to hold. */
const candidatesPerPart = 12_000
/** So that what parts have freed does not pile up over many of them. */
const partsBeforeGivingBack = 4

/** Writes what a query gives to a scratch file and reads it back as a view: in a table it would take up memory. */
export async function viewOfFile(duckdb: DuckDb, view: string, query: string, path: string): Promise<void> {
  await duckdb.run(`COPY (${query}) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE 20000)`)
  await duckdb.giveBack()
  await duckdb.run(`CREATE VIEW ${view} AS SELECT * FROM ${readParquet(path)}`)
}

/** Puts the candidates into the table `part`, some at a time, in key order over all parts; gives the range of each as a condition on `key`. */
export async function* inParts(duckdb: DuckDb): AsyncGenerator<string> {
  const starts = await duckdb.rows<{ key: string }>(`SELECT key FROM (SELECT key, row_number() OVER (ORDER BY key) AS place FROM candidates) WHERE place % ${candidatesPerPart} = 1 ORDER BY key`)
  for (const [index, { key }] of starts.entries()) {
    const next = starts[index + 1]
    const range = `key >= ${quoteText(key)}${next === undefined ? '' : ` AND key < ${quoteText(next.key)}`}`
    await duckdb.run(`CREATE OR REPLACE TABLE part AS SELECT * FROM candidates WHERE ${range}`)
    yield range
    if (index % partsBeforeGivingBack === partsBeforeGivingBack - 1) await duckdb.giveBack()
  }
}
