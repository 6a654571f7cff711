import type { ReadRecord } from '../destinations/destination.ts'
import { holds, inParts, readNow } from './compare.ts'
import { mostAttempts, orStop } from './deliver.ts'
import type { Deliverer, RunContext } from './deliver.ts'
import type { RowOutcome } from './journal.ts'
import { allRows } from './journal-rows.ts'
import type { JournalRow } from './journal-rows.ts'
import { toWrite } from './planned-write.ts'
import type { How, PlannedWrite } from './planned-write.ts'

/** Why a row that did not arrive is not sent again. */
export type NotAgain = 'cancelled' | 'expired' | 'stopped'

/** A row that nobody knows the end of, with what it was about. */
interface OpenRow {
  row: JournalRow
  write: PlannedWrite
}

/** Rows that were sent by a process that is gone: their answers are lost. */
export function adoptSent({ journal }: RunContext): void {
  const sent = [...allRows(journal.database, journal.run.id, "state = 'sent'")]
  for (const part of inParts(sent, 2000)) {
    journal.settle(part.map(({ ordinal }) => ({ ordinal, from: 'sent', to: 'unknown', reason: 'answer lost', message: 'Lockstep ended before the answer came.' })))
  }
}

/** Jobs that were accepted before a restart are awaited, not sent again. */
export async function awaitJobs(context: RunContext, deliverer: Deliverer): Promise<void> {
  const accepted = new Map([...allRows(context.journal.database, context.journal.run.id, "state = 'accepted'")].map((row) => [row.ordinal, row]))
  const jobs = new Map<string, OpenRow[]>()
  for await (const open of openRows(context, accepted)) {
    const job = open.row.job ?? ''
    jobs.set(job, [...(jobs.get(job) ?? []), open])
  }
  for (const [jobId, rows] of jobs) {
    rows.sort((one, other) => (one.row.position ?? 0) - (other.row.position ?? 0))
    await deliverer.awaitJob(rows.map(({ write }) => write), jobId)
  }
}

/**
 * Settles every unknown row by the destination's declared method (semantics §5), never before the request timeout and
 * the consistency delay are over. What cannot be decided stays unknown for a person. `notAgain` says why rows that
 * provably did not arrive are not sent again.
 */
export async function settleUnknown(context: RunContext, deliverer: Deliverer, notAgain?: NotAgain): Promise<void> {
  const { journal, target } = context
  if (target.profile.settle === 'none') return
  const left = new Set<number>()
  for (;;) {
    const unknown = new Map([...allRows(journal.database, journal.run.id, "state = 'unknown'")].filter((row) => !left.has(row.ordinal)).map((row) => [row.ordinal, row]))
    if (unknown.size === 0) return
    await waitUntilDue(context, [...unknown.values()])
    const round: OpenRow[] = []
    for await (const open of openRows(context, unknown)) {
      round.push(open)
      if (round.length >= target.profile.rowsPerWrite) await settlePart(context, deliverer, { rows: round.splice(0), left, notAgain })
    }
    if (round.length > 0) await settlePart(context, deliverer, { rows: round, left, notAgain })
  }
}

/** The plan's records of some journal rows, in order. */
async function* openRows({ plan }: RunContext, rows: Map<number, JournalRow>): AsyncGenerator<OpenRow> {
  // Journal rows come in ordinal order.
  const [first] = rows.keys()
  const last = [...rows.keys()].at(-1)
  if (first === undefined || last === undefined) return
  for await (const chunk of plan.records(first)) {
    for (const record of chunk) {
      const row = rows.get(record.ordinal)
      const write = row && toWrite(plan, record)
      if (row && write && !('skip' in write)) yield { row, write }
    }
    if ((chunk.at(-1)?.ordinal ?? last) >= last) return
  }
}

async function waitUntilDue({ target, clock, control, moved }: RunContext, rows: JournalRow[]): Promise<void> {
  const newest = rows.reduce((latest, row) => Math.max(latest, row.settled_at ?? row.sent_at ?? 0), 0)
  const until = newest + target.profile.requestTimeoutMs + target.profile.consistencyDelayMs
  if (until <= clock.now()) return
  control.wait = { label: 'the destination to be done with requests whose answer was lost', until }
  moved()
  try {
    await clock.sleep(until - clock.now(), control.signal)
  } finally {
    control.wait = undefined
  }
}

interface Part {
  rows: OpenRow[]
  left: Set<number>
  notAgain: NotAgain | undefined
}

async function settlePart(context: RunContext, deliverer: Deliverer, part: Part): Promise<void> {
  const { target, plan, journal, control } = context
  const byRead = target.profile.settle === 'strong read' && target.profile.readBack !== 'none'
  const found = byRead ? await orStop(readNow(target, plan, part.rows.map(({ write }) => write), control.signal)) : undefined
  const outcomes: RowOutcome[] = []
  const again: PlannedWrite[] = []
  for (const { row, write } of part.rows) {
    const verdict = found ? judge(context, write, found.get(write.ordinal)) : 'not applied'
    if (verdict === 'applied') {
      outcomes.push({ ordinal: row.ordinal, from: 'unknown', to: 'delivered', remoteId: found?.get(write.ordinal)?.id ?? row.remote_id, message: 'The answer was lost; a read showed that it had arrived.' })
    } else if (verdict === 'differs') {
      part.left.add(row.ordinal)
      outcomes.push({ ordinal: row.ordinal, from: 'unknown', to: 'unknown', reason: 'needs a person', message: 'The answer was lost, and the record now holds neither what was there before nor what was sent.' })
    } else if (part.notAgain === undefined && row.attempts < mostAttempts) {
      again.push(write)
    } else if (found) {
      outcomes.push({ ordinal: row.ordinal, from: 'unknown', to: 'quarantined', reason: part.notAgain ?? 'retries exhausted', message: notAgainWords[part.notAgain ?? 'exhausted'] })
    } else {
      part.left.add(row.ordinal)
    }
  }
  journal.settle(outcomes)
  await sendAgain(context, deliverer, again)
}

const notAgainWords = {
  cancelled: 'It did not arrive, and the run was cancelled before it was sent again.',
  expired: 'It did not arrive, and the plan expired before it was sent again.',
  stopped: 'It did not arrive, and the run stopped before it was sent again.',
  exhausted: 'It did not arrive, although it was sent several times.',
}

/** Each kind of request apart; durable before they leave. */
async function sendAgain({ journal }: RunContext, deliverer: Deliverer, writes: PlannedWrite[]): Promise<void> {
  const groups = new Map<How, PlannedWrite[]>()
  for (const write of writes) groups.set(write.how, [...(groups.get(write.how) ?? []), write])
  for (const group of groups.values()) {
    journal.sendAgain(group.map(({ ordinal }) => ({ ordinal, from: 'unknown' })))
    await deliverer.send(group)
  }
}

/** A create that is absent and an update that still shows the old values did not arrive. */
function judge({ plan }: RunContext, write: PlannedWrite, now: ReadRecord | undefined): 'applied' | 'not applied' | 'differs' {
  switch (write.how) {
    case 'archive':
    case 'delete':
      return now === undefined ? 'applied' : 'not applied'
    case 'create':
      if (now === undefined) return 'not applied'
      return holds(plan, now, write.send) ? 'applied' : 'differs'
    case 'update':
      if (now === undefined) return 'differs'
      if (holds(plan, now, write.send)) return 'applied'
      return holds(plan, now, write.before) ? 'not applied' : 'differs'
  }
}
