import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { readBody } from './bodies.ts'
import { createControl } from './control.ts'
import type { ControlSetting } from './control.ts'
import { retryAfterHeader } from './faults.ts'
import type { FaultAction } from './faults.ts'
import { isObject } from './json.ts'
import { ReplyError } from './reply.ts'
import type { Reply } from './reply.ts'
import { createRouter } from './routing.ts'
import type { Route, Simulator, VendorRequest } from './simulator.ts'

/** What the server needs beside the simulator itself. */
export type ServerSetting = ControlSetting & {
  /** Called after every request, before its answer: makes changes durable. */
  afterRequest(): void
}

/** Serves one simulator and its control interface. The caller listens and closes. */
export function createSimulatorServer(setting: ServerSetting): Server {
  const control = createControl(setting)
  const serve = createVendorService(setting)
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const target = request.url ?? '/'
    const mark = target.indexOf('?')
    const path = mark === -1 ? target : target.slice(0, mark)
    const query = mark === -1 ? '' : target.slice(mark + 1)
    const service = path.startsWith('/_sim/') ? control : serve
    service(request, response, path, query).catch((cause: unknown) => {
      process.stderr.write(`${setting.simulator.name}: ${String(cause instanceof Error ? cause.stack : cause)}\n`)
      request.socket.destroy()
    })
  })
  return server
}

type Service = (request: IncomingMessage, response: ServerResponse, path: string, query: string) => Promise<void>

type Outcome = { readonly reply: Reply; readonly rows: number }

function createVendorService(setting: ServerSetting): Service {
  const { simulator, clock, faults, log } = setting
  const route = createRouter(simulator.routes)

  function answer(request: IncomingMessage, path: string, query: string, text: string, half: boolean): Outcome {
    if (!simulator.authorised(request.headers.authorization)) {
      return { reply: simulator.refuse('unauthorised', 'Authentication failed'), rows: 0 }
    }
    const match = route(request.method ?? 'GET', simulator.canonicalPath?.(path) ?? path)
    if (!match) return { reply: simulator.refuse('notFound', `No call ${request.method} ${path}`), rows: 0 }
    const now = clock.now()
    const gate = simulator.gate(match.route, now)
    if (gate.refused) return { reply: withHeaders(gate.refused, gate.headers), rows: 0 }
    const body = match.route.lines ? text : parseJson(text)
    if (body === BAD_JSON) {
      return { reply: withHeaders(simulator.refuse('badJson', 'The body is not valid JSON'), gate.headers), rows: 0 }
    }
    const rows = countRows(match.route, body)
    const vendorRequest: VendorRequest = {
      method: request.method ?? 'GET',
      path,
      params: match.params,
      query: new URLSearchParams(query),
      headers: request.headers,
      body: half ? firstHalf(match.route, body) : body,
      now,
      origin: `http://${request.headers.host ?? '127.0.0.1'}`,
    }
    return { reply: withHeaders(handle(simulator, match.route, vendorRequest), gate.headers), rows }
  }

  return async (request, response, path, query) => {
    const method = request.method ?? 'GET'
    const fault = faults.take(method, path)
    const note = (rows: number, status: number): void => {
      log.add({ at: clock.now(), method, path, query, rows, status, ...(fault ? { fault: fault.kind } : {}) })
    }
    const read = await readBody(request, simulator.bodyLimit)
    if (read.kind === 'aborted') return
    if (fault?.kind === 'delay') await pause(fault.milliseconds)
    const early = earlyReply(fault)
    if (early) {
      note(0, early.status)
      return send(response, early)
    }
    if (fault?.kind === 'reset') {
      note(0, 0)
      return cut(request)
    }
    const { reply, rows } =
      read.kind === 'tooLarge'
        ? { reply: simulator.refuse('tooLarge', 'The body is too large'), rows: 0 }
        : answer(request, path, query, read.text, fault?.kind === 'half')
    setting.afterRequest()
    if (fault?.kind === 'dropResponse' || fault?.kind === 'half') {
      note(rows, 0)
      return cut(request)
    }
    note(rows, reply.status)
    if (fault?.kind === 'truncate') return sendPart(response, reply)
    send(response, reply)
  }
}

function handle(simulator: Simulator, route: Route, request: VendorRequest): Reply {
  try {
    return route.handle(request)
  } catch (cause) {
    if (cause instanceof ReplyError) return cause.reply
    process.stderr.write(`${simulator.name}: ${String(cause instanceof Error ? cause.stack : cause)}\n`)
    return simulator.refuse('failed', 'The simulator failed')
  }
}

function earlyReply(fault: FaultAction | undefined): Reply | undefined {
  if (fault?.kind !== 'status' && fault?.kind !== 'retryAfter') return undefined
  const headers: Record<string, string> = fault.retryAfter ? { 'Retry-After': retryAfterHeader(fault.retryAfter) } : {}
  return { status: fault.status, body: fault.body ?? { message: `Injected status ${fault.status}` }, headers }
}

const BAD_JSON = Symbol('bad JSON')

function parseJson(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return BAD_JSON
  }
}

function countRows(route: Route, body: unknown): number {
  if (typeof body === 'string') return Math.max(0, linesOf(body).length - 1)
  if (route.rows === undefined || !isObject(body)) return 0
  const rows = body[route.rows]
  return Array.isArray(rows) ? rows.length : 0
}

function firstHalf(route: Route, body: unknown): unknown {
  if (typeof body === 'string') {
    const [names = '', ...rows] = linesOf(body)
    return [names, ...rows.slice(0, Math.ceil(rows.length / 2)), ''].join('\n')
  }
  if (route.rows === undefined || !isObject(body)) return body
  const rows = body[route.rows]
  return Array.isArray(rows) ? { ...body, [route.rows]: rows.slice(0, Math.ceil(rows.length / 2)) } : body
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

function withHeaders(reply: Reply, headers: Readonly<Record<string, string>>): Reply {
  return { ...reply, headers: { ...headers, ...reply.headers } }
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply.body === undefined && reply.text === undefined) {
    response.writeHead(reply.status, reply.headers)
    response.end()
    return
  }
  const body = bytesOf(reply)
  response.writeHead(reply.status, contentHeaders(reply, body.length))
  response.end(body)
}

/** Promises the whole body, sends half of it and cuts the connection. */
function sendPart(response: ServerResponse, reply: Reply): void {
  const body = bytesOf(reply)
  response.writeHead(reply.status, contentHeaders(reply, body.length))
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy())
}

function bytesOf(reply: Reply): Buffer {
  return Buffer.from(reply.text?.content ?? JSON.stringify(reply.body ?? {}))
}

function contentHeaders(reply: Reply, length: number): Record<string, string | number> {
  return { 'Content-Type': reply.text?.type ?? 'application/json;charset=utf-8', 'Content-Length': length, ...reply.headers }
}

function cut(request: IncomingMessage): void {
  request.socket.resetAndDestroy()
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
}
