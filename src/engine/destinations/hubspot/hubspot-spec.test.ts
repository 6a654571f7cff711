import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { createConnections } from '../connect.ts'
import { filesOf, secretsOf, silentLog } from '../../testing/connect-to.ts'
import { createFakeClock } from '../../testing/fake-clock.ts'
import type { HttpRequest } from '../../ports/ports.ts'
import type { WriteRow } from '../destination.ts'

interface Operation {
  requestBody: { content: { 'application/json': { schema: { $ref: string } } } }
}
interface Description {
  paths: Record<string, { post: Operation }>
  components: { schemas: Record<string, object> }
}

const description = JSON.parse(
  readFileSync(new URL('../../../../simulators/crm/spec/crm-v3-batch.derived.openapi.json', import.meta.url), 'utf8').replaceAll('#/components/schemas/', 'crm#/definitions/'),
) as Description
const ajv = new Ajv({ strict: false, validateFormats: false })
ajv.addSchema({ $id: 'crm', definitions: description.components.schemas })

/** Everything that the destination sends while it does each of its jobs once. */
async function sentRequests(): Promise<HttpRequest[]> {
  const sent: HttpRequest[] = []
  const http = {
    request: async (request: HttpRequest) => {
      sent.push(request)
      return { status: request.url.endsWith('archive') ? 204 : 200, headers: {}, body: JSON.stringify({ appId: 1, results: [] }) }
    },
  }
  const ports = { clock: createFakeClock(), random: { next: () => 0 }, http, secrets: secretsOf({ 'crm token': 'x' }), files: filesOf({}), log: silentLog }
  const crm = await createConnections({ ports, workspaceFolder: '/work' }).connect('crm', { name: 'CRM', destination: 'hubspot', settings: {} })
  const row: WriteRow = { position: 0, traceId: 't', id: '7', key: { field: 'email', value: 'a@example.com' }, fields: { tier: 'gold', phone: null } }
  const query = { object: 'contacts', fields: ['email', 'tier'] }
  const jobs = [
    () => crm.read({ ...query, by: { kind: 'id', values: ['7'] }, history: true }),
    () => crm.read({ ...query, by: { kind: 'key', field: 'email', values: ['a@example.com'] } }),
    () => crm.list({ ...query, changedSince: '2026-01-01T00:00:00Z' }),
    () => crm.list({ ...query, changedSince: '2026-01-01T00:00:00Z', cursor: JSON.stringify({ at: '2026-01-01T00:00:00Z', id: '7' }) }),
    () => crm.write({ object: 'contacts', operation: 'create', rows: [row] }),
    () => crm.write({ object: 'contacts', operation: 'update', rows: [row] }),
    () => crm.write({ object: 'contacts', operation: 'archive', rows: [{ position: 0, traceId: 'r', id: '7', key: { field: '', value: '' }, fields: {} }] }),
  ]
  // The empty answers say too little for some jobs; only what was sent matters here.
  for (const job of jobs) await job().catch(() => undefined)
  return sent
}

describe('every request to HubSpot', () => {
  it('is as the vendor’s description says', async () => {
    const described = (await sentRequests()).map((request) => ({ path: new URL(request.url).pathname, body: JSON.parse(typeof request.body === 'string' ? request.body : 'null') as unknown })).filter(({ path }) => path in description.paths)
    expect(new Set(described.map(({ path }) => path.split('/contacts/')[1]))).toEqual(new Set(['batch/read', 'search', 'batch/create', 'batch/update', 'batch/archive']))
    for (const { path, body } of described) {
      const schema = description.paths[path]?.post.requestBody.content['application/json'].schema
      expect(schema).toBeDefined()
      const valid = ajv.compile(schema ?? false)
      expect({ path, errors: valid(body) ? null : valid.errors }).toEqual({ path, errors: null })
    }
  })
})
