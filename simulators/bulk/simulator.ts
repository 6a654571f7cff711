import { sameToken } from '../kit/tokens.ts'
import type { Reply } from '../kit/reply.ts'
import type { Refusal, Route, Simulator, SimulatorSetting, VendorRequest } from '../kit/simulator.ts'
import { Jobs } from './jobs.ts'
import { fields, People, tiers } from './people.ts'

const statuses: Record<Refusal, number> = { unauthorised: 401, notFound: 404, badJson: 400, tooLarge: 413, failed: 500 }

/** A system that is no vendor's: it is written in bulk jobs with CSV files, as the large CRMs are. For tests of the engine. */
export function createBulk(setting: SimulatorSetting): Simulator {
  const people = new People()
  const jobs = new Jobs(people, setting.pace)
  return {
    name: 'bulk',
    routes: routesOf(people, jobs),
    objects: new Map([['people', people]]),
    bodyLimit: 10 * 1024 * 1024,
    authorised: (authorization) => sameToken(authorization, `Bearer ${setting.token}`),
    gate: () => ({ headers: {} }),
    refuse: (kind, message) => ({ status: statuses[kind], body: { message } }),
    onBackgroundWork(done) {
      jobs.onDone = done
    },
    reset: () => jobs.clear(),
    close: () => jobs.clear(),
  }
}

function routesOf(people: People, jobs: Jobs): Route[] {
  return [
    { method: 'GET', path: '/me', handle: () => ({ status: 200, body: { name: 'Bulk account' } }) },
    { method: 'GET', path: '/fields', handle: () => ({ status: 200, body: { fields, tiers } }) },
    { method: 'POST', path: '/read', handle: (request) => read(people, request) },
    { method: 'GET', path: '/people', handle: (request) => list(people, request) },
    { method: 'POST', path: '/bulk/jobs', handle: (request) => jobs.open(request) },
    { method: 'PUT', path: '/bulk/uploads/:id', lines: true, handle: (request) => jobs.upload(request) },
    { method: 'GET', path: '/bulk/jobs/:id', handle: (request) => jobs.show(request) },
    { method: 'DELETE', path: '/bulk/jobs/:id', handle: (request) => jobs.abort(request) },
    { method: 'GET', path: '/bulk/jobs/:id/results/:which', handle: (request) => jobs.results(request) },
  ]
}

function read(people: People, { body }: VendorRequest): Reply {
  const { ids, keys } = body as { ids?: string[]; keys?: string[] }
  const found = [...(ids ?? []).map((id) => people.table.get(id)), ...(keys ?? []).map((key) => people.table.find('external_id', key))]
  return { status: 200, body: { people: found.flatMap((record) => (record && !record.deleted ? [{ id: record.id, ...record.fields }] : [])) } }
}

function list(people: People, { query }: VendorRequest): Reply {
  const after = Number(query.get('after') ?? '-1')
  const page = people.table.records.filter(({ position, deleted }) => position > after && !deleted).slice(0, 100)
  const last = page.length === 100 ? page.at(-1) : undefined
  return { status: 200, body: { people: page.map(({ id, fields: held }) => ({ id, ...held })), has_more: last !== undefined, after_cursor: last ? String(last.position) : null } }
}
