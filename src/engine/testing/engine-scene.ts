import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContractRouterClient } from '@orpc/contract'
import { createRouter } from '../calls/router.ts'
import { createRouterClient } from '@orpc/server'
import type { Contract } from '../../contract/contract.ts'
import type { ListedDestination } from '../destinations/destination.ts'
import { createEngine, type Engine } from '../engine.ts'
import type { Http, Ports, SecretStore } from '../ports/ports.ts'
import type { AnySource } from '../sources/source.ts'
import { openFileOnce, type DuckDb } from '../storage/duckdb.ts'
import { silentLog } from './connect-to.ts'
import { diskFiles } from './disk-files.ts'
import { ownQueries } from './own-queries.ts'
import { noAnchors } from './verify-state.ts'

/** Waiting is for background loops only here, so it takes the time it takes. */
function really(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }, { once: true })
  })
}

const noSecrets: SecretStore = { forWorkspace: () => ({ get: async () => undefined, set: async () => 'session', bind: async () => undefined, remove: async () => undefined, keychain: async () => ({ available: false }) }) }

/** A warehouse that is no DuckDB file: its kind, its secrets, and the text of its source’s file. */
export interface OtherWarehouse {
  sources: readonly AnySource[]
  secrets: SecretStore
  file: string
}

/** What a person of the scene is, in the warehouse or in the destination. */
export type Person = Record<string, string | number | boolean | null>

export const activationText = `name: Tier to CRM
product: people
destination: { connection: crm, object: contacts }
match: { column: id, field: id }
authority: review
fields:
  - { from: name, to: name, authority: fill if empty }
  - { from: tier, to: tier }
  - { from: score, to: score, authority: warehouse }
`

/**
 * A whole engine over a real workspace on disk: a DuckDB warehouse with one table of people, and a destination that
 * is a table in another file. Only time is made up: it stands still until a test moves it.
 */
export class EngineScene {
  readonly folder: string
  readonly engine: Engine
  readonly client: ContractRouterClient<Contract>
  private time = Date.parse('2026-01-05T09:00:00Z')
  private readonly http: Http

  private readonly secrets: SecretStore

  private constructor(folder: string, http: Http, destinations: readonly ListedDestination[] | undefined, warehouse?: OtherWarehouse) {
    this.secrets = warehouse?.secrets ?? noSecrets
    this.folder = folder
    this.http = http
    this.engine = createEngine({ ports: this.ports(), holder: { process: process.pid, host: 'test', isRunning: () => true }, version: 'test', workspacesFolder: folder, temporaryFolder: folder, ...(destinations ? { destinations } : {}), ...(warehouse ? { sources: warehouse.sources } : {}) })
    this.client = createRouterClient(createRouter(this.engine), { context: { actor: { name: 'Ada' } } })
  }

  /** Opens a workspace with these people in the warehouse and in the destination. With a simulator, the connection leads there; `destinations` take the place of the product’s own, `otherWarehouse` that of the DuckDB file. */
  static async open(warehouse: Person[], destination: Person[], activation = activationText, simulator?: { url: string; token: string; http: Http }, destinations?: readonly ListedDestination[], otherWarehouse?: OtherWarehouse): Promise<EngineScene> {
    const scene = new EngineScene(mkdtempSync(join(tmpdir(), 'lockstep-engine-')), simulator?.http ?? { request: () => Promise.reject(new Error('this scene has no network')) }, destinations, otherWarehouse)
    for (const name of ['sources', 'connections', 'products', 'activations']) mkdirSync(join(scene.folder, name))
    await scene.writeFile('lockstep.yaml', 'id: scene\nname: Scene\n')
    await scene.writeFile('sources/warehouse.yaml', otherWarehouse?.file ?? 'type: duckdb\npath: warehouse.duckdb\n')
    await scene.writeFile('connections/crm.yaml', `name: CRM\ndestination: local-file\nsettings: { path: ${join(scene.folder, 'crm.duckdb')}, table: contacts, key: id }\n`)
    if (simulator) {
      mkdirSync(join(scene.folder, '.lockstep'))
      await scene.writeFile('.lockstep/simulators.json', JSON.stringify({ pace: 'fast', crm: { url: simulator.url, token: simulator.token } }))
      await scene.writeFile('connections/crm.yaml', 'name: CRM\ndestination: hubspot\nsimulator: crm\nlimits: { requestTimeoutMs: 1000 }\n')
    }
    await scene.writeFile(
      'products/people.yaml',
      `name: People\nsource: warehouse\ntable: people\nkey: id\nlabel: name\ncontract:\n${['id', 'name', 'tier'].map((column) => `  - { column: ${column}, type: string }\n`).join('')}  - { column: score, type: number }\n  - { column: blocked, type: boolean }\n`,
    )
    await scene.writeFile('activations/tier-to-crm.yaml', activation)
    await scene.table('warehouse.duckdb', 'people', 'id VARCHAR, name VARCHAR, tier VARCHAR, score DECIMAL(9, 2), blocked BOOLEAN', warehouse)
    await scene.table('crm.duckdb', 'contacts', 'id VARCHAR, name VARCHAR, tier VARCHAR, score DECIMAL(9, 2)', destination)
    await scene.engine.open(scene.folder)
    return scene
  }

  private ports(): Ports {
    return {
      clock: {
        now: () => this.time,
        monotonic: () => performance.now(),
        sleep: really,
      },
      ids: { next: () => randomUUID() },
      random: { next: () => 0.5 },
      http: this.http,
      secrets: this.secrets,
      anchors: noAnchors,
      log: silentLog,
      notify: { show: () => undefined },
      files: diskFiles,
      queries: ownQueries,
    }
  }

  advance(milliseconds: number): void {
    this.time += milliseconds
  }

  writeFile(path: string, text: string): Promise<void> {
    return diskFiles.writeText(join(this.folder, path), text)
  }

  /** What a person, or another program, does in the warehouse (`warehouse.duckdb`) or the destination (`crm.duckdb`). */
  async sql(file: string, statement: string, parameters: (string | number | boolean | null)[] = []): Promise<void> {
    await this.inFile(file, (duckdb) => duckdb.run(statement, parameters))
  }

  /** A table with these people. The file is opened once: opening one takes longer than all that a test puts into it. */
  private table(file: string, name: string, columns: string, people: readonly Person[]): Promise<void> {
    return this.inFile(file, async (duckdb) => {
      await duckdb.run(`CREATE TABLE ${name} (${columns})`)
      for (const person of people) {
        const given = Object.keys(person)
        await duckdb.run(`INSERT INTO ${name} (${given.join(', ')}) VALUES (${given.map(() => '?').join(', ')})`, Object.values(person))
      }
    })
  }

  private async inFile<Result>(file: string, work: (duckdb: DuckDb) => Promise<Result>): Promise<Result> {
    const duckdb = await openFileOnce({ path: join(this.folder, file), tempFolder: join(this.folder, 'spill') })
    try {
      return await work(duckdb)
    } finally {
      await duckdb.release()
    }
  }

  /** The destination's own rows, by id. */
  async contacts(): Promise<Person[]> {
    return this.inFile('crm.duckdb', (duckdb) => duckdb.rows<Person>('SELECT id, name, tier, score::VARCHAR AS score FROM contacts ORDER BY id'))
  }

  plan(options: { limit?: number; keys?: string[] } = {}): Promise<Awaited<ReturnType<EngineScene['client']['plans']['create']>>> {
    return this.client.plans.create({ activation: 'tier-to-crm', ...options })
  }

  /** Answers what is open, selects everything, approves and applies; returns the ended run. */
  async apply(planId: string, take: 'warehouse' | 'destination' | 'skip' = 'warehouse'): Promise<Awaited<ReturnType<EngineScene['client']['runs']['get']>>> {
    const plan = await this.client.plans.get({ plan: planId })
    if (plan.openConflicts > 0) await this.client.plans.resolve({ plan: planId, scope: { all: true }, take })
    if (plan.unselected > 0) await this.client.plans.select({ plan: planId, scope: { all: true } })
    const count = plan.guards.find((guard) => guard.count !== undefined)?.count
    await this.client.plans.approve({ plan: planId, ...(count === undefined ? {} : { confirmCount: count }) })
    return this.started(planId)
  }

  async started(planId: string): Promise<Awaited<ReturnType<EngineScene['client']['runs']['get']>>> {
    const run = await this.client.runs.start({ plan: planId })
    await this.engine.workspace().runs.whenEnded(run.runId)
    return this.client.runs.get({ run: run.runId })
  }

  async close(): Promise<void> {
    await this.engine.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
