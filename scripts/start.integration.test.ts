import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, it } from 'vitest'

const START = join(import.meta.dirname, 'start.ts')
const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

/** Starts what `npm start` starts, on a machine without a display, and waits for the address. */
async function start(program: string, words: string[]): Promise<{ child: ChildProcess; lines: string[]; link: string }> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env
  const data = mkdtempSync(join(tmpdir(), 'lockstep-start-'))
  const child = spawn(program, words, { env: { ...env, LOCKSTEP_DATA: data, LOCKSTEP_KEYCHAIN: 'off' }, stdio: ['ignore', 'pipe', 'inherit'] })
  started.push(child)
  const lines: string[] = []
  const link = await new Promise<string>((found, failed) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      const address = /http:\S+/.exec(line)?.[0]
      if (address) found(address)
    })
    child.once('exit', (code) => failed(new Error(`ended with ${code}`)))
  })
  return { child, lines, link }
}

it.skipIf(process.platform !== 'linux')('says in one line why there is no window, prints the address, and ends when asked', async () => {
  const { child, lines, link } = await start(process.execPath, [START, '--no-open'])
  expect(lines).toEqual([expect.stringContaining('opens in a browser instead of Electron'), expect.stringMatching(/^Lockstep is open at http:\/\/127\.0\.0\.1:\d+\/open\/[\w-]{43}$/)])
  expect((await fetch(link)).status).toBe(200)
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  await expect(fetch(link)).rejects.toThrow()
})

it.skipIf(process.platform !== 'linux')('does not outlive the terminal that started it', async () => {
  const { child, link } = await start('sh', ['-c', `'${process.execPath}' '${START}' --no-open; exit`])
  expect((await fetch(new URL('/', link))).status).toBe(403)
  child.kill('SIGKILL')
  await expect.poll(() => fetch(link).then(() => 'answers', () => 'gone'), { timeout: 10_000 }).toBe('gone')
})
