import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest'
import { startSimulator } from '../../../simulators/testing/start-simulator.ts'
import type { StartedSimulator } from '../../../simulators/testing/start-simulator.ts'
import { systemClock } from '../../platform/clock.ts'
import { createHttp } from '../../platform/http.ts'
import { bulkSystem } from '../testing/bulk-system/declaration.ts'
import { connectTo } from '../testing/connect-to.ts'
import { conformanceCases } from './conformance-cases.ts'
import type { ConformanceTarget } from './conformance.ts'
import { asListed } from './registry.ts'

type Kind = 'crm' | 'support' | 'marketing' | 'bulk'
type Particulars = Omit<ConformanceTarget, 'simulator' | 'clock' | 'connect' | 'token'>

const targets: [destination: string, Kind, Particulars][] = [
  [
    'hubspot',
    'crm',
    {
      object: 'contacts',
      keyField: 'customer_id',
      create: { lastname: 's:Okafor' },
      field: 'tier',
      values: ['s:silver', 's:gold'],
      paths: { read: '/crm/v3/objects/contacts/batch/read', create: '/crm/v3/objects/contacts/batch/create', update: '/crm/v3/objects/contacts/batch/update' },
      spoilRow: (row) => ({ ...row, id: '999999999' }),
      refusedBatch: (row) => [{ ...row, fields: { tier: 'diamond' } }],
      removal: 'archive',
    },
  ],
  [
    'hubspot',
    'crm',
    {
      object: 'list-7',
      createIn: 'contacts',
      keyField: 'customer_id',
      create: { lastname: 's:Okafor' },
      field: 'membership',
      values: ['s:out', 's:in'],
      paths: { read: '/crm/v3/objects/contacts/batch/read', create: '/crm/v3/objects/contacts/batch/create', update: '/crm/v3/lists/7/memberships/add-and-remove' },
      spoilRow: (row) => ({ ...row, id: '999999999' }),
      refusedBatch: (row) => Array.from({ length: 100_001 }, (_, position) => ({ ...row, position, id: String(900_000_000 + position) })),
    },
  ],
  [
    'zendesk',
    'support',
    {
      object: 'users',
      keyField: 'external_id',
      create: { name: 's:Ada Okafor' },
      field: 'tier',
      values: ['s:silver', 's:gold'],
      paths: { read: '/api/v2/users/show_many', create: '/api/v2/users/create_many', update: '/api/v2/users/update_many' },
      spoilRow: (row) => ({ ...row, fields: { tier: 'diamond' } }),
      refusedBatch: (row) => Array.from({ length: 101 }, (_, position) => ({ ...row, position })),
      removal: 'delete',
    },
  ],
  [
    'braze',
    'marketing',
    {
      object: 'users',
      keyField: 'external_id',
      create: { first_name: 's:Ada' },
      field: 'tier',
      values: ['s:silver', 's:gold'],
      paths: { read: '/users/export/ids', create: '/users/track', update: '/users/track' },
      spoilRow: (row) => ({ ...row, fields: { ...row.fields, email: 'not an address' } }),
      refusedBatch: (row) => Array.from({ length: 76 }, (_, position) => ({ ...row, position })),
      removal: 'delete',
    },
  ],
  [
    'bulk-system',
    'bulk',
    {
      object: 'people',
      keyField: 'external_id',
      create: { name: 's:Ada' },
      field: 'tier',
      values: ['s:silver', 's:gold'],
      paths: { read: '/read', create: '/bulk/jobs', update: '/bulk/uploads/' },
      spoilRow: (row) => ({ ...row, fields: { tier: 'diamond' } }),
      refusedBatch: (row) => [{ ...row, fields: { nobody_has_this: 'x' } }],
      removal: 'delete',
    },
  ],
]

const http = createHttp()
afterAll(() => http.close())

describe.each(targets.map(([destination, kind, particulars]) => [`${destination} ${particulars.object}`, destination, kind, particulars] as const))('%s', (_name, destination, kind, particulars) => {
  let simulator: StartedSimulator
  let target: ConformanceTarget

  beforeAll(async () => {
    simulator = await startSimulator(kind)
    target = {
      ...particulars,
      simulator,
      clock: systemClock,
      token: simulator.token,
      connect: ({ token = simulator.token, url = simulator.url, limits, tamper } = {}) =>
        connectTo({ ...(kind === 'bulk' ? { declaration: asListed(bulkSystem) } : { simulator: kind }), destination, url, token, http: tamper ? { request: async (request) => tamper(request, await http.request(request)) } : http, clock: systemClock, ...(limits ? { limits } : {}) }),
    }
  })
  beforeEach(() => simulator.reset())
  afterAll(() => simulator.stop())

  it.each(conformanceCases)('$name', ({ run }) => run(target))
})
