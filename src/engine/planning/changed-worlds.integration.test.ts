import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { guards as guardSettings } from '../../contract/definitions.ts'
import { openDuckDb } from '../storage/duckdb.ts'
import { EngineScene, type Person } from '../testing/engine-scene.ts'
import { PlanCounter } from './decide/counts.ts'
import { findCandidates } from './narrow/delta.ts'
import { checkGuards, type GuardInput } from './decide/guards.ts'

let scene: EngineScene | undefined
afterEach(async () => {
  await scene?.close()
  scene = undefined
})

const person = (id: string, tier: string, name = `Name ${id}`): Person => ({ id, name, tier, score: '1.00' })
const ids = ['1', '2', '3', '4', '5', '6', '7', '8']

/** One change of ours waits, approved; everything else is in step. */
async function approved(): Promise<{ scene: EngineScene; planId: string }> {
  scene = await EngineScene.open(ids.map((id) => ({ ...person(id, 'gold'), blocked: false })), ids.map((id) => person(id, 'gold')))
  await scene.apply((await scene.plan()).planId)
  await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'platinum' WHERE id = '1'")
  const { planId } = await scene.plan()
  await scene.client.plans.approve({ plan: planId })
  return { scene, planId }
}

const tierOf = async (id: string) => (await scene?.contacts())?.find((contact) => contact['id'] === id)?.['tier']
const codeOf = (promise: Promise<unknown>) => promise.then(() => 'none', (error: unknown) => (error as { data?: { code?: string } }).data?.code)

describe('the source’s columns change between plan and apply (F11)', () => {
  it('applies the rows that were approved, not those of the changed source', async () => {
    const { scene, planId } = await approved()
    await scene.sql('warehouse.duckdb', 'ALTER TABLE people DROP COLUMN tier')
    expect(await scene.started(planId)).toMatchObject({ state: 'done', counts: { delivered: 1, verified: 1 } })
    expect(await tierOf('1')).toBe('platinum')
  })

  it('refuses the next plan over a lost column, names it, and stores nothing', async () => {
    const { scene } = await approved()
    const before = (await scene.client.plans.list({})).length
    await scene.sql('warehouse.duckdb', 'ALTER TABLE people DROP COLUMN tier')
    await expect(scene.plan()).rejects.toThrow('tier')
    expect(await codeOf(scene.plan())).toMatch(/^(column-missing|sql-refused|source-failed|type-mismatch)$/)
    expect(await scene.client.plans.list({})).toHaveLength(before)
  })

  it('stops the next plan at a type that changed, and says which', async () => {
    const { scene } = await approved()
    await scene.sql('warehouse.duckdb', 'ALTER TABLE people ALTER COLUMN score TYPE SMALLINT')
    const plan = await scene.plan()
    expect(plan).toMatchObject({ state: 'stopped by a guard', guards: expect.arrayContaining([expect.objectContaining({ guard: 'source schema', message: expect.stringContaining('score was DECIMAL(9,2) and is SMALLINT') })]) })
    expect(await codeOf(scene.client.plans.approve({ plan: plan.planId }))).toBe('guard-stopped')
  })
})

describe('the destination’s fields change between plan and apply (F12)', () => {
  it('refuses the plan, sends nothing, and reads the fields anew for the next', async () => {
    const { scene, planId } = await approved()
    await scene.sql('crm.duckdb', 'ALTER TABLE contacts ADD COLUMN segment VARCHAR')
    expect(await codeOf(scene.client.runs.start({ plan: planId }))).toBe('plan-stale')
    expect(await tierOf('1')).toBe('gold')
    const next = await scene.plan()
    expect(await scene.apply(next.planId)).toMatchObject({ state: 'done', counts: { delivered: 1 } })
  })

  it('refuses to plan for a field that is gone, by name', async () => {
    const { scene, planId } = await approved()
    await scene.sql('crm.duckdb', 'ALTER TABLE contacts DROP COLUMN tier')
    expect(await codeOf(scene.client.runs.start({ plan: planId }))).toBe('plan-stale')
    expect(await codeOf(scene.plan())).toBe('field-unknown')
    await expect(scene.plan()).rejects.toThrow('tier')
  })
})

describe('keys that lead to more than one (F14, F15)', () => {
  it('stores no plan while any key of the source repeats, whichever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { minLength: 2, maxLength: 8 }), fc.nat(), async (keys, pick) => {
        const repeated = keys[pick % keys.length] ?? ''
        const opened = await EngineScene.open([...keys, repeated].map((id) => ({ ...person(id, 'gold'), blocked: false })), [])
        try {
          await expect(opened.plan()).rejects.toMatchObject({ data: { code: 'duplicate-keys', value: repeated } })
          expect(await opened.client.plans.list({})).toEqual([])
        } finally {
          await opened.close()
        }
      }),
      { numRuns: 5 },
    )
  })

  it('takes none of several records that one key finds', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lockstep-matches-'))
    const duckdb = await openDuckDb({ tempFolder: folder })
    try {
      await duckdb.run("CREATE TABLE unsettled AS SELECT *, false AS held FROM (VALUES ('1', 1::UBIGINT, NULL::VARCHAR, false), ('2', 2, NULL, false), ('3', 3, NULL, false)) v(key, fp, remote_id, created)")
      await duckdb.run('CREATE TABLE links (key VARCHAR, remote_id VARCHAR)')
      await duckdb.run("CREATE TABLE match_keys AS SELECT * FROM (VALUES ('1', 'kim', 'valid', NULL::VARCHAR), ('2', 'ada', 'valid', NULL), ('3', 'new', 'valid', NULL)) v(key, match_key, state, message)")
      await duckdb.run("CREATE TABLE actual AS SELECT * FROM (VALUES (NULL::VARCHAR, 'kim', 'a', false), (NULL, 'kim', 'b', false), (NULL, 'ada', 'c', false), (NULL, 'ada', 'd', true)) v(requested_id, requested_key, remote_id, deleted)")
      await findCandidates(duckdb)
      expect(await duckdb.rows('SELECT key, match, cause, remote_id FROM candidates ORDER BY key')).toEqual([
        { key: '1', match: 'ambiguous', cause: 'several matches', remote_id: null },
        // A deleted record of the same key is none.
        { key: '2', match: 'matched', cause: null, remote_id: 'c' },
        { key: '3', match: 'unmatched', cause: null, remote_id: null },
      ])
    } finally {
      duckdb.closeInstance()
      rmSync(folder, { recursive: true })
    }
  })
})

describe('huge deletes and an empty source (F18)', () => {
  it('never lets more through than the guards allow', () => {
    const count = fc.nat({ max: 5000 })
    fc.assert(
      fc.property(count, count, count, count, fc.nat({ max: 20_000 }), (create, update, remove, source, known) => {
        const settings = guardSettings.parse({})
        const input: GuardInput = { guards: settings, counts: { ...new PlanCounter().counts(), create, update, remove, source }, sourceRows: source, base: known, members: known }
        const found = new Set(checkGuards(input).map(({ guard }) => guard))
        if (source === 0) expect(found).toContain('no rows')
        if (remove > settings.removalCount || remove > known * settings.removalShare) expect(found).toContain('removals')
        if (known > 0 && update > known * settings.updateShare) expect(found).toContain('updates')
        if (known > 0 && create > known * settings.createShare) expect(found).toContain('creates')
      }),
    )
  })
})
