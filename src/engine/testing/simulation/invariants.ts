import { balances } from '../../plans/run-counts.ts'
import { recount } from '../../plans/journal-rows.ts'
import type { JournalRow, RunRecord } from '../../plans/journal-rows.ts'
import { payloadOf, toWrite } from '../../execution/send/planned-write.ts'
import type { PlannedWrite } from '../../execution/send/planned-write.ts'
import type { RunCounts } from '../../../contract/states.ts'
import type { StateDatabase } from '../../storage/database.ts'
import { freshForMs } from '../../execution/requests/run-connection.ts'
import type { Evidence } from './evidence.ts'
import { comparable, matchKeyOf, readKnown } from './plans.ts'
import type { SimulatedDisk, SimulatedPlan } from './plans.ts'
import type { Applied, Fields, Vendor } from './vendor.ts'
import { latest } from './vendor.ts'

/** What the invariants are checked against: the simulated destination's own state, and what the engine was shown of it. */
export interface Judged {
  vendor: Vendor
  evidence: Evidence
  disk: SimulatedDisk
  plans: Map<string, SimulatedPlan>
  /** The destination can be read. */
  readable: boolean
  /** Sending a row twice changes nothing there. */
  repeatable: boolean
  now: () => number
  violate: (invariant: string, words: string) => void
}

/** A write may leave so long after the last look: its time, doubled where it was too late before, and the way of an answer. */
const longestSinceLookMs = freshForMs * 2 + 6_000

/** One planned write as the approved plan has it. */
interface Approved {
  write: PlannedWrite
  payloadHash: string
  /** The whole record is left alone. */
  skipped: boolean
}

/**
 * Checks after every durable change and every row that arrives at the destination. Texts of violations name rows by
 * ordinal, so that a trace can be read beside them.
 */
export class Invariants {
  /** Somebody looks up what is in doubt, and nobody asked for more. */
  onlyLooking = false
  private readonly judged: Judged
  private readonly seen = new Map<string, { state: string; verification: string | null }>()
  private readonly approved = new Map<string, Map<string, Approved>>()
  private readonly started = new Map<string, number>()
  private checkedFiles = 0
  /** Of the last time that a row left: when, and when the engine had read anything of its batch. */
  private readonly left = new Map<string, { at: number; look: number }>()

  constructor(judged: Judged) {
    this.judged = judged
  }

  /** A run exists from now on: its rows are what its plan says. */
  private runStarted(run: string, plan: SimulatedPlan): void {
    this.started.set(run, this.judged.now())
    const opened = plan.open({ now: () => 0, database: undefined as never, disk: this.judged.disk, next: () => '' })
    const rows = new Map<string, Approved>()
    for (const { record } of plan.rows) {
      const write = toWrite(opened, record)
      if ('skip' in write) continue
      rows.set(write.how === 'archive' ? `remove-${record.remoteId}` : `${run}-${record.ordinal}`, { write, payloadHash: payloadOf(opened, write).hash, skipped: false })
    }
    this.approved.set(run, rows)
  }

  private approvedOf(trace: string): { run: string; approved: Approved } | undefined {
    for (const [run, rows] of [...this.approved].reverse()) {
      const approved = rows.get(trace)
      if (approved) return { run, approved }
    }
    return undefined
  }

  /** I3: what arrives is exactly what was approved, makes no second record, and destroys nothing that was known. */
  applied(applied: Applied): void {
    const { vendor, violate } = this.judged
    const { row } = applied
    const found = this.approvedOf(row.trace)
    if (!found) return violate('I3', `a row arrived that no plan has: ${row.trace}`)
    const { write } = found.approved
    const how = applied.operation
    if (write.how !== how) violate('I3', `row ${write.ordinal} arrived as ${how}, planned as ${write.how}`)
    if (how !== 'archive' && JSON.stringify(sorted(write.send)) !== JSON.stringify(sorted(row.fields))) violate('I3', `row ${write.ordinal} changed other fields or values than were approved`)
    if (how !== 'create' && applied.recordId !== write.record.remoteId) violate('I3', `row ${write.ordinal} changed another record`)
    const holder = vendor.records.get(applied.recordId)?.key
    if (holder !== matchKeyOf(write.record.key)) violate('I3', `row ${write.ordinal} was written to somebody else`)
    if (how === 'create' && row.key !== write.record.matchKey) violate('I3', `row ${write.ordinal} created another key`)
    const started = this.started.get(found.run) ?? 0
    if (applied.twin) this.judgeTwin(applied, started, write.ordinal)
    else if (applied.personAt !== undefined && this.judged.readable) this.judgeOverwrite(applied, applied.personAt, started, write.ordinal)
    if (!this.judged.readable && !this.judged.repeatable && (vendor.appliedTraces.get(row.trace) ?? 0) > 1) violate('I3', `row ${write.ordinal} arrived twice where nobody can tell`)
  }

  private judgeTwin(applied: Applied, started: number, ordinal: number): void {
    const key = applied.row.key ?? ''
    const known = this.judged.evidence.knownUntil([`key ${key}`], started) ?? started
    // Where nobody can look, nobody can know what people made there.
    if (applied.twin === 'theirs' && (!this.judged.readable || (applied.personAt ?? 0) >= known)) return
    this.judged.violate('I3', `row ${ordinal} made a second record of its key`)
  }

  /** Between the last look and the write nobody can close the gap; a change that was there to be seen must be seen. */
  private judgeOverwrite(applied: Applied, personAt: number, started: number, ordinal: number): void {
    const known = this.judged.evidence.knownUntil([`id ${applied.recordId}`, `key ${applied.row.key ?? ''}`], started) ?? started
    // What was looked at is old after a while: then the engine has to look again.
    const { at, look } = this.left.get(applied.row.trace) ?? { at: 0, look: 0 }
    if (personAt >= known && at - Math.max(look, personAt) <= longestSinceLookMs) return
    this.judged.violate('I3', `row ${ordinal} overwrote what a person had changed before the engine last looked`)
  }

  /** How reads call the record of a row. */
  private namesOf(trace: string): string[] {
    const { remoteId, matchKey } = this.approvedOf(trace)?.approved.write.record ?? {}
    return [...(remoteId === undefined ? [] : [`id ${remoteId}`]), ...(matchKey === undefined ? [] : [`key ${matchKey}`])]
  }

  /** Before a request leaves: every row of it is durably on its way, or in the job that it goes to. */
  leaving(database: StateDatabase, traces: string[], expected: 'sent' | 'accepted'): void {
    const look = this.judged.evidence.lastLook(traces.flatMap((trace) => this.namesOf(trace)))
    for (const trace of traces) {
      if (this.onlyLooking) this.judged.violate('I3', `a row leaves while somebody only looks: ${trace}`)
      this.left.set(trace, { at: this.judged.now(), look })
      const found = this.approvedOf(trace)
      if (!found) {
        this.judged.violate('I3', `a row leaves that no plan has: ${trace}`)
        continue
      }
      const { payloadHash, write: { ordinal } } = found.approved
      const row = database.get<JournalRow>('SELECT * FROM journal WHERE run = ? AND ordinal = ?', found.run, ordinal)
      if (row?.state !== expected) this.judged.violate('intent', `row ${ordinal} leaves while the journal says ${row?.state ?? 'pending'}`)
      else if (row.payload_hash !== payloadHash) this.judged.violate('intent', `row ${ordinal} leaves with another payload than its intent`)
    }
  }

  /** After a durable change: I2, I4, and what was published. */
  committed(database: StateDatabase): void {
    for (const run of database.all<RunRecord>('SELECT * FROM runs')) this.checkRun(database, run)
    this.checkPublished(database)
  }

  private checkRun(database: StateDatabase, run: RunRecord): void {
    const { violate } = this.judged
    const counts = JSON.parse(run.counts) as RunCounts
    const own = recount(database, run.id, run.planned)
    if (!balances(counts)) violate('I2', `the counts of the run do not balance: ${JSON.stringify(counts)}`)
    if (JSON.stringify(sorted(own)) !== JSON.stringify(sorted(counts))) violate('I2', `the counts of the run are not those of its rows: ${JSON.stringify(counts)}, ${JSON.stringify(own)}`)
    const plan = this.judged.plans.get(run.plan)
    if (plan && !this.approved.has(run.id)) this.runStarted(run.id, plan)
    const rows = database.all<JournalRow>('SELECT * FROM journal WHERE run = ? ORDER BY ordinal', run.id)
    const journalled = new Set(rows.map((row) => row.ordinal))
    const planned = new Set(plan?.rows.map(({ record }) => record.ordinal))
    for (const ordinal of journalled) if (!planned.has(ordinal)) violate('I2', `row ${ordinal} is not in the plan`)
    for (const ordinal of planned) if (ordinal < run.next_ordinal && !journalled.has(ordinal)) violate('I2', `row ${ordinal} was passed over`)
    if (run.state === 'done' || run.state === 'stopped') {
      // A job that could not be asked for stays accepted: a resume asks for it again.
      if (own.sent + (run.state === 'done' ? own.accepted : 0) > 0) violate('I2', `the run ended with rows on their way: ${JSON.stringify(own)}`)
      if (run.state === 'done' && own.pending > 0) violate('I2', 'the run is done with rows pending')
      if (run.state === 'stopped' && run.cancelling === 1 && own.pending > 0) violate('I2', 'the run was cancelled with rows pending')
      if (run.state === 'done' && own.verified + own.overridden + own.unverifiable < own.delivered) violate('I4', 'the run is done with delivered rows that were not read back')
    }
    for (const row of rows) this.checkRow(run, row)
    this.checkUnsurfaced(run, new Map(rows.map((row) => [row.ordinal, row])))
  }

  private checkRow(run: RunRecord, row: JournalRow): void {
    const name = `${run.id} ${row.ordinal}`
    const before = this.seen.get(name)
    if (before?.state === row.state && before.verification === row.verification) return
    this.seen.set(name, { state: row.state, verification: row.verification })
    const trace = row.operation === 'remove' ? `remove-${row.remote_id}` : `${run.id}-${row.ordinal}`
    const approved = this.approved.get(run.id)?.get(trace)
    if (!approved) return
    if (before?.state !== row.state) this.checkState(row, trace, approved.write)
    if (row.verification !== null && before?.verification !== row.verification) this.checkVerification(row, trace, approved.write)
  }

  /** I4: a state says only what the destination can be held to. */
  private checkState(row: JournalRow, trace: string, write: PlannedWrite): void {
    const { vendor, violate } = this.judged
    const applied = vendor.appliedTraces.has(trace)
    switch (row.state) {
      case 'delivered':
        if (!applied && !this.holdsNow(row, write)) violate('I4', `row ${row.ordinal} is called delivered, and the destination does not have it`)
        return
      case 'rejected':
        if (applied) violate('I4', `row ${row.ordinal} is called rejected, and it was applied`)
        else if (!vendor.refused.has(trace)) violate('I4', `row ${row.ordinal} is called rejected, and nobody refused it`)
        return
      case 'quarantined':
        if (applied && this.holdsNow(row, write)) violate('I4', `row ${row.ordinal} is set apart, and the destination has it`)
        return
      case 'skipped':
        if (applied) violate('I4', `row ${row.ordinal} is called skipped (${row.reason}), and it was applied`)
        return
      case 'pending':
      case 'sent':
      case 'accepted':
      case 'unknown':
        // Says nothing about the destination.
    }
  }

  private holdsNow(row: JournalRow, write: PlannedWrite): boolean {
    const { vendor } = this.judged
    if (write.how === 'archive') return latest(vendor.records.get(row.remote_id ?? '') ?? noRecord)?.gone !== false
    const record = row.remote_id === null || write.how === 'create' ? vendor.living().find((one) => one.key === write.record.matchKey) : vendor.records.get(row.remote_id)
    const fields = record && latest(record)?.gone === false ? latest(record)?.fields : undefined
    return fields !== undefined && Object.entries(write.send).every(([field, value]) => comparable(field, value) === comparable(field, fields[field] ?? null))
  }

  /** I4: verified only by a read that came after the write and showed what was sent. */
  private checkVerification(row: JournalRow, trace: string, write: PlannedWrite): void {
    const { vendor, evidence, violate, readable } = this.judged
    if (row.state !== 'delivered') return violate('I4', `row ${row.ordinal} is ${row.verification} and not delivered`)
    if (row.verification === 'unverifiable' ? readable : !readable) return violate('I4', `row ${row.ordinal} is ${row.verification} in a destination that can${readable ? '' : 'not'} be read`)
    if (row.verification !== 'verified') return
    const since = vendor.applied.findLast((applied) => applied.row.trace === trace)?.at ?? 0
    // Of what was made only its key says which record it is.
    const made = [...vendor.records.values()].filter((record) => record.key === write.record.matchKey).map((record) => record.id)
    const seen = write.how === 'create' ? made : [row.remote_id ?? '']
    const send = write.how === 'archive' ? undefined : write.send
    if (!seen.some((id) => evidence.showed(id, since, send))) violate('I4', `row ${row.ordinal} is called verified, and no read showed it`)
    if (write.how === 'create' && !made.includes(row.read_id ?? row.remote_id ?? '')) violate('links', `row ${row.ordinal} is proved in the record of somebody else`)
  }

  /** Every write that arrived is on record as one that may have. */
  private checkUnsurfaced(run: RunRecord, rows: Map<number, JournalRow>): void {
    for (const [trace, { write }] of this.approved.get(run.id) ?? []) {
      const row = rows.get(write.ordinal)
      if ((row === undefined || row.state === 'skipped') && this.judged.vendor.appliedTraces.has(trace)) this.judged.violate('I4', `row ${write.ordinal} arrived, and the journal says ${row?.state ?? 'pending'}`)
    }
  }

  /** Base moves only where a read proved it, or a delivered row cannot be read; a link leads to who has the key. */
  private checkPublished(database: StateDatabase): void {
    const files = database.get<{ files: number }>("SELECT count(*) AS files FROM data_files WHERE kind = 'base'")?.files ?? 0
    if (files === this.checkedFiles) return
    this.checkedFiles = files
    const { vendor, violate, readable } = this.judged
    const known = readKnown(database, this.judged.disk)
    for (const [key, { remoteId }] of known.links) {
      const record = vendor.records.get(remoteId)
      if (readable && record && latest(record)?.gone === false && record.key !== matchKeyOf(key)) violate('links', `${key} is linked to the record of somebody else`)
    }
    for (const [id, fields] of known.base) {
      const record = vendor.records.get(id) ?? vendor.living().find(({ key }) => key === id)
      for (const [field, { raw, assumed, file }] of fields) {
        if (assumed && readable) violate('base', `${field} of ${id} is assumed although it can be read`)
        if (!assumed && (!record || !record.versions.some((version) => comparable(field, version.fields[field] ?? null) === comparable(field, raw)))) violate('base', `${field} of ${id} counts as agreed on a value that it never had (${file})`)
      }
    }
  }

  /** I1: the file is whole. */
  checkFile(database: StateDatabase): void {
    const problems = database.integrityProblems(true)
    if (problems.length > 0) this.judged.violate('I1', `the database is damaged: ${problems[0]}`)
  }
}

const noRecord = { id: '', key: '', versions: [] }

function sorted(fields: object): [string, unknown][] {
  return Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1))
}

/** Whether a record of the person holds what the warehouse says; `ever`: or held it at some time. */
export function holdsWarehouse(vendor: Vendor, key: string, desired: Fields, ever: boolean): boolean {
  const records = [...vendor.records.values()].filter((record) => record.key === matchKeyOf(key))
  const versions = records.flatMap((record) => (ever ? record.versions : record.versions.slice(-1)))
  return versions.some(({ fields, gone }) => {
    return !gone && Object.entries(desired).every(([field, value]) => comparable(field, value) === comparable(field, fields[field] ?? null))
  })
}
