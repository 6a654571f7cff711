import { createHash } from 'node:crypto'
import type { Clock } from '../kit/clock.ts'
import type { Pace } from '../kit/pace.ts'
import type { SupportProfile } from './limits.ts'
import { toSeconds } from './shapes.ts'

/** One row's outcome, in the order of the request. */
export type JobResult = Readonly<Record<string, unknown>>

type Job = {
  readonly id: string
  readonly total: number
  readonly run: (now: number) => JobResult[]
  status: 'queued' | 'working' | 'completed'
  startedAt: number
  endsAt: number
  results: JobResult[] | null
}

/** The support desk's background jobs: a few work at a time, and what they write is there when they are done. */
export class JobQueue {
  private readonly profile: SupportProfile
  private readonly pace: Pace
  private readonly clock: Clock
  private readonly jobs = new Map<string, Job>()
  private readonly timers = new Map<Job, NodeJS.Timeout>()
  private waiting: Job[] = []
  private sequence = 0
  /** Called after a job has written. */
  onDone: () => void = () => undefined

  constructor(profile: SupportProfile, pace: Pace, clock: Clock) {
    this.profile = profile
    this.pace = pace
    this.clock = clock
  }

  get full(): boolean {
    return this.waiting.length + this.timers.size >= this.profile.activeJobs
  }

  /** Queues work on `total` rows and returns the job's status. */
  add(total: number, run: (now: number) => JobResult[], origin: string) {
    this.sequence += 1
    const id = `V3-${createHash('md5').update(`job ${this.sequence}`).digest('hex')}`
    const job: Job = { id, total, run, status: 'queued', startedAt: 0, endsAt: 0, results: null }
    this.jobs.set(id, job)
    this.waiting.push(job)
    this.startWaiting()
    this.forgetOld()
    return this.show(job, origin)
  }

  find(id: string, origin: string) {
    this.forgetOld()
    const job = this.jobs.get(id)
    return job && this.show(job, origin)
  }

  list(origin: string) {
    this.forgetOld()
    return Array.from(this.jobs.values(), (job) => this.show(job, origin)).reverse()
  }

  /** Does at once what is still to be done: work that was accepted is not lost when the desk stops. */
  finishAll(): void {
    for (const [job, timer] of this.timers) {
      clearTimeout(timer)
      this.complete(job)
    }
    for (const job of this.waiting) this.complete(job)
    this.waiting = []
    this.timers.clear()
  }

  clear(): void {
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
    this.waiting = []
    this.jobs.clear()
  }

  private startWaiting(): void {
    while (this.timers.size < this.profile.jobWorkers) {
      const job = this.waiting.shift()
      if (!job) return
      const duration = this.pace.scale(Math.max(this.profile.jobTimeAtLeast, job.total * this.profile.jobTimePerUser))
      job.status = 'working'
      job.startedAt = this.clock.now()
      job.endsAt = job.startedAt + duration
      this.timers.set(job, setTimeout(() => this.end(job), duration))
    }
  }

  private end(job: Job): void {
    this.timers.delete(job)
    this.complete(job)
    this.startWaiting()
  }

  private complete(job: Job): void {
    job.endsAt = this.clock.now()
    job.results = job.run(job.endsAt)
    job.status = 'completed'
    this.onDone()
  }

  private forgetOld(): void {
    const expired = this.clock.now() - this.pace.scale(this.profile.jobLife)
    let surplus = this.jobs.size - this.profile.jobsKept
    for (const job of this.jobs.values()) {
      if (job.status !== 'completed') continue
      if (surplus <= 0 && job.endsAt > expired) return
      this.jobs.delete(job.id)
      surplus -= 1
    }
  }

  private show(job: Job, origin: string) {
    return {
      id: job.id,
      url: `${origin}/api/v2/job_statuses/${job.id}.json`,
      total: job.total,
      progress: this.progress(job),
      status: job.status,
      message: job.status === 'completed' ? `Completed at ${toSeconds(job.endsAt)}` : null,
      results: job.results,
    }
  }

  private progress(job: Job): number | null {
    if (job.status === 'queued') return null
    if (job.status === 'completed') return job.total
    const share = (this.clock.now() - job.startedAt) / (job.endsAt - job.startedAt)
    return Math.min(job.total, Math.floor(job.total * share))
  }
}
