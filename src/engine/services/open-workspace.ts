import { appendAudit } from '../audit/audit.ts'
import { auditSeal, loadReferenceKey } from '../audit/reference-key.ts'
import { Runs } from '../execution/runs/runs.ts'
import { IdentityDecisions } from '../identity/graph/decisions/decisions.ts'
import { IdentityGraph } from '../identity/graph/identity-graph.ts'
import { SampleReview } from '../identity/graph/sampling/sample-review.ts'
import { connectAsPlanned } from '../planning/build/plan-place.ts'
import { Plans } from '../planning/plans.ts'
import { planForApply } from '../planning/stored/applied-plan.ts'
import { criticalityOf } from './criticality-of.ts'
import type { OpenSession } from './open-session.ts'

/** One open workspace with its services. */
export interface OpenWorkspace {
  session: OpenSession
  plans: Plans
  runs: Runs
  identities: IdentityGraph
  decisions: IdentityDecisions
  samples: SampleReview
}

/** Puts the services over an opened session, and notes in the audit that the workspace is open. Closes the session where it cannot. */
export async function openWorkspace(session: OpenSession, version: string): Promise<OpenWorkspace> {
  const { files, ids } = session.ports
  try {
    const referenceKey = await loadReferenceKey({ files, ids, stateFolder: session.folders.state })
    session.database.sealAudit = auditSeal(referenceKey)
    const identities = new IdentityGraph(session)
    const plans = new Plans(session, identities)
    const runs = new Runs({ session, referenceKey, criticalityOf: (activation) => criticalityOf(session, activation), openPlan: (id) => planForApply(session, plans, plans.store.find(id)), connectAsPlanned: (id) => connectAsPlanned(session, plans.store.find(id)) })
    appendAudit(session, { kind: 'workspace opened', actor: 'Lockstep', subject: session.folder.split('/').at(-1) ?? session.folder, data: { version, sealed: true } })
    return { session, plans, runs, identities, decisions: new IdentityDecisions({ session, graph: identities, referenceKey }), samples: new SampleReview(session, identities) }
  } catch (error) {
    session.close()
    throw error
  }
}
