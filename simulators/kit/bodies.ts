import type { IncomingMessage } from 'node:http'

/** What came of reading a request body. */
export type BodyRead = { readonly kind: 'read'; readonly text: string } | { readonly kind: 'tooLarge' } | { readonly kind: 'aborted' }

/** Reads a body up to `limit` bytes; beyond that the rest is thrown away unread. */
export function readBody(request: IncomingMessage, limit: number): Promise<BodyRead> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
    })
    request.on('end', () => {
      if (size > limit) resolve({ kind: 'tooLarge' })
      else resolve({ kind: 'read', text: decode(chunks) })
    })
    request.on('error', () => resolve({ kind: 'aborted' }))
    request.on('close', () => resolve({ kind: 'aborted' }))
  })
}

function decode(chunks: readonly Buffer[]): string {
  const only = chunks[0]
  return chunks.length === 1 && only ? only.toString('utf8') : Buffer.concat(chunks).toString('utf8')
}
