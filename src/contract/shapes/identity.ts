import { z } from 'zod'

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
