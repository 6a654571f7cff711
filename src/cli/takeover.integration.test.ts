import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sampleScene } from './testing/sample-scene.ts'
import type { Going, SampleScene } from './testing/sample-scene.ts'

let scene: SampleScene
beforeAll(async () => {
  scene = await sampleScene(600)
})
afterAll(() => scene.close())

interface Applied {
  exit: number | null
  document: { state: string; counts: { planned: number; delivered: number; skipped: number; pending: number; unknown: number } }
}

/** `apply` in a process of its own; `began` settles once it has shown that the run is going on. */
function apply(planId: string): { began: Promise<void>; ended: Promise<Applied>; said: string[] } {
  const environment = { ...process.env, LOCKSTEP_DATA: join(scene.folder, 'data'), LOCKSTEP_KEYCHAIN: 'off' }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'index.js'), '-w', scene.sample, '--json', 'apply', planId], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  const said: string[] = []
  const lines = createInterface({ input: child.stderr })
  const began = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      said.push(line)
      if (line.startsWith('applying')) resolve()
    })
  })
  const ended = new Promise<Applied>((resolve) => child.once('close', (exit) => resolve({ exit, document: JSON.parse(stdout) as Applied['document'] })))
  return { began, ended, said }
}

async function approved(activation: string): Promise<string> {
  const { document } = await scene.lockstep(scene.sample, ['plan', activation])
  const { planId, counts } = document as { planId: string; counts: { create: number; update: number; remove: number } }
  await scene.lockstep(scene.sample, ['review', 'resolve', planId, '--all', '--take', 'warehouse'])
  await scene.lockstep(scene.sample, ['approve', planId, '--confirm-count', String(counts.create + counts.update + counts.remove)])
  return planId
}

async function applyWhile(activation: string, end: (shell: Going) => Promise<unknown>): Promise<Applied & { said: string[] }> {
  const planId = await approved(activation)
  // Requests take long enough to be in the middle of them.
  await faults([{ match: { method: 'POST' }, times: 1000, do: { kind: 'delay', milliseconds: 300 } }])
  const shell = await scene.openShell(scene.sample)
  const { began, ended, said } = apply(planId)
  await began
  await end(shell)
  const applied = await ended
  await faults([])
  return { ...applied, said }
}

async function faults(list: unknown[]): Promise<void> {
  await fetch(`${scene.addresses[0]}/_sim/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(list) })
}

it('goes on with a run when the shell that worked on it is closed', async () => {
  const { exit, document, said } = await applyWhile('tier-to-crm', (shell) => shell.stop())
  expect(said.join('\n')).toContain('The run goes on here')
  expect(document).toMatchObject({ state: 'done', counts: { pending: 0, unknown: 0 } })
  expect(document.counts.delivered + document.counts.skipped).toBe(document.counts.planned)
  expect(exit).toBe(0)
})

it('goes on with a run when the process that worked on it is killed, and nothing is there twice', async () => {
  const { exit, document, said } = await applyWhile('profile-to-crm', (shell) => shell.kill())
  expect(said.join('\n')).toContain('The run goes on here')
  expect(document).toMatchObject({ state: 'done', counts: { pending: 0, unknown: 0 } })
  expect(exit).toBe(0)
  const again = await scene.lockstep(scene.sample, ['plan', 'profile-to-crm'])
  expect(again.document).toMatchObject({ counts: { create: 0 } })
})
