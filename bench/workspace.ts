import { copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { destinations as builtIn } from '../src/engine/destinations/registry.ts'
import type { ListedDestination } from '../src/engine/destinations/destination.ts'
import { sources } from '../src/engine/sources/registry.ts'
import { openSession, type OpenSession } from '../src/engine/services/open-session.ts'
import type { ChangeEvent } from '../src/contract/shapes.ts'
import { thisProcess } from '../src/platform/holder.ts'
import { createNodePorts } from '../src/platform/node-ports.ts'
import { openDuckDb, quoteText } from '../src/engine/storage/duckdb.ts'
import { columns } from './data-set.ts'
import type { StepInput } from './step.ts'

/** Where a step's workspace is, and whether a plan reads every record or only those it must. */
export interface WorkspaceOptions extends StepInput {
  workspace: string
  drift: 'only changed rows' | 'full'
  /** A server to write to instead of a table in a local file. */
  url?: string
  /** Smaller batches than the destination's own. */
  rowsPerRequest?: number
}

/** Writes a workspace over the data set: warehouse on one side, a table in a local file on the other. */
export function writeWorkspace(options: WorkspaceOptions): void {
  const { workspace, keys } = options
  rmSync(workspace, { recursive: true, force: true })
  for (const folder of ['sources', 'connections', 'products', 'activations']) mkdirSync(`${workspace}/${folder}`, { recursive: true })
  const write = (path: string, lines: string[]): void => writeFileSync(`${workspace}/${path}`, `${lines.join('\n')}\n`)
  write('lockstep.yaml', ['id: bench', 'name: Bench'])
  write('sources/warehouse.yaml', ['name: Warehouse', 'type: duckdb', `path: ${options.folder}/warehouse.duckdb`])
  const place = options.url === undefined ? ['destination: local-file', 'settings:', `  path: ${workspace}/destination.duckdb`, '  table: customers', '  key: customer_id'] : ['destination: bench-http', 'settings:', `  url: ${options.url}`]
  const limits = options.rowsPerRequest === undefined ? [] : [`limits: { rowsPerRead: ${options.rowsPerRequest}, rowsPerWrite: ${options.rowsPerRequest} }`]
  write('connections/file.yaml', ['name: File', 'onlyWriter: true', ...limits, ...place])
  const types: Record<string, string> = { customer_id: keys === 'text' ? 'string' : 'number', seats: 'number', mrr_cents: 'number', ltv_cents: 'number', is_active: 'boolean', updated_at: 'instant' }
  const contract = ['customer_id', ...columns].map((column) => `  - { column: ${column}, type: ${types[column] ?? 'string'} }`)
  write('products/customers.yaml', ['name: Customers', 'source: warehouse', 'table: customers', 'key: customer_id', 'contract:', ...contract])
  write('activations/customers.yaml', [
    'name: Customers to file',
    'product: customers',
    'destination: { connection: file, object: customers }',
    'match: { column: customer_id, field: customer_id }',
    'authority: warehouse',
    'guards: { updateShare: 1, createShare: 1, expiresAfterMinutes: 600 }',
    ...(options.drift === 'full' ? ['driftRequestBudget: 100000'] : ['driftRequestBudget: 0']),
    'fields:',
    ...columns.map((column) => `  - { from: ${column}, to: ${column} }`),
  ])
}

/** A fresh destination: what it held before the warehouse changed, or the warehouse's own values, or no records at all. */
export async function freshDestination({ folder, workspace }: Pick<WorkspaceOptions, 'folder' | 'workspace'>, held: 'before' | 'warehouse' | 'nothing' = 'before'): Promise<void> {
  const path = `${workspace}/destination.duckdb`
  for (const old of ['', '.wal']) rmSync(`${path}${old}`, { force: true })
  if (held !== 'nothing') return copyFileSync(`${folder}/${held}.duckdb`, path)
  const db = await openDuckDb({ path, tempFolder: `${folder}/spill` })
  await db.run(`ATTACH ${quoteText(`${folder}/before.duckdb`)} AS before (READ_ONLY)`)
  await db.run('CREATE TABLE customers AS FROM before.customers LIMIT 0')
  db.closeInstance()
}

/** Puts the workspace back to where `settle` left it. */
export async function settledAgain(input: WorkspaceOptions): Promise<void> {
  rmSync(`${input.workspace}/.lockstep`, { recursive: true, force: true })
  cpSync(`${input.workspace}/settled`, `${input.workspace}/.lockstep`, { recursive: true })
  await freshDestination(input)
}

export interface SessionUse<Result> {
  workspace: string
  /** In the place of the product's own. */
  destinations?: readonly ListedDestination[]
  emit?: (event: ChangeEvent) => void
  use(session: OpenSession): Promise<Result>
}

/** Opens the workspace, does something with it, and closes it. */
export async function withSession<Result>({ workspace, destinations = builtIn, emit, use }: SessionUse<Result>): Promise<Result> {
  const { ports, close } = createNodePorts({ name: 'bench', logLevel: 'error', environment: { ...process.env, LOCKSTEP_KEYCHAIN: 'off' } })
  const session = await openSession({ ports, folder: workspace, holder: thisProcess, emit: emit ?? (() => undefined), onLost: () => undefined, destinations, sources })
  try {
    return await use(session)
  } finally {
    session.close()
    await close()
  }
}
