/** `npm run dev`: the web shell with the page straight from its source, reloading when it changes. */
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, Server } from 'node:http'
import { resolve } from 'node:path'
import { createServer } from 'vite'
import { NONCE_PLACEHOLDER, contentSecurityPolicy, newNonce } from '../src/platform/page-policy.ts'
import { explain, runWebShell } from '../src/web/index.ts'
import type { Pages } from '../src/web/pages.ts'

async function developedPages(host: () => string, server: Server): Promise<Pages> {
  const vite = await createServer({
    configFile: resolve(import.meta.dirname, '..', 'vite.config.ts'),
    appType: 'custom',
    server: { middlewareMode: true, hmr: { server }, allowedHosts: ['127.0.0.1'] },
  })
  server.on('close', () => void vite.close())
  const serve: Pages = (request, response, path) =>
    new Promise((served, failed) => {
      response.on('close', served)
      vite.middlewares(request, response, () => {
        if (path !== '/') {
          response.writeHead(404).end()
          return
        }
        developedPage(host).then(([policy, html]) => {
          response.setHeader('content-security-policy', policy)
          response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(html)
        }, failed)
      })
    })
  return Object.assign(serve, { takesUpgrade: (request: IncomingMessage) => request.headers['sec-websocket-protocol'] === 'vite-hmr' })

  async function developedPage(at: () => string): Promise<[string, string]> {
    const nonce = newNonce()
    const source = vite.config.root
    const html = await vite.transformIndexHtml('/', await readFile(resolve(source, 'index.html'), 'utf8'))
    const policy = contentSecurityPolicy({ nonce, inlineScripts: true, connect: ["'self'", `ws://${at()}`] })
    return [policy, html.replaceAll(NONCE_PLACEHOLDER, nonce)]
  }
}

runWebShell(process.argv.slice(2), developedPages).catch((error: unknown) => {
  console.error(explain(error))
  process.exit(1)
})
