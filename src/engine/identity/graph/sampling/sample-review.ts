import type { PairVerdict, Precision, SampledPair } from '../../../../contract/shapes.ts'
import type { Actor, Session } from '../../../session/session.ts'
import { knownRecords } from '../queries/known-records.ts'
import type { OpenIndex } from '../run/open-index.ts'
import { precisionOf } from './precision.ts'
import { recordCards } from '../queries/record-cards.ts'
import type { IdentityGraph } from '../identity-graph.ts'
import { spreadSample } from './spread-sample.ts'
import { StoredPairs } from './stored-pairs.ts'
import type { StoredPair } from './stored-pairs.ts'

/** A labelled sample of what the rules joined: drawn, judged by people, and what it says of the rules. */
export class SampleReview {
  private readonly session: Session
  private readonly graph: IdentityGraph
  private readonly pairs: StoredPairs
  /** Which pairs the newest run still joins, as far as that was looked up; it cannot change within a run. */
  private readonly looked = new Map<string, { run: number; joined: Map<string, boolean> }>()

  constructor(session: Session, graph: IdentityGraph) {
    this.session = session
    this.graph = graph
    this.pairs = new StoredPairs(session.database)
  }

  /** Draws so many pairs more, or as many as there are. The same rules, records and earlier draws give the same pairs. */
  async draw(identity: string, size: number): Promise<number> {
    return this.graph.reading(identity, async (open) => {
      const before = this.pairs.all(identity)
      const drawn = await drawPairs(open, { size, before, weights: this.weights(identity) })
      const { ids, clock } = this.session.ports
      this.pairs.add(identity, { rulesVersion: open.rulesVersion, at: clock.now() }, drawn.map((pair) => ({ id: ids.next(), ...pair })))
      return drawn.length
    })
  }

  /** Pairs that their rule still joins, in the order in which they were drawn. */
  async page(identity: string, { offset, limit }: { offset: number; limit: number }): Promise<{ total: number; pairs: SampledPair[]; precision: Precision }> {
    return this.graph.reading(identity, async (open) => {
      const joined = await this.joined(open)
      const page = joined.slice(offset, offset + limit)
      const records = await knownRecords(open.db, page.flatMap(({ one, other }) => [one, other]))
      const cards = await recordCards(open, [...records.values()].map(({ number }) => number))
      const card = (reference: string) => cards.get(records.get(reference)?.number ?? -1)
      const pairs = page.flatMap(({ id, rule, verdict, by, ...pair }): SampledPair[] => {
        const [one, other] = [card(pair.one), card(pair.other)]
        return one && other ? [{ id, rule, one, other, ...(verdict === null ? {} : { verdict }), ...(by === null ? {} : { by }) }] : []
      })
      return { total: joined.length, pairs, precision: this.precisionOf(open, joined) }
    })
  }

  async judge(identity: string, { pair, verdict }: { pair: string; verdict: PairVerdict | null }, actor: Actor): Promise<Precision> {
    this.pairs.judge(identity, pair, { verdict, by: actor.name, at: this.session.ports.clock.now() })
    return this.graph.reading(identity, async (open) => this.precisionOf(open, await this.joined(open)))
  }

  /** What is known of the rules so far; null while nothing was drawn. */
  async precision(identity: string): Promise<Precision | null> {
    if (this.pairs.all(identity).length === 0 || !this.graph.runs.newest(identity)) return null
    return this.graph.reading(identity, async (open) => this.precisionOf(open, await this.joined(open)))
  }

  private precisionOf({ identity, definition }: OpenIndex, joined: readonly StoredPair[]): Precision {
    const weights = this.weights(identity)
    return precisionOf(definition.rules.map(({ name }) => ({ rule: name, pairs: weights.get(name) ?? 0, verdicts: joined.filter(({ rule }) => rule === name).map(({ verdict }) => verdict ?? undefined) })))
  }

  /** By how many each rule lowered the number of entities: as many pairs it takes to join them. */
  private weights(identity: string): Map<string, number> {
    return new Map((this.graph.runs.newest(identity)?.rules ?? []).map(({ rule, merged }) => [rule, merged]))
  }

  private async joined(open: OpenIndex): Promise<StoredPair[]> {
    const { identity, run } = open
    const known = this.looked.get(identity)
    const looked = known?.run === run.run ? known : { run: run.run, joined: new Map<string, boolean>() }
    this.looked.set(identity, looked)
    const pairs = this.pairs.all(identity)
    const unknown = pairs.filter(({ id }) => !looked.joined.has(id))
    if (unknown.length > 0) {
      const still = await joinedNow(open, unknown)
      for (const [at, { id }] of unknown.entries()) looked.joined.set(id, still.has(at))
    }
    return pairs.filter(({ id }) => looked.joined.get(id))
  }
}

/** Places of the pairs that the rule which they were drawn of joins now. */
async function joinedNow({ db, index, definition }: OpenIndex, pairs: readonly StoredPair[]): Promise<Set<number>> {
  const records = await knownRecords(db, pairs.flatMap(({ one, other }) => [one, other]))
  const writer = await db.createTable('drawn_pair', { place: 'whole number', rule: 'whole number', one: 'whole number', other: 'whole number' })
  pairs.forEach(({ rule, one, other }, place) => writer.add([place, definition.rules.findIndex(({ name }) => name === rule), records.get(one)?.number ?? null, records.get(other)?.number ?? null]))
  writer.finish()
  return index.stillJoined()
}

/** Which pair comes next is told by a hash, so that nobody chooses it, and anybody can draw it again. */
async function drawPairs({ db, index, identity, definition, rulesVersion }: OpenIndex, { size, before, weights }: { size: number; before: readonly StoredPair[]; weights: ReadonlyMap<string, number> }): Promise<Pick<StoredPair, 'rule' | 'one' | 'other'>[]> {
  await index.joinedPairs()
  const writer = await db.createTable('drawn_before', { one: 'text', other: 'text' })
  for (const { one, other } of before) writer.add([one, other])
  writer.finish()
  await db.run(
    `CREATE OR REPLACE TABLE candidate AS SELECT rule, first.reference AS one, second.reference AS other, md5(concat_ws(chr(31), ?, ?, ?, first.reference, second.reference)) AS lot
    FROM joined_pair JOIN record first ON first.number = one JOIN record second ON second.number = other WHERE (first.reference, second.reference) NOT IN (SELECT (one, other) FROM drawn_before)`,
    [identity, rulesVersion, String(before.length)],
  )
  const counted = await db.rows<{ rule: number; pairs: number }>('SELECT rule, count(*) AS pairs FROM candidate GROUP BY rule')
  const strata = definition.rules.map(({ name }, place) => ({ weight: weights.get(name) ?? 0, available: counted.find(({ rule }) => rule === place)?.pairs ?? 0 }))
  const sizes = spreadSample(size, strata)
  const wanted = await db.createTable('wanted', { rule: 'whole number', pairs: 'whole number' })
  sizes.forEach((pairs, rule) => wanted.add([rule, pairs]))
  wanted.finish()
  const rows = await db.rows<{ rule: number; one: string; other: string }>(
    'WITH lots AS (SELECT *, row_number() OVER (PARTITION BY rule ORDER BY lot, one, other) AS nth FROM candidate) SELECT rule, one, other FROM lots JOIN wanted USING (rule) WHERE nth <= pairs ORDER BY lot, one, other',
  )
  return rows.map(({ rule, one, other }) => ({ rule: definition.rules[rule]?.name ?? '', one, other }))
}
