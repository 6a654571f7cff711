import { isObject, member } from '../kit/json.ts'
import { ReplyError } from '../kit/reply.ts'
import type { Reply } from '../kit/reply.ts'
import type { VendorRequest } from '../kit/simulator.ts'
import { badRequest, notFound, recordInvalid, refusal } from './errors.ts'
import type { JobQueue, JobResult } from './jobs.ts'
import type { SupportProfile } from './limits.ts'
import { readList } from './reads.ts'
import { showUser } from './shapes.ts'
import { UnknownUser } from './users.ts'
import type { Users, WriteMode } from './users.ts'
import { InvalidValue } from './values.ts'

const FAILURES: Record<WriteMode, string> = {
  create: 'UserCreateError',
  update: 'UserUpdateError',
  createOrUpdate: 'UserUpdateError',
}

/** Writes many users in a job. */
export function writeMany(users: Users, jobs: JobQueue, profile: SupportProfile, mode: WriteMode, request: VendorRequest): Reply {
  if (mode !== 'update' && profile.bulkImport === 0) {
    throw new ReplyError(refusal(403, 'Forbidden', 'Bulk user import is not enabled for this account'))
  }
  const rows = mode === 'update' ? readUpdates(request) : member(request.body, 'users')
  if (!Array.isArray(rows)) throw badRequest('Parameter users must be an array')
  if (rows.length > profile.usersPerJob) throw tooMany(profile.usersPerJob)
  return startJob(jobs, request, rows.length, (now) => rows.map((row: unknown, index) => writeRow(users, mode, row, index, now)))
}

/** `{users: […]}` with an id or external id each, or one `{user: …}` for the ids in the query. */
function readUpdates(request: VendorRequest): unknown {
  const user = member(request.body, 'user')
  if (!isObject(user)) return member(request.body, 'users')
  const ids = readList(request.query.get('ids'))
  if (ids.length > 0) return ids.map((id) => ({ ...user, id }))
  return readList(request.query.get('external_ids')).map((externalId) => ({ ...user, external_id: externalId }))
}

export function destroyMany(users: Users, jobs: JobQueue, profile: SupportProfile, request: VendorRequest): Reply {
  const ids = readList(request.query.get('ids'))
  const externalIds = readList(request.query.get('external_ids'))
  const total = ids.length + externalIds.length
  if (total > profile.usersPerRead) throw tooMany(profile.usersPerRead)
  return startJob(jobs, request, total, (now) => {
    const found = [...ids.map((id) => users.byId(id)), ...externalIds.map((id) => users.table.find('external_id', id))]
    return found.map((record, index) => {
      if (!record || record.deleted) return failed(index, 'UserNotFound', 'User not found')
      users.table.remove(record, now)
      return { id: Number(record.id), status: 'Deleted', success: true }
    })
  })
}

function startJob(jobs: JobQueue, request: VendorRequest, total: number, run: (now: number) => JobResult[]): Reply {
  if (jobs.full) {
    const description = 'Too many jobs are currently queued or running. Try again later.'
    throw new ReplyError(refusal(429, 'TooManyJobs', description))
  }
  return { status: 200, body: { job_status: jobs.add(total, run, request.origin) } }
}

/** A failed row carries its place in the request where the others carry the user's id. */
function writeRow(users: Users, mode: WriteMode, row: unknown, index: number, now: number): JobResult {
  try {
    const { record, created } = users.write(row, mode, now)
    const email = record.fields['email']
    return { id: Number(record.id), status: created ? 'Created' : 'Updated', ...(email === undefined ? {} : { email }) }
  } catch (cause) {
    if (cause instanceof InvalidValue) return failed(index, FAILURES[mode], cause.message)
    if (cause instanceof UnknownUser) return failed(index, 'UserNotFound', 'User not found')
    throw cause
  }
}

function failed(index: number, error: string, details: string): JobResult {
  return { id: index, error, details, status: 'Failed' }
}

/** Writes one user at once. */
export function writeOne(users: Users, mode: WriteMode, request: VendorRequest): Reply {
  const user = member(request.body, 'user')
  const id = request.params['id']
  const input = isObject(user) && id !== undefined ? { ...user, id } : user
  try {
    const { record, created } = users.write(input, mode, request.now)
    return { status: created ? 201 : 200, body: { user: showUser(users, record, request.origin) } }
  } catch (cause) {
    if (cause instanceof InvalidValue) throw recordInvalid(cause)
    if (cause instanceof UnknownUser) throw notFound()
    throw cause
  }
}

export function destroyOne(users: Users, request: VendorRequest): Reply {
  const record = users.byId(request.params['id'] ?? '')
  if (!record || record.deleted) throw notFound()
  users.table.remove(record, request.now)
  return { status: 200, body: { user: showUser(users, record, request.origin) } }
}

function tooMany(limit: number): ReplyError {
  return badRequest(`Too many users: at most ${limit} can be sent in one request`)
}
