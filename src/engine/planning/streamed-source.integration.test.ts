import { afterEach, describe, expect, it } from 'vitest'
import { sources } from '../sources/registry.ts'
import type { Cell, QueryColumn } from '../sources/source.ts'
import { EngineScene } from '../testing/engine-scene.ts'
import type { Person } from '../testing/engine-scene.ts'
import { scriptedSource, scriptedWarehouse } from '../testing/scripted-source.ts'
import type { ScriptedWarehouse } from '../testing/scripted-source.ts'
import { secretsOf } from '../testing/source-benches.ts'

let scene: EngineScene
afterEach(() => scene.close())

const people: Person[] = [
  { id: 'a', name: 'Ada', tier: 'gold', score: 12.5, blocked: false },
  { id: 'b', name: 'Zoë', tier: null, score: 0.25, blocked: false },
  { id: 'c', name: 'Eve', tier: 'silver', score: null, blocked: true },
]
const contacts: Person[] = [{ id: 'a', name: 'Ada', tier: 'silver', score: 12.5 }]

const columns: QueryColumn[] = [
  ...['id', 'name', 'tier'].map((name): QueryColumn => ({ name, nativeType: 'text', type: 'string', heldAs: 'VARCHAR' })),
  { name: 'score', nativeType: 'numeric(9,2)', type: 'number', heldAs: 'DECIMAL(9,2)' },
  { name: 'blocked', nativeType: 'bool', type: 'boolean', heldAs: 'BOOLEAN' },
]

function holding(given: readonly Person[]): ScriptedWarehouse {
  const warehouse = scriptedWarehouse()
  const rows = given.map((person) => columns.map(({ name }): Cell => (person[name] === null || person[name] === undefined ? null : String(person[name]))))
  warehouse.tables.set('people', { columns, rows: () => rows })
  return warehouse
}

const open = async (warehouse: ScriptedWarehouse): Promise<void> => {
  scene = await EngineScene.open([], contacts, undefined, undefined, undefined, { sources: [...sources, scriptedSource(warehouse)], secrets: secretsOf({ password: warehouse.password }), file: 'type: scripted\naddress: scripted.example\n' })
}

const filters = ['create', 'update', 'conflicts', 'unchanged', 'blocked', 'left out'] as const

/** What a plan decided of each record, whatever its source. */
async function decided(): Promise<unknown> {
  const plan = await scene.plan()
  const pages = await Promise.all(filters.map((filter) => scene.client.plans.fieldRows({ plan: plan.planId, filter })))
  return { counts: plan.counts, rows: pages.map(({ rows }) => rows) }
}

describe('a source that no DuckDB can attach', () => {
  it('is planned as a DuckDB file with the same rows is, applied, and read back', async () => {
    scene = await EngineScene.open(people, contacts)
    const fromFile = await decided()
    await scene.close()
    await open(holding(people))
    expect(await decided()).toEqual(fromFile)
    const plan = await scene.plan()
    expect((await scene.apply(plan.planId)).state).toBe('done')
    expect((await scene.contacts()).map(({ id, tier }) => [id, tier])).toEqual([['a', 'gold'], ['b', null], ['c', 'silver']])
  })

  it('is looked at like any other: tables, products, segments and checks', async () => {
    await open(holding(people))
    const { client } = scene
    expect(await client.sources.list()).toMatchObject([{ label: 'Scripted warehouse', place: 'scripted.example', replaceable: false }])
    expect((await client.sources.kinds()).map(({ id, secrets }) => [id, secrets])).toContainEqual(['scripted', { password: 'Password' }])
    expect(await client.sources.test({ source: 'warehouse' })).toMatchObject({ ok: true, tables: 1 })
    expect((await client.sources.preview({ source: 'warehouse', sql: 'SELECT `id`, `score` FROM `people`', limit: 2 })).rows).toEqual([['a', '12.5'], ['b', '0.25']])
    expect(await client.products.check({ product: 'people' })).toMatchObject({ rows: 3, problems: [] })
    expect(await client.segments.count({ product: 'people', filter: { all: [{ column: 'score', operator: 'more than', value: 1 }] } })).toMatchObject({ total: 3, inSegment: 1 })
    expect((await client.workspace.validate()).problems).toEqual([])
  })

  it('that breaks in the middle makes no plan, and none that is shorter', async () => {
    const warehouse = holding(Array.from({ length: 250 }, (_, at) => ({ id: `p${at}`, name: 'Ada', tier: 'gold', score: 1, blocked: false })))
    warehouse.faults = { breaksAfter: { batches: 1, words: 'connection reset' } }
    await open(warehouse)
    await expect(scene.plan()).rejects.toMatchObject({ data: { code: 'source-failed', message: expect.stringContaining('connection reset') as string } })
    expect(await scene.client.plans.list({})).toEqual([])
    expect(warehouse.connections).toBe(0)
  })

  it.each([
    ['a setting that it does not have', 'type: scripted\naddress: x\npath: y\n', { field: 'path', message: "'path': Only a source of type duckdb or parquet or csv has it." }],
    ['no address', 'type: scripted\n', { field: 'address', message: "'address' is missing." }],
    ['a kind that there is not', 'type: oracle\npath: x\n', { field: 'type', value: 'oracle' }],
  ])('is validated by its own declaration: %s', async (_what, file, problem) => {
    await open(holding([]))
    await scene.writeFile('sources/other.yaml', file)
    expect((await scene.client.workspace.validate()).problems).toContainEqual(expect.objectContaining({ file: 'sources/other.yaml', ...problem }))
  })
})
