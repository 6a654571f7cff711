import type { Raw } from '../../contract/states.ts'
import { AppError } from '../../contract/errors.ts'
import { oneJob } from '../destinations/answers.ts'
import { UnknownOutcome } from '../drivers/driver.ts'
import type { DestinationProfile, JobAnswer, JobStart, ReadQuery, ReadRecord, RowAnswer, WriteAnswer, WriteRequest, WriteRow } from '../destinations/destination.ts'
import type { RunDestination } from '../execution/requests/run-destination.ts'

export interface FakeRecord {
  id: string
  key: string
  fields: Record<string, Raw>
  deleted?: boolean
}

/** What goes wrong with one write request. */
export type Fault =
  /** Applied; the answer is lost. */
  | 'answer lost'
  /** Not applied; the answer is lost. */
  | 'request lost'
  /** The first half is applied; the answer is lost. */
  | 'half'
  /** The connection never opened. */
  | 'unreachable'
  /** The credentials are not accepted; nothing was processed. */
  | 'credentials refused'
  /** A failure of the program itself. */
  | 'crash'

export interface FakeRules {
  /** Called before each write request. */
  fault?: (request: number) => Fault | undefined
  /** The whole batch is refused when it holds such a row. */
  poison?: (row: WriteRow) => boolean
  /** The row alone is refused. */
  rejects?: (row: WriteRow) => boolean
  /** The row is refused, and may work later. */
  busy?: (row: WriteRow) => boolean
  /** What the system itself writes instead. */
  overrides?: (field: string, value: Raw) => Raw
  /** What the system says in place of what became of the rows. */
  says?: (answers: RowAnswer[], request: number) => RowAnswer[]
  /** Whether a row that is said to be taken is. */
  applies?: (row: WriteRow) => boolean
  /** Writes become jobs; `lost` jobs are forgotten. */
  jobs?: { polls: number; lost?: (job: number) => boolean }
  /** Called after each write request. */
  after?: () => void
}

const defaults: DestinationProfile = {
  rowsPerRead: 10,
  rowsPerReadWithHistory: 10,
  rowsPerWrite: 5,
  bytesPerWrite: 1_000_000,
  limits: [],
  requestTimeoutMs: 10_000,
  consistencyDelayMs: 2_000,
  changeFeedDelayMs: 0,
  readBack: 'by id or key',
  attribution: 'none',
  settle: 'strong read',
  jobPollMs: 500,
}

/** A system in memory that creates a new record for every create it gets: duplicates show. */
export class FakeDestination implements RunDestination {
  readonly name = 'Fake'
  readonly profile: DestinationProfile
  readonly records = new Map<string, FakeRecord>()
  rules: FakeRules = {}
  requests = 0
  reads = 0
  /** Every row that reached the system, in order. */
  readonly applied: { operation: string; row: Pick<WriteRow, 'id' | 'key' | 'fields'> }[] = []
  private readonly jobs = new Map<string, { polls: number; number: number; rows: RowAnswer[] }>()

  constructor(profile: Partial<DestinationProfile> = {}) {
    this.profile = { ...defaults, ...profile }
  }

  for(): FakeDestination {
    return this
  }

  waiting(): undefined {
    return undefined
  }

  add(record: FakeRecord): void {
    this.records.set(record.id, record)
  }

  living(): FakeRecord[] {
    return [...this.records.values()].filter((record) => !record.deleted)
  }

  /** Keys that more than one living record has. */
  duplicates(): string[] {
    const keys = this.living().map((record) => record.key)
    return keys.filter((key, index) => keys.indexOf(key) !== index)
  }

  async read(query: ReadQuery): Promise<ReadRecord[]> {
    this.reads += 1
    await Promise.resolve()
    const shown = (record: FakeRecord): ReadRecord => ({ id: record.id, fields: Object.fromEntries(query.fields.map((field) => [field, record.fields[field] ?? null])) })
    const { by } = query
    if (by.kind === 'id') return by.values.flatMap((id) => this.living().filter((record) => record.id === id).map(shown))
    return by.values.flatMap((key) => this.living().filter((record) => record.key === key).map((record) => ({ ...shown(record), requestedKey: key })))
  }

  async write({ operation, rows }: Pick<WriteRequest, 'operation' | 'rows'>): Promise<WriteAnswer> {
    return this.answer(rows, (row) => (operation === 'create' || operation === 'update' ? this.applyRow(operation, row) : this.removeRow(row)))
  }

  async pollJob(job: { jobId: string }): Promise<JobAnswer> {
    await Promise.resolve()
    const known = this.jobs.get(job.jobId)
    if (!known || this.rules.jobs?.lost?.(known.number)) return { kind: 'lost' }
    if (known.polls > 0) {
      known.polls -= 1
      return { kind: 'working', done: 0, total: known.rows.length }
    }
    return { kind: 'rows', rows: known.rows }
  }

  uploadJob(): Promise<JobStart> {
    return Promise.reject(new Error('its jobs have their rows'))
  }

  abandonJob(): Promise<boolean> {
    return Promise.resolve(false)
  }

  private async answer(rows: WriteRow[], apply: (row: WriteRow) => string | undefined): Promise<WriteAnswer> {
    this.requests += 1
    const request = this.requests
    const fault = this.rules.fault?.(request)
    // A request takes a turn of the event loop, so that people can act between batches.
    await new Promise((resolve) => setImmediate(resolve))
    if (fault === 'crash') throw new Error('crashed')
    if (fault === 'unreachable') throw new AppError('destination-unreachable', 'Fake cannot be reached.')
    if (fault === 'credentials refused') throw new AppError('unauthorised', 'Fake does not accept the credentials.', { next: 'Set the secret again.' })
    if (fault === 'request lost') throw new UnknownOutcome('lost')
    if (rows.some((row) => this.rules.poison?.(row))) return { kind: 'refused', refusal: { code: 'bad batch', message: 'The batch is not valid.', retryable: false } }
    const truth = rows.slice(0, fault === 'half' ? Math.floor(rows.length / 2) : rows.length).map((row) => this.answerRow(row, apply))
    const answers = this.rules.says?.(truth, request) ?? truth
    this.rules.after?.()
    if (fault === 'answer lost' || fault === 'half') throw new UnknownOutcome('lost')
    if (!this.rules.jobs) return { kind: 'rows', rows: answers }
    const jobId = `job-${request}`
    this.jobs.set(jobId, { polls: this.rules.jobs.polls, number: this.jobs.size + 1, rows: answers })
    return oneJob(jobId, rows.length)
  }

  private answerRow(row: WriteRow, apply: (row: WriteRow) => string | undefined): RowAnswer {
    const { position } = row
    if (this.rules.rejects?.(row)) return { position, outcome: 'rejected', refusal: { code: 'bad value', message: 'The value is not allowed.', vendor: 'INVALID', field: 'tier', retryable: false } }
    if (this.rules.busy?.(row)) return { position, outcome: 'rejected', refusal: { code: 'locked', message: 'The record is locked.', retryable: true } }
    if (this.rules.applies?.(row) === false) return { position, outcome: 'delivered', id: row.id ?? 'made-up' }
    return { position, outcome: 'delivered', id: apply(row) }
  }

  private removeRow(row: WriteRow): string | undefined {
    const record = this.records.get(row.id ?? '')
    if (record) record.deleted = true
    this.applied.push({ operation: 'remove', row })
    return row.id
  }

  private applyRow(operation: 'create' | 'update', row: WriteRow): string | undefined {
    const fields = Object.fromEntries(Object.entries(row.fields).map(([field, value]) => [field, this.rules.overrides?.(field, value) ?? value]))
    this.applied.push({ operation, row })
    if (operation === 'create') {
      const id = `made-${this.records.size + 1}`
      this.add({ id, key: row.key.value, fields })
      return id
    }
    const record = this.records.get(row.id ?? '')
    if (record) Object.assign(record.fields, fields)
    return row.id
  }
}
