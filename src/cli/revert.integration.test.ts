import { afterAll, beforeAll, expect, it } from 'vitest'
import { sampleScene } from './testing/sample-scene.ts'
import type { SampleScene } from './testing/sample-scene.ts'

interface PlanDocument {
  planId: string
  counts: { create: number; remove: number; gone: number; blocked: number }
}

let scene: SampleScene
beforeAll(async () => {
  // Enough that what a first run made is more than may be removed without its count.
  scene = await sampleScene(1000)
})
afterAll(() => scene.close())

const run = (...words: string[]) => scene.lockstep(scene.sample, words)
const plan = async (activation: string) => (await run('plan', activation)).document as PlanDocument

/** Keeps what people typed, takes what is not preselected, and applies. */
async function apply({ planId, counts }: PlanDocument): Promise<string> {
  await run('review', 'resolve', planId, '--all', '--take', 'destination')
  await run('review', 'select', planId, '--all')
  const approved = await run('approve', planId, '--confirm-count', String(counts.create + counts.remove))
  expect(approved.exit, JSON.stringify(approved.document)).toBe(0)
  const applied = await run('apply', planId)
  expect(applied, JSON.stringify(applied.document)).toMatchObject({ exit: 0, document: { state: 'done' } })
  return (applied.document as { runId: string }).runId
}

it('archives what a run made; the next plan shows it as gone and does not make it again', async () => {
  const first = await plan('tier-to-crm')
  expect(first.counts.create).toBeGreaterThan(0)
  const runId = await apply(first)
  const revert = (await run('runs', 'revert', runId)).document as PlanDocument
  expect(revert.counts).toMatchObject({ remove: first.counts.create, create: 0 })
  await run('review', 'select', revert.planId, '--all')
  const uncounted = await run('approve', revert.planId)
  expect(uncounted).toMatchObject({ exit: 3, document: { error: { code: 'confirmation-missing', value: String(first.counts.create) } } })
  await apply(revert)
  const next = await plan('tier-to-crm')
  expect(next.counts).toMatchObject({ create: 0, gone: first.counts.create })
  expect(next.counts.blocked).toBe(first.counts.blocked + first.counts.create)
})
