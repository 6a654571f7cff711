import type { IdentityDefinition } from '../../../../contract/identity.ts'
import type { RefusalReason } from '../../clusters/types.ts'

/** A refused merge as far as its sentence needs it. */
export interface RefusedMerge {
  /** Place of the rule. */
  rule: number
  reason: RefusalReason
  /** Place of the key that differs, where the reason is one. */
  key: number | null
  records: number
}

/** Why a rule held a merge back, in a sentence: "Their loyalty id differs." */
export function refusalWords({ rule, reason, key, records }: RefusedMerge, { keys, rules, mostRecords, largestEntity }: IdentityDefinition): string {
  const name = key === null ? '' : (Object.keys(keys)[key] ?? '')
  const count = records.toLocaleString('en-GB')
  const held = rules[rule]
  switch (reason) {
    case 'strong keys differ': {
      const most = keys[name]?.strong ? 1 : (keys[name]?.perEntity ?? 1)
      return most === 1 ? `Their ${name} differs.` : `Together they would have more than ${most} values of ${name}.`
    }
    case 'values differ':
      return `Their ${name} differs.`
    case 'blocked value':
      return 'What they share is a value that joins nobody: it is blocked in the rules.'
    case 'too many records':
      return `What they share is on more records than one person has: ${count} of these alone.`
    case 'too many agree':
      return `${count} records agree, and more than ${mostRecords.toLocaleString('en-GB')} are taken for a shared value.`
    case 'too many entities':
      return `More than ${held?.mostEntities ?? 1} people share it, which this rule does not take for one.`
    case 'too large':
      return `Together they would have more than ${largestEntity.toLocaleString('en-GB')} records, the most that one person may have.`
    case 'kept apart by hand':
      return 'Somebody decided that some of them are never the same; whose the others are is open.'
  }
}

/** Reasons that speak of the value rather than of the people: shared addresses, placeholders, defaults of a form. */
export const sharedValueReasons = ['blocked value', 'too many records', 'too many agree'] as const satisfies RefusalReason[]
