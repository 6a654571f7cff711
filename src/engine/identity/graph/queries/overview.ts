import type { IdentityOverview } from '../../../../contract/shapes.ts'
import type { Session } from '../../../session/session.ts'
import { findDefinition } from '../../../workspace/find-definition.ts'
import type { IdentityDecisions } from '../decisions/decisions.ts'
import type { IdentityGraph } from '../identity-graph.ts'
import type { SampleReview } from '../sampling/sample-review.ts'
import { thresholdAlerts } from './thresholds.ts'

export interface OverviewParts {
  session: Session
  identities: IdentityGraph
  decisions: IdentityDecisions
  samples: SampleReview
}

/** What the newest run counted, what waits for a person, and which wanted figures are not met. */
export async function identityOverview({ session, identities, decisions, samples }: OverviewParts, identity: string): Promise<IdentityOverview> {
  const { id, value, hash } = findDefinition(await session.workspace(), 'identity', identity)
  const newest = identities.runs.newest(id)
  return {
    identity: id,
    name: value.name,
    ...(value.description === undefined ? {} : { description: value.description }),
    definitionHash: hash,
    run: newest?.run ?? null,
    rulesChanged: newest !== undefined && newest.run.rulesVersion !== hash,
    rules: newest?.rules ?? [],
    keys: newest?.keys ?? [],
    queues: { ambiguous: 0, duplicates: 0, unmatched: 0, ...newest?.queues, toFix: await decisions.countFixes(id) },
    alerts: newest ? thresholdAlerts(value, newest.run) : [],
    precision: await samples.precision(id),
  }
}
