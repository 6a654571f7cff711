import type { Criticality } from '../../contract/definitions.ts'
import type { Session } from '../session/session.ts'

/** How critical an activation is as its definition says now; one that cannot be read is like any other. */
export async function criticalityOf(session: Pick<Session, 'workspace'>, activation: string): Promise<Criticality> {
  const workspace = await session.workspace()
  return workspace.definitions.activation.get(activation)?.value.criticality ?? 'normal'
}
