import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

// Some thirty processes, one after the other; a busy machine needs its time for them.
it('loses nothing and doubles nothing when its process is killed', { timeout: 180_000 }, async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'crash-loop.ts'), '--kills', '5', '--seed', '5'], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const code = await new Promise((done) => child.once('close', done))
  expect(code, said.join('')).toBe(0)
  expect(said.join('').trim().split('\n').at(-1)).toMatch(/^kills 5 in-doubt (\d+) settled \1 duplicates 0 lost 0$/)
})
