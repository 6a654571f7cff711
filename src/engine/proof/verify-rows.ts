import { allRows, isOpen, readRun } from '../plans/journal-rows.ts'
import type { Session } from '../session/session.ts'
import { growingSha256 } from '../values/hash.ts'
import type { GrowingHash } from '../values/hash.ts'
import { finalStates, outcomeLine, verificationLine } from '../audit/outcomes.ts'
import { loadReferenceKey, recordReferences } from '../audit/reference-key.ts'
import type { History, RunHistory } from './history.ts'
import type { AuditProblem } from './problem.ts'

type VerifySession = Pick<Session, 'ports' | 'folders' | 'database'>

/** The workspace's key, or undefined when it is gone; verifying never makes one. */
export async function keyOf(session: VerifySession): Promise<string | undefined> {
  const { files, ids } = session.ports
  if (!(await files.exists(`${session.folders.state}/reference.key`))) return undefined
  return loadReferenceKey({ files, ids, stateFolder: session.folders.state })
}

/** Everybody else gets a turn in between. */
const rowsBetweenTurns = 5000

/** Recomputes the hash of every batch and of every ended run from the rows themselves. */
export async function verifyRows(session: VerifySession, key: string, { runs }: History): Promise<AuditProblem[]> {
  const problems: AuditProblem[] = []
  for (const [run, told] of runs) {
    // Its rows went when the years of proof were over; whether they had to is looked at with the runs.
    if (!told.dropped && told.started) problems.push(...(await checkRun(session, key, run, { ...told, ended: hasEnded(session.database, run) })))
  }
  return problems
}

/** `ended`: the run was over when the chain was read; rows of a living run move on meanwhile. */
type Claims = RunHistory & { ended: boolean }

function hasEnded(database: VerifySession['database'], run: string): boolean {
  const stored = readRun(database, run)
  return stored !== undefined && !isOpen(stored)
}

async function checkRun({ database, ports }: VerifySession, key: string, run: string, claims: Claims): Promise<AuditProblem[]> {
  let read = 0
  let newest = 0
  let unclaimed = 0
  for (const number of claims.batches.keys()) newest = Math.max(newest, number)
  const batches = new Map<number, { hash: GrowingHash; rows: number }>()
  const whole = growingSha256()
  const referenceTo = recordReferences(key)
  for (const row of allRows(database, run)) {
    whole.add(verificationLine(row.ordinal, row.state, row.verification))
    read += 1
    if (read % rowsBetweenTurns === 0) await ports.clock.sleep(0)
    if (row.batch === null && finalStates.includes(row.state)) unclaimed += 1
    // Batches that were closed after the chain was read are for the next time.
    if (row.batch === null || row.batch > newest) continue
    const batch = batches.get(row.batch) ?? { hash: growingSha256(), rows: 0 }
    batches.set(row.batch, batch)
    batch.rows += 1
    batch.hash.add(outcomeLine(referenceTo, { ...row, remoteId: row.remote_id, payloadHash: row.payload_hash }))
  }
  const problems: AuditProblem[] = []
  for (const [number, claim] of claims.batches) {
    const found = batches.get(number)
    batches.delete(number)
    if (!found || found.rows < claim.rows) problems.push({ kind: 'missing', seq: claim.seq, message: `Rows of batch ${number} of run ${run} are not there.` })
    else if (found.hash.digest() !== claim.outcomes) problems.push({ kind: 'changed', seq: claim.seq, message: `Rows of batch ${number} of run ${run} are not what was recorded.` })
  }
  let lastSeq = claims.finished?.seq ?? claims.started?.seq ?? 0
  for (const { seq } of claims.batches.values()) lastSeq = Math.max(lastSeq, seq)
  for (const number of batches.keys()) problems.push({ kind: 'changed', seq: lastSeq, message: `Run ${run} has rows of a batch ${number} that no entry speaks of.` })
  if (unclaimed > 0) problems.push({ kind: 'changed', seq: lastSeq, message: `Run ${run} has ${unclaimed} ended ${unclaimed === 1 ? 'row' : 'rows'} that no entry speaks of.` })
  if (claims.finished && !claims.reopened && claims.ended && whole.digest() !== claims.finished.outcomes) problems.push({ kind: 'changed', seq: claims.finished.seq, message: `The read-backs of run ${run} are not what was recorded.` })
  return problems
}
