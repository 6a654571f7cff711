import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runEngine } from './run-engine.ts'
import type { RunningEngine } from './running-engine.ts'

const folder = mkdtempSync(join(tmpdir(), 'lockstep-run-requests-'))
let engine: RunningEngine

beforeAll(async () => {
  process.env['LOCKSTEP_DATA'] = join(folder, 'data')
  process.env['LOCKSTEP_KEYCHAIN'] = 'off'
  engine = runEngine({ name: 'test', logLevel: 'error' })
  await engine.client.workspace.createSample({ folder: join(folder, 'sample'), customers: 400 })
  await engine.client.workspace.startSimulators()
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

async function applied(activation: string): Promise<string> {
  const { client } = engine
  const { planId, counts } = await client.plans.create({ activation })
  await client.plans.resolve({ plan: planId, scope: { all: true }, take: 'warehouse' })
  await client.plans.select({ plan: planId, scope: { all: true } })
  await client.plans.approve({ plan: planId, confirmCount: counts.create + counts.update + counts.remove })
  const { runId } = await client.runs.start({ plan: planId })
  for await (const progress of await client.runs.watch({ run: runId })) if (progress.finishedAt !== undefined) break
  return runId
}

it.each([
  ['tier-to-crm', 'POST', /^\/crm\/v3\/objects\/contacts\/batch\//],
  ['tier-to-support', 'PUT', /^\/api\/v2\/users\//],
])('every record of a run of %s leads to the requests that looked it up, sent it and read it back', async (activation, method, path) => {
  const { client } = engine
  const run = await applied(activation)
  const { rows } = await client.runs.rows({ run, offset: 0, limit: 200, state: 'verified' })
  expect(rows.length).toBeGreaterThan(10)
  for (const row of [rows[0], rows[5], rows.find(({ operation }) => operation === 'create'), rows.at(-1)]) {
    if (!row) continue
    const found = (await client.runs.requests({ run, record: row.record })).rows
    const purposes = found.map(({ purpose }) => purpose.replace(/ [\d,]+ .*/, ''))
    expect(purposes).toEqual(expect.arrayContaining(['Look up', row.operation === 'create' ? 'Create' : 'Update', 'Read back']))
    const sent = found.find(({ purpose }) => /^(Create|Update)/.test(purpose))
    expect(sent).toMatchObject({ outcome: 'Taken', failed: false, path: expect.stringMatching(path) as string })
    if (row.operation === 'update') expect(sent?.method).toBe(method)
    expect(sent?.sent).toContain('•••')
  }
  const all = await client.runs.requests({ run })
  expect(all.total).toBeGreaterThan(3)
  const { token } = Object.values(JSON.parse(readFileSync(join(folder, 'sample', '.lockstep', 'simulators.json'), 'utf8')) as Record<string, { token?: string }>)[0] ?? {}
  const text = JSON.stringify(all.rows)
  expect(text).not.toContain(token ?? 'no token')
  expect(text).not.toMatch(/@[a-z0-9-]+\.[a-z]/)
})
