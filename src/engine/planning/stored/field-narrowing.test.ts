import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { FieldNarrowing, NarrowedBy, ReviewScope } from '../../../contract/shapes.ts'
import type { Editor } from '../../destinations/destination.ts'
import { asListed } from '../../destinations/registry.ts'
import { localFile } from '../../destinations/local-file/index.ts'
import { activationText, EngineScene, type Person } from '../../testing/engine-scene.ts'

const workflow: Editor = { kind: 'other system', name: 'Workflow Legacy downgrade' }
const fileImport: Editor = { kind: 'other system', name: 'Import Tier list Q3.xlsx' }
const rep: Editor = { kind: 'person', name: 'A sales rep' }
/** A stranger chose this name; it says nothing about who it was. */
const posing: Editor = { kind: 'unknown', name: 'A sales rep' }
const editors: (Editor | undefined)[] = [workflow, workflow, fileImport, rep, posing, undefined]

/** A table that tells who changed each value. */
const attributed = asListed({
  ...localFile,
  profile: { ...localFile.profile, attribution: 'field' },
  read: async (...asked: Parameters<typeof localFile.read>) => {
    const found = await localFile.read(...asked)
    return found.map((record) => {
      const editor = editors[Number(record.id) % editors.length]
      return editor === undefined ? record : { ...record, editors: { tier: editor, score: editor } }
    })
  },
})

const tiers = ['gold', 'silver', '7', null]
const people = Array.from({ length: 12 }, (_, at): Person => ({ id: String(at), name: `Person ${at}`, tier: 'bronze', score: at }))
const there = people.map((person, at): Person => ({ ...person, tier: tiers[at % tiers.length] ?? null }))

let scene: EngineScene
afterEach(() => scene.close())

async function planned(): Promise<string> {
  scene = await EngineScene.open(people, there, activationText, undefined, [attributed])
  const plan = await scene.plan()
  expect(plan.openConflicts).toBeGreaterThan(5)
  return plan.planId
}

const listed = async (plan: string, narrowing: FieldNarrowing & { search?: string } = {}) => scene.client.plans.fieldRows({ plan, filter: 'conflicts', ...narrowing })
const choices = async (plan: string, by: NarrowedBy, narrowing: FieldNarrowing = {}) => scene.client.plans.narrowings({ plan, filter: 'conflicts', by, ...narrowing })
const counted = async (plan: string, scope: ReviewScope) => (await scene.client.plans.resolve({ plan, scope, take: 'destination', previewOnly: true })).answered

describe('narrowing the conflicts of a plan', () => {
  it('tells one workflow from one import, and nobody by a name that only claims to be one', async () => {
    const plan = await planned()
    const names = await choices(plan, 'changedBy')
    expect(names.map(({ value }) => value).toSorted()).toEqual(['A sales rep', 'Import Tier list Q3.xlsx', 'Workflow Legacy downgrade', null].toSorted())
    expect((await listed(plan, { changedBy: 'A sales rep' })).rows.every(({ record }) => Number(record) % 6 === 3)).toBe(true)
    expect((await listed(plan, { changedBy: null })).rows.every(({ record }) => Number(record) % 6 >= 4)).toBe(true)
  })

  it('lists, counts, chooses and answers the same rows, whatever it is narrowed by', async () => {
    const plan = await planned()
    for (const by of ['field', 'changedBy', 'from', 'to', 'reason', 'state'] as const) {
      const found = await choices(plan, by)
      expect(found.reduce((sum, { count }) => sum + count, 0)).toBe((await listed(plan)).total)
      for (const { value, count } of found) {
        const narrowing = { [by]: value } as FieldNarrowing
        expect([by, value, (await listed(plan, narrowing)).total, await counted(plan, { ...narrowing, list: 'conflicts' })]).toEqual([by, value, count, count])
      }
    }
    const composed = { changedBy: workflow.name, from: '7' }
    const wanted = (await listed(plan, composed)).rows.map(({ record, field }) => `${record} ${field}`)
    expect(wanted.length).toBeGreaterThan(0)
    expect((await choices(plan, 'changedBy', composed)).find(({ value }) => value === workflow.name)?.count).toBe(wanted.length)
    const before = (await scene.client.plans.get({ plan })).openConflicts
    const given = await scene.client.plans.resolve({ plan, scope: { ...composed, openOnly: true }, take: 'destination', reason: 'The workflow is right' })
    expect(given).toMatchObject({ answered: wanted.length, open: before - wanted.length })
    const answered = (await listed(plan, { state: 'destination' })).rows
    expect(answered.map(({ record, field }) => `${record} ${field}`)).toEqual(wanted)
    expect((await listed(plan, { state: 'open' })).total).toBe(before - wanted.length)
    // Nothing of it is open any more, which is no mistake.
    expect(await scene.client.plans.resolve({ plan, scope: { ...composed, openOnly: true }, take: 'destination' })).toMatchObject({ answered: 0 })
  })

  it('covers what is found by a text, and several records named one by one', async () => {
    const plan = await planned()
    const found = (await listed(plan, { search: 'Person 1' })).rows
    expect(await counted(plan, { search: 'Person 1' })).toBe(found.length)
    expect(await counted(plan, { records: found.map(({ record }) => record) })).toBe(found.length)
    expect(await counted(plan, { records: [] })).toBe(0)
  })

  it('exports the records of what is listed, and the manifest says to what it was narrowed', async () => {
    const plan = await planned()
    const narrowing = { changedBy: workflow.name, from: '7' }
    const wanted = new Set((await listed(plan, narrowing)).rows.map(({ record }) => record))
    const { rows, folder } = await scene.client.plans.exportRows({ plan, filter: 'conflicts', ...narrowing })
    expect(rows).toBe(wanted.size)
    const lines = readFileSync(join(folder, 'rows.jsonl'), 'utf8').trim().split('\n')
    expect(new Set(lines.map((line) => (JSON.parse(line) as { record: string }).record))).toEqual(wanted)
    expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).toMatchObject({ filter: 'conflicts', narrowing })
    const all = await scene.client.plans.exportRows({ plan, filter: 'conflicts' })
    expect(all.rows).toBeGreaterThan(rows)
    // Answered in between, an open list is exported as it is now.
    await scene.client.plans.resolve({ plan, scope: narrowing, take: 'destination' })
    expect(await scene.client.plans.exportRows({ plan, filter: 'conflicts', ...narrowing, state: 'open' })).toMatchObject({ rows: 0 })
  })

  it('is kept as a policy, which answers what the same one changed in later plans, and nothing of the others', async () => {
    const plan = await planned()
    const ofWorkflow = (await listed(plan, { changedBy: workflow.name })).total
    expect(await scene.client.plans.savePolicy({ plan, name: 'The workflow is right', changedBy: workflow.name, take: 'destination' })).toMatchObject({ policy: 'the-workflow-is-right', answered: ofWorkflow })
    const next = await scene.plan()
    expect(next.openConflicts).toBe(next.counts.conflicts - ofWorkflow)
    expect((await listed(next.planId, { state: 'destination' })).rows.every(({ record }) => Number(record) % 6 < 2)).toBe(true)
    // Once the workflow has changed nothing, the policy has nothing to say.
    await scene.sql('warehouse.duckdb', 'DELETE FROM people WHERE id::INTEGER % 6 < 2')
    const later = await scene.plan()
    expect(later.openConflicts).toBe(later.counts.conflicts)
  })

  it('refuses a name that changed nothing, and says which there are', async () => {
    const plan = await planned()
    const refused = scene.client.plans.resolve({ plan, scope: { changedBy: "x' OR 1=1 --" }, take: 'warehouse' })
    await expect(refused).rejects.toMatchObject({ data: { code: 'not-found', field: 'changed-by', next: expect.stringContaining(fileImport.name) as string } })
  })
})
