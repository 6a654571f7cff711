import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EngineProcess } from './engine-process.ts'
import { Simulator } from './simulator.ts'
import { seedOf, warehouseOf } from './systems.ts'
import type { System } from './systems.ts'

/** Small batches, so that a run has many moments; a lost answer is looked for after half a second instead of half a minute. */
const limits = { rowsPerWrite: 15, rowsPerRead: 15, requestTimeoutMs: 500 }

/** A workspace with one approved plan, kept so that every round starts from it, and the system it writes to. */
export interface Scene {
  system: System
  simulator: Simulator
  workspace: string
  engine: EngineProcess
  plan: string
  /** Back to the approved plan and the untouched system. */
  again(): Promise<void>
}

export async function makeScene(folder: string, system: System): Promise<Scene> {
  const workspace = join(folder, system.name)
  const kept = `${workspace}.approved`
  mkdirSync(join(workspace, '.lockstep'), { recursive: true, mode: 0o700 })
  const seedFile = `${workspace}.seed.jsonl`
  writeFileSync(seedFile, seedOf(system))
  const simulator = await Simulator.start(system.name, seedFile)
  writeWorkspace(workspace, system, simulator)
  const engine = new EngineProcess(workspace, join(folder, 'data'))
  const { planId, counts } = await engine.done<{ planId: string; counts: { create: number } }>('plan', 'customers')
  await engine.done('approve', planId, '--confirm-count', String(counts.create))
  cpSync(workspace, kept, { recursive: true })
  return {
    system,
    simulator,
    workspace,
    engine,
    plan: planId,
    async again() {
      rmSync(workspace, { recursive: true, force: true })
      cpSync(kept, workspace, { recursive: true })
      await simulator.reset()
    },
  }
}

function writeWorkspace(workspace: string, system: System, simulator: Simulator): void {
  const write = (path: string, lines: string[]): void => {
    mkdirSync(join(workspace, path, '..'), { recursive: true })
    writeFileSync(join(workspace, path), `${lines.join('\n')}\n`)
  }
  write('lockstep.yaml', ['id: crash-loop', 'name: Crash loop'])
  write('customers.csv', [warehouseOf()])
  write('sources/warehouse.yaml', ['type: csv', 'path: customers.csv'])
  const columns = ['customer_id', 'email', 'first_name', 'tier', 'offer', 'value']
  write('products/customers.yaml', [
    'name: Customers', 'source: warehouse', 'table: customers', 'key: customer_id', 'contract:',
    ...columns.map((column) => `  - { column: ${column}, type: ${column === 'value' ? 'number' : 'string'} }`),
  ])
  write('connections/system.yaml', [
    'name: The system', `destination: ${system.destination}`, `simulator: ${system.name}`, 'onlyWriter: true', 'limits:',
    ...Object.entries(limits).map(([name, value]) => `  ${name}: ${value}`),
  ])
  write('activations/customers.yaml', [
    'name: Customers to the system',
    'product: customers',
    `destination: { connection: system, object: ${system.object} }`,
    `match: { column: customer_id, field: ${system.keyField} }`,
    'authority: warehouse',
    'guards: { updateShare: 1, createShare: 1, expiresAfterMinutes: 600 }',
    'fields:',
    ...Object.entries(system.fields).map(([field, column]) => `  - { from: ${column}, to: ${field} }`),
  ])
  write('.lockstep/simulators.json', [JSON.stringify({ [system.name]: { url: simulator.url, token: simulator.token, pace: 'fast' } })])
}
