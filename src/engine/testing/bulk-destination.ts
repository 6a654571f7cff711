import { UnknownOutcome } from '../drivers/driver.ts'
import type { DestinationProfile, JobAnswer, JobOfRows, JobStart, RowAnswer, WriteAnswer, WriteOperation, WriteRequest, WriteRow } from '../destinations/destination.ts'
import { FakeDestination } from './fake-destination.ts'

/** What goes wrong with one upload. */
export type UploadFault = 'answer lost' | 'upload lost' | 'never arrives' | 'refused' | undefined

interface BulkJob {
  operation: WriteOperation
  state: 'open' | 'given up' | 'done'
  answers: RowAnswer[]
}

/**
 * A system in memory that writes in bulk jobs: a write opens jobs of few rows each, an upload brings them their rows, and
 * results come in another order.
 */
export class BulkDestination extends FakeDestination {
  readonly opened: string[] = []
  readonly uploads: string[] = []
  uploadFault: (upload: number) => UploadFault = () => undefined
  /** Jobs that the system forgets, by their place. */
  forgets: (job: number) => boolean = () => false
  /** Whether it can say of a job that it will never apply anything. */
  givesUp = true
  /** Called after each job was opened. */
  onOpened: () => void = () => undefined
  private readonly bulk = new Map<string, BulkJob>()
  private readonly rowsPerJob: number

  constructor(profile: Partial<DestinationProfile> = {}, rowsPerJob = 3) {
    super(profile)
    this.rowsPerJob = rowsPerJob
  }

  override async write({ operation, rows }: Pick<WriteRequest, 'operation' | 'rows'>): Promise<WriteAnswer> {
    await new Promise((resolve) => setImmediate(resolve))
    this.requests += 1
    const jobs = []
    for (let start = 0; start < rows.length; start += this.rowsPerJob) {
      const jobId = `bulk-${this.opened.length}`
      this.opened.push(jobId)
      this.bulk.set(jobId, { operation, state: 'open', answers: [] })
      jobs.push({ jobId, positions: rows.slice(start, start + this.rowsPerJob).map(({ position }) => position), context: `at ${jobId}`, started: false })
    }
    this.onOpened()
    return { kind: 'jobs', jobs }
  }

  override async uploadJob(asked?: JobOfRows): Promise<JobStart> {
    await new Promise((resolve) => setImmediate(resolve))
    if (!asked || asked.context !== `at ${asked.jobId}`) throw new Error('a job comes with its context')
    const fault = this.uploadFault(this.uploads.push(asked.jobId))
    const job = this.bulk.get(asked.jobId)
    if (!job) return { kind: 'lost' }
    if (fault === 'upload lost' || fault === 'never arrives') throw new UnknownOutcome('lost')
    if (fault === 'refused') return { kind: 'refused', refusal: { code: 'bad batch', message: 'The job is not valid.', retryable: false } }
    if (job.state === 'open') await this.work(job, asked.rows)
    if (fault === 'answer lost') throw new UnknownOutcome('lost')
    return { kind: 'started' }
  }

  override async abandonJob(asked?: JobOfRows): Promise<boolean> {
    await Promise.resolve()
    const job = this.bulk.get(asked?.jobId ?? '')
    if (!job || job.state !== 'open' || !this.givesUp) return false
    job.state = 'given up'
    return true
  }

  override async pollJob({ jobId, context }: { jobId: string; context?: string }): Promise<JobAnswer> {
    await Promise.resolve()
    if (context !== `at ${jobId}`) throw new Error('a job comes with its context')
    const job = this.bulk.get(jobId)
    if (!job || job.state === 'given up' || (job.state === 'done' && this.forgets(this.opened.indexOf(jobId)))) return { kind: 'lost' }
    return job.state === 'open' ? { kind: 'waiting' } : { kind: 'rows', rows: job.answers }
  }

  private async work(job: BulkJob, rows: WriteRow[]): Promise<void> {
    const answer = await super.write({ operation: job.operation, rows })
    this.requests -= 1
    job.state = 'done'
    job.answers = answer.kind === 'rows' ? [...answer.rows].reverse() : []
  }
}
