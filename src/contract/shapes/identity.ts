import { z } from 'zod'
import { linkCause } from '../states.ts'
import { instant } from './instant.ts'
import { problem } from './workspace.ts'

/** A rate with what it was made of; never averaged. Without a denominator it has no value. */
export const ratio = z.object({ numerator: z.int(), denominator: z.int(), value: z.number().nullable() })
export type Ratio = z.infer<typeof ratio>

export const clusterRequest = z.object({
  /** Absolute paths of CSV files. */
  records: z.array(z.string().min(1)).min(1),
  rules: z.string().min(1),
  out: z.string().min(1),
  /** Column with the reference of a record, or several joined by a colon. */
  idColumn: z.string().min(1).default('record_id'),
})
export type ClusterRequest = z.infer<typeof clusterRequest>

/** What one key holds and leads to. */
export const keyFigures = z.object({
  key: z.string(),
  /** Records with a usable value, of all records. */
  valid: ratio,
  /** Records whose every value is unusable, of those with any. */
  invalid: ratio,
  /**
   * What was there and is no key, by why: the rules' placeholders and limits with the texts that most records have, and
   * what has not the form of the key, without a word of it.
   */
  dropped: z.array(z.object({ reason: z.enum(['placeholder', 'before the earliest', 'after the latest', 'not of its form']), records: z.int(), examples: z.array(z.object({ value: z.string(), records: z.int() })) })).optional(),
  /** Of the valid: merged by a rule with this key. */
  match: ratio,
  /** Of the valid: held back in a refused merge of a rule with this key. */
  ambiguous: ratio,
  /** Of the valid: neither. */
  unmatched: ratio,
})

/** What one rule did. Denominator: records with a value for every key of it. */
export const ruleFigures = z.object({
  rule: z.string(),
  keys: z.array(z.string()),
  match: ratio,
  ambiguous: ratio,
  /** Agree with no other record. */
  unmatched: ratio,
  /** By how many it lowered the number of entities. */
  merged: z.int(),
  /** Refused merges by reason. */
  refused: z.record(z.string(), z.int()),
  /**
   * Values that hold together what would be too large for one entity, with how many records agree in them: blocked, they
   * let the rest go on. A value that is only known hashed is its hash.
   */
  bridges: z.array(z.object({ key: z.string(), value: z.string(), records: z.int() })).optional(),
})

export const clusterSummary = z.object({
  out: z.string(),
  /** SHA-256 of the rule file. */
  rulesVersion: z.string(),
  records: z.int(),
  entities: z.int(),
  /** Records in entities of two and more. */
  linkedShare: ratio,
  unlinked: ratio,
  /** Records in refused merges that still stand open. */
  ambiguous: ratio,
  /** Records that are not the first of their entity. */
  duplication: ratio,
  keys: z.array(keyFigures),
  rules: z.array(ruleFigures),
})
export type ClusterSummary = z.infer<typeof clusterSummary>

/** The rates of a product's rows in one system (semantics §6): match + ambiguous + unmatched are all rows with a usable key. */
export const matchFigures = z.object({
  /** A product, and `connection/object`. */
  from: z.string(),
  fromName: z.string(),
  to: z.string(),
  toName: z.string(),
  match: ratio,
  ambiguous: ratio,
  unmatched: ratio,
  /** Of all rows: no usable key. */
  invalid: ratio,
  /** Ambiguous rows by reason. */
  because: z.partialRecord(linkCause, z.int()),
})
export type MatchFigures = z.infer<typeof matchFigures>

/** One source of records: a product, or an object of a destination. */
export const identitySource = z.object({
  source: z.string(),
  name: z.string(),
  kind: z.enum(['product', 'destination']),
  records: z.int(),
  /** Records without any usable key, of all. */
  invalid: ratio,
  /** Records that are not the first of their entity in this source, of all. */
  duplication: ratio,
  readAt: instant.optional(),
  how: z.enum(['full', 'changed since', 'looked up', 'as read before']),
})
export type IdentitySource = z.infer<typeof identitySource>

/** One run of the rules over the records of all sources. */
export const identityRun = z.object({
  run: z.int(),
  at: instant,
  /** Hash of the definition; changes with every edit of its file. */
  rulesVersion: z.string(),
  how: z.enum(['full', 'incremental', 'decisions only']),
  records: z.int(),
  entities: z.int(),
  changed: z.int(),
  gone: z.int(),
  /** Records that were clustered again. */
  affected: z.int(),
  linkedShare: ratio,
  ambiguous: ratio,
  duplication: ratio,
  sources: z.array(identitySource),
  matches: z.array(matchFigures),
})
export type IdentityRun = z.infer<typeof identityRun>

/** A wanted figure that is not met. */
export const thresholdAlert = z.object({
  rate: z.string(),
  source: z.string(),
  sourceName: z.string(),
  wanted: z.object({ least: z.number().optional(), most: z.number().optional() }),
  found: ratio,
  /** "Match of Customer 360 in Sales CRM, Contacts is 91.2% (18,240 of 20,000); wanted is at least 95%." */
  words: z.string(),
})
export type ThresholdAlert = z.infer<typeof thresholdAlert>

/** One interval of 95% (Wilson score) around a share of judged pairs. */
export const judgedShare = ratio.extend({ low: z.number().nullable(), high: z.number().nullable() })
export type JudgedShare = z.infer<typeof judgedShare>

/** What a person said of pairs that the rules joined. */
export const precision = z.object({
  /** Pairs drawn, and judged so far. */
  drawn: z.int(),
  judged: z.int(),
  /** Judged the same, of those judged the same or different; over all rules (weighted by how many pairs each made), and by rule. */
  overall: judgedShare,
  rules: z.array(judgedShare.extend({ rule: z.string(), pairs: z.int() })),
})
export type Precision = z.infer<typeof precision>

/** Everything the first page of Identity shows. */
export const identityOverview = z.object({
  identity: z.string(),
  name: z.string(),
  description: z.string().optional(),
  definitionHash: z.string(),
  /** The newest run; null before the first. */
  run: identityRun.nullable(),
  /** The file was edited since that run. */
  rulesChanged: z.boolean(),
  rules: z.array(ruleFigures),
  keys: z.array(keyFigures),
  /** What waits for a person. */
  queues: z.object({ ambiguous: z.int(), duplicates: z.int(), unmatched: z.int(), toFix: z.int() }),
  alerts: z.array(thresholdAlert),
  precision: precision.nullable(),
})
export type IdentityOverview = z.infer<typeof identityOverview>

/** A record as people compare it. */
export const recordCard = z.object({
  /** `source:id`, as every call names it. */
  reference: z.string(),
  source: z.string(),
  sourceName: z.string(),
  /** Its key or id in the source. */
  id: z.string(),
  label: z.string(),
  /** In the order of the keys' columns; `keys` are those that read the column. */
  values: z.array(z.object({ column: z.string(), value: z.string().nullable(), keys: z.array(z.string()) })),
  entity: z.string(),
  ambiguous: z.boolean(),
})
export type RecordCard = z.infer<typeof recordCard>

/** What a merge rests on. */
export const evidence = z.object({ key: z.string(), value: z.string() })

export const queueKind = z.enum(['ambiguous', 'duplicates', 'unmatched', 'to fix'])
export type QueueKind = z.infer<typeof queueKind>

/** Something that a person decides on. */
export const queueItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ambiguous'),
    id: z.string(),
    rule: z.string(),
    /** Why the rule held the merge back, in a sentence: "Their loyalty id differs." */
    because: z.string(),
    evidence: z.array(evidence),
    records: z.int(),
    shown: z.array(recordCard),
  }),
  /** Several records of one system that are one entity, and nobody chose which one stands for it. */
  z.object({
    kind: z.literal('duplicates'),
    id: z.string(),
    entity: z.string(),
    source: z.string(),
    sourceName: z.string(),
    records: z.int(),
    shown: z.array(recordCard),
  }),
  /** A row of a product that has no record in a system. */
  z.object({
    kind: z.literal('unmatched'),
    id: z.string(),
    to: z.string(),
    toName: z.string(),
    because: z.enum(['no record there', 'no usable key']),
    shown: z.array(recordCard).length(1),
  }),
  /** A key that is to be corrected at the source; goes by itself once the record changed there. */
  z.object({
    kind: z.literal('to fix'),
    id: z.string(),
    column: z.string(),
    reason: z.string(),
    by: z.string(),
    at: instant,
    shown: z.array(recordCard).length(1),
  }),
])
export type QueueItem = z.infer<typeof queueItem>

/**
 * What people decide; it outranks the rules. `link`: one part, its records are one entity. `split`: an entity falls into
 * these parts. `never the same`: the parts (of one record each, or more) are never one entity. `survivor`: of the records
 * in the second part, the one in the first stands for the entity in its system. `fix at source`: one part of one record.
 */
export const decisionKind = z.enum(['link', 'split', 'never the same', 'survivor', 'fix at source'])
export type DecisionKind = z.infer<typeof decisionKind>

export const identityDecision = z.object({
  id: z.string(),
  kind: decisionKind,
  /** References of records. */
  parts: z.array(z.array(z.string()).min(1)).min(1),
  /** fix at source: the column. */
  column: z.string().optional(),
  reason: z.string(),
  by: z.string(),
  at: instant,
  undone: z.object({ by: z.string(), at: instant, reason: z.string() }).optional(),
  /** A later decision contradicts it. */
  overruled: z.boolean(),
  /** The record changed since: nothing to do any more (fix at source). */
  settled: z.boolean().optional(),
})
export type IdentityDecision = z.infer<typeof identityDecision>

/** All that is known of one entity. */
export const identityPerson = z.object({
  identity: z.string(),
  entity: z.string(),
  /** Ids of entities that were merged into it. */
  aliases: z.array(z.string()),
  label: z.string(),
  records: z.array(recordCard),
  /** Which rule joined which records, and by what. `rule` is null for links by hand. */
  links: z.array(z.object({ records: z.array(z.string()), rule: z.string().nullable(), evidence: z.array(evidence), decision: z.string().optional() })),
  /** Merges with others that were held back. */
  heldBack: z.array(queueItem),
  /** For each system: its records of this entity. */
  systems: z.array(z.object({ source: z.string(), name: z.string(), kind: z.enum(['product', 'destination']), state: z.enum(['matched', 'unmatched', 'ambiguous']), records: z.array(z.string()), survivor: z.string().optional() })),
  decisions: z.array(identityDecision),
})
export type IdentityPerson = z.infer<typeof identityPerson>

/** What a change of the rules would do to the same records; matches are pairs of records in one entity. */
export const rulesPreview = z.object({
  /** Why the changed rules cannot be tried; the rest is null then. */
  problems: z.array(problem),
  change: z
    .object({
      before: z.int(),
      after: z.int(),
      gained: z.int(),
      lost: z.int(),
      /** The largest first: the parts that would be joined, or that would fall apart. */
      joined: z.array(z.object({ matches: z.int(), parts: z.array(z.array(recordCard)) })),
      split: z.array(z.object({ matches: z.int(), parts: z.array(z.array(recordCard)) })),
      matchesBefore: z.array(matchFigures),
      matchesAfter: z.array(matchFigures),
      rulesAfter: z.array(ruleFigures),
      asOf: instant,
    })
    .nullable(),
})
export type RulesPreview = z.infer<typeof rulesPreview>

export const pairVerdict = z.enum(['same', 'different', 'cannot say'])
export type PairVerdict = z.infer<typeof pairVerdict>

/** A pair of records that a rule joined, for a person to judge. */
export const sampledPair = z.object({
  id: z.string(),
  rule: z.string(),
  one: recordCard,
  other: recordCard,
  verdict: pairVerdict.optional(),
  by: z.string().optional(),
})
export type SampledPair = z.infer<typeof sampledPair>

/** Who of an audience an activation would reach, before anything is planned. Counts are rows of the audience. */
export const coverageForecast = z.object({
  activation: z.string(),
  /** When the records of the destination were read; absent where they are not known here. */
  asOf: instant.optional(),
  audience: z.int(),
  /** Exactly one record there. */
  matched: z.int(),
  /** No record there; one would be made (or not, by the mode). */
  unmatched: z.int(),
  /** Nothing here says whether they are there: the plan will. Audience = matched + unmatched + unknown + ambiguous + invalid. */
  unknown: z.int(),
  /** Whether the mode makes records for the unmatched. */
  creates: z.boolean(),
  ambiguous: z.int(),
  invalid: z.int(),
  /** Of all the above: held back by the do-not-send condition. */
  doNotSend: z.int(),
  /** Why people are not reached, the most frequent first; `fix` is what helps. */
  reasons: z.array(z.object({ cause: z.string(), title: z.string(), fix: z.string(), count: z.int(), examples: z.array(z.object({ record: z.string(), label: z.string() })) })),
  /** The single fix that would recover most people. */
  bestFix: z.object({ words: z.string(), recovers: z.int(), route: z.string() }).optional(),
  /** The same audience in the other systems of these rules. */
  elsewhere: z.array(z.object({ to: z.string(), toName: z.string(), matched: z.int(), unmatched: z.int(), ambiguous: z.int(), invalid: z.int() })),
})
export type CoverageForecast = z.infer<typeof coverageForecast>
