import { z } from 'zod'
import { AppError } from '../../contract/errors.ts'
import { rawOfCell } from '../sources/cells.ts'
import type { AnySource, Cell, DescribedQuery, OpenSource, QueryColumn, SourceContext, SourceDeclaration, SourceStream, SourceTable } from '../sources/source.ts'
import { forgetSettings } from '../sources/registry.ts'
import { findTable, readableWords } from '../sources/tables.ts'

/** A table of a scripted warehouse. */
export interface ScriptedTable {
  columns: readonly QueryColumn[]
  /** Its rows, made as they are asked for. */
  rows(): Iterable<readonly Cell[]>
}

/** What a scripted warehouse does wrong, once a stream has begun. */
export interface ScriptedFaults {
  /** After so many batches, the connection breaks: with these words. */
  breaksAfter?: { batches: number; words: string }
  /** The columns with which a stream comes, in place of those that were described. */
  streamed?: (columns: readonly QueryColumn[]) => QueryColumn[]
  /** Changes each batch on its way. */
  batch?: (rows: Cell[][]) => Cell[][]
  /** It never answers again after the first batch, whatever its signal says. */
  hangs?: true
}

/** A warehouse as one over a network is: it answers in batches, keeps a connection, and takes no part in a DuckDB. */
export interface ScriptedWarehouse {
  tables: Map<string, ScriptedTable>
  password: string
  faults: ScriptedFaults
  /** Rows that have left it. */
  given: number
  /** Connections that are open. */
  connections: number
}

export function scriptedWarehouse(): ScriptedWarehouse {
  return { tables: new Map(), password: 'correct horse battery', faults: {}, given: 0, connections: 0 }
}

const settings = z.strictObject({ address: z.string().min(1), schema: z.string().min(1).optional() })
type Settings = z.infer<typeof settings>

const BATCH = 100
const quoteName = (name: string): string => `\`${name.replaceAll('`', '``')}\``

/** A source over such a warehouse. It understands `SELECT * FROM name`, and the columns of that by name. */
export function scriptedSource(warehouse: ScriptedWarehouse): AnySource {
  const declaration: SourceDeclaration<Settings> = {
    id: 'scripted',
    label: 'Scripted warehouse',
    mark: 'SW',
    summary: 'A warehouse that tests play.',
    settings,
    secrets: { password: 'Password' },
    dialect: { name: 'Scripted', quoteName },
    capabilities: { readsInPlace: false, costEstimate: true, freshness: false, stateInSource: false, changeCapture: false },
    place: ({ address }) => address,
    local: () => false,
    open: async (context) => openScripted(warehouse, context),
  }
  return forgetSettings(declaration)
}

function openScripted(warehouse: ScriptedWarehouse, { settings: { address }, secrets, called, begin }: SourceContext<Settings>): OpenSource {
  const password = secrets['password'] ?? ''
  if (address === 'nowhere') throw new Error(`connect ECONNREFUSED scripted://user:${password}@nowhere`)
  if (![warehouse.password].includes(password)) throw new AppError('unauthorised', `${address} does not take the password.`, { next: 'Enter the password again.' })
  begin()
  warehouse.connections += 1
  let open = true
  const tables = (): Promise<SourceTable[]> =>
    Promise.resolve([...warehouse.tables].map(([name, { columns }]) => ({ name, from: quoteName(name), columns: columns.map(({ heldAs: _held, ...column }) => column) })))
  return {
    tables,
    check: async () => ({ tables: warehouse.tables.size, words: readableWords(await tables()) }),
    async describe(asked) {
      const from = 'sql' in asked ? undefined : findTable(await tables(), called, asked.table, asked.place).from
      return described(warehouse, 'sql' in asked ? asked.sql : `SELECT * FROM ${from ?? ''}`)
    },
    async preview(query, limit) {
      const rows = [...take(rowsOf(warehouse, query), limit)]
      return rows.map((row) => row.map((cell, at) => rawOfCell(cell, query.columns[at]?.heldAs ?? 'VARCHAR')))
    },
    stream: async (query, signal) => streamed(warehouse, query, signal),
    estimate: async (query) => ({ rows: [...rowsOf(warehouse, query)].length, words: 'It reads everything.' }),
    proveReadOnly: () => Promise.resolve({ words: 'The user of this connection may only read.' }),
    async close() {
      if (open) warehouse.connections -= 1
      open = false
    },
  }
}

const statement = /^\s*SELECT\s+([^;]+?)\s+FROM\s+(?:`?([\w]+)`?|\(\s*(SELECT .+)\)\s+AS\s+\w+)\s*;?\s*$/is

function described(warehouse: ScriptedWarehouse, sql: string): DescribedQuery {
  const [, list = '', name, inner] = statement.exec(sql) ?? []
  if (name === undefined && inner === undefined) throw new AppError('sql-refused', 'This SQL is not accepted: it is not a SELECT.', { next: 'Write one SELECT.' })
  const from = inner === undefined ? warehouse.tables.get(name ?? '')?.columns : described(warehouse, inner).columns
  if (from === undefined) throw new AppError('bad-input', `There is no table '${name ?? ''}'.`, { next: 'Choose another table.' })
  if (list === '*') return { sql, columns: from }
  const wanted = list.split(',').map((column) => column.trim().replaceAll('`', ''))
  return { sql, columns: wanted.flatMap((column) => from.filter((one) => one.name === column)) }
}

function* rowsOf(warehouse: ScriptedWarehouse, { sql, columns }: DescribedQuery): Generator<Cell[]> {
  const name = /FROM\s+`?([\w]+)`?/i.exec(sql.replace(/^.*\(/s, ''))?.[1] ?? ''
  const table = warehouse.tables.get(name)
  if (table === undefined) throw new Error(`no table ${name}`)
  const places = columns.map((column) => table.columns.findIndex((one) => one.name === column.name))
  for (const row of table.rows()) yield places.map((at) => row[at] ?? null)
}

function streamed(warehouse: ScriptedWarehouse, query: DescribedQuery, signal: AbortSignal): SourceStream {
  const { faults } = warehouse
  const columns = faults.streamed?.(query.columns) ?? [...query.columns]
  return { columns, batches: faulty(warehouse, batchesOf(warehouse, query, signal)) }
}

async function* batchesOf(warehouse: ScriptedWarehouse, query: DescribedQuery, signal: AbortSignal): AsyncGenerator<Cell[][]> {
  let batch: Cell[][] = []
  for (const row of rowsOf(warehouse, query)) {
    signal.throwIfAborted()
    batch.push(row)
    if (batch.length < BATCH) continue
    warehouse.given += batch.length
    yield batch
    batch = []
  }
  warehouse.given += batch.length
  if (batch.length > 0) yield batch
}

async function* faulty({ faults }: ScriptedWarehouse, batches: AsyncIterable<Cell[][]>): AsyncGenerator<Cell[][]> {
  let given = 0
  for await (const batch of batches) {
    if (faults.breaksAfter?.batches === given) throw new Error(faults.breaksAfter.words)
    if (faults.hangs && given > 0) await new Promise(() => undefined)
    yield faults.batch?.(batch) ?? batch
    given += 1
  }
}

function* take<Item>(items: Iterable<Item>, most: number): Generator<Item> {
  let taken = 0
  for (const item of items) {
    if (taken++ >= most) return
    yield item
  }
}
