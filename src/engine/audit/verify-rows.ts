import type { AuditVerdict } from '../../contract/shapes.ts'
import { allRows, isOpen, readRun } from '../execution/journal-rows.ts'
import type { Session } from '../session.ts'
import { growingSha256 } from '../values/hash.ts'
import type { GrowingHash } from '../values/hash.ts'
import { auditEntries } from './audit.ts'
import { outcomeLine, verificationLine } from './outcomes.ts'
import { loadReferenceKey } from './reference-key.ts'

type VerifySession = Pick<Session, 'ports' | 'folders' | 'database'>
type AuditProblem = AuditVerdict['problems'][number]

/** The workspace's key, or undefined when it is gone; verifying never makes one. */
export async function keyOf(session: VerifySession): Promise<string | undefined> {
  const { files, ids } = session.ports
  if (!(await files.exists(`${session.folders.state}/reference.key`))) return undefined
  return loadReferenceKey({ files, ids, stateFolder: session.folders.state })
}

/** What the chain says about the rows of one run. */
interface Claims {
  batches: Map<number, { seq: number; outcomes: string; rows: number }>
  finished: { seq: number; outcomes: string } | undefined
}

/** Recomputes the hash of every batch and of every ended run from the rows themselves. */
export async function verifyRows(session: VerifySession, key: string): Promise<AuditProblem[]> {
  const problems: AuditProblem[] = []
  for (const [run, claims] of claimsByRun(session)) {
    problems.push(...checkRun(session, key, run, claims))
    // Others get their turn between two runs.
    await session.ports.clock.sleep(0)
  }
  return problems
}

function claimsByRun({ database }: VerifySession): Map<string, Claims> {
  const runs = new Map<string, Claims>()
  for (const { kind, seq, subject, data } of auditEntries(database)) {
    if (subject === undefined || typeof data['outcomes'] !== 'string') continue
    if (kind !== 'batch' && kind !== 'run finished') continue
    const claims = runs.get(subject) ?? { batches: new Map(), finished: undefined }
    runs.set(subject, claims)
    if (kind === 'run finished') claims.finished = { seq, outcomes: data['outcomes'] }
    else claims.batches.set(Number(data['batch']), { seq, outcomes: data['outcomes'], rows: Number(data['rows']) })
  }
  return runs
}

function checkRun({ database }: VerifySession, key: string, run: string, claims: Claims): AuditProblem[] {
  const batches = new Map<number, { hash: GrowingHash; rows: number }>()
  const whole = growingSha256()
  for (const row of allRows(database, run)) {
    whole.add(verificationLine(row.ordinal, row.state, row.verification))
    if (row.batch === null) continue
    const batch = batches.get(row.batch) ?? { hash: growingSha256(), rows: 0 }
    batches.set(row.batch, batch)
    batch.rows += 1
    batch.hash.add(outcomeLine(key, { ...row, remoteId: row.remote_id, payloadHash: row.payload_hash }))
  }
  const problems: AuditProblem[] = []
  for (const [number, claim] of claims.batches) {
    const found = batches.get(number)
    batches.delete(number)
    if (!found || found.rows < claim.rows) problems.push({ kind: 'missing', seq: claim.seq, message: `Rows of batch ${number} of run ${run} are not there.` })
    else if (found.hash.digest() !== claim.outcomes) problems.push({ kind: 'changed', seq: claim.seq, message: `Rows of batch ${number} of run ${run} are not what was recorded.` })
  }
  const lastSeq = Math.max(0, claims.finished?.seq ?? 0, ...[...claims.batches.values()].map(({ seq }) => seq))
  for (const number of batches.keys()) problems.push({ kind: 'changed', seq: lastSeq, message: `Run ${run} has rows of a batch ${number} that no entry speaks of.` })
  const stored = readRun(database, run)
  const ended = stored !== undefined && !isOpen(stored)
  if (claims.finished && ended && whole.digest() !== claims.finished.outcomes) problems.push({ kind: 'changed', seq: claims.finished.seq, message: `The read-backs of run ${run} are not what was recorded.` })
  return problems
}
