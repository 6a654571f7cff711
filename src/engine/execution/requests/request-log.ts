import type { LoggedRequest } from '../../../contract/shapes.ts'
import type { Exchanged, RequestRecord } from '../../drivers/request-record.ts'
import type { Clock, Log } from '../../ports/ports.ts'
import type { SqliteValue, StateDatabase } from '../../storage/database.ts'
import { sha256Hex } from '../../values/hash.ts'
import { redactBody, redactPath, valuesOf } from './request-redaction.ts'
import { outcomeWords } from './request-words.ts'

/** Kept of one run: so many of the last requests that went well, and as many of those that did not. */
export const requestsKept = 500
/** Kept of all runs together. How long they are kept is the workspace's setting (home/retention.ts). */
const requestsKeptOfAll = 50_000
/** Written together, at most so many at a time and so long after the first. */
const mostWaiting = 200
const longestWaitMs = 1000
/** Items of a list that are looked at in a body: what went well looks alike. */
const itemsLooked = { failed: 200, write: 8, read: 3 }

/** A request, with what it was for and about. */
export interface NotedRequest {
  record: RequestRecord
  exchange: Exchanged
  purpose: string
  records?: number
  /** How many of them the answer refused. */
  refused?: number
  /** Tokens as `rowReference` and `valueReference` make them. */
  refs: () => string[]
}

/** A row of the plan, in `refs`. */
export function rowReference(ordinal: number): string {
  return `#${ordinal}`
}

/** An id, key or job, in `refs`: found again only by who knows it. */
export function valueReference(key: string, value: string): string {
  // The key is as long as the hash, so that a plain hash over both keeps the value: this is asked for every record read.
  return sha256Hex(`${key}\n${value}`).slice(0, 16)
}

/**
 * The last requests of a run, for people who look for what happened to a record. Written in batches of its own, never
 * with the journal: a crash loses the last few, and the disk is not waited for more than once a second.
 */
export class RequestLog {
  private readonly options: { database: StateDatabase; clock: Clock; log: Log; run: string }
  private waiting: SqliteValue[][] = []
  private due = false
  private readonly closing = new AbortController()

  constructor(options: { database: StateDatabase; clock: Clock; log: Log; run: string }) {
    this.options = options
  }

  /** Takes at once what may be kept: a request that waits would hold on to every record that it carried. */
  note(request: NotedRequest): void {
    this.waiting.push([this.options.run, ...kept(request)])
    if (this.waiting.length >= mostWaiting) return this.flush()
    if (this.due) return
    this.due = true
    this.options.clock.sleep(longestWaitMs, this.closing.signal).then(
      () => this.flush(),
      () => undefined,
    )
  }

  /** Writes what waits. A log that cannot be written never stops a run. */
  flush(): void {
    this.due = false
    const { database, log, run } = this.options
    const noted = this.waiting
    this.waiting = []
    if (noted.length === 0 || !database.sqlite.open) return
    try {
      database.transaction(() => {
        for (const request of noted) database.run(insertRequest, ...request)
        for (const failed of [0, 1]) this.forgetOldest(failed)
      })
    } catch (error) {
      log.warn('requests could not be kept', { run, requests: noted.length, error: String(error) })
    }
  }

  close(): void {
    this.closing.abort()
    this.flush()
  }

  private forgetOldest(failed: number): void {
    const { database, run } = this.options
    database.run(
      'DELETE FROM requests WHERE run = ? AND failed = ? AND id <= (SELECT id FROM requests WHERE run = ? AND failed = ? ORDER BY id DESC LIMIT 1 OFFSET ?)',
      run,
      failed,
      run,
      failed,
      requestsKept,
    )
  }
}

const insertRequest = `INSERT INTO requests (run, at, method, path, purpose, attempt, records, status, outcome, failed, milliseconds, vendor_request, sent, answer, refs)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** The columns of a request after its run, without a value of a record. */
function kept({ record, exchange, purpose, records, refused, refs }: NotedRequest): SqliteValue[] {
  const { outcome, failed } = outcomeWords(exchange, refused)
  const items = itemsLooked[failed ? 'failed' : exchange.effect]
  const echoes = failed ? valuesOf(exchange.sent) : new Set<string>()
  return [
    exchange.at,
    record.method,
    redactPath(record.path),
    purpose,
    record.attempt,
    records ?? null,
    record.status ?? null,
    outcome,
    failed ? 1 : 0,
    record.milliseconds,
    vendorRequestOf(exchange) ?? null,
    redactBody(exchange.sent, { side: 'sent', items, echoes }) ?? null,
    redactBody(exchange.answer?.body, { side: 'answer', items, echoes }) ?? null,
    ` ${refs().join(' ')} `,
  ]
}

/** Headers in which vendors name a request for their support. */
const vendorHeaders = ['x-hubspot-correlation-id', 'x-zendesk-request-id', 'x-request-id', 'request-id', 'x-correlation-id', 'x-amzn-requestid']

function vendorRequestOf({ answer }: Exchanged): string | undefined {
  if (!answer) return undefined
  const named = vendorHeaders.map((name) => answer.headers?.[name]).find((value) => value !== undefined)
  if (named !== undefined) return named.slice(0, 100)
  const { body } = answer
  if (typeof body !== 'object' || body === null || !('correlationId' in body) || typeof body.correlationId !== 'string') return undefined
  return body.correlationId.slice(0, 100)
}

export interface RequestQuery {
  /** Only requests with one of these tokens. */
  refs?: string[]
  search?: string
  offset: number
  limit: number
}

interface RequestSqlRow {
  id: number
  at: number
  method: string
  path: string
  purpose: string
  attempt: number
  records: number | null
  status: number | null
  outcome: string
  failed: number
  milliseconds: number
  vendor_request: string | null
  sent: string | null
  answer: string | null
}

const searched = "lower(method || ' ' || path || ' ' || purpose || ' ' || coalesce(status, '') || ' ' || outcome || ' ' || coalesce(vendor_request, '') || ' ' || coalesce(sent, '') || ' ' || coalesce(answer, ''))"

/** One page of a run's requests, the newest first. */
export function listRequests(database: StateDatabase, run: string, query: RequestQuery): { total: number; rows: LoggedRequest[] } {
  const where = ['run = ?']
  const values: SqliteValue[] = [run]
  if (query.refs) {
    where.push(query.refs.length === 0 ? '0' : `(${query.refs.map(() => 'instr(refs, ?) > 0').join(' OR ')})`)
    values.push(...query.refs.map((ref) => ` ${ref} `))
  }
  const search = query.search?.trim() ?? ''
  if (search !== '') {
    where.push(`instr(${searched}, lower(?)) > 0`)
    values.push(search)
  }
  const from = `FROM requests WHERE ${where.join(' AND ')}`
  const total = database.get<{ total: number }>(`SELECT count(*) AS total ${from}`, ...values)?.total ?? 0
  const columns = 'id, at, method, path, purpose, attempt, records, status, outcome, failed, milliseconds, vendor_request, sent, answer'
  const rows = database.all<RequestSqlRow>(`SELECT ${columns} ${from} ORDER BY id DESC LIMIT ? OFFSET ?`, ...values, query.limit, query.offset)
  return { total, rows: rows.map(toLoggedRequest) }
}

function toLoggedRequest(row: RequestSqlRow): LoggedRequest {
  return {
    id: row.id,
    at: new Date(row.at).toISOString(),
    method: row.method,
    path: row.path,
    purpose: row.purpose,
    attempt: row.attempt,
    outcome: row.outcome,
    failed: row.failed === 1,
    milliseconds: row.milliseconds,
    ...(row.records === null ? {} : { records: row.records }),
    ...(row.status === null ? {} : { status: row.status }),
    ...(row.vendor_request === null ? {} : { vendorRequest: row.vendor_request }),
    ...(row.sent === null ? {} : { sent: row.sent }),
    ...(row.answer === null ? {} : { answer: row.answer }),
  }
}

/** Drops the oldest of too many. */
export function capRequests(database: StateDatabase, most = requestsKeptOfAll): number {
  return database.run('DELETE FROM requests WHERE id <= (SELECT max(id) FROM requests) - ?', most)
}
