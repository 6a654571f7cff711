/** The values of one key: those of record r are `values[start[r]]` up to `values[start[r + 1]]`. Equal values have equal numbers. */
export interface KeyColumn {
  start: Int32Array
  values: Int32Array
  /** Values that merge nobody. */
  blocked: ReadonlySet<number>
  /** Values on more records than the key allows: they merge nobody either. */
  common: ReadonlySet<number>
}

/** A rule with its keys as places in the list of key columns. */
export interface NumberedRule {
  keys: readonly number[]
  unlessDifferent: readonly number[]
  /** What more records than this agree in merges nobody. */
  mostRecords: number
  /** A combination of values that more entities share, as they stood before the rule, merges nobody. */
  mostEntities: number
}

/** What people decided; they outrank rules. Consistent: no pair of `apart` is joined by `together`. */
export interface Facts {
  together: readonly (readonly [number, number])[]
  apart: readonly (readonly [number, number])[]
}

export interface ClusterInput {
  records: number
  keys: readonly KeyColumn[]
  rules: readonly NumberedRule[]
  /** Keys of which an entity has at most so many different values. */
  limits: readonly { key: number; most: number }[]
  largestEntity: number
  facts?: Facts
  /** Told of every merge that a rule makes: the records that agree, of several entities at the rule's start; ascending. */
  merged?: (rule: number, records: Int32Array) => void
}

/** Why a merge was refused. */
export type RefusalReason = 'blocked value' | 'too many records' | 'too many agree' | 'too many entities' | 'too large' | 'strong keys differ' | 'values differ' | 'kept apart by hand'

/** A merge that a guard rail held back: it added no link and took none away. */
export interface Refusal {
  rule: number
  reason: RefusalReason
  /** The key that differs, where the reason is one. */
  key?: number
  /** Ascending. */
  records: Int32Array
}

/** A value that holds together more records than one entity may have: without it they fall into smaller parts. */
export interface Bridge {
  rule: number
  key: number
  /** Records that agree in it, ascending. */
  records: Int32Array
}

/** What one rule did. */
export interface RuleOutcome {
  /** Records with a value for every key of the rule. */
  keyed: number
  /** Of those, records that agree with another one in all keys. */
  shared: number
  /** Records that the rule was the first to merge. */
  linked: number
  /** By how many the rule lowered the number of entities. */
  merged: number
  /** Records of its refusals. */
  refused: number
}

/** Places in `rule` where no rule is meant. */
export const NO_RULE = -1
export const BY_HAND = -2

export interface ClusterResult {
  /** For each record the smallest record of its entity. */
  labels: Int32Array
  /**
   * For each record the smallest record that any chain of agreement leads to, refused or not (but for blocked and
   * common values): what happens to one record cannot touch those of other components.
   */
  components: Int32Array
  /** The first rule that merged the record with others, `NO_RULE`, or `BY_HAND`. */
  rule: Int16Array
  /** For each record that was the smallest of an entity until it was merged into another: the rule that did it, or `BY_HAND`. `NO_RULE` for all others. */
  absorbed: Int16Array
  /** Refused merges that still stand open: their records ended in different entities. */
  refusals: Refusal[]
  /** Values that hold together what is too large for one entity. */
  bridges: Bridge[]
  /** 1 where a record is part of a refusal. */
  ambiguous: Uint8Array
  rules: RuleOutcome[]
}
