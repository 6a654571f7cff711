import { applyLimits } from '../kit/simulator.ts'
import type { Refusal, Route, Simulator, SimulatorSetting } from '../kit/simulator.ts'
import type { Reply } from '../kit/reply.ts'
import { sameToken } from '../kit/tokens.ts'
import { listUserFields, showMe } from './discovery.ts'
import { badRequest, notFound, refusal } from './errors.ts'
import { IncrementalExport } from './incremental.ts'
import { JobQueue } from './jobs.ts'
import { createGate, supportProfile } from './limits.ts'
import type { SupportProfile } from './limits.ts'
import { countUsers, listUsers, readList, searchUsers, showMany, showOne } from './reads.ts'
import { sampleSupportSchema } from './schema.ts'
import type { SupportSchema } from './schema.ts'
import { createUserLimit } from './user-limit.ts'
import { Users } from './users.ts'
import { destroyMany, destroyOne, writeMany, writeOne } from './writes.ts'

const BODY_LIMIT = 10 * 1024 * 1024

/** A support desk that speaks the protocol of Zendesk Support. */
export function createSupport(setting: SimulatorSetting): Simulator {
  const profile = applyLimits(supportProfile, setting.limits)
  // A schema file is the test author's own; it has the form of the sample's.
  const schema = (setting.schema as SupportSchema | undefined) ?? sampleSupportSchema
  const users = new Users(schema, setting.pace.scale(profile.searchDelay))
  const jobs = new JobQueue(profile, setting.pace, setting.clock)
  const gate = createGate(profile, setting.pace)
  return {
    name: 'support',
    routes: [...readRoutes(users, jobs, profile, setting), ...writeRoutes(users, jobs, profile, setting)],
    objects: new Map([['users', users]]),
    bodyLimit: BODY_LIMIT,
    canonicalPath: (path) => (path.endsWith('.json') ? path.slice(0, -'.json'.length) : path),
    authorised: (authorization) => isAuthorised(authorization, setting.token),
    gate: (route, now) => gate.admit(route, now),
    refuse,
    onBackgroundWork(done) {
      jobs.onDone = done
    },
    reset() {
      gate.reset()
      jobs.clear()
      users.searchView.clear()
    },
    close: () => jobs.finishAll(),
  }
}

function readRoutes(users: Users, jobs: JobQueue, profile: SupportProfile, setting: SimulatorSetting): Route[] {
  const incremental = new IncrementalExport(users, profile, setting.pace)
  return [
    { method: 'GET', path: '/api/v2/users/me', handle: ({ origin }) => showMe(origin) },
    { method: 'GET', path: '/api/v2/user_fields', handle: ({ origin }) => listUserFields(users, origin) },
    { method: 'GET', path: '/api/v2/users/show_many', handle: (request) => showMany(users, profile, request) },
    { method: 'GET', path: '/api/v2/users/search', handle: (request) => searchUsers(users, profile, request) },
    { method: 'GET', path: '/api/v2/users/count', handle: (request) => countUsers(users, request) },
    { method: 'GET', path: '/api/v2/users', handle: (request) => listUsers(users, request) },
    { method: 'GET', path: '/api/v2/users/:id', handle: (request) => showOne(users, request) },
    { method: 'GET', path: '/api/v2/incremental/users/cursor', limit: 'incremental', handle: (request) => incremental.read(request) },
    { method: 'GET', path: '/api/v2/job_statuses', handle: ({ origin }) => ({ status: 200, body: { job_statuses: jobs.list(origin) } }) },
    { method: 'GET', path: '/api/v2/job_statuses/show_many', handle: ({ query, origin }) => showJobs(jobs, readList(query.get('ids')), origin) },
    { method: 'GET', path: '/api/v2/job_statuses/:id', handle: ({ params, origin }) => showJob(jobs, params['id'] ?? '', origin) },
  ]
}

function writeRoutes(users: Users, jobs: JobQueue, profile: SupportProfile, setting: SimulatorSetting): Route[] {
  const limitUser = createUserLimit(profile, setting.pace)
  return [
    { method: 'POST', path: '/api/v2/users/create_or_update_many', rows: 'users', handle: (request) => writeMany(users, jobs, profile, 'createOrUpdate', request) },
    { method: 'POST', path: '/api/v2/users/create_many', rows: 'users', handle: (request) => writeMany(users, jobs, profile, 'create', request) },
    { method: 'PUT', path: '/api/v2/users/update_many', rows: 'users', handle: (request) => writeMany(users, jobs, profile, 'update', request) },
    { method: 'DELETE', path: '/api/v2/users/destroy_many', handle: (request) => destroyMany(users, jobs, profile, request) },
    { method: 'POST', path: '/api/v2/users/create_or_update', limit: 'single', handle: (request) => writeOne(users, 'createOrUpdate', request) },
    { method: 'POST', path: '/api/v2/users', handle: (request) => writeOne(users, 'create', request) },
    {
      method: 'PUT',
      path: '/api/v2/users/:id',
      limit: 'single',
      handle: (request) => {
        limitUser(request.params['id'] ?? '', request.now)
        return writeOne(users, 'update', request)
      },
    },
    { method: 'DELETE', path: '/api/v2/users/:id', handle: (request) => destroyOne(users, request) },
  ]
}

function showJob(jobs: JobQueue, id: string, origin: string): Reply {
  const job = jobs.find(id, origin)
  if (!job) throw notFound()
  return { status: 200, body: { job_status: job } }
}

function showJobs(jobs: JobQueue, ids: readonly string[], origin: string): Reply {
  if (ids.length === 0) throw badRequest('ids is required')
  const found = ids.flatMap((id) => jobs.find(id, origin) ?? [])
  return { status: 200, body: { job_statuses: found, count: found.length } }
}

/** Basic with `<address>/token` and the token as password, or the token as bearer. */
function isAuthorised(authorization: string | undefined, token: string): boolean {
  if (authorization === undefined) return false
  const [scheme, credentials = ''] = authorization.split(' ')
  if (scheme === 'Bearer') return sameToken(credentials, token)
  if (scheme !== 'Basic') return false
  const decoded = Buffer.from(credentials, 'base64').toString('utf8')
  const mark = decoded.indexOf('/token:')
  return mark > 0 && decoded.slice(0, mark).includes('@') && sameToken(decoded.slice(mark + '/token:'.length), token)
}

function refuse(kind: Refusal, message: string): Reply {
  switch (kind) {
    case 'unauthorised':
      return { status: 401, body: { error: "Couldn't authenticate you" } }
    case 'notFound':
      return refusal(404, 'InvalidEndpoint', message)
    case 'badJson':
      return refusal(400, 'Unprocessable Entity', `Server could not parse JSON: ${message}`)
    case 'tooLarge':
      return refusal(413, 'PayloadTooLarge', message)
    case 'failed':
      return refusal(500, 'InternalError', message)
  }
}
