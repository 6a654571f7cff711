import type { Pace } from '../kit/pace.ts'
import type { StoredRecord } from '../kit/record.ts'
import { ReplyError } from '../kit/reply.ts'
import type { Reply } from '../kit/reply.ts'
import type { VendorRequest } from '../kit/simulator.ts'
import { badRequest, refusal } from './errors.ts'
import type { SupportProfile } from './limits.ts'
import { showUser } from './shapes.ts'
import type { Users } from './users.ts'

type Place = { readonly updatedAt: number; readonly position: number }

/** Users in the order of their last change, deleted ones included; the latest minute is held back. */
export class IncrementalExport {
  private readonly users: Users
  private readonly page: number
  private readonly delay: number
  private ordered: StoredRecord[] = []
  private orderedAtChange = -1

  constructor(users: Users, profile: SupportProfile, pace: Pace) {
    this.users = users
    this.page = profile.incrementalPage
    this.delay = pace.scale(profile.incrementalDelay)
  }

  read(request: VendorRequest): Reply {
    const { query, now, origin, path } = request
    const after = this.readPlace(query, now)
    const size = Math.min(Number(query.get('per_page') ?? this.page) || this.page, this.page)
    const ordered = this.inOrder()
    const start = firstAfter(ordered, after)
    const page: StoredRecord[] = []
    for (let index = start; index < ordered.length && page.length < size; index += 1) {
      const record = ordered[index]
      if (!record || record.updatedAt > now - this.delay) break
      page.push(record)
    }
    const last = page.at(-1) ?? after
    const cursor = writePlace(last)
    const following = ordered[start + page.length]
    const end = following === undefined || following.updatedAt > now - this.delay
    return {
      status: 200,
      body: {
        users: page.map((record) => showUser(this.users, record, origin)),
        after_url: `${origin}${path}?cursor=${cursor}`,
        after_cursor: cursor,
        before_url: null,
        before_cursor: null,
        end_of_stream: end,
      },
    }
  }

  private readPlace(query: URLSearchParams, now: number): Place {
    const cursor = query.get('cursor')
    if (cursor) return parsePlace(cursor)
    const startTime = Number(query.get('start_time') ?? Number.NaN) * 1000
    if (Number.isNaN(startTime)) throw badRequest('start_time or cursor is required')
    if (startTime > now - this.delay) {
      throw new ReplyError(refusal(400, 'StartTimeTooRecent', 'Too recent start_time. Use a start_time older than 60 seconds'))
    }
    return { updatedAt: startTime - 1, position: Number.MAX_SAFE_INTEGER }
  }

  /** Sorting all users is kept until one of them changes, so that paging through a large desk stays cheap. */
  private inOrder(): readonly StoredRecord[] {
    if (this.orderedAtChange !== this.users.changes || this.ordered.length !== this.users.table.size) {
      this.ordered = [...this.users.table.records].sort(comparePlaces)
      this.orderedAtChange = this.users.changes
    }
    return this.ordered
  }
}

function comparePlaces(left: Place, right: Place): number {
  return left.updatedAt - right.updatedAt || left.position - right.position
}

function firstAfter(ordered: readonly StoredRecord[], place: Place): number {
  let low = 0
  let high = ordered.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const record = ordered[middle]
    if (record && comparePlaces(record, place) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

function writePlace(place: Place): string {
  return Buffer.from(`${place.updatedAt}||${place.position}`).toString('base64url')
}

function parsePlace(cursor: string): Place {
  const [updatedAt, position] = Buffer.from(cursor, 'base64url').toString('utf8').split('||').map(Number)
  if (updatedAt === undefined || position === undefined || Number.isNaN(updatedAt + position)) throw badRequest('Invalid cursor')
  return { updatedAt, position }
}
