import { AppError } from '../../../contract/errors.ts'
import { rawOfCell } from '../cells.ts'
import type { OpenedSource } from '../open-source.ts'
import { explainFailure } from '../source-errors.ts'
import type { Cell, DescribedQuery } from '../source.ts'
import type { SourceBench } from './bench.ts'
import { extremes } from './extremes.ts'

/** One rule that every source keeps. `run` throws where it is broken. */
export interface SourceCase {
  name: string
  run(bench: SourceBench): Promise<void>
}

export const sourceCases: readonly SourceCase[] = [
  { name: 'a source that cannot be read says what to do, and holds nothing afterwards', run: brokenSources },
  { name: 'can do what it declares, and no more', run: capabilities },
  { name: 'lists, describes, previews and streams the same table', run: oneTable },
  { name: 'gives each row once, and no batch before it is asked for', run: eachRowOnce },
  { name: 'goes on after somebody read only the beginning', run: onlyTheBeginning },
  { name: 'ends soon when it is cancelled, and lets go of what it holds', run: cancelled },
  { name: 'refuses what is not one SELECT, without any effect', run: onlySelects },
  { name: 'shows that it cannot write', run: readOnly },
  { name: 'gives extreme values in canonical form', run: extremeValues },
  { name: 'refuses binary in words that name the column', run: binary },
  { name: 'gives rows of one moment, or says that they are not', run: changedMeanwhile },
]

const NEVER = new AbortController().signal

async function within<T>(bench: SourceBench, definition: Parameters<SourceBench['open']>[0], work: (source: OpenedSource) => Promise<T>): Promise<T> {
  const source = await bench.open(definition)
  try {
    return await work(source)
  } finally {
    await source.close()
  }
}

async function allRows(source: OpenedSource, query: DescribedQuery, signal = NEVER): Promise<Cell[][]> {
  const rows: Cell[][] = []
  const { batches } = await source.stream(query, signal)
  for await (const batch of batches) rows.push(...batch.map((row) => [...row]))
  return rows
}

/** Breaks a case with a sentence of what was expected. */
function expectThat(holds: boolean, expected: string, seen?: unknown): asserts holds {
  if (!holds) throw new Error(`Expected: ${expected}.${seen === undefined ? '' : ` Seen: ${JSON.stringify(seen)}`}`)
}

/** The error for people that the work ends with, without a secret. */
async function failureOf(bench: SourceBench, work: () => Promise<unknown>): Promise<AppError> {
  const cause = await work().then(() => undefined, (failure: unknown) => explainFailure(failure, 'Reading the source'))
  expectThat(cause instanceof AppError, 'an error for people', String(cause))
  const said = JSON.stringify([cause.toBody(), String(cause.cause), cause.stack])
  expectThat(bench.secrets.every((secret) => !said.includes(secret)), 'no secret in an error')
  return cause
}

const few = { name: 'people', columns: { id: 'BIGINT', name: 'VARCHAR', vip: 'BOOLEAN' }, rows: [['1', 'Ada', 'true'], ['2', 'Zoë "Z", O’Neill', null], ['3', null, 'false']] } as const

async function brokenSources(bench: SourceBench): Promise<void> {
  for (const definition of await bench.broken()) {
    const failure = await failureOf(bench, () => within(bench, definition, (source) => source.check()))
    expectThat((failure.place.next ?? '') !== '', 'what to do next', failure.toBody())
  }
  expectThat(bench.held() === 0, 'nothing is held', bench.held())
}

async function capabilities(bench: SourceBench): Promise<void> {
  const { capabilities: declared } = bench.kind
  await within(bench, await bench.make(few), async (source) => {
    expectThat((source.inPlace !== undefined) === declared.readsInPlace, 'it is read in place as it declares')
    expectThat((source.estimate !== undefined) === declared.costEstimate, 'it estimates as it declares')
    const { words } = (await source.estimate?.(await source.describe({ table: 'people' }))) ?? { words: 'none' }
    expectThat(words !== '', 'an estimate in words')
  })
}

async function oneTable(bench: SourceBench): Promise<void> {
  await within(bench, await bench.make(few), async (source) => {
    const tables = await source.tables()
    const listed = tables.find(({ name }) => name === 'people')
    expectThat(listed !== undefined, 'the table is listed', tables)
    expectThat((await source.check()).tables === tables.length, 'the check counts the tables')
    const query = await source.describe({ table: 'people' })
    const described = query.columns.map(({ heldAs: _held, ...column }) => column)
    expectThat(JSON.stringify(described) === JSON.stringify(listed.columns), 'described as listed', [described, listed.columns])
    const bySql = await source.describe({ sql: `SELECT * FROM ${listed.from}` })
    expectThat(JSON.stringify(bySql.columns) === JSON.stringify(query.columns), 'a statement is described as its table', bySql.columns)
    const rows = await allRows(source, query)
    expectThat(JSON.stringify(sorted(rows)) === JSON.stringify(few.rows), 'the rows that were put in', rows)
    const shown = await source.preview(query, 10)
    const same = rows.map((row) => row.map((cell, at) => rawOfCell(cell, query.columns[at]?.heldAs ?? '')))
    expectThat(JSON.stringify(sorted(shown)) === JSON.stringify(sorted(same)), 'the preview shows what is streamed', [shown, same])
    expectThat((await source.preview(query, 2)).length === 2, 'a preview is as long as it may be')
    const failure = await failureOf(bench, () => source.describe({ table: 'peopel' }))
    expectThat(failure.place.next?.includes('people') === true, 'the nearest table is named', failure.toBody())
  })
}

function sorted<Row extends readonly unknown[]>(rows: readonly Row[]): Row[] {
  return rows.toSorted((one, other) => Number(one[0]) - Number(other[0]))
}

const MANY = 20_000
/** So many rows may be on their way: two batches of the largest source. */
const ON_THE_WAY = 4096

async function eachRowOnce(bench: SourceBench): Promise<void> {
  await within(bench, await bench.makeMany(MANY), async (source) => {
    const before = bench.given()
    const { batches } = await source.stream(await source.describe({ table: 'many' }), NEVER)
    const seen = new Set<string>()
    let first = true
    for await (const batch of batches) {
      if (first) await bench.clock.sleep(20)
      expectThat(!first || bench.given() - before <= ON_THE_WAY, 'nothing is fetched for a slow reader', bench.given() - before)
      first = false
      for (const [id] of batch) {
        expectThat(typeof id === 'string' && !seen.has(id), 'each row once', id)
        seen.add(id)
      }
    }
    expectThat(seen.size === MANY, `all ${MANY} rows`, seen.size)
  })
}

async function onlyTheBeginning(bench: SourceBench): Promise<void> {
  await within(bench, await bench.makeMany(MANY), async (source) => {
    const query = await source.describe({ table: 'many' })
    for await (const batch of (await source.stream(query, NEVER)).batches) if (batch.length > 0) break
    expectThat((await source.describe({ table: 'many' })).columns.length === 1, 'it can be asked again')
    expectThat((await allRows(source, query)).length === MANY, 'all rows the next time')
  })
}

/** Cancelling may not take longer, whatever is being read. */
const SOON_MS = 2000

async function cancelled(bench: SourceBench): Promise<void> {
  const stop = new AbortController()
  const source = await bench.open(await bench.makeMany(MANY), stop.signal)
  const reading = async (): Promise<void> => {
    for await (const batch of (await source.stream(await source.describe({ table: 'many' }), NEVER)).batches) if (batch.length > 0) stop.abort()
  }
  const started = bench.clock.monotonic()
  const failure = await failureOf(bench, reading)
  await source.close()
  expectThat(failure.code === 'cancelled', 'it says that it was cancelled', failure.toBody())
  expectThat(bench.clock.monotonic() - started < SOON_MS, 'it ends soon', bench.clock.monotonic() - started)
  expectThat(bench.held() === 0, 'nothing is held', bench.held())
}

async function onlySelects(bench: SourceBench): Promise<void> {
  await within(bench, await bench.make(few), async (source) => {
    const [{ from } = { from: 'people' }] = await source.tables()
    for (const sql of [`DELETE FROM ${from}`, `DROP TABLE ${from}`, `INSERT INTO ${from} VALUES (4, 'x', true)`, `SELECT 1; DELETE FROM ${from}`, 'CREATE TABLE other (id INTEGER)', `WITH gone AS (DELETE FROM ${from}) SELECT 1`, '']) {
      const failure = await failureOf(bench, () => source.describe({ sql }))
      expectThat(failure.kind === 'input' && (failure.place.next ?? '') !== '', `'${sql}' is refused in words`, failure.toBody())
    }
    expectThat((await allRows(source, await source.describe({ table: 'people' }))).length === 3, 'nothing was changed')
  })
}

async function readOnly(bench: SourceBench): Promise<void> {
  await within(bench, await bench.make(few), async (source) => {
    expectThat((await source.proveReadOnly()).words !== '', 'a proof in words')
    expectThat((await source.tables()).length === 1, 'the proof leaves nothing behind')
  })
}

async function extremeValues(bench: SourceBench): Promise<void> {
  const held = extremes.filter(({ heldAs, cell }) => bench.holds(heldAs, cell))
  expectThat(held.length >= extremes.length / 2, 'most values can be tried', held.length)
  const columns = Object.fromEntries([['id', 'BIGINT'], ...held.map(({ heldAs }, at) => [`v${at}`, heldAs])]) as Record<string, string>
  const definition = await bench.make({ name: 'extremes', columns, rows: [['1', ...held.map(({ cell }) => cell)], ['2', ...held.map(() => null)]] })
  await within(bench, definition, async (source) => {
    const rows = sorted(await allRows(source, await source.describe({ table: 'extremes' })))
    held.forEach(({ heldAs, cell }, at) => expectThat(rows[0]?.[at + 1] === cell, `${heldAs} ${cell}`, rows[0]?.[at + 1]))
    expectThat(rows[1]?.slice(1).every((cell) => cell === null) === true, 'no value is no value', rows[1])
  })
}

async function binary(bench: SourceBench): Promise<void> {
  const definition = await bench.makeBinary()
  if (definition === undefined) return
  await within(bench, definition, async (source) => {
    const query = await source.describe({ table: 'pictures' })
    const failure = await failureOf(bench, () => allRows(source, query))
    expectThat(failure.message.includes("'picture'") && (failure.place.next ?? '') !== '', 'the column is named', failure.toBody())
  })
}

async function changedMeanwhile(bench: SourceBench): Promise<void> {
  const definition = await bench.makeMany(MANY)
  await within(bench, definition, async (source) => {
    const ids: (Cell | undefined)[] = []
    const reading = async (): Promise<void> => {
      for await (const batch of (await source.stream(await source.describe({ table: 'many' }), NEVER)).batches) {
        if (ids.length === 0) await bench.change(definition)
        ids.push(...batch.map(([id]) => id))
      }
    }
    const failure = await reading().then(() => undefined, (cause: unknown) => explainFailure(cause, 'Reading the source'))
    if (failure === undefined) return expectThat(ids.length === MANY && new Set(ids).size === MANY, 'the rows of the moment when it began', ids.length)
    expectThat(failure instanceof AppError && failure.place.retryable === true, 'it says that it was changed', String(failure))
  })
}
