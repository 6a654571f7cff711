import type { IdentityDefinition } from '../../../../contract/identity.ts'
import { sameValue } from '../../../shared/definition-draft/draft-state.ts'
import { plural } from '../../../shared/format.ts'

type Situation = {
  before: IdentityDefinition | undefined
  after: IdentityDefinition
  /** How many settings cannot be as they are. */
  problems: number
  /** There are records to try the rules on. */
  ran: boolean
  /** What this very edit would do was shown. */
  previewed: boolean
}

/** Why an edit cannot be saved yet; undefined when it can. Rules that would join or part people are previewed first. */
export function whyNotSave({ before, after, problems, ran, previewed }: Situation): string | undefined {
  if (problems > 0) return `${plural(problems, { one: 'setting has', many: 'settings have' })} a problem`
  if (ran && !previewed && !(before !== undefined && sameValue(matching(before), matching(after)))) return 'Preview it before you save'
  return undefined
}

/** The settings that decide who is one person. */
function matching({ records, keys, rules, largestEntity, mostRecords }: IdentityDefinition): Partial<IdentityDefinition> {
  return { ...(records === undefined ? {} : { records }), keys, rules, largestEntity, mostRecords }
}
