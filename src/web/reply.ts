import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { FoundFile } from '../platform/page-files.ts'

export function sendFile(request: IncomingMessage, response: ServerResponse, file: FoundFile): void {
  response.writeHead(200, { 'content-type': file.type, 'content-length': file.bytes })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  // A browser that goes away in the middle is no failure.
  pipeline(file.open(), response).catch(() => response.destroy())
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(`${text}\n`)
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }).end(JSON.stringify(value))
}
