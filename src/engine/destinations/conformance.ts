import type { Raw } from '../../contract/states.ts'
import type { Clock, HttpRequest, HttpResponse } from '../ports/ports.ts'
import type { Connection } from './connect.ts'
import type { JobOfRows, ReadRecord, RowAnswer, WriteAnswer, WriteJob, WriteRow } from './destination.ts'

/** What the suite uses of a simulator's control interface. */
export interface SimulatorControl {
  url: string
  records(object: string): Promise<{ fields: Record<string, unknown>; deleted: boolean }[]>
  faults(faults: unknown[]): Promise<void>
  log(): Promise<{ method: string; path: string; status: number | null }[]>
  reset(): Promise<void>
}

/** Something between us and the system that changes its answers. */
export type Tamper = (request: HttpRequest, answer: HttpResponse) => HttpResponse

/** What the suite must know of a destination; everything else it learns from the declaration. */
export interface ConformanceTarget {
  simulator: SimulatorControl
  clock: Clock
  /** `tamper`: what arrives in place of an answer. */
  connect(options?: { token?: string; url?: string; limits?: Record<string, number>; tamper?: Tamper }): Promise<Connection>
  /** The token that connections use. */
  token: string
  object: string
  /** Where its records are made, when it takes none itself: the people of a list. They start with the first value. */
  createIn?: string
  keyField: string
  /** Canonical values that a new record needs besides its key. */
  create: Record<string, string>
  /** A field of text or options, and two canonical values that it takes. */
  field: string
  values: [string, string]
  /** Beginnings of the paths that read by key, create and update. */
  paths: { read: string; create: string; update: string }
  /** Makes of an update the vendor takes one that it refuses by itself, the rest of the batch going on. */
  spoilRow(row: WriteRow): WriteRow
  /** Rows of which the vendor refuses all, applying none. */
  refusedBatch(row: WriteRow): WriteRow[]
  removal?: 'archive' | 'delete'
}

/** One rule that every destination keeps. `run` throws where it is broken. */
export interface ConformanceCase {
  name: string
  run(target: ConformanceTarget): Promise<void>
}

/** Breaks a case with a sentence of what was expected. */
export function expectThat(holds: boolean, expected: string, seen?: unknown): asserts holds {
  if (!holds) throw new Error(`Expected: ${expected}.${seen === undefined ? '' : ` Seen: ${JSON.stringify(seen)}`}`)
}

/** The key of the record number `number`, the same in every case. */
export function keyOf(number: number): string {
  return `conformance-${String(number).padStart(4, '0')}`
}

/** One connection with one target, with the steps that cases are made of. */
export class Trial {
  readonly target: ConformanceTarget
  readonly connected: Connection

  constructor(target: ConformanceTarget, connected: Connection) {
    this.target = target
    this.connected = connected
  }

  static async open(target: ConformanceTarget, limits?: Record<string, number>): Promise<Trial> {
    return new Trial(target, await target.connect(limits ? { limits } : {}))
  }

  async encoded(field: string, canonical: string | null, name = this.target.object): Promise<Raw> {
    const object = await this.connected.object(name)
    const described = object.fields.find((one) => one.name === field)
    expectThat(described !== undefined, `a field ${field} in ${name}`)
    const encoded = this.connected.encode(described, canonical)
    expectThat(encoded.ok, `${field} takes ${String(canonical)}`, encoded)
    return encoded.raw
  }

  async decoded(field: string, raw: Raw): Promise<string | null> {
    const object = await this.connected.object(this.target.object)
    const described = object.fields.find((one) => one.name === field)
    expectThat(described !== undefined, `a field ${field} in ${this.target.object}`)
    return this.connected.decode(described, raw)
  }

  /** Creates records number `from` to `to` with the first value, and waits until they can be read. */
  async create(from: number, to: number): Promise<string[]> {
    const ids: string[] = []
    for (let first = from; first <= to; first += this.connected.profile.rowsPerWrite) {
      const last = Math.min(to, first + this.connected.profile.rowsPerWrite - 1)
      const rows = await this.createRows(first, last)
      const answers = await this.answers(await this.write('create', rows, undefined, this.target.createIn ?? this.target.object), rows, 'create')
      ids.push(...answers.map((answer) => (answer.outcome === 'delivered' ? (answer.id ?? '') : '')))
    }
    expectThat(ids.length === to - from + 1 && ids.every((id) => id !== ''), 'every create delivered with an id', ids)
    await this.visible()
    return ids
  }

  async createRows(from: number, to: number): Promise<WriteRow[]> {
    const { create, createIn, field: own, values } = this.target
    const fields: Record<string, Raw> = createIn === undefined ? { [own]: await this.encoded(own, values[0]) } : {}
    for (const [field, canonical] of Object.entries(create)) fields[field] = await this.encoded(field, canonical, createIn)
    return Array.from({ length: to - from + 1 }, (_, position) => ({
      position,
      traceId: `trace-${position}`,
      key: { field: this.target.keyField, value: keyOf(from + position) },
      fields,
    }))
  }

  /** Updates of the field to the second value (or to `canonical`) for records made by `create`. */
  async updateRows(ids: string[], first: number, canonical: string | null = this.target.values[1]): Promise<WriteRow[]> {
    const raw = await this.encoded(this.target.field, canonical)
    return ids.map((id, position) => ({
      position,
      traceId: `trace-${position}`,
      id,
      key: { field: this.target.keyField, value: keyOf(first + position) },
      fields: { [this.target.field]: raw },
    }))
  }

  /** Writes, and brings jobs that wait for their rows what they are to write. */
  async write(operation: 'create' | 'update', rows: WriteRow[], signal?: AbortSignal, object = this.target.object): Promise<WriteAnswer> {
    const answer = await this.connected.write({ object, operation, rows }, signal)
    return answer.kind === 'jobs' ? this.withRows(answer.jobs, rows, { object, operation, ...(signal ? { signal } : {}) }) : answer
  }

  private async withRows(jobs: WriteJob[], rows: readonly WriteRow[], { object, operation, signal }: { object: string; operation: JobOfRows['operation']; signal?: AbortSignal }): Promise<WriteAnswer> {
    const places = jobs.flatMap(({ positions }) => positions)
    expectThat(places.sort((one, other) => one - other).join() === rows.map(({ position }) => position).join(), 'every row in one job', jobs)
    for (const one of jobs.filter(({ started }) => !started)) {
      const job = jobWith(one, rows, { object, operation })
      const waiting = await this.connected.pollJob(job)
      expectThat(waiting.kind === 'waiting', 'a job that has no rows waits for them', waiting)
      const start = await this.connected.uploadJob(job, signal)
      if (start.kind === 'refused') return { kind: 'refused', refusal: start.refusal }
      expectThat(start.kind === 'started', 'it starts with its rows', start)
      expectThat((await this.connected.uploadJob(job, signal)).kind === 'started', 'and not twice when it is given them again')
    }
    return { kind: 'jobs', jobs: jobs.map((job) => ({ ...job, started: true })) }
  }

  /** The rows' answers, after the job where there is one. */
  async answers(answer: WriteAnswer, rows: readonly WriteRow[], operation: JobOfRows['operation'] = 'update'): Promise<RowAnswer[]> {
    if (answer.kind === 'rows') return answer.rows
    expectThat(answer.kind === 'jobs', 'rows or jobs', answer)
    const found = await Promise.all(answer.jobs.map((job) => this.jobAnswers(jobWith(job, rows, { object: this.target.object, operation }))))
    return found.flat().sort((one, other) => one.position - other.position)
  }

  private async jobAnswers(job: JobOfRows): Promise<RowAnswer[]> {
    for (let poll = 0; poll < 500; poll += 1) {
      const state = await this.connected.pollJob(job)
      if (state.kind === 'rows') return state.rows
      expectThat(state.kind === 'working', 'a job that is known', state)
      await this.target.clock.sleep(this.connected.profile.jobPollMs)
    }
    throw new Error('Expected: the job ends.')
  }

  /** Writes and waits for the rows' answers. */
  async settled(operation: 'create' | 'update', rows: WriteRow[]): Promise<RowAnswer[]> {
    return this.answers(await this.write(operation, rows), rows, operation)
  }

  /** Removes a record, and waits for the row's answer. */
  async removed(how: 'archive' | 'delete', id: string): Promise<RowAnswer[]> {
    const { object, keyField } = this.target
    const rows: WriteRow[] = [{ position: 0, traceId: 'trace-0', id, key: { field: keyField, value: '' }, fields: {} }]
    const answer = await this.connected.write({ object, operation: how, rows })
    return this.answers(answer.kind === 'jobs' ? await this.withRows(answer.jobs, rows, { object, operation: how }) : answer, rows, how)
  }

  readKeys(...numbers: number[]): Promise<ReadRecord[]> {
    return this.connected.read({ object: this.target.object, fields: [this.target.field], by: { kind: 'key', field: this.target.keyField, values: numbers.map(keyOf) } })
  }

  readIds(...ids: string[]): Promise<ReadRecord[]> {
    return this.connected.read({ object: this.target.object, fields: [this.target.field], by: { kind: 'id', values: ids } })
  }

  /** The comparable value of the field of one record by key; undefined when it is not there. */
  async valueOf(number: number): Promise<string | null | undefined> {
    const [record] = await this.readKeys(number)
    return record && this.decoded(this.target.field, record.fields[this.target.field] ?? null)
  }

  /** Until what was written can be read; jobs that nobody could follow get time to end. */
  visible(): Promise<void> {
    const { consistencyDelayMs, jobPollMs, limits } = this.connected.profile
    const jobs = limits.some((limit) => limit.kind === 'jobs') ? jobPollMs * 10 : 0
    return this.target.clock.sleep(consistencyDelayMs + jobs)
  }

  /** Requests that the simulator has seen whose path begins so. */
  async requests(path: string): Promise<{ status: number | null }[]> {
    return (await this.target.simulator.log()).filter((entry) => entry.path.startsWith(path))
  }

  fault(path: string, action: Record<string, unknown>, times = 1): Promise<void> {
    return this.target.simulator.faults([{ match: { path }, times, do: action }])
  }
}

function jobWith({ jobId, context, positions }: WriteJob, rows: readonly WriteRow[], of: Pick<JobOfRows, 'object' | 'operation'>): JobOfRows {
  return { ...of, jobId, rows: rows.filter(({ position }) => positions.includes(position)), ...(context === undefined ? {} : { context }) }
}

/** The error that the work ends with; it must end with one. */
export async function errorOf(work: Promise<unknown>): Promise<Error> {
  try {
    await work
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('Expected: it fails.')
}
