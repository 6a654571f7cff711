import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceDefinition } from '../../contract/definitions.ts'
import { csvColumnType } from '../../contract/csv.ts'
import type { Clock, QueryProcesses, SecretStore } from '../ports/ports.ts'
import { cellValue, storedAs } from '../sources/cells.ts'
import type { SourceBench, WantedTable } from '../sources/conformance/bench.ts'
import { openSource } from '../sources/open-source.ts'
import { sourceById } from '../sources/registry.ts'
import type { Cell } from '../sources/source.ts'
import { openDuckDb, quoteName, quoteText } from '../storage/duckdb.ts'
import { valueTypeOf } from '../sources/column-types.ts'
import { diskFiles } from './disk-files.ts'
import { createFakeClock } from './fake-clock.ts'
import { ownQueries } from './own-queries.ts'
import { scriptedSource } from './scripted-source.ts'
import type { ScriptedWarehouse } from './scripted-source.ts'

const realClock: Clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep: (milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds)) }

/** Processes that count who has them, and the rows that they gave. */
function countedQueries(): { queries: QueryProcesses; held(): number; given(): number } {
  let held = 0
  let given = 0
  const take: QueryProcesses['take'] = async (memoryMb) => {
    const process = await ownQueries.take(memoryMb)
    held += 1
    let back = false
    const leave = (): void => {
      if (!back) held -= 1
      back = true
    }
    return {
      async ask(question) {
        const answer = await process.ask(question)
        if ('kind' in question && question.kind === 'batch') given += ((JSON.parse(answer) as unknown[] | null) ?? []).length
        return answer
      },
      kill() {
        process.kill()
        leave()
      },
      release() {
        process.release()
        leave()
      },
    }
  }
  return { queries: { take }, held: () => held, given: () => given }
}

/** Where files of one kind are made: what differs between the three of them. */
interface FileMaker {
  ending: string
  holds(heldAs: string, cell: Cell): boolean
  write(path: string, table: WantedTable, select: string): Promise<SourceDefinition>
  binary: boolean
}

/** A bench over files in a folder. */
function fileBench(folder: string, type: string, maker: FileMaker): SourceBench {
  const { queries, held, given } = countedQueries()
  const request = { folder, files: diskFiles, queries, clock: createFakeClock(), tempFolder: join(folder, 'temp'), id: 'bench' }
  let made = 0
  const write = async (table: WantedTable, select: string): Promise<SourceDefinition> => {
    made += 1
    await diskFiles.makeFolder(join(folder, String(made)))
    return maker.write(join(folder, String(made), `${table.name}${maker.ending}`), table, select)
  }
  const many = (rows: number): [WantedTable, string] => [{ name: 'many', columns: { id: 'BIGINT' }, rows: [] }, `SELECT range AS id FROM range(${rows})`]
  return {
    kind: sourceById(type),
    clock: realClock,
    holds: (heldAs, cell) => maker.holds(heldAs, cell),
    make: (table) => write(table, selectOf(table)),
    makeMany: (rows) => write(...many(rows)),
    makeBinary: async () => (maker.binary ? write({ name: 'pictures', columns: { id: 'BIGINT', picture: 'BLOB' }, rows: [] }, "SELECT 1::BIGINT AS id, 'x'::BLOB AS picture") : undefined),
    async broken() {
      const path = join(folder, `broken${maker.ending}`)
      writeFileSync(path, `a,b\n1,"this is no such file ${'x'.repeat(20_000)}`)
      return [{ type, path: join(folder, `gone${maker.ending}`) }, { type, path }, { type, path: folder }]
    },
    async change(definition) {
      const path = String(definition['path'])
      rmSync(path, { force: true })
      await maker.write(path, ...many(7))
    },
    open: (definition, signal) => openSource({ ...request, definition, ...(signal ? { signal } : {}) }),
    held,
    given,
    secrets: [],
  }
}

function selectOf({ columns, rows }: WantedTable): string {
  const names = Object.keys(columns)
  const values = rows.map((row) => `(${row.map((cell) => (cell === null ? 'NULL' : quoteText(cell))).join(', ')})`)
  const cells = names.map((_name, at) => `cell${at}`)
  return `SELECT ${names.map((name, at) => `${cellValue(`CAST(cell${at} AS VARCHAR)`, columns[name] ?? '')} AS ${quoteName(name)}`).join(', ')} FROM (VALUES ${values.join(', ')}) AS cells(${cells.join(', ')})`
}

async function inDuckDb(path: string | undefined, sql: string): Promise<void> {
  const db = await openDuckDb({ tempFolder: '/tmp', ownInstance: true, ...(path === undefined ? {} : { path }) })
  try {
    await db.run(`SET TimeZone = 'UTC'`)
    await db.run(sql)
  } finally {
    await db.release()
  }
}

/** A value of a CSV file must be spelled by its text, and not be the word for what is none. */
function csvHolds(heldAs: string, cell: Cell): boolean {
  return csvColumnType(heldAs) === heldAs && !/^-?(nan|inf)$/.test(cell ?? '') && !(heldAs === 'DOUBLE' && (cell ?? '').length > 20)
}

async function writeCsv(path: string, { columns, rows }: WantedTable, select: string): Promise<SourceDefinition> {
  const quoted = (cell: Cell): string => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`)
  if (rows.length === 0) await inDuckDb(undefined, `COPY (${select}) TO ${quoteText(path)} (FORMAT csv, HEADER)`)
  else writeFileSync(path, [Object.keys(columns), ...rows].map((row) => row.map(quoted).join(',')).join('\n') + '\n')
  return { type: 'csv', path, csv: { delimiter: ',', header: true, types: { ...columns } } }
}

/** The three kinds of files, each with its bench. */
export const fileBenches: Readonly<Record<'duckdb' | 'parquet' | 'csv', (folder: string) => SourceBench>> = {
  duckdb: (folder) =>
    fileBench(folder, 'duckdb', {
      ending: '.duckdb',
      binary: true,
      holds: () => true,
      async write(path, { name }, select) {
        await inDuckDb(path, `CREATE TABLE ${name} AS ${select}`)
        return { type: 'duckdb', path }
      },
    }),
  parquet: (folder) =>
    fileBench(folder, 'parquet', {
      ending: '.parquet',
      binary: true,
      holds: (heldAs) => storedAs(heldAs) === heldAs,
      async write(path, _table, select) {
        await inDuckDb(undefined, `COPY (${select}) TO ${quoteText(path)} (FORMAT parquet)`)
        return { type: 'parquet', path }
      },
    }),
  csv: (folder) => fileBench(folder, 'csv', { ending: '.csv', binary: false, holds: csvHolds, write: writeCsv }),
}

/** A bench over a scripted warehouse. */
export function scriptedBench(folder: string, warehouse: ScriptedWarehouse): SourceBench {
  const kind = scriptedSource(warehouse)
  const secrets = secretsOf({ password: warehouse.password })
  const definition: SourceDefinition = { type: kind.id, address: 'scripted.example' }
  const column = (name: string, heldAs: string) => ({ name, nativeType: heldAs.toLowerCase(), type: valueTypeOf(heldAs) ?? ('string' as const), heldAs })
  const put = (name: string, columns: Readonly<Record<string, string>>, rows: () => Iterable<readonly Cell[]>): SourceDefinition => {
    warehouse.tables.clear()
    warehouse.tables.set(name, { columns: Object.entries(columns).map(([id, heldAs]) => column(id, heldAs)), rows })
    return definition
  }
  return {
    kind,
    clock: realClock,
    holds: () => true,
    make: async ({ name, columns, rows }) => put(name, columns, () => rows),
    makeMany: async (rows) => put('many', { id: 'BIGINT' }, () => numbers(rows)),
    async makeBinary() {
      warehouse.tables.clear()
      const picture = { name: 'picture', nativeType: 'bytea', type: 'string' as const }
      warehouse.tables.set('pictures', { columns: [column('id', 'BIGINT'), picture], rows: () => [['1', 'x']] })
      return definition
    },
    broken: async () => [{ type: kind.id, address: 'nowhere' }],
    // What is being read is of the moment when it began, as a warehouse's snapshot is.
    change: async () => void put('many', { id: 'BIGINT' }, () => numbers(7)),
    open: (asked, signal) => openSource({ definition: asked, sources: [kind], secrets, id: 'bench', folder, files: diskFiles, queries: ownQueries, clock: createFakeClock(), tempFolder: join(folder, 'temp'), ...(signal ? { signal } : {}) }),
    held: () => warehouse.connections,
    given: () => warehouse.given,
    secrets: [warehouse.password],
  }
}

function* numbers(rows: number): Generator<Cell[]> {
  for (let id = 0; id < rows; id++) yield [String(id)]
}

/** Secrets that are the same for everybody. */
export function secretsOf(values: Readonly<Record<string, string>>): SecretStore {
  return {
    forWorkspace: () => ({
      get: async (_owner, field) => (values[field] === undefined ? undefined : { value: values[field], origin: 'session' as const }),
      set: async () => 'session' as const,
      bind: async () => undefined,
      remove: async () => undefined,
      keychain: async () => ({ available: false }),
    }),
  }
}
