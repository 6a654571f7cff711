import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sampleScene } from './testing/sample-scene.ts'
import type { SampleScene } from './testing/sample-scene.ts'

interface PlanDocument {
  planId: string
  counts: { create: number; update: number; conflicts: number }
}

let scene: SampleScene
beforeAll(async () => {
  scene = await sampleScene(300)
})
afterAll(() => scene.close())

const run = (...words: string[]) => scene.lockstep(scene.sample, words)
const errorOf = (document: unknown) => (document as { error: { code: string; detail?: string } }).error

it('runs an activation in one, skipping what nobody has answered, with exactly the promised keys', async () => {
  const { exit, document } = await run('run', 'profile-to-crm')
  expect(exit).toBe(0)
  expect(Object.keys(document as object)).toEqual(['runId', 'state', 'counts'])
  expect(document).toMatchObject({ state: 'done', counts: { pending: 0, rejected: 0, unknown: 0 } })
})

it('leaves a first load to a person, who goes on from the stored plan', async () => {
  const waiting = await run('run', 'tier-to-support')
  expect(waiting.exit).toBe(3)
  expect(errorOf(waiting.document).code).toBe('confirmation-missing')
  const planId = /Plan ([0-9a-f-]{36})/.exec(errorOf(waiting.document).detail ?? '')?.[1] ?? ''
  const { document } = await run('rows', 'export', planId, '--state', 'create')
  const { rows } = document as { rows: number }
  expect((await run('approve', planId.slice(0, 8), '--confirm-count', String(rows))).exit).toBe(0)
  expect(await run('apply', planId, '--strict')).toMatchObject({ exit: 0, document: { state: 'done' } })
})

it('stops at a guard until somebody lifts it with a reason', async () => {
  appendFileSync(join(scene.sample, 'activations', 'profile-to-crm.yaml'), 'guards: { sizeMaximum: 10 }\n')
  const { exit, document } = await run('plan', 'profile-to-crm')
  const { planId } = document as PlanDocument
  expect(exit).toBe(1)
  expect(Object.keys(document as object)).toEqual(['planId', 'planHash', 'activation', 'counts', 'readScope', 'expiresAt'])
  const listed = (await run('review', 'list', planId)).document as { conflicts: { editor: { name: string; kind: string } | null }[] }
  const name = listed.conflicts.find(({ editor }) => editor !== null && editor.kind !== 'unknown')?.editor?.name ?? ''
  expect(await run('review', 'resolve', planId, '--changed-by', 'Nobody by that name', '--take', 'destination')).toMatchObject({ document: { error: { code: 'not-found', field: 'changed-by', value: 'Nobody by that name' } } })
  const answered = listed.conflicts.filter(({ editor }) => editor?.name === name).length
  expect(await run('review', 'resolve', planId, '--changed-by', name, '--take', 'destination')).toMatchObject({ exit: 0, document: { answered } })
  await run('review', 'resolve', planId, '--all', '--take', 'destination')
  expect(await run('approve', planId)).toMatchObject({ exit: 1, document: { error: { code: 'guard-stopped' } } })
  expect(await run('approve', planId, '--lift-guard', 'size')).toMatchObject({ exit: 2 })
  expect(await run('approve', planId, '--lift-guard', 'size', '--reason', 'The segment was widened')).toMatchObject({ exit: 0, document: { planId } })
})

it('puts back what a run changed through a plan like any other', async () => {
  const { document } = await run('runs', 'list', '--activation', 'profile-to-crm')
  const [latest] = (document as { runs: { runId: string; counts: { delivered: number } }[] }).runs
  const reverted = await run('runs', 'revert', latest?.runId ?? '')
  expect(reverted.exit).toBe(0)
  expect((reverted.document as PlanDocument).counts.update).toBe(latest?.counts.delivered)
})

it('sends nothing while everything is paused', async () => {
  expect(await run('pause', '--all')).toMatchObject({ exit: 0 })
  expect(await run('run', 'tier-to-support')).toMatchObject({ exit: 1, document: { error: { code: 'paused' } } })
  expect(await run('resume', '--all')).toMatchObject({ exit: 0 })
  expect(await run('pause', '--destination', 'nowhere')).toMatchObject({ exit: 2, document: { error: { code: 'not-found' } } })
})

it('speaks to the shell that has the workspace open, which also keeps a secret for as long', async () => {
  const shell = await scene.openShell(scene.sample)
  try {
    expect(await run('plan', 'tier-to-support')).toMatchObject({ exit: 0, document: { counts: { create: 0 } } })
    expect(await scene.lockstep(scene.sample, ['connection', 'set-secret', 'crm', 'token'], 'a-secret-of-the-crm')).toMatchObject({ exit: 0, document: { origin: 'session' } })
  } finally {
    expect(await shell.stop()).toBe(0)
  }
})
