import type { Raw, RunCounts } from '../../../contract/states.ts'
import type { ReadRecord } from '../../destinations/destination.ts'
import { inFlight } from '../../concurrency/in-flight.ts'
import { readAhead } from '../../concurrency/read-ahead.ts'
import { batchesInFlight } from '../send/sender.ts'
import { madeByUs, stateAssumed } from './assumed.ts'
import { readNow, sameValue } from '../send/preflight.ts'
import type { Found } from '../send/preflight.ts'
import { orStop } from '../send/run-context.ts'
import type { RunContext } from '../send/run-context.ts'
import type { StandingRow } from '../journal/journal.ts'
import type { ReadBack } from '../journal/journal-batches.ts'
import { rowsToReadBack } from '../../plans/journal-rows.ts'
import type { DeliveredRow } from '../../plans/journal-rows.ts'
import type { ObservationSink, PlannedRecord } from '../../plans/plan-for-apply.ts'
import { whenDiskHasSpace } from '../send/disk-space.ts'
import { toWrite } from '../send/planned-write.ts'
import type { PlannedWrite } from '../send/planned-write.ts'

/** Where nothing is read back, rows are only recorded: many in one commit, and one commit after the other. */
const assumedAtOnce = 1000
/** The log of requests keeps a reference to every record that was asked for. */
const mostReadAtOnce = 10_000

const foundNowhere = 'The destination said that it made the record. No record holds its key, and the one that was answered is somebody else’s.'

interface Delivered {
  row: DeliveredRow
  write: PlannedWrite
}

/**
 * Reads back what was delivered and says of each row whether it stuck. What was proved goes to the sink; what was
 * replaced becomes a standing answer and a finding, so that the next plan does not fight it.
 */
export async function verifyDelivered(context: RunContext, sink: ObservationSink): Promise<void> {
  const { plan, target, journal, clock, control } = context
  if (isAllSaid(journal.counts)) return
  if (journal.counts.delivered > 0) await waitForVisibility(context)
  const { readBack, limits, rowsPerRead } = target.profile
  const [rowsPerPart, atOnce] = readBack === 'none' ? [assumedAtOnce, 1] : [Math.min(rowsPerRead, mostReadAtOnce), batchesInFlight(limits)]
  const flight = inFlight(atOnce)
  let part: Delivered[] = []
  const readPart = async (): Promise<void> => {
    const rows = part
    part = []
    if (rows.length > 0) await flight.add(() => verifyPart(context, sink, rows))
  }
  try {
    for await (const chunk of readAhead(plan.records(0))) {
      control.throwIfClosing()
      const rows = new Map(rowsToReadBack(journal.database, journal.run.id, chunk[0]?.ordinal ?? 0, chunk.at(-1)?.ordinal ?? 0).map((row) => [row.ordinal, row]))
      for (const record of chunk) {
        const row = rows.get(record.ordinal)
        const write = row?.state === 'delivered' && row.verification === null ? toWrite(plan, record) : undefined
        if (row && write && !('skip' in write)) part.push({ row, write })
        else if (row?.state !== 'delivered') lookAgain(sink, record, clock.now())
        if (part.length >= rowsPerPart) await readPart()
      }
    }
    await readPart()
  } finally {
    await flight.drain()
  }
}

/** Every row arrived, and whether it stuck is known of each. */
function isAllSaid({ planned, delivered, verified, overridden, unverifiable }: Readonly<RunCounts>): boolean {
  return delivered === planned && verified + overridden + unverifiable === delivered
}

/** No read before the destination says that writes can be seen. */
async function waitForVisibility({ target, visibility, clock, control }: RunContext): Promise<void> {
  if (target.profile.readBack === 'none') return
  const wait = visibility.untilAfterDelivered(target.profile.consistencyDelayMs)
  if (wait > 0) await clock.sleep(wait, control.signal)
}

async function verifyPart(context: RunContext, sink: ObservationSink, rows: Delivered[]): Promise<void> {
  const { target, plan, journal, clock, control } = context
  if (target.profile.readBack === 'none') return assumePart(context, sink, rows)
  // What was made is read by its match key: the id that was answered proves nothing (semantics §5).
  const found = await orStop(control, readNow(target, plan, rows.map(({ write }) => write), { signal: control.signal, answered: new Map(rows.map(({ row }) => [row.ordinal, row.remote_id])) }))
  const elsewhere = await atAnsweredIds(context, rows.filter(({ row, write }) => write.how === 'create' && row.remote_id !== null && !found.has(row.ordinal)))
  const now = clock.now()
  const readBacks: ReadBack[] = []
  const standing: StandingRow[] = []
  for (const delivered of rows) {
    const record = found.get(delivered.write.ordinal)
    const removes = delivered.write.how === 'archive' || delivered.write.how === 'delete'
    readBacks.push(removes ? readBackRemoval(sink, delivered, record) : readBackValues(context, { sink, delivered, record, somebodyElse: elsewhere.has(delivered.row.ordinal), standing, now }))
  }
  await whenDiskHasSpace(context, () => journal.verify(readBacks, standing))
}

/** Rows that their key does not find, while the id that was answered leads to a record: that of somebody else, or one whose key was changed since. */
async function atAnsweredIds({ target, plan, control }: RunContext, rows: Delivered[]): Promise<Found> {
  if (rows.length === 0) return new Map()
  const asked = rows.map(({ row, write }) => ({ ...write, send: {}, record: { ...write.record, remoteId: row.remote_id ?? '' } }))
  return orStop(control, readNow(target, plan, asked, { signal: control.signal }))
}

/** Delivered, and nobody can read it: agreed without proof. */
async function assumePart(context: RunContext, sink: ObservationSink, rows: Delivered[]): Promise<void> {
  const { journal, clock } = context
  const readAt = new Date(clock.now()).toISOString()
  for (const { row, write } of rows) stateAssumed(sink, write, { remoteId: row.remote_id, existed: row.existed === 1 }, readAt)
  await whenDiskHasSpace(context, () => journal.verify(rows.map(({ row }) => ({ ordinal: row.ordinal, verification: 'unverifiable' })), []))
}

function readBackRemoval(sink: ObservationSink, { row }: Delivered, record: ReadRecord | undefined): ReadBack {
  if (record !== undefined) return { ordinal: row.ordinal, verification: 'overridden', message: 'The record is still there.' }
  if (row.remote_id !== null) sink.forget({ key: row.record, remoteId: row.remote_id })
  return { ordinal: row.ordinal, verification: 'verified' }
}

interface ValueReading {
  sink: ObservationSink
  delivered: Delivered
  record: ReadRecord | undefined
  /** Nothing holds the key of what was made, and the id that was answered leads to a record. */
  somebodyElse: boolean
  standing: StandingRow[]
  now: number
}

function readBackValues({ plan }: RunContext, { sink, delivered: { row, write }, record, somebodyElse, standing, now }: ValueReading): ReadBack {
  if (record === undefined && somebodyElse) return { ordinal: row.ordinal, verification: 'overridden', readId: '', message: foundNowhere }
  if (record === undefined) {
    const remoteId = write.record.remoteId ?? row.remote_id ?? undefined
    // The link stays, so that the next plan finds the record gone and asks a person instead of making it again. Nothing is
    // written over it before a read has shown whose it is (planning/narrow/prove-creates.ts).
    if (remoteId !== undefined) sink.add({ key: row.record, remoteId, readAt: new Date(now).toISOString(), agreed: {}, fp: null, created: madeByUs(write.record, row.existed === 1) })
    return { ordinal: row.ordinal, verification: 'overridden', ...(write.how === 'create' ? { readId: '' } : {}), message: 'The record is not there any more.' }
  }
  const readId = write.how === 'create' && record.id !== row.remote_id ? { readId: record.id } : {}
  const agreed: Record<string, Raw> = {}
  const replaced: string[] = []
  for (const [field, sent] of Object.entries(write.send)) {
    const read = record.fields[field] ?? null
    if (sameValue(plan, field, sent, read)) {
      agreed[field] = read
    } else {
      replaced.push(field)
      standing.push({ remoteId: record.id, field, d: plan.comparable(field, sent), a: plan.comparable(field, read), kind: 'overridden', by: 'Lockstep' })
    }
  }
  const settled = replaced.length === 0 && write.everything
  sink.add({ key: row.record, remoteId: record.id, readAt: new Date(now).toISOString(), agreed, fp: settled ? write.record.fp : null, created: madeByUs(write.record, row.existed === 1) })
  if (replaced.length === 0) return { ordinal: row.ordinal, verification: 'verified', ...readId }
  return { ordinal: row.ordinal, verification: 'overridden', ...readId, field: replaced.join(', '), message: 'The destination holds another value than the one it was sent.' }
}

/** Planned and not delivered: the next plan reads the record whatever its source row says. */
function lookAgain(sink: ObservationSink, record: PlannedRecord, now: number): void {
  if (record.remoteId === undefined || record.operation === 'remove') return
  sink.add({ key: record.key, remoteId: record.remoteId, readAt: new Date(now).toISOString(), agreed: {}, fp: null, created: record.createdByUs === true })
}
