import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { oldRecord } from './records.ts'
import type { BenchRecord } from './records.ts'

/**
 * The system that the bench writes to: batches of records with an answer per record, and reads by id. In memory, without
 * limits, in a process of its own. Told `old`, it holds every record asked for with other values than the warehouse's.
 */
const held = new Map<string, BenchRecord>()
let old = false

type Body = { reset?: 'empty' | 'old'; records?: BenchRecord[]; ids?: string[] }

function answer({ reset, records, ids }: Body): object {
  if (reset) {
    held.clear()
    old = reset === 'old'
    return {}
  }
  if (records) return { results: records.map((record, index) => ({ index, id: record.customer_id, status: put(record) })) }
  return { records: (ids ?? []).flatMap((id) => held.get(id) ?? (old ? oldRecord(id) : [])) }
}

function put(record: BenchRecord): string {
  const was = held.has(record.customer_id) || old
  held.set(record.customer_id, record)
  return was ? 'updated' : 'created'
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const text = JSON.stringify(answer(JSON.parse(Buffer.concat(parts).toString()) as Body))
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    response.end(text)
  })
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
// Its input stays open as long as the bench lives.
process.stdin.on('end', () => process.exit(0)).resume()
