import type { Raw } from '../../../contract/states.ts'
import type { Chance } from '../chance.ts'
import { lieOf } from './lies.ts'
import type { VirtualTime } from './virtual-time.ts'
import type { VendorAnswer } from './vendor-answer.ts'

export type Fields = Record<string, Raw>

/** What a record was from an instant on. */
interface Version {
  at: number
  fields: Fields
  gone: boolean
  by: 'us' | 'person' | 'start'
}

export interface VendorRecord {
  id: string
  key: string
  versions: Version[]
}

/** How the simulated system behaves; drawn per seed. */
export interface VendorRules {
  /** A create with a key that is there changes that record. */
  upserts: boolean
  /** A create with a trace that is known gives the answer of the first, for so long. */
  remembersTracesMs: number
  jobs: boolean
  /** Writes are jobs that are opened first and get at most so many rows each. */
  rowsPerJob?: number
  /** A strong read may show what was true so long ago. */
  visibleAfterMs: number
  /** Keys whose batch is refused as a whole. */
  poison: Set<string>
  /** Keys refused alone. */
  rejected: Set<string>
  /** Keys refused so many times, and taken then. */
  busy: Map<string, number>
  /** Keys whose values a rule of the system replaces. */
  overridden: Set<string>
  /** A field that is not there any more. */
  missingField?: string
  tokenAccepted: boolean
  /** Share of answers to writes that do not say what happened. */
  lies: number
}

/** One row as it arrives. */
export interface VendorRow {
  trace: string
  id?: string
  key?: string
  fields: Fields
}

export type Operation = 'create' | 'update' | 'archive'

/** One row that changed something, or would have. */
export interface Applied {
  at: number
  operation: Operation
  row: VendorRow
  recordId: string
  /** What the record held just before; undefined: it was not there. */
  before: Fields | undefined
  /** When a person last touched a field that this row wrote. */
  personAt: number | undefined
  /** Another living record had the key: one of ours (or always there), or one that only people made. */
  twin: 'ours' | 'theirs' | undefined
}

interface Job {
  /** Opened, and without rows. */
  waits?: 'for rows' | 'given up'
  ended: boolean
  answers: VendorAnswer[]
  rows: number
  /** Forgotten by the system when it ends; its rows may have been applied or not. */
  lost: boolean
}

export const replacement = 'set by a rule'

/** The system on the other side, with its whole history: the judge of what really happened. */
export class Vendor {
  readonly records = new Map<string, VendorRecord>()
  readonly applied: Applied[] = []
  /** Trace → how often it changed something. */
  readonly appliedTraces = new Map<string, number>()
  /** Trace → refused by the system, and nothing applied. */
  readonly refused = new Set<string>()
  readonly rules: VendorRules
  private readonly time: VirtualTime
  private readonly chance: Chance
  private readonly lying: Chance
  /** Answers that did not say what happened. */
  lies = 0
  private readonly jobs = new Map<string, Job>()
  private readonly remembered = new Map<string, { at: number; answer: VendorAnswer }>()
  private numbers = 0
  /** Jobs that were opened without rows. */
  opened = 0
  /** Loses a job now and then. */
  forgetful = true
  /** Called after each row that was applied. */
  onApply: (applied: Applied) => void = () => undefined

  constructor(rules: VendorRules, time: VirtualTime, chance: Chance) {
    this.rules = rules
    this.time = time
    this.chance = chance
    this.lying = chance.fork('lies')
  }

  add(at: number, key: string, fields: Fields, by: Version['by']): VendorRecord {
    const record: VendorRecord = { id: `r-${(this.numbers += 1)}`, key, versions: [{ at, fields, gone: false, by }] }
    this.records.set(record.id, record)
    return record
  }

  /** A person changes, removes or brings back a record in the system itself. */
  edit(at: number, id: string, change: { fields?: Fields; gone?: boolean }): void {
    const record = this.records.get(id)
    const now = record && latest(record)
    if (!record || !now) return
    record.versions.push({ at, fields: { ...now.fields, ...change.fields }, gone: change.gone ?? now.gone, by: 'person' })
  }

  living(at = Number.POSITIVE_INFINITY): VendorRecord[] {
    return [...this.records.values()].filter((record) => versionAt(record, at)?.gone === false)
  }

  /** What a read by ids or keys shows, `lag` ago. */
  read(query: { ids?: string[]; keys?: string[] }, asOf: number): { id: string; key: string; fields: Fields }[] {
    const wanted = (record: VendorRecord): boolean => (query.ids ? query.ids.includes(record.id) : (query.keys ?? []).includes(record.key))
    return this.living(asOf).filter(wanted).map((record) => ({ id: record.id, key: record.key, fields: versionAt(record, asOf)?.fields ?? {} }))
  }

  /** Takes a batch: refused as a whole, accepted as a job, or answered row by row. `most` rows are applied. */
  write(at: number, operation: Operation, rows: VendorRow[], most = rows.length): { refused: string } | { job: string } | { answers: VendorAnswer[] } {
    if (this.isBad(rows)) {
      for (const row of rows) this.refused.add(row.trace)
      return { refused: 'the batch is not valid' }
    }
    if (!this.rules.jobs) return { answers: this.told(rows.slice(0, most).map((row) => this.take(at, operation, row)), false) }
    return { job: this.startJob(operation, rows, rows.slice(0, most)) }
  }

  private isBad(rows: VendorRow[]): boolean {
    const missing = this.rules.missingField
    return rows.some((row) => this.rules.poison.has(this.keyOf(row)) || (missing !== undefined && missing in row.fields))
  }

  /** What it says of what it did; `inOrder`: by places. */
  private told(answers: VendorAnswer[], inOrder: boolean): VendorAnswer[] {
    if (this.rules.lies === 0) return answers
    const { said, lie } = lieOf(answers, { chance: this.lying, share: this.rules.lies, others: [...this.records.keys()], inOrder })
    if (lie !== undefined) this.lies += 1
    return said
  }

  /** Opens a job that does nothing before it has its rows. */
  open(): string {
    const id = `job-${(this.numbers += 1)}`
    this.jobs.set(id, { waits: 'for rows', ended: false, answers: [], rows: 0, lost: false })
    this.opened += 1
    return id
  }

  /** Brings an open job its rows; one that has them keeps those that it has. */
  upload(id: string, { operation, rows, most = rows.length }: { operation: Operation; rows: VendorRow[]; most?: number | undefined }): 'lost' | 'refused' | 'started' {
    const job = this.jobs.get(id)
    if (!job || job.waits === 'given up') return 'lost'
    if (job.waits === undefined) return 'started'
    if (this.isBad(rows)) {
      for (const row of rows) this.refused.add(row.trace)
      job.waits = 'given up'
      return 'refused'
    }
    delete job.waits
    this.work(job, { operation, rows, applied: rows.slice(0, most), inOrder: false })
    return 'started'
  }

  /** True: the job will never do anything. */
  giveUp(id: string): boolean {
    const job = this.jobs.get(id)
    if (job?.waits === undefined) return false
    job.waits = 'given up'
    return true
  }

  poll(id: string): { state: 'lost' } | { state: 'waiting' } | { state: 'working'; total: number } | { state: 'done'; answers: VendorAnswer[] } {
    const job = this.jobs.get(id)
    if (job?.waits === 'for rows') return { state: 'waiting' }
    if (!job || job.waits === 'given up' || (job.lost && job.ended)) return { state: 'lost' }
    return job.ended ? { state: 'done', answers: job.answers } : { state: 'working', total: job.rows }
  }

  /** The rows of a job are applied when it ends, whoever still asks. */
  private startJob(operation: Operation, rows: VendorRow[], applied: VendorRow[]): string {
    const id = `job-${(this.numbers += 1)}`
    const job: Job = { ended: false, answers: [], rows: rows.length, lost: false }
    this.jobs.set(id, job)
    this.work(job, { operation, rows, applied, inOrder: true })
    return id
  }

  /** Results of a job that got its rows later come in any order. */
  private work(job: Job, { operation, rows, applied, inOrder }: { operation: Operation; rows: VendorRow[]; applied: VendorRow[]; inOrder: boolean }): void {
    job.rows = rows.length
    job.lost = this.forgetful && this.chance.happens(0.15)
    const nothing = job.lost && this.chance.happens(0.5)
    this.time.after(this.chance.whole(200, 6000), () => {
      if (!nothing) {
        const answers = this.told(applied.map((row) => this.take(this.time.now, operation, row)), inOrder)
        job.answers = inOrder ? answers : this.chance.shuffled(answers)
      }
      job.ended = true
    })
  }

  private take(at: number, operation: Operation, row: VendorRow): VendorAnswer {
    const key = this.keyOf(row)
    const busy = this.rules.busy.get(key) ?? 0
    if (busy > 0) {
      this.rules.busy.set(key, busy - 1)
      this.refused.add(row.trace)
      return { trace: row.trace, ok: false, code: 'locked', again: true }
    }
    if (this.rules.rejected.has(key)) {
      this.refused.add(row.trace)
      return { trace: row.trace, ok: false, code: 'bad value', again: false }
    }
    const known = this.remembered.get(row.trace)
    if (known && at - known.at < this.rules.remembersTracesMs) return known.answer
    const answer = this.apply(at, operation, row)
    if (this.rules.remembersTracesMs > 0) this.remembered.set(row.trace, { at, answer })
    return answer
  }

  private apply(at: number, operation: Operation, row: VendorRow): VendorAnswer {
    if (operation === 'create') return this.create(at, row)
    const record = this.records.get(row.id ?? '')
    const now = record && latest(record)
    if (!record || !now || now.gone) {
      this.refused.add(row.trace)
      return { trace: row.trace, ok: false, code: 'not found', again: false }
    }
    this.change(at, operation, row, record)
    return { trace: row.trace, ok: true, id: record.id }
  }

  private create(at: number, row: VendorRow): VendorAnswer {
    const same = this.living().filter((record) => record.key === row.key)
    const [first] = same
    if (first && this.rules.upserts) {
      this.change(at, 'create', row, first)
      return { trace: row.trace, ok: true, id: first.id, existed: true }
    }
    const record = this.add(at, row.key ?? '', this.ruled(row.key ?? '', row.fields), 'us')
    this.note({ at, operation: 'create', row, recordId: record.id, before: undefined, personAt: lastByPerson(same), twin: twinOf(same) })
    return { trace: row.trace, ok: true, id: record.id, existed: false }
  }

  private change(at: number, operation: Operation, row: VendorRow, record: VendorRecord): void {
    const now = latest(record)
    const personAt = lastTouched(record, Object.keys(row.fields), operation === 'archive')
    record.versions.push({ at, fields: { ...now?.fields, ...this.ruled(record.key, row.fields) }, gone: operation === 'archive', by: 'us' })
    this.note({ at, operation, row, recordId: record.id, before: now?.fields, personAt, twin: undefined })
  }

  private note(applied: Applied): void {
    this.applied.push(applied)
    this.refused.delete(applied.row.trace)
    this.appliedTraces.set(applied.row.trace, (this.appliedTraces.get(applied.row.trace) ?? 0) + 1)
    this.onApply(applied)
  }

  private ruled(key: string, fields: Fields): Fields {
    return this.rules.overridden.has(key) && 'tier' in fields ? { ...fields, tier: replacement } : fields
  }

  private keyOf(row: VendorRow): string {
    return row.key ?? this.records.get(row.id ?? '')?.key ?? ''
  }
}

export function latest(record: VendorRecord): Version | undefined {
  return record.versions.at(-1)
}

export function versionAt(record: VendorRecord, at: number): Version | undefined {
  return record.versions.findLast((version) => version.at <= at)
}

/** When a person last changed one of these fields, and nobody wrote over it since. */
function lastTouched(record: VendorRecord, fields: string[], whole: boolean): number | undefined {
  let touched: number | undefined
  for (const [index, version] of record.versions.entries()) {
    const before = record.versions[index - 1]
    const changed = fields.some((field) => before?.fields[field] !== version.fields[field]) || (whole && before?.gone !== version.gone)
    if (changed) touched = version.by === 'person' ? version.at : undefined
  }
  return touched
}

function twinOf(same: VendorRecord[]): Applied['twin'] {
  if (same.length === 0) return undefined
  return same.every((record) => record.versions[0]?.by === 'person') ? 'theirs' : 'ours'
}

function lastByPerson(records: VendorRecord[]): number | undefined {
  const times = records.filter((record) => record.versions[0]?.by === 'person').map((record) => record.versions[0]?.at ?? 0)
  return times.length === 0 ? undefined : Math.max(...times)
}
