import type { DuckDb } from '../../storage/duckdb.ts'
import { clusterRecords } from '../clusters/cluster-records.ts'
import type { Facts } from '../clusters/types.ts'
import { resolveFacts } from '../facts.ts'
import type { IdentityFact } from '../facts.ts'
import type { Figures } from '../figures.ts'
import { numberKeys } from '../key-columns.ts'
import { columnsOf, createKeyTables, dropKeyTables } from '../key-table.ts'
import { numberRules } from '../numbered-rules.ts'
import { resolveKeys } from '../read-rules.ts'
import type { IdentityRules, ResolvedKey } from '../read-rules.ts'
import { readOpenMerges, storeRefused } from './ambiguous.ts'
import type { OpenMerge } from './ambiguous.ts'
import { findAffected } from './find-affected.ts'
import { indexFigures } from './index-figures.ts'
import type { SameKeys } from './index-figures.ts'
import { stillJoined, storeJoinedPairs } from './joined-pairs.ts'
import { storeKeyless } from './keyless.ts'
import { readLinks } from './links.ts'
import type { RecordLink } from './links.ts'
import { storeOutcome } from './store-outcome.ts'
import { storeSurvivors } from './survivors.ts'
import type { SurvivorChoice } from './survivors.ts'
import { addNewTables, createIndexTables } from './tables.ts'
import { takeChanges } from './take-changes.ts'

export interface IndexChange {
  /** `incoming` holds all records: those it does not hold are gone. Otherwise `departed` names them. */
  complete: boolean
  /** All facts that people decided, undone ones too. */
  facts?: readonly IdentityFact[]
  /** Which record stands for its entity where a source has several; undone choices left out. */
  survivors?: readonly SurvivorChoice[]
}

export interface IndexRun {
  changed: number
  gone: number
  /** Records that were clustered again. */
  affected: number
  /** Ids of facts that later ones contradict. */
  overruled: string[]
}

/** A merge that a rule made, in numbers of records. */
export interface MadeMerge {
  rule: number
  numbers: number[]
}

/** A record as the index answers for it. */
export interface IndexedRecord {
  reference: string
  entity: string
  rule: string
  ambiguous: boolean
}

/**
 * Records of all sources with their entities, kept in DuckDB tables. A run takes what changed and clusters only the
 * components that this can reach; the result is that of a full run.
 */
export class IdentityIndex {
  readonly columns: readonly string[]
  private readonly db: DuckDb
  private readonly keys: readonly ResolvedKey[]
  private readonly rules: ReturnType<typeof numberRules>
  private readonly names: readonly string[]

  /** Over tables that are there already; `create` makes them. `known` are the columns that the sources have. */
  constructor(db: DuckDb, rules: IdentityRules, known: readonly string[]) {
    this.db = db
    this.keys = resolveKeys(rules, known)
    this.columns = columnsOf(this.keys)
    this.rules = numberRules(rules.definition)
    this.names = rules.definition.rules.map(({ name }) => name)
  }

  static async create(db: DuckDb, rules: IdentityRules, known: readonly string[]): Promise<IdentityIndex> {
    const index = new IdentityIndex(db, rules, known)
    await createIndexTables(db, index.keys)
    return index
  }

  /**
   * Over tables of other rules: records keep their numbers, entities their ids, and the next run, which must be complete,
   * looks at every record again. `before` are the keys that the tables were made for.
   */
  static async rebuild(db: DuckDb, rules: IdentityRules, known: readonly string[], before: IdentityIndex): Promise<IdentityIndex> {
    const index = new IdentityIndex(db, rules, known)
    await dropKeyTables(db, before.keys)
    await createKeyTables(db, index.keys)
    await db.run('UPDATE record SET fingerprint = NULL')
    return index
  }

  /** Takes `incoming` (reference, source, c0, c1 … in the order of `columns`), and `departed` (reference) unless it is complete. */
  async run({ complete, facts = [], survivors = [] }: IndexChange): Promise<IndexRun> {
    const { db } = this
    await addNewTables(db)
    const taken = await takeChanges(db, this.keys, this.columns, complete)
    const { decided, overruled, changed } = await this.takeFacts(facts)
    const affected = await findAffected(db, this.keys, this.rules.rules, changed)
    const numbers = await this.placeAffected(affected)
    const keys = await numberKeys(db, this.keys, { records: affected, positions: 'positions' })
    const result = clusterRecords({ records: affected, keys, ...this.rules, facts: placed(decided, numbers) })
    await storeOutcome(db, { numbers, result })
    if (changed) await db.run('DELETE FROM decided WHERE NOT still')
    await storeRefused(db, this.keys, this.rules.rules, overruled)
    await storeKeyless(db, this.rules.rules)
    await storeSurvivors(db, survivors)
    return { ...taken, affected, overruled }
  }

  /** Every record in the order of the references. */
  async *outcome(): AsyncGenerator<IndexedRecord> {
    const query = `SELECT reference, id, rule, number IN (SELECT number FROM ambiguous) FROM outcome JOIN record USING (number) JOIN entity USING (entity) ORDER BY reference`
    for await (const { rows, columns } of this.db.columns(query)) {
      for (let row = 0; row < rows; row += 1) {
        const rule = columns[2]?.[row] as number
        yield { reference: String(columns[0]?.[row]), entity: String(columns[1]?.[row]), rule: rule === -2 ? 'by hand' : (this.names[rule] ?? ''), ambiguous: columns[3]?.[row] === true }
      }
    }
  }

  /** What every record of one source has in another. */
  async *links(from: string, to: string): AsyncGenerator<RecordLink> {
    yield* readLinks(this.db, from, to)
  }

  /** Refused merges for a person to decide on, a page of them. */
  async openMerges(page: { limit: number; offset: number; examples: number }): Promise<{ total: number; merges: OpenMerge[] }> {
    return readOpenMerges(this.db, page)
  }

  /** Fills `joined_pair` (rule, one, other) with pairs of records that the rules joined. */
  async joinedPairs(): Promise<void> {
    await storeJoinedPairs(this.db, this.keys, this.rules.rules)
  }

  /** Of the pairs in `drawn_pair` (place, rule, one, other) the places of those that their rule joins now. */
  async stillJoined(): Promise<Set<number>> {
    return stillJoined(this.db, this.keys, this.rules.rules)
  }

  /** Figures of all records, as those of a full clustering would be. `same`: those of before, where no record changed since. */
  async figures(same?: SameKeys): Promise<Figures> {
    const rules = this.rules.rules.map((rule, place) => ({ ...rule, name: this.names[place] ?? '' }))
    return indexFigures(this.db, { resolved: this.keys, rules }, same)
  }

  /**
   * The merges that the rules made among all that could be one with an entity, in their order: its component clustered
   * once more, which gives what it gave. Works in tables of its own.
   */
  async merges(entity: number, facts: readonly IdentityFact[]): Promise<MadeMerge[]> {
    await this.db.run('CREATE OR REPLACE TABLE affected AS SELECT number FROM outcome WHERE component IN (SELECT component FROM outcome WHERE entity = ?)', [entity])
    const { records } = (await this.db.row<{ records: number }>('SELECT count(*) AS records FROM affected')) ?? { records: 0 }
    const numbers = await this.placeAffected(records)
    const known = await this.numbersOf(facts)
    const decided = resolveFacts(facts, (reference) => known.get(reference))
    const keys = await numberKeys(this.db, this.keys, { records, positions: 'positions' })
    const merges: MadeMerge[] = []
    const merged = (rule: number, positions: Int32Array): number => merges.push({ rule, numbers: Array.from(positions, (position) => numbers[position] ?? 0) })
    clusterRecords({ records, keys, ...this.rules, facts: placed(decided, numbers), merged })
    return merges
  }

  /** Facts by record number; and whether any of them is new, undone or changed by what happened to records. */
  private async takeFacts(facts: readonly IdentityFact[]): Promise<{ decided: Facts; overruled: string[]; changed: boolean }> {
    const numbers = await this.numbersOf(facts)
    const { overruled, ...decided } = resolveFacts(facts, (reference) => numbers.get(reference))
    const before = await this.db.rows<{ fact: string; number: number }>('SELECT fact, number FROM decided ORDER BY ALL')
    const now = facts.flatMap(({ id, undone, parts, onlyApart }) =>
      undone ? [] : parts.flatMap((part, at) => part.flatMap((reference, place) => (numbers.has(reference) ? [{ fact: `${id}/${at}${onlyApart ? `:${place}` : ''}`, number: numbers.get(reference) ?? 0 }] : []))),
    )
    const lines = (rows: readonly { fact: string; number: number }[]): string[] => rows.map(({ fact, number }) => `${fact} ${number}`)
    const [were, are] = [new Set(lines(before)), new Set(lines(now))]
    if (were.size === are.size && [...were].every((line) => are.has(line))) return { decided, overruled, changed: false }
    const writer = await this.db.createTable('decided', { fact: 'text', number: 'whole number', still: 'true or false' })
    // While this run lasts, also what is no more: its records are looked at again.
    for (const { fact, number } of before) if (!are.has(`${fact} ${number}`)) writer.add([fact, number, false])
    for (const { fact, number } of now) writer.add([fact, number, true])
    writer.finish()
    return { decided, overruled, changed: true }
  }

  private async numbersOf(facts: readonly IdentityFact[]): Promise<Map<string, number>> {
    if (facts.length === 0) return new Map()
    const writer = await this.db.createTable('named_in_facts', { reference: 'text' })
    for (const reference of new Set(facts.flatMap(({ parts }) => parts.flat()))) writer.add([reference])
    writer.finish()
    const found = await this.db.rows<{ reference: string; number: number }>('SELECT reference, number FROM record JOIN named_in_facts USING (reference)')
    return new Map(found.map(({ reference, number }) => [reference, number]))
  }

  /** Positions of the affected records in the order of their references, whatever their numbers. */
  private async placeAffected(affected: number): Promise<Int32Array> {
    await this.db.run('CREATE OR REPLACE TABLE positions AS SELECT number, (row_number() OVER (ORDER BY reference) - 1)::INTEGER AS position FROM affected JOIN record USING (number)')
    const numbers = new Int32Array(affected)
    for await (const { rows, columns } of this.db.columns('SELECT position, number FROM positions')) {
      for (let row = 0; row < rows; row += 1) numbers[columns[0]?.[row] as number] = columns[1]?.[row] as number
    }
    return numbers
  }
}

/** Facts between records that are all looked at; the others lie in components that nothing touched. */
function placed({ together, apart }: Facts, numbers: Int32Array): Facts {
  if (together.length === 0 && apart.length === 0) return { together, apart }
  const positions = new Map<number, number>()
  numbers.forEach((number, position) => positions.set(number, position))
  const pairs = (list: Facts['together']): [number, number][] =>
    list.flatMap(([one, other]): [number, number][] => {
      const [first, second] = [positions.get(one), positions.get(other)]
      return first === undefined || second === undefined ? [] : [[first, second]]
    })
  return { together: pairs(together), apart: pairs(apart) }
}
