import type { ReadRecord } from '../../destinations/destination.ts'
import { holds, inParts, readNow } from '../send/preflight.ts'
import type { Found } from '../send/preflight.ts'
import { mostAttempts, orStop } from '../send/run-context.ts'
import type { BatchDispatcher } from '../send/batch-dispatcher.ts'
import type { Instant, RunContext } from '../send/run-context.ts'
import { answerLost } from '../journal/journal.ts'
import type { RowOutcome } from '../journal/row-changes.ts'
import { allRows } from '../../plans/journal-rows.ts'
import type { JournalRow } from '../../plans/journal-rows.ts'
import { whenDiskHasSpace } from '../send/disk-space.ts'
import { freshForMs } from '../requests/run-connection.ts'
import { needsPerson } from './unknown-rows.ts'
import { toWrite } from '../send/planned-write.ts'
import type { How, PlannedWrite } from '../send/planned-write.ts'

/** Why a row that did not arrive is not sent again. */
export type NotAgain = 'cancelled' | 'expired' | 'stopped' | 'only looked'

/** A row that nobody knows the end of, with what it was about. */
interface OpenRow {
  row: JournalRow
  write: PlannedWrite
}

/** Rows that were sent by a process that is gone: their answers are lost. */
export async function adoptSent(context: RunContext): Promise<void> {
  const { journal } = context
  const sent = [...allRows(journal.database, journal.run.id, "state = 'sent'")]
  for (const part of inParts(sent, 2000)) {
    await whenDiskHasSpace(context, () => journal.settle(part.map(({ ordinal }) => ({ ordinal, from: 'sent', to: 'unknown', reason: 'answer lost', message: 'Lockstep ended before the answer came.' }))))
  }
}

/** Jobs that are known from before a restart are taken up where they are, never opened again. */
export async function awaitJobs(context: RunContext, dispatcher: BatchDispatcher): Promise<void> {
  const accepted = new Map([...allRows(context.journal.database, context.journal.run.id, "state = 'accepted'")].map((row) => [row.ordinal, row]))
  const jobs = new Map<string, OpenRow[]>()
  for await (const open of openRows(context, accepted)) {
    const job = open.row.job ?? ''
    jobs.set(job, [...(jobs.get(job) ?? []), open])
  }
  for (const [jobId, rows] of jobs) {
    rows.sort((one, other) => (one.row.position ?? 0) - (other.row.position ?? 0))
    const positions = rows.map(({ row }, index) => row.position ?? index)
    await dispatcher.jobs.awaitJob({ jobId, context: context.journal.jobContext(jobId), started: false, writes: rows.map(({ write }) => write), positions })
  }
}

/**
 * Settles every unknown row by the destination's declared method (semantics §5), never before a request that may be under
 * way still has ended and can be seen. What cannot be decided stays unknown for a person. `notAgain` says why rows that
 * provably did not arrive are not sent again.
 */
export async function resolveUnknown(context: RunContext, dispatcher: BatchDispatcher, notAgain: () => NotAgain | undefined): Promise<void> {
  const { journal, target } = context
  const left = new Set<number>()
  for (;;) {
    const unknown = new Map([...allRows(journal.database, journal.run.id, "state = 'unknown'")].filter((row) => !left.has(row.ordinal)).map((row) => [row.ordinal, row]))
    if (unknown.size === 0) return
    if (target.profile.settle !== 'none') await waitUntilDue(context)
    const round: OpenRow[] = []
    for await (const open of openRows(context, unknown)) {
      round.push(open)
      if (round.length >= target.profile.rowsPerWrite) await settlePart(context, dispatcher, { rows: round.splice(0), left, notAgain: notAgain() })
    }
    if (round.length > 0) await settlePart(context, dispatcher, { rows: round, left, notAgain: notAgain() })
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

async function waitUntilDue({ target, clock, control, visibility, moved }: RunContext): Promise<void> {
  const { requestTimeoutMs, lateWriteMs = requestTimeoutMs, jobWithinMs = 0, consistencyDelayMs } = target.profile
  const wait = visibility.untilAfterLost(lateWriteMs + jobWithinMs + consistencyDelayMs)
  if (wait <= 0) return
  control.wait = { label: 'the destination to be done with requests whose answer was lost', until: clock.now() + wait, reason: 'settling' }
  moved()
  try {
    await clock.sleep(wait, control.signal)
  } finally {
    control.wait = undefined
  }
}

interface Part {
  rows: OpenRow[]
  left: Set<number>
  notAgain: NotAgain | undefined
}

/** What becomes of one row of a part. */
type Verdict = { again: { unproved: boolean } } | { outcome: RowOutcome } | { person: string }

async function settlePart(context: RunContext, dispatcher: BatchDispatcher, part: Part): Promise<void> {
  const { target, plan, journal, control } = context
  const looks = part.rows.filter((open) => methodOf(context, open.row) === 'look').map(({ write }) => write)
  const found = looks.length > 0 ? await orStop(control, readNow(target, plan, looks, { signal: control.signal, merged: true })) : new Map<number, ReadRecord>()
  const lookedAt = { monotonic: context.clock.monotonic(), now: context.clock.now() }
  const outcomes: RowOutcome[] = []
  const again: { write: PlannedWrite; unproved: boolean }[] = []
  for (const open of part.rows) {
    const { row, write } = open
    const verdict = verdictOf(context, open, found, part.notAgain)
    if ('again' in verdict) {
      again.push({ write, ...verdict.again })
    } else if ('outcome' in verdict) {
      outcomes.push(verdict.outcome)
    } else {
      part.left.add(row.ordinal)
      if (row.reason !== needsPerson || row.message !== verdict.person) outcomes.push({ ordinal: row.ordinal, from: 'unknown', to: 'unknown', reason: needsPerson, message: verdict.person })
    }
  }
  await whenDiskHasSpace(context, () => journal.settle(outcomes))
  await sendAgain(context, dispatcher, again, lookedAt)
}

/**
 * How a row can be settled now. Where somebody can look, that comes first: a record that a person changed meanwhile must
 * not be written again, however harmless the repeat is to the system. A key lives only so long.
 */
function methodOf({ target, clock }: RunContext, row: JournalRow): 'look' | 'repeat' | 'nobody knows' {
  const { settle, readBack, idempotencyLifeMs = 0 } = target.profile
  if (settle !== 'none' && readBack !== 'none') return 'look'
  switch (settle) {
    case 'set idempotent':
      return 'repeat'
    case 'idempotency key': {
      // It must still live when the request leaves, and when a part of a refused one leaves after it; a clock that was turned
      // back says nothing about how old it is.
      const age = clock.now() - (row.first_sent_at ?? 0)
      return age >= 0 && age + 2 * freshForMs < idempotencyLifeMs ? 'repeat' : 'nobody knows'
    }
    case 'strong read':
    case 'none':
      return 'nobody knows'
  }
}

function verdictOf(context: RunContext, { row, write }: OpenRow, found: Found, notAgain: NotAgain | undefined): Verdict {
  switch (methodOf(context, row)) {
    case 'nobody knows':
      return { person: noWayWords }
    case 'repeat':
      if (notAgain !== undefined) return { person: `${notAgainWords[notAgain]} Only sending it again could have told.` }
      return row.attempts < mostAttempts ? { again: { unproved: true } } : { person: 'The answer was lost again and again, although it was sent several times.' }
    case 'look':
      return lookedUp(context, { row, write }, found.get(write.ordinal), notAgain)
  }
}

function lookedUp(context: RunContext, { row, write }: OpenRow, now: ReadRecord | undefined, notAgain: NotAgain | undefined): Verdict {
  const { ordinal } = row
  switch (judge(context, write, now)) {
    case 'applied':
      return { outcome: { ordinal, from: 'unknown', to: 'delivered', remoteId: now?.mergedFrom ?? now?.id ?? row.remote_id, message: arrivedWords(row, now) } }
    case 'differs':
      if (row.reason === 'already-there') return { outcome: refusedAsSaid(row) }
      return { person: 'The answer was lost, and the record now holds neither what was there before nor what was sent.' }
    case 'not applied':
      if (row.reason === 'already-there') return { outcome: refusedAsSaid(row) }
      if (notAgain === undefined && row.attempts < mostAttempts) return { again: { unproved: false } }
      return { outcome: { ordinal, from: 'unknown', to: 'quarantined', reason: notAgain ?? 'retries exhausted', message: `It did not arrive. ${notAgainWords[notAgain ?? 'exhausted']}` } }
  }
}

function arrivedWords({ reason }: JournalRow, now: ReadRecord | undefined): string {
  const why = reason === null || reason === answerLost.reason || reason === 'job lost' ? 'The answer was lost' : 'The answer proved nothing'
  return now?.mergedFrom === undefined ? `${why}; a read showed that it had arrived.` : `${why}; a read showed that it had arrived in the record that this one was merged into.`
}

/** It was refused, and a read shows that it did not arrive all the same. */
function refusedAsSaid({ ordinal, reason, message, detail, field }: JournalRow): RowOutcome {
  return { ordinal, from: 'unknown', to: 'rejected', ...(reason === null ? {} : { reason }), ...(message === null ? {} : { message }), ...(detail === null ? {} : { detail }), ...(field === null ? {} : { field }) }
}

const noWayWords = 'The answer was lost, and this destination offers no way to find out. It was not sent again.'

const notAgainWords = {
  cancelled: 'The run was cancelled before it was sent again.',
  expired: 'The plan expired before it was sent again.',
  stopped: 'The run stopped before it was sent again.',
  'only looked': 'Somebody looked again, and nothing was sent.',
  exhausted: 'It was sent several times.',
}

/** Each kind of request apart; durable before they leave. */
async function sendAgain(context: RunContext, dispatcher: BatchDispatcher, rows: { write: PlannedWrite; unproved: boolean }[], lookedAt: Instant): Promise<void> {
  const groups = new Map<How, typeof rows>()
  for (const row of rows) groups.set(row.write.how, [...(groups.get(row.write.how) ?? []), row])
  for (const group of groups.values()) {
    await whenDiskHasSpace(context, () => context.journal.sendAgain(group.map(({ write, unproved }) => ({ ordinal: write.ordinal, from: 'unknown', unproved }))))
    await dispatcher.sendAgain(group.map(({ write }) => write), new Set(group.filter(({ unproved }) => unproved).map(({ write }) => write.ordinal)), lookedAt)
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
