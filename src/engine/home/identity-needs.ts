import type { NeedsYou } from '../../contract/shapes.ts'
import { StoredIdentityRuns } from '../identity/graph/run/stored-identity-runs.ts'
import { thresholdAlerts } from '../identity/graph/queries/thresholds.ts'
import type { Session } from '../session/session.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** More are on the screen Identity. */
const mostAlerts = 5

/** Rules that could not be run, and figures that are not what somebody wanted. */
export function identityNeeds({ database }: Pick<Session, 'database'>, { definitions }: Workspace): NeedsYou[] {
  const runs = new StoredIdentityRuns(database)
  return [...definitions.identity.values()].flatMap(({ id, value }): NeedsYou[] => {
    const route = `/identity?of=${id}`
    const failure = runs.failure(id)
    const newest = runs.newest(id)
    const failed: NeedsYou[] = failure ? [{ kind: 'identity', severity: 'problem', title: `“${value.name}” could not be run`, detail: `${failure.message}${failure.next ? ` ${failure.next}` : ''}`, action: 'Open Identity', route }] : []
    const alerts = newest ? thresholdAlerts(value, newest.run).slice(0, mostAlerts) : []
    return [...failed, ...alerts.map(({ rate, sourceName, wanted, words }): NeedsYou => ({ kind: 'identity', severity: 'needs you', title: `${rateWords[rate] ?? rate} in ${sourceName} ${wanted.least === undefined ? 'is higher' : 'is lower'} than wanted`, detail: words, action: 'Open Identity', route }))]
  })
}

const rateWords: Record<string, string> = {
  match: 'The share of people found',
  ambiguous: 'The share of ambiguous people',
  unmatched: 'The share of people not found',
  invalid: 'The share of records without a usable key',
  duplication: 'The share of duplicates',
}
