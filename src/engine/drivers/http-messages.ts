import type { DriverRequest } from './driver.ts'

/** A request over HTTP, as a destination makes it. */
export interface DestinationRequest extends DriverRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path and query, from the base address. */
  path: string
  headers?: Record<string, string>
  json?: unknown
}

export interface DestinationResponse {
  status: number
  headers: Record<string, string>
  /** Parsed JSON, or the text where it is not JSON. */
  body: unknown
}

/** The vendor's own sentence in an answer, whatever member holds it. */
export function vendorMessage({ body }: Pick<DestinationResponse, 'body'>): string | undefined {
  if (typeof body === 'string') return body.slice(0, 500)
  if (typeof body !== 'object' || body === null) return undefined
  for (const name of ['message', 'description', 'error', 'detail', 'title']) {
    const value = (body as Record<string, unknown>)[name]
    if (typeof value === 'string') return value.slice(0, 500)
  }
  return undefined
}
