import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { findInside } from '../platform/page-files.ts'
import { NONCE_PLACEHOLDER, contentSecurityPolicy, newNonce } from '../platform/page-policy.ts'
import { sendFile, sendText } from './reply.ts'

/** Where the page and its files come from: the built renderer, or the development server. */
export interface Pages {
  (request: IncomingMessage, response: ServerResponse, path: string): Promise<void>
  /** The development server listens for its own reload socket on the same port; the built page has none. */
  takesUpgrade?(request: IncomingMessage): boolean
}

/** The built renderer. There is one page; where a person is in it stands behind the # of its address. */
export function builtPages(folder: string, host: () => string): Pages {
  return async (request, response, path) => {
    if (path !== '/') {
      const file = path === '/index.html' ? undefined : await findInside(folder, path)
      if (!file) return sendText(response, 404, 'There is no such file.')
      // Built files carry a hash of their content in their name.
      response.setHeader('cache-control', path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache')
      return sendFile(request, response, file)
    }
    const nonce = newNonce()
    const page = await readFile(join(folder, 'index.html'), 'utf8')
    response.setHeader('content-security-policy', contentSecurityPolicy({ nonce, connect: ["'self'", `ws://${host()}`] }))
    response.setHeader('cache-control', 'no-store')
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page.replaceAll(NONCE_PLACEHOLDER, nonce))
  }
}
