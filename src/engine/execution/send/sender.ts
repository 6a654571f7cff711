import { inFlight } from '../../concurrency/in-flight.ts'
import { readAhead } from '../../concurrency/read-ahead.ts'
import { orStop } from './run-context.ts'
import type { BatchDispatcher } from './batch-dispatcher.ts'
import type { Instant, RunContext } from './run-context.ts'
import { readNow, changedSincePlan } from './preflight.ts'
import type { StandingRow } from '../journal/journal.ts'
import type { IntentRow, SkippedRow } from '../journal/row-changes.ts'
import { rowsBetween } from '../../plans/journal-rows.ts'
import type { PlannedRecord } from '../../plans/plan-for-apply.ts'
import { payloadOf, rowOf, toIntent, toWrite } from './planned-write.ts'
import type { How, Payload, PlannedWrite } from './planned-write.ts'
import { whenDiskHasSpace } from './disk-space.ts'
import { freshForMs } from '../requests/run-connection.ts'
import { Watermark } from '../journal/watermark.ts'
import type { Unit } from '../journal/watermark.ts'

/** Where the destination declares no concurrency, and at most. */
const usuallyInFlight = 4
const mostInFlight = 8
/** Rows that are not sent are journalled together, this many at a time. */
const skippedAtOnce = 2000

interface Compared {
  going: PlannedWrite[]
  moved: SkippedRow[]
  comparedAt: Instant
}

interface Filling {
  unit: Unit
  writes: PlannedWrite[]
  /** By ordinal. */
  payloads: Map<number, Payload>
  bytes: number
}

/**
 * Sends what is pending: reads the plan in order, fills batches, compares each with the destination, journals the
 * intent, sends. Several batches fly at once; a stop takes effect between batches, and what flies is let land.
 */
export class Sender {
  private readonly context: RunContext
  private readonly dispatcher: BatchDispatcher
  private readonly isPaused: () => boolean
  private readonly flight: ReturnType<typeof inFlight>
  private readonly watermark: Watermark
  /** Rows up to here may be in the journal already, from before a restart. */
  private readonly journalled: number
  private readonly filling = new Map<How, Filling>()
  private skipped: { unit: Unit; rows: SkippedRow[]; standing: StandingRow[] } | undefined

  constructor(context: RunContext, dispatcher: BatchDispatcher, isPaused: () => boolean) {
    this.context = context
    this.dispatcher = dispatcher
    this.isPaused = isPaused
    this.flight = inFlight(batchesInFlight(context.target.profile.limits))
    const { journal } = context
    this.watermark = new Watermark(journal.run.next_ordinal)
    this.journalled = journal.database.get<{ last: number | null }>('SELECT max(ordinal) AS last FROM journal WHERE run = ?', journal.run.id)?.last ?? -1
  }

  /** Ends when every pending row was sent or skipped; throws RunStop when told to stop. */
  async sendAll(): Promise<void> {
    const { plan, journal } = this.context
    try {
      for await (const chunk of readAhead(plan.records(journal.run.next_ordinal))) {
        for (const record of this.notJournalled(chunk)) await this.take(record)
        this.context.control.throwIfStopped()
      }
      for (const [how, filling] of this.filling) await this.dispatch(how, filling)
      await this.flushSkipped()
    } finally {
      await this.flight.drain()
    }
    this.context.control.throwIfStopped()
  }

  private notJournalled(chunk: PlannedRecord[]): PlannedRecord[] {
    const first = chunk[0]?.ordinal ?? 0
    const last = chunk.at(-1)?.ordinal ?? 0
    if (first > this.journalled) return chunk
    const { journal } = this.context
    const known = new Set(rowsBetween(journal.database, journal.run.id, first, last).map((row) => row.ordinal))
    return chunk.filter((record) => !known.has(record.ordinal))
  }

  private async take(record: PlannedRecord): Promise<void> {
    this.watermark.saw(record.ordinal)
    const write = toWrite(this.context.plan, record)
    if ('skip' in write) return this.skip(record, write.skip)
    const { plan, target } = this.context
    const { rowsPerWrite, bytesPerWrite } = target.profile
    const payload = payloadOf(plan, write)
    const filling = this.filling.get(write.how)
    if (filling && filling.bytes + payload.bytes > bytesPerWrite) await this.dispatch(write.how, filling)
    const room = this.filling.get(write.how) ?? this.startFilling(write)
    room.writes.push(write)
    room.payloads.set(write.ordinal, payload)
    room.bytes += payload.bytes
    if (room.writes.length >= rowsPerWrite) await this.dispatch(write.how, room)
  }

  private startFilling(write: PlannedWrite): Filling {
    const filling = { unit: this.watermark.begin(write.ordinal), writes: [], payloads: new Map<number, Payload>(), bytes: 0 }
    this.filling.set(write.how, filling)
    return filling
  }

  private async dispatch(how: How, filling: Filling): Promise<void> {
    this.filling.delete(how)
    await this.context.control.gate(this.isPaused)
    await this.flight.add(() => this.sendBatch(filling))
  }

  /** Compares, records the intent, sends; what waited too long on the way is compared again. */
  private async sendBatch({ unit, writes, payloads }: Filling): Promise<void> {
    const { control } = this.context
    for (let left = writes; left.length > 0; ) {
      const { going, moved, comparedAt } = await this.compareWhileNotPaused(left)
      // Cancelled while comparing: nothing of this batch needs to leave.
      control.throwIfStopped()
      const intents = going.map((write) => toIntent(write, payloads.get(write.ordinal)))
      if (!(await this.intend(unit, { going, intents, moved, comparedAt }))) continue
      left = going.length > 0 ? await this.dispatcher.send(going, comparedAt) : []
    }
  }

  /** Paused while comparing: nothing of this batch has left yet, and what was read is old when the run goes on. */
  private async compareWhileNotPaused(writes: PlannedWrite[]): Promise<Compared> {
    const { control } = this.context
    let compared = await this.compare(writes)
    while (this.isPaused()) {
      await control.gate(this.isPaused)
      compared = await this.compare(writes)
    }
    return compared
  }

  /** False: there was no room on the disk for so long that what was compared is old. */
  private async intend(unit: Unit, { going, intents, moved, comparedAt }: Compared & { intents: IntentRow[] }): Promise<boolean> {
    const { journal, control, clock, target } = this.context
    const recorded = await whenDiskHasSpace(this.context, async () => {
      // Nothing leaves without a durable intent, and nobody waits for room to send what is cancelled by now.
      control.throwIfStopped()
      if (target.profile.readBack !== 'none' && clock.monotonic() - comparedAt.monotonic > freshForMs / 2) return false
      await journal.intend(intents, moved, this.watermark.without(unit), going.flatMap((write) => this.standingOf(write.record)))
      return true
    })
    if (recorded) this.watermark.end(unit)
    return recorded
  }

  /** What still is in the destination as the plan saw it, and what has moved; all is, where nothing can be read. */
  private async compare(writes: PlannedWrite[]): Promise<Compared> {
    const { plan, target, control, clock } = this.context
    const made = await plan.madeElsewhere?.()
    const found = target.profile.readBack === 'none' ? undefined : await orStop(control, readNow(target, plan, writes, { signal: control.halted }))
    const compared = writes.map((write) => ({
      write,
      // A key of this plan may not find the record that another activation made by its own.
      message: write.how === 'create' && made?.has(write.record.key) ? 'Another run has made this record since the plan.' : found && changedSincePlan(plan, write, found.get(write.ordinal)),
    }))
    return {
      // Its last read: where reads are slow, waiting for them all to be new at once would never end.
      comparedAt: { monotonic: clock.monotonic(), now: clock.now() },
      going: compared.filter(({ message }) => message === undefined).map(({ write }) => write),
      moved: compared.flatMap(({ write, message }) => (message === undefined ? [] : [{ ...rowOf(write.record), reason: 'moved' as const, message }])),
    }
  }

  private async skip(record: PlannedRecord, reason: SkippedRow['reason']): Promise<void> {
    this.skipped ??= { unit: this.watermark.begin(record.ordinal), rows: [], standing: [] }
    this.skipped.rows.push({ ...rowOf(record), reason })
    // A kept field is kept, also where nobody selected the rest of its record.
    this.skipped.standing.push(...this.standingOf(record))
    if (this.skipped.rows.length >= skippedAtOnce) await this.flushSkipped()
  }

  private async flushSkipped(): Promise<void> {
    if (!this.skipped) return
    const { unit, rows, standing } = this.skipped
    this.skipped = undefined
    await whenDiskHasSpace(this.context, () => this.context.journal.intend([], rows, this.watermark.without(unit), standing))
    this.watermark.end(unit)
  }

  private standingOf(record: PlannedRecord): StandingRow[] {
    const { remoteId } = record
    return remoteId === undefined ? [] : this.context.plan.standingChoices(record).map((choice) => ({ ...choice, remoteId }))
  }
}

/** Everything still pending is not sent, for one reason. */
export async function skipPending(context: RunContext, reason: 'cancelled' | 'expired'): Promise<void> {
  const { plan, journal } = context
  const watermark = new Watermark(journal.run.next_ordinal)
  for await (const chunk of plan.records(journal.run.next_ordinal)) {
    const first = chunk[0]?.ordinal ?? 0
    const last = chunk.at(-1)?.ordinal ?? 0
    const known = new Set(rowsBetween(journal.database, journal.run.id, first, last).map((row) => row.ordinal))
    const rows = chunk.filter((record) => !known.has(record.ordinal)).map((record) => ({ ...rowOf(record), reason }))
    watermark.saw(last)
    const unit = watermark.begin(first)
    await whenDiskHasSpace(context, () => journal.intend([], rows, watermark.without(unit)))
    watermark.end(unit)
  }
}

/** How many requests of one run may be on their way at once. */
export function batchesInFlight(limits: RunContext['target']['profile']['limits']): number {
  const declared = limits.flatMap((limit) => (limit.kind === 'concurrency' ? [limit.requests] : []))
  return declared.length === 0 ? usuallyInFlight : Math.max(1, Math.min(mostInFlight, ...declared))
}
