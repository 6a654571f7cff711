import { ReplyError } from '../kit/reply.ts'
import type { Reply } from '../kit/reply.ts'
import type { Pace } from '../kit/pace.ts'
import type { VendorRequest } from '../kit/simulator.ts'
import { readLines, writeLines } from './csv.ts'
import { BadRow, fields } from './people.ts'
import type { People } from './people.ts'

const uploadColumns = new Set<string>(['id', 'own', ...fields])

interface Job {
  id: string
  operation: string
  state: 'open' | 'working' | 'done' | 'aborted'
  succeeded: Record<string, string>[]
  failed: Record<string, string>[]
}

/** Ingest jobs: opened without rows, given them once, worked on in the background, with result files in an order of their own. */
export class Jobs {
  private readonly people: People
  private readonly pace: Pace
  private readonly jobs = new Map<string, Job>()
  private readonly timers = new Set<NodeJS.Timeout>()
  onDone: () => void = () => undefined

  constructor(people: People, pace: Pace) {
    this.people = people
    this.pace = pace
  }

  open({ body, origin }: VendorRequest): Reply {
    const { operation } = body as { operation: string }
    const id = `job-${this.jobs.size + 1}`
    this.jobs.set(id, { id, operation, state: 'open', succeeded: [], failed: [] })
    return { status: 201, body: { id, state: 'open', upload: `${origin}/bulk/uploads/${id}?signature=abc` } }
  }

  upload({ params, body }: VendorRequest): Reply {
    const job = this.find(params['id'])
    if (job.state !== 'open') throw new ReplyError({ status: 409, body: { message: 'The job has its rows' } })
    const rows = readLines(String(body))
    const unknown = Object.keys(rows[0] ?? {}).find((name) => !uploadColumns.has(name))
    if (unknown !== undefined) throw new ReplyError({ status: 400, body: { message: `InvalidBatch : Field name not found : ${unknown}` } })
    job.state = 'working'
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      this.work(job, rows)
    }, this.pace.scale(1000))
    this.timers.add(timer)
    return { status: 201 }
  }

  show({ params }: VendorRequest): Reply {
    const { id, state } = this.find(params['id'])
    return { status: 200, body: { id, state } }
  }

  abort({ params }: VendorRequest): Reply {
    const job = this.find(params['id'])
    if (job.state !== 'open' && job.state !== 'aborted') throw new ReplyError({ status: 409, body: { message: 'The job has its rows' } })
    job.state = 'aborted'
    return { status: 200, body: { id: job.id, state: job.state } }
  }

  results({ params }: VendorRequest): Reply {
    const job = this.find(params['id'])
    const { which } = params
    const rows = which === 'failed' ? job.failed : job.succeeded
    // Nobody promises an order.
    return { status: 200, text: { type: 'text/csv', content: writeLines([which === 'failed' ? 'error' : 'created', 'id', 'own'], [...rows].reverse()) } }
  }

  clear(): void {
    for (const timer of this.timers) clearTimeout(timer)
    this.timers.clear()
    this.jobs.clear()
  }

  private work(job: Job, rows: Record<string, string>[]): void {
    const at = Date.now()
    for (const row of rows) {
      try {
        const { record, created } = this.people.apply(job.operation, row, at)
        job.succeeded.push({ own: row['own'] ?? '', id: record.id, created: String(created) })
      } catch (cause) {
        if (!(cause instanceof BadRow)) throw cause
        job.failed.push({ own: row['own'] ?? '', id: row['id'] ?? '', error: cause.message })
      }
    }
    job.state = 'done'
    this.onDone()
  }

  private find(id: string | undefined): Job {
    const job = this.jobs.get(id ?? '')
    if (!job) throw new ReplyError({ status: 404, body: { message: 'There is no such job' } })
    return job
  }
}
