import { dirname, join } from 'node:path'
import { AppError } from '../../contract/errors.ts'
import type { Files } from '../ports/ports.ts'
import { openDuckDb, quoteText } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { WORKSPACE_FILE } from '../workspace/definition-files.ts'
import { customer360Sql } from './customer-360-sql.ts'
import { seedQueries } from './seed-sql.ts'
import { chance, warehouseStatements } from './warehouse-sql.ts'
import { sampleFiles } from './workspace-files.ts'

export interface SampleRequest {
  /** Absolute. Made when it is not there; must not hold a workspace yet. */
  folder: string
  files: Files
  customers?: number
  seed?: number
}

export interface SampleResult {
  folder: string
  customers: number
  seed: number
}

export const SAMPLE_WAREHOUSE = 'warehouse.duckdb'
const DEFAULT_CUSTOMERS = 20_000
const DEFAULT_SEED = 1

/**
 * Makes Harbour Mutual in a folder: warehouse, definitions, and what the three simulators start with. Same seed, same
 * data. lockstep.yaml is written last, so that a half-made folder never opens as a workspace.
 */
export async function createSample({ folder, files, customers = DEFAULT_CUSTOMERS, seed = DEFAULT_SEED }: SampleRequest): Promise<SampleResult> {
  await refuseExisting(folder, files)
  const state = join(folder, '.lockstep')
  const warehouse = join(folder, SAMPLE_WAREHOUSE)
  await files.makeFolder(folder)
  await files.makeFolder(state, 0o700)
  await files.makeFolder(join(state, 'simulators'), 0o700)
  try {
    await fillWarehouse(warehouse, join(state, 'simulators'), customers, seed)
    for (const [path, text] of Object.entries(sampleFiles())) {
      await files.makeFolder(dirname(join(folder, path)))
      await files.writeText(join(folder, path), text)
    }
  } catch (cause) {
    for (const path of [warehouse, `${warehouse}.wal`]) await files.remove(path)
    throw cause
  }
  return { folder, customers, seed }
}

async function refuseExisting(folder: string, files: Files): Promise<void> {
  for (const name of [WORKSPACE_FILE, SAMPLE_WAREHOUSE]) {
    if (await files.exists(join(folder, name))) {
      throw new AppError('workspace-exists', `There is already ${name === WORKSPACE_FILE ? 'a workspace' : `a ${name}`} in ${folder}.`, {
        file: join(folder, name),
        next: 'Choose an empty folder, or open the one that is there.',
      })
    }
  }
}

async function fillWarehouse(path: string, seedFolder: string, customers: number, seed: number): Promise<void> {
  const db = await openDuckDb({ path, tempFolder: join(seedFolder, 'spill'), memoryLimitMb: 1024 })
  try {
    // Rows are written in the order of their keys.
    await db.run('SET preserve_insertion_order = true')
    for (const statement of warehouseStatements(customers, seed)) await db.run(statement)
    await writeSeeds(db, seedFolder, seed)
    await db.run('CHECKPOINT')
  } finally {
    db.closeInstance()
  }
}

async function writeSeeds(db: DuckDb, folder: string, seed: number): Promise<void> {
  for (const statement of chance(seed)) await db.run(statement)
  await db.run(`CREATE TEMP TABLE truth AS SELECT *, CAST(substr(customer_id, 4) AS INTEGER) AS i FROM (${customer360Sql}) ORDER BY customer_id`)
  for (const [system, query] of Object.entries(seedQueries)) {
    await db.run(`COPY (${query}) TO ${quoteText(join(folder, `${system}.seed.jsonl`))} (FORMAT json)`)
  }
}
