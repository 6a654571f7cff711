import { afterAll, beforeAll, expect, it } from 'vitest'
import { sampleScene } from './testing/sample-scene.ts'
import type { SampleScene } from './testing/sample-scene.ts'

let scene: SampleScene
beforeAll(async () => {
  scene = await sampleScene(800)
})
afterAll(() => scene.close())

async function crm(path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${scene.addresses[0]}/_sim/${path}`, body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  return answer.json()
}

interface Applied {
  runId: string
  state: string
  counts: { planned: number; pending: number; sent: number; delivered: number; skipped: number; unknown: number; rejected: number; quarantined: number }
}

it('a token that is revoked in the middle of a run leaves it waiting for a person, and nothing is lost or sent twice once it works again', async () => {
  const { document } = await scene.lockstep(scene.sample, ['plan', 'tier-to-crm'])
  const { planId, counts } = document as { planId: string; counts: { create: number; update: number; remove: number } }
  await scene.lockstep(scene.sample, ['review', 'resolve', planId, '--all', '--take', 'warehouse'])
  await scene.lockstep(scene.sample, ['approve', planId, '--confirm-count', String(counts.create + counts.update + counts.remove)])
  const paths = ['/crm/v3/objects/contacts/batch/update', '/crm/v3/objects/contacts/batch/create', '/crm/v3/objects/contacts/batch/read']
  await crm('faults', paths.map((path) => ({ match: { path }, after: 1, times: 10_000, do: { kind: 'status', status: 401, body: { message: 'The OAuth token used to make this call expired' } } })))
  const held = await scene.lockstep(scene.sample, ['apply', planId])
  const waiting = held.document as Applied
  expect(held.exit).toBe(3)
  expect(waiting).toMatchObject({ state: 'applying', counts: { unknown: 0, rejected: 0, quarantined: 0 } })
  expect(waiting.counts.delivered).toBeLessThan(waiting.counts.planned)

  await crm('faults', [])
  const resumed = await scene.lockstep(scene.sample, ['runs', 'resume', waiting.runId])
  const done = resumed.document as Applied
  expect(resumed.exit).toBe(0)
  expect(done).toMatchObject({ state: 'done', counts: { pending: 0, sent: 0, unknown: 0, rejected: 0, quarantined: 0 } })
  expect(done.counts.delivered + done.counts.skipped).toBe(done.counts.planned)
  const { entries } = (await crm('log?limit=10000')) as { entries: { path: string; rows: number; status: number }[] }
  const taken = entries.filter(({ path, status }) => /batch\/(update|create)$/.test(path) && status < 300).reduce((rows, entry) => rows + entry.rows, 0)
  expect(taken).toBe(done.counts.delivered)
})
