/**
 * `npm run journey`: the product's proof. From an empty folder and with nothing but the command line, the sample
 * company is made, every activation is planned, reviewed, approved and applied, and after each run the records of the
 * systems themselves are compared with what the warehouse and the approval say. Ends with 1 at the first broken promise.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CommandLine } from './journey/command-line.ts'
import type { ExportDocument, PlanDocument, VerdictDocument } from './journey/documents.ts'
import { editedByHand } from './journey/drift.ts'
import { firstRun } from './journey/first-run.ts'
import { BrokenPromise, chapter, kept, promise } from './journey/promises.ts'
import { SimulatedSystem } from './journey/simulated-system.ts'
import type { Activation } from './journey/warehouse.ts'
import { Warehouse } from './journey/warehouse.ts'

type Systems = Record<Activation['destination']['connection'], SimulatedSystem>

async function journey(folder: string, customers: string): Promise<void> {
  const workspace = join(folder, 'harbour-mutual')
  const lockstep = new CommandLine(workspace, join(folder, 'data'))
  chapter(`Harbour Mutual with ${Number(customers).toLocaleString('en-GB')} customers`)
  await lockstep.done('sample', 'create', workspace, '--customers', customers)
  kept('The sample company is made from an empty folder')
  promise('Its files are in order', true, (await lockstep.done<{ ok: boolean }>('workspace', 'validate')).ok)
  const simulators = await lockstep.start('simulators', 'start', workspace, '--pace', 'fast')
  try {
    await main(lockstep, new Warehouse(workspace), systemsAt(simulators.line))
  } finally {
    await simulators.stop()
  }
}

async function main(lockstep: CommandLine, warehouse: Warehouse, systems: Systems): Promise<void> {
  const { activations } = await lockstep.done<{ activations: { id: string }[] }>('activations', 'list')
  // The customer numbers that the first brings to the CRM are what the second finds its records by.
  const order = activations.map(({ id }) => id).sort((one, other) => Number(other === 'tier-to-crm') - Number(one === 'tier-to-crm'))
  promise('It has at least four activations', true, order.length >= 4)
  const customers = await warehouse.customers()
  for (const id of order) {
    chapter(`First run of ${id}`)
    const activation = await warehouse.activation(id)
    await firstRun({ lockstep, activation, system: systems[activation.destination.connection], rows: await warehouse.audience(activation), customers })
  }
  chapter('Planned again')
  for (const id of order) {
    const { counts } = await lockstep.done<PlanDocument>('plan', id)
    promise(`${id}: nothing to create, nothing to update, nothing to ask`, [0, 0, 0, 0], [counts.create, counts.update, counts.conflicts, counts.drift])
  }
  const manifest = await exportAudit(lockstep)
  await editedByHand({ lockstep, warehouse, customers, crm: systems.crm, activation: await warehouse.activation('tier-to-crm') })
  chapter('The audit after all of it')
  const verdict = await lockstep.done<VerdictDocument>('audit', 'verify', '--against', manifest)
  promise('It still contains everything that was exported, unchanged', [true, []], [verdict.ok, verdict.problems])
}

async function exportAudit(lockstep: CommandLine): Promise<string> {
  chapter('The audit')
  const { folder } = await lockstep.done<ExportDocument>('audit', 'export')
  kept('It is exported with a manifest')
  const verdict = await lockstep.done<VerdictDocument>('audit', 'verify')
  promise('The chain is whole', [true, []], [verdict.ok, verdict.problems])
  const manifest = join(folder, 'manifest.json')
  promise('It agrees with the manifest', true, (await lockstep.done<VerdictDocument>('audit', 'verify', '--against', manifest)).ok)
  return manifest
}

function systemsAt(line: string): Systems {
  const { crm, support, marketing } = JSON.parse(line) as Record<keyof Systems, { url: string }>
  return { crm: new SimulatedSystem(crm.url), support: new SimulatedSystem(support.url), marketing: new SimulatedSystem(marketing.url) }
}

const { values } = parseArgs({ options: { customers: { type: 'string', default: '20000' }, keep: { type: 'boolean', default: false } } })
const folder = await mkdtemp(join(tmpdir(), 'lockstep-journey-'))
const started = performance.now()
try {
  await journey(folder, values.customers)
  console.log(`\nEvery promise held, in ${Math.round((performance.now() - started) / 1000)} s.`)
} catch (error) {
  console.error(error instanceof BrokenPromise ? `  ✗ ${error.message}` : error)
  process.exitCode = 1
} finally {
  if (values.keep) console.log(`Kept in ${folder}`)
  else await rm(folder, { recursive: true, force: true })
}
