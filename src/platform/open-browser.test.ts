import { chmodSync, existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openBrowser } from './open-browser.ts'

it.runIf(process.platform === 'linux')('hands the address to the browser in a file of this person, not where every program can read it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-open-'))
  const told = join(folder, 'told')
  writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\nprintf %s "$*" > ${told}.part\nmv ${told}.part ${told}\n`)
  chmodSync(join(folder, 'xdg-open'), 0o755)
  vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`)
  vi.stubEnv('DISPLAY', ':0')
  const address = `http://127.0.0.1:1234/open/${'k'.repeat(43)}`
  await openBrowser(address, join(folder, 'links'))
  await expect.poll(() => existsSync(told)).toBe(true)
  const file = readFileSync(told, 'utf8')
  expect(file).not.toContain('kkk')
  expect(readFileSync(file, 'utf8')).toContain(`url=${address}`)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'links')).mode & 0o777).toBe(0o700)
  vi.unstubAllEnvs()
})
