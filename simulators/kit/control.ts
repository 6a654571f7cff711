import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from './bodies.ts'
import type { Clock } from './clock.ts'
import { applyEdit } from './edits.ts'
import type { FaultList } from './faults.ts'
import { parseFaults } from './faults.ts'
import { describeRecord } from './record-view.ts'
import type { RequestLog } from './request-log.ts'
import type { Simulator } from './simulator.ts'

/** What the control interface works on. */
export type ControlSetting = {
  readonly simulator: Simulator
  readonly clock: Clock
  readonly faults: FaultList
  readonly log: RequestLog
  /** Brings the records back to the seed. */
  reset(): Promise<void>
  afterRequest(): void
}

const CONTROL_BODY_LIMIT = 64 * 1024 * 1024

/** The interface for tests and checks, under `/_sim/`: no credentials, loopback names only. */
export function createControl(setting: ControlSetting) {
  return async (request: IncomingMessage, response: ServerResponse, path: string, query: string): Promise<void> => {
    const body = await readBody(request, CONTROL_BODY_LIMIT)
    if (!isLoopbackHost(request.headers.host)) return reply(response, 403, { error: 'Loopback only' })
    if (body.kind !== 'read') return reply(response, 413, { error: 'The body is too large' })
    try {
      const call = `${request.method} ${path}`
      reply(response, 200, await answer(setting, call, new URLSearchParams(query), parse(body.text)))
    } catch (cause) {
      reply(response, 400, { error: cause instanceof Error ? cause.message : String(cause) })
    }
  }
}

async function answer(setting: ControlSetting, call: string, query: URLSearchParams, body: unknown): Promise<unknown> {
  switch (call) {
    case 'GET /_sim/records':
      return listRecords(setting, query)
    case 'POST /_sim/edit':
      return edit(setting, body)
    case 'POST /_sim/faults':
      setting.faults.set(parseFaults(body))
      return { faults: setting.faults.list() }
    case 'GET /_sim/faults':
      return { faults: setting.faults.list() }
    case 'GET /_sim/log':
      return { entries: setting.log.list(integer(query, 'after', 0), integer(query, 'limit', 100_000)) }
    case 'POST /_sim/reset':
      setting.faults.set([])
      setting.log.clear()
      await setting.reset()
      return { ok: true }
    default:
      throw new Error(`No control call ${call}`)
  }
}

function listRecords({ simulator }: ControlSetting, query: URLSearchParams): unknown {
  const object = query.get('object') ?? [...simulator.objects.keys()][0] ?? ''
  const control = simulator.objects.get(object)
  if (!control) throw new Error(`No object ${object}; there are ${[...simulator.objects.keys()].join(', ')}`)
  const after = query.get('after')
  const last = after ? control.table.get(after) : undefined
  if (after && !last) throw new Error(`No record ${after} to go on after`)
  const start = last ? last.position + 1 : 0
  const end = start + integer(query, 'limit', 1000)
  const page = control.table.records.slice(start, end)
  const next = end < control.table.size ? (page.at(-1)?.id ?? null) : null
  return { records: page.map((record) => describeRecord(control, record)), next }
}

/** One edit, or a list of edits that is applied in order. */
function edit({ simulator, clock, afterRequest }: ControlSetting, body: unknown): unknown {
  const edits: unknown[] = Array.isArray(body) ? body : [body]
  const records = edits.map((one) => {
    const { control, record } = applyEdit(simulator.objects, one, clock.now())
    return describeRecord(control, record)
  })
  afterRequest()
  return Array.isArray(body) ? { records } : { record: records[0] }
}

function integer(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name)
  if (text === null || text === '') return fallback
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} must be a whole number`)
  return value
}

function parse(text: string): unknown {
  return text === '' ? undefined : (JSON.parse(text) as unknown)
}

/** Pages on the web must not reach the interface through a name that resolves to this machine. */
function isLoopbackHost(host: string | undefined): boolean {
  const name = host?.split(':')[0]
  return name === '127.0.0.1' || name === 'localhost'
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': bytes.length })
  response.end(bytes)
}
