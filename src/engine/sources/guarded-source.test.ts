import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scriptedWarehouse } from '../testing/scripted-source.ts'
import type { ScriptedFaults, ScriptedWarehouse } from '../testing/scripted-source.ts'
import { scriptedBench } from '../testing/source-benches.ts'
import type { SourceBench } from './conformance/bench.ts'
import { openRelation } from './relation.ts'
import { explainFailure } from './source-errors.ts'
import type { Cell } from './source.ts'

let folder: string
let warehouse: ScriptedWarehouse
let bench: SourceBench
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-guard-'))
  warehouse = scriptedWarehouse()
  bench = scriptedBench(folder, warehouse)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The rows of a table as they come to rest here, read by SQL over them. */
async function landed(columns: Record<string, string>, rows: readonly (readonly Cell[])[], sql = 'SELECT * FROM copied', signal?: AbortSignal): Promise<unknown> {
  const source = await bench.open(await bench.make({ name: 'people', columns, rows }), signal)
  try {
    const relation = await openRelation(source, { table: 'people' })
    const { rows: read } = await relation.db.table(sql)
    await relation.close()
    return read
  } catch (cause) {
    throw explainFailure(cause, 'Reading the product')
  } finally {
    await source.close()
  }
}

const many: Cell[][] = Array.from({ length: 450 }, (_, at) => [String(at), `name ${at}`])

describe('rows that stream', () => {
  it('come to rest in the types that hold them, and leave nothing behind', async () => {
    const columns = { id: 'HUGEINT', tags: 'VARCHAR[]', score: 'DECIMAL(38,10)', at: 'TIMESTAMP WITH TIME ZONE', about: 'JSON', parts: 'JSON[]' }
    const row = ['170141183460469231731687303715884105727', '["a","b"]', '1234567890123456789012345678.0123456789', '2026-03-29T01:30:00Z', '{"n":12345678901234567890}', '["{\\"a\\":1}"]']
    expect(await landed(columns, [row, row.map(() => null)], 'SELECT CAST(id AS VARCHAR), typeof(id), typeof(tags), CAST(score AS VARCHAR), CAST("at" AS VARCHAR), CAST(about AS VARCHAR), typeof(parts) FROM copied WHERE id IS NOT NULL')).toEqual([
      [row[0], 'HUGEINT', 'VARCHAR[]', row[2], '2026-03-29 01:30:00+00', row[4], 'JSON[]'],
    ])
    expect(warehouse.connections).toBe(0)
    expect(existsSync(join(folder, 'temp')) ? readdirSync(join(folder, 'temp')).filter((name) => name.startsWith('scratch-')) : []).toEqual([])
  })

  it('leave out a column of a table that nothing can hold', async () => {
    const source = await bench.open((await bench.makeBinary()) ?? { type: 'none' })
    const relation = await openRelation(source, { table: 'pictures' })
    expect(relation.columns.map(({ name }) => name)).toEqual(['id'])
    await relation.close()
    await source.close()
  })

  const changedType: ScriptedFaults['streamed'] = (columns) => columns.map((column) => (column.name === 'id' ? { ...column, nativeType: 'text', heldAs: 'VARCHAR' } : column))
  it.each<[string, ScriptedFaults, { code: string; message: RegExp }]>([
    ['the connection breaks in the middle', { breaksAfter: { batches: 2, words: 'connection reset by peer' } }, { code: 'source-failed', message: /Reading scripted\.example failed: connection reset/ }],
    ['it breaks, and the driver tells the secret', { breaksAfter: { batches: 1, words: 'lost scripted://user:correct%20horse%20battery@host' } }, { code: 'source-failed', message: /•••/ }],
    ['a column has another type than was described', { streamed: changedType }, { code: 'source-failed', message: /The column 'id' was changed in the source/ }],
    ['a column is gone', { streamed: (columns) => columns.slice(0, 1) }, { code: 'source-failed', message: /The column 'name' was changed in the source/ }],
    ['a row has too few values', { batch: (rows) => rows.map((row) => row.slice(0, 1)) }, { code: 'source-failed', message: /a row with 1 value where 2 were expected/ }],
    ['a value is none of its column', { batch: (rows) => rows.map(([, name]) => ['4.5e3', name ?? null]) }, { code: 'source-failed', message: /450 values of 'id' are not what the source says the column holds \(bigint\)/ }],
    ['a number is not in canonical form', { batch: (rows) => rows.map(([id, name]) => [`0${id ?? ''}`, name ?? null]) }, { code: 'source-failed', message: /values of 'id' are not/ }],
  ])('fail as a whole where %s', async (_what, faults, expected) => {
    warehouse.faults = faults
    const failure = await landed({ id: 'BIGINT', name: 'VARCHAR' }, many).then(() => undefined, (cause: unknown) => cause)
    expect(failure).toMatchObject({ code: expected.code, message: expect.stringMatching(expected.message), place: { next: expect.any(String) } })
    expect(JSON.stringify([failure, String((failure as Error).cause)])).not.toMatch(/correct.{1,3}horse/)
    expect(warehouse.connections).toBe(0)
  })

  it('end when they are cancelled, although the source never answers again', async () => {
    warehouse.faults = { hangs: true }
    const stop = new AbortController()
    const reading = landed({ id: 'BIGINT', name: 'VARCHAR' }, many, 'SELECT 1', stop.signal)
    reading.catch(() => undefined)
    await expect.poll(() => warehouse.given).toBeGreaterThan(100)
    stop.abort()
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' })
    expect(warehouse.connections).toBe(0)
  })
})
