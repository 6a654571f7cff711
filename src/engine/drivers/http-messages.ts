import type { DriverRequest } from './driver.ts'

/** What a request carries: at most one of these. */
type RequestBody =
  | { json?: unknown; form?: never; stream?: never }
  | { form: Readonly<Record<string, string>>; json?: never; stream?: never }
  | { stream: StreamBody; json?: never; form?: never }

/** A body that is never held as a whole. */
export interface StreamBody {
  contentType: string
  /** Asked anew for every attempt. */
  pieces(): AsyncIterable<string | Uint8Array>
  /** What the log of requests may look at in its place: columns, how many rows. */
  shown?: unknown
}

/** A request over HTTP, as a destination makes it. */
export type DestinationRequest = DriverRequest & {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /**
   * Path and query, from the base address. A whole address only where the system named one for an upload or a result: its
   * host must be one that the destination declares (`HttpTransport.fileHosts`), and nothing that proves who we are goes there.
   */
  path: string
  headers?: Record<string, string>
  /**
   * Reads a good answer piece by piece; what it gives becomes the `body` of the response. A large result is never a string.
   * Where reading is cut short, a read is repeated from its beginning.
   */
  readPieces?: (pieces: AsyncIterable<Uint8Array>) => Promise<unknown>
} & RequestBody

export interface DestinationResponse {
  status: number
  headers: Record<string, string>
  /** Parsed JSON, or the text where it is not JSON, or what was made of its pieces. */
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
