import type { IdentityOverview } from '../../../contract/shapes.ts'
import type { Session } from '../../session.ts'
import { findDefinition } from '../../workspace/find-definition.ts'
import type { IdentityRegister } from './register.ts'
import { thresholdAlerts } from './thresholds.ts'

/** What the newest run counted, what waits for a person, and which wanted figures are not met. */
export async function identityOverview(session: Session, register: IdentityRegister, identity: string): Promise<IdentityOverview> {
  const { id, value, hash } = findDefinition(await session.workspace(), 'identity', identity)
  const newest = register.runs.newest(id)
  return {
    identity: id,
    name: value.name,
    ...(value.description === undefined ? {} : { description: value.description }),
    definitionHash: hash,
    run: newest?.run ?? null,
    rulesChanged: newest !== undefined && newest.run.rulesVersion !== hash,
    rules: newest?.rules ?? [],
    keys: newest?.keys ?? [],
    queues: { ambiguous: 0, duplicates: 0, unmatched: 0, ...newest?.queues, toFix: toFix(session, id) },
    alerts: newest ? thresholdAlerts(value, newest.run) : [],
    precision: null,
  }
}

function toFix({ database }: Session, identity: string): number {
  return database.get<{ keys: number }>("SELECT count(*) AS keys FROM identity_decisions WHERE identity = ? AND kind = 'fix at source' AND undone_at IS NULL", identity)?.keys ?? 0
}
