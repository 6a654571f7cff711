import { z } from 'zod'
import { readBody, writeBody } from '../../src/engine/destinations/answers.ts'
import type { DestinationContext, DestinationDeclaration, ReadQuery, ReadRecord, WriteAnswer, WriteRow } from '../../src/engine/destinations/destination.ts'
import type { DestinationField } from '../../src/engine/values/destination-field.ts'
import { localFile } from '../../src/engine/destinations/local-file/index.ts'
import type { ListedDestination } from '../../src/engine/destinations/destination.ts'
import { asListed } from '../../src/engine/destinations/registry.ts'
import { columns } from '../data-set.ts'
import { readAnswer, written } from './records.ts'

const settings = z.strictObject({ url: z.url() })
type Context = DestinationContext<z.infer<typeof settings>>

const types: Partial<Record<string, DestinationField['type']>> = { seats: 'number', mrr_cents: 'number', ltv_cents: 'number', is_active: 'boolean', updated_at: 'instant' }

/** The measured system as Lockstep knows it: 100 rows a request, 8 requests at once. `none`: it can only be written to. */
export function benchHttp(readBack: 'by id or key' | 'none'): ListedDestination {
  const declaration: DestinationDeclaration<z.infer<typeof settings>> = {
    id: 'bench-http',
    name: 'Bench',
    category: 'Other',
    summary: 'Reads and writes records of a server in memory.',
    settings,
    secrets: {},
    transport: { kind: 'http', baseUrl: ({ url }) => url, authenticate: () => ({}) },
    profile: {
      rowsPerRead: 100, rowsPerReadWithHistory: 100, rowsPerWrite: 100, bytesPerWrite: 10_000_000,
      limits: [{ kind: 'concurrency', name: 'concurrency', label: 'requests at once', requests: 8 }],
      requestTimeoutMs: 60_000, consistencyDelayMs: 0, changeFeedDelayMs: 0, readBack, attribution: 'none', settle: 'strong read', jobPollMs: 1000,
    },
    lists: false,
    changeFeed: false,
    check: async () => ({ account: 'bench' }),
    discover: async () => [{ name: 'customers', label: 'Customers', noun: { one: 'customer', many: 'customers' }, fields: ['customer_id', ...columns].map(field), matchFields: ['customer_id'], operations: ['create', 'update'] }],
    read,
    write,
    encode: (...value) => localFile.encode(...value),
    decode: (...value) => localFile.decode(...value),
  }
  return asListed(declaration)
}

function field(name: string): DestinationField {
  return { name, label: name, type: types[name] ?? 'string', access: 'read and write', required: false, unique: name === 'customer_id' }
}

async function read(context: Context, query: ReadQuery): Promise<ReadRecord[]> {
  const response = await context.http.request({ method: 'POST', path: '/', json: { ids: query.by.values }, effect: 'read' })
  return readBody(context, readAnswer, response, 'reading records').records.map((fields) => ({ id: fields.customer_id, fields, ...(query.by.kind === 'key' ? { requestedKey: fields.customer_id } : {}) }))
}

async function write(context: Context, { rows }: { rows: WriteRow[] }): Promise<WriteAnswer> {
  const records = rows.map((row) => ({ customer_id: row.key.value, ...row.fields }))
  const response = await context.http.request({ method: 'POST', path: '/', json: { records }, effect: 'write' })
  return { kind: 'rows', rows: writeBody(context, written, response).results.map(({ index, id }) => ({ position: index, outcome: 'delivered', id })) }
}
