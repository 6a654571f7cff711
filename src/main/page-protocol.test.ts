import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { NONCE_PLACEHOLDER } from '../platform/page-policy.ts'
import { isOurPage } from './page-origin.ts'
import { servePage } from './page-protocol.ts'

const folder = join(mkdtempSync(join(tmpdir(), 'lockstep-page-')), 'renderer')
mkdirSync(join(folder, 'assets'), { recursive: true })
writeFileSync(join(folder, 'index.html'), `<meta nonce="${NONCE_PLACEHOLDER}">`)
writeFileSync(join(folder, 'assets', 'a.js'), 'export {}')
writeFileSync(join(folder, '..', 'private.txt'), 'private')
const serve = servePage(folder)

it('serves the page with its policy, and the files of the build', async () => {
  const page = await serve(new Request('app://lockstep/'))
  expect(page.headers.get('content-security-policy')).toContain("connect-src 'none'")
  expect(await page.text()).toMatch(/nonce="[\w+/]{24}"/)
  expect(await (await serve(new Request('app://lockstep/assets/a.js'))).text()).toBe('export {}')
})

it.each(['app://other/', 'app://lockstep/../private.txt', 'app://lockstep/%2e%2e%2fprivate.txt', 'app://lockstep/assets/'])('refuses %s', async (url) => {
  expect((await serve(new Request(url))).status).toBe(404)
})

it('knows its own page from look-alikes', () => {
  expect(isOurPage('app://lockstep/#/review')).toBe(true)
  for (const other of ['app://lockstep.example/', 'https://lockstep/', 'app://lockstep@example.com/', 'about:blank', '']) expect(isOurPage(other)).toBe(false)
})
