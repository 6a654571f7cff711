import type { IdentityRun, IdentitySource, MatchFigures } from '../../../../contract/shapes.ts'
import type { LinkCause, MatchState } from '../../../../contract/states.ts'
import type { DuckDb } from '../../../storage/duckdb.ts'
import { linksSql } from '../../index/links.ts'
import { ratio } from '../../figures.ts'
import type { SourceState } from './source-states.ts'

/** What waits for a person, as counted with a run. */
export interface QueueCounts {
  ambiguous: number
  duplicates: number
  unmatched: number
}

type Named = Pick<SourceState, 'source' | 'name' | 'kind'>

/** The rates of every product in every system (semantics §6), from counts alone. */
export async function matchFigures(db: DuckDb, sources: readonly Named[]): Promise<MatchFigures[]> {
  const figures: MatchFigures[] = []
  for (const from of sources.filter(({ kind }) => kind === 'product')) {
    for (const to of sources.filter(({ kind }) => kind === 'destination')) figures.push(await figuresOf(db, from, to))
  }
  return figures
}

async function figuresOf(db: DuckDb, from: Named, to: Named): Promise<MatchFigures> {
  const counted = await db.rows<{ state: MatchState; because: LinkCause | null; rows: number }>(`SELECT state, because, count(*) AS rows FROM (${linksSql(from.source, to.source)}) GROUP BY state, because ORDER BY because`)
  const count = (state: MatchState): number => counted.reduce((sum, line) => sum + (line.state === state ? line.rows : 0), 0)
  const all = counted.reduce((sum, { rows }) => sum + rows, 0)
  const keyed = all - count('invalid')
  return {
    from: from.source,
    fromName: from.name,
    to: to.source,
    toName: to.name,
    match: ratio(count('matched'), keyed),
    ambiguous: ratio(count('ambiguous'), keyed),
    unmatched: ratio(count('unmatched'), keyed),
    invalid: ratio(count('invalid'), all),
    because: Object.fromEntries(counted.flatMap(({ because, rows }) => (because === null ? [] : [[because, rows]]))),
  }
}

/** Records, invalid and duplication of every source. */
export async function sourceFigures(db: DuckDb, states: readonly SourceState[]): Promise<IdentitySource[]> {
  const counted = await db.rows<{ source: string; records: number; entities: number; keyless: number }>(
    'SELECT source, count(*) AS records, count(DISTINCT entity) AS entities, count(*) FILTER (number IN (SELECT number FROM keyless)) AS keyless FROM record JOIN outcome USING (number) GROUP BY source',
  )
  return states.map(({ source, name, kind, readAt, how }) => {
    const { records, entities, keyless } = counted.find((line) => line.source === source) ?? { records: 0, entities: 0, keyless: 0 }
    return { source, name, kind, records, invalid: ratio(keyless, records), duplication: ratio(records - entities, records), readAt: new Date(readAt).toISOString(), how }
  })
}

/** Merges held back, groups of duplicates nobody chose a survivor of, and rows without a record in a system. */
export async function queueCounts(db: DuckDb, { matches }: Pick<IdentityRun, 'matches'>): Promise<QueueCounts> {
  const counted = await db.row<{ ambiguous: number; duplicates: number }>(
    `SELECT (SELECT count(*) FROM open_merge) AS ambiguous, (SELECT count(*) FROM (SELECT source, entity FROM record JOIN outcome USING (number) GROUP BY source, entity
      HAVING count(*) > 1 AND count(*) FILTER (number IN (SELECT number FROM survivor)) = 0)) AS duplicates`,
  )
  return { ambiguous: counted?.ambiguous ?? 0, duplicates: counted?.duplicates ?? 0, unmatched: matches.reduce((sum, { unmatched, invalid }) => sum + unmatched.numerator + invalid.numerator, 0) }
}
