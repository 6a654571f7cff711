import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findInside } from '../platform/page-files.ts'
import { NONCE_PLACEHOLDER, contentSecurityPolicy, newNonce, protectiveHeaders } from '../platform/page-policy.ts'
import { PAGE_HOST } from './page-origin.ts'

/** Answers `app://lockstep/…` from the built renderer, and nothing else. */
export function servePage(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = URL.parse(request.url)
    if (!url || url.host !== PAGE_HOST || request.method !== 'GET') return refuse()
    if (url.pathname === '/' || url.pathname === '/index.html') return page(folder)
    const file = await findInside(folder, url.pathname)
    if (!file) return refuse()
    const headers = { ...protectiveHeaders, 'content-type': file.type }
    return new Response(new Uint8Array(await readFile(file.path)), { headers })
  }
}

async function page(folder: string): Promise<Response> {
  const nonce = newNonce()
  const html = (await readFile(join(folder, 'index.html'), 'utf8')).replaceAll(NONCE_PLACEHOLDER, nonce)
  return new Response(html, {
    headers: {
      ...protectiveHeaders,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy({ nonce }),
    },
  })
}

function refuse(): Response {
  return new Response('There is no such file.', { status: 404, headers: { ...protectiveHeaders, 'content-type': 'text/plain' } })
}
