import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SourceDefinition } from '../contract/definitions.ts'
import { AppError } from '../contract/errors.ts'
import { openSource } from '../engine/sources/open-source.ts'
import { databaseOf } from '../engine/testing/database-of.ts'
import { explainFailure } from '../engine/sources/source-errors.ts'
import { checkSelect } from '../engine/sources/duckdb-kit/sql-safety.ts'
import { openDuckDb } from '../engine/storage/duckdb.ts'
import { silentLog } from '../engine/testing/connect-to.ts'
import { systemClock } from './clock.ts'
import { nodeFiles } from './files.ts'
import { forkQueryChild } from './fork-query-child.ts'
import { createQueryProcesses } from './query-processes.ts'
import type { QueryChild, RunningQueries } from './query-processes.ts'

const MEMORY_MB = 256

let folder: string
let queries: RunningQueries
/** Every process that was started. */
const started: QueryChild[] = []
/** What each of them could read of the environment, on Linux. */
const environments: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-people-sql-'))
  const db = await openDuckDb({ path: join(folder, 'shop.duckdb'), tempFolder: join(folder, 'spill') })
  await db.run("CREATE TABLE orders AS SELECT i AS id, 'x' || i AS note FROM range(100) AS r(i)")
  db.closeInstance()
  queries = createQueryProcesses(async (memoryMb) => {
    const child = await forkQueryChild(memoryMb)
    started.push(child)
    // At once: a process that is not wanted any more is gone, and its environment with it.
    if (process.platform === 'linux') environments.push(readFileSync(`/proc/${child.pid}/environ`, 'utf8'))
    return child
  }, silentLog)
})
afterAll(() => {
  queries.close()
  rmSync(folder, { recursive: true, force: true })
})

const source = (limits: Partial<SourceDefinition['limits']> = {}): SourceDefinition => ({ type: 'duckdb', path: 'shop.duckdb', limits: { memoryMb: MEMORY_MB, previewSeconds: 30, planMinutes: 60, ...limits } })

async function select(sql: string, { definition = source(), signal, writable }: { definition?: SourceDefinition; signal?: AbortSignal; writable?: string } = {}): Promise<unknown> {
  const session = await openSource({ definition, folder, files: nodeFiles, clock: systemClock, queries, tempFolder: folder, ...(signal ? { signal } : {}), ...(writable ? { writable: [writable] } : {}) })
  try {
    const db = databaseOf(session)
    const checked = await checkSelect(db, sql)
    if (writable) return await db.run(`COPY (${checked}) TO '${writable}' (FORMAT parquet)`)
    return (await db.table(checked)).rows
  } catch (cause) {
    throw explainFailure(cause, 'Reading the product')
  } finally {
    await session.close()
  }
}

const failure = (reading: Promise<unknown>): Promise<AppError> => reading.then((value) => Promise.reject(new Error(`it answered ${JSON.stringify(value).slice(0, 200)}`)), (cause: unknown) => (cause instanceof AppError ? cause : Promise.reject(cause as Error)))


describe('people’s SQL', () => {
  it.each([
    ['one text of four billion letters', "SELECT repeat('x', 4000000000)"],
    ['a text that is made of long texts', "SELECT length(repeat(repeat('x', 100000000), 30))"],
    ['a list of everything', 'SELECT list(a.range) FROM range(100000) a, range(10000) b'],
    ['a text of everything', "SELECT string_agg(repeat('x', 1000), '') FROM range(20000000)"],
    ['a list that is worked out', "SELECT len([x || repeat('y', 1000) FOR x IN range(100000000)])"],
    ['a list as rows', 'SELECT unnest(range(500000000))'],
    ['a text that doubles', "WITH RECURSIVE r(n, s) AS (SELECT 1, 'x' UNION ALL SELECT n + 1, s || s FROM r) SELECT max(length(s)) FROM r"],
    ['many letters replaced', "SELECT length(regexp_replace(repeat('a', 90000000), 'a', 'bbbbbbbbbb', 'g'))"],
  ])('may not take the memory of the machine: %s', async (_name, sql) => {
    const before = process.memoryUsage.rss()
    const { code, message, place } = await failure(select(sql))
    expect({ code, message }).toEqual({ code: 'source-failed', message: expect.stringMatching(/took more memory than .*it may, so it was stopped/) })
    expect(place.next).toContain('limits.memoryMb')
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 << 20)
  })

  it.each([
    ['rows without end', 'SELECT count(*) FROM range(1000000000000) AS r(i) WHERE i % 7 = 3'],
    ['a join without end', 'SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range * b.range = 7'],
    ['one value that takes for ever', "SELECT levenshtein(repeat('a', 400000), repeat('b', 400000))"],
  ])('ends at its time: %s', async (_name, sql) => {
    const asked = performance.now()
    const { message, place } = await failure(select(sql, { definition: source({ previewSeconds: 1 }) }))
    expect(message).toBe('Reading the product took longer than the second that it may, so it was stopped.')
    expect(place.next).toContain('limits')
    expect(performance.now() - asked).toBeLessThan(10_000)
  })

  it('ends at once when nobody wants it any more, in the middle of one value', async () => {
    const cancel = new AbortController()
    const asked = failure(select("SELECT length(regexp_replace(repeat('a', 20000000), '(a|aa)+$', 'b', 'g'))", { signal: cancel.signal, writable: join(folder, 'cancelled.parquet') }))
    setTimeout(() => cancel.abort(), 300)
    expect(await asked).toMatchObject({ code: 'cancelled' })
  })

  it('does not show more than a screen can hold', async () => {
    const { message } = await failure(select("SELECT repeat('x', 17000000)", { definition: source({ memoryMb: 512 }) }))
    expect(message).toContain('too long to show')
  })

  it('goes on after each of these, in a process that is used again', async () => {
    const before = started.length
    for (let time = 0; time < 3; time += 1) expect(await select('SELECT count(*) FROM orders')).toEqual([[100]])
    expect(started.length - before).toBeLessThanOrEqual(1)
  })

  it('sees nothing of the environment', async () => {
    process.env['LOCKSTEP_SECRET_CRM_TOKEN'] = 'seen'
    const before = started.length
    await select('SELECT 1', { definition: source({ memoryMb: 300 }) })
    delete process.env['LOCKSTEP_SECRET_CRM_TOKEN']
    expect(started.length, 'another limit is another process').toBe(before + 1)
    expect(environments.join('')).not.toContain('LOCKSTEP_SECRET')
  })
})
