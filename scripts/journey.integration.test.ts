import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

// Some seventy commands, each a process of its own; a busy machine needs its time for them.
it('keeps every promise from an empty folder to the proof', { timeout: 600_000 }, async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'journey.ts'), '--customers', '1000'], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const code = await new Promise((done) => child.once('close', done))
  expect(code, said.join('')).toBe(0)
})
