import type { CommandLine } from './command-line.ts'
import type { PlanDocument, RunDocument } from './documents.ts'
import { changes } from './first-run.ts'
import { heldByRow } from './people.ts'
import { BrokenPromise, chapter, promise } from './promises.ts'
import { conflictsOf } from './review.ts'
import type { HeldRecord, SimulatedSystem } from './simulated-system.ts'
import type { Activation, SourceRow, Warehouse } from './warehouse.ts'

const PERSON = 'Jo Marsh'
const TIERS = ['bronze', 'silver', 'gold', 'platinum']

export interface DriftScene {
  lockstep: CommandLine
  warehouse: Warehouse
  crm: SimulatedSystem
  activation: Activation
  customers: number
}

/** A person edits one value in the CRM; then the warehouse changes it too; the edit is kept and does not come back. */
export async function editedByHand(scene: DriftScene): Promise<void> {
  const { lockstep, warehouse, crm, activation } = scene
  const { record, row } = await chooseRecord(scene)
  const key = row.customer_id
  const agreed = String(row['tier'])
  const [typed = '', decided = ''] = TIERS.filter((tier) => tier !== agreed)

  chapter(`Somebody types ${typed} over ${agreed} in the CRM`)
  await crm.type('contacts', record.id, 'tier', typed, PERSON)
  const edited = await crm.records('contacts')
  const drifted = await lockstep.done<PlanDocument>('plan', activation.id)
  // A record with an open question counts among the updates: the answer may make it one.
  promise('The next plan lists exactly that value as drift', { drift: 1, driftRecords: 1, conflicts: 1, create: 0, update: 1 }, numbers(drifted))
  await promiseConflict(scene, drifted.planId, { record: key, base: agreed, warehouse: agreed, destination: typed })

  chapter(`The warehouse now says ${decided}`)
  await warehouse.query(`UPDATE decisions SET tier = '${decided}', scored_at = TIMESTAMP '2026-11-21 03:30:00' WHERE customer_id = '${key}'`)
  const both = await lockstep.done<PlanDocument>('plan', activation.id)
  promise('Both sides changed: a conflict, and no longer drift', { drift: 0, driftRecords: 0, conflicts: 1, create: 0, update: 1 }, numbers(both))
  await promiseConflict(scene, both.planId, { record: key, base: agreed, warehouse: decided, destination: typed })

  chapter('The edit is kept')
  await lockstep.done('review', 'resolve', both.planId, '--record', key, '--field', 'tier', '--take', 'destination', '--reason', 'The branch knows better')
  await lockstep.done('approve', both.planId)
  const run = await lockstep.done<RunDocument>('apply', both.planId)
  promise('The run is done and has delivered nothing', ['done', 0], [run.state, run.counts.delivered])
  promise('The CRM holds what the person typed, and all else is as it was', [], changes(edited, await crm.records('contacts')))
  const later = await lockstep.done<PlanDocument>('plan', activation.id)
  promise('The plan after does not bring it back', { drift: 0, driftRecords: 0, conflicts: 0, create: 0, update: 0 }, numbers(later))
}

/** A record that both sides agree on, whose tier nobody's rule changes. */
async function chooseRecord({ warehouse, crm, activation, customers }: DriftScene): Promise<{ record: HeldRecord; row: SourceRow }> {
  const rows = new Map((await warehouse.audience(activation)).map((row) => [row.customer_id, row]))
  const held = heldByRow(activation, await crm.records('contacts'), [...rows.values()], customers)
  for (const [customer, record] of held) {
    const row = rows.get(customer)
    if (row && record.fields['tier'] === row['tier'] && record.fields['lifecyclestage'] === 'customer') return { record, row }
  }
  throw new BrokenPromise('No contact agrees with the warehouse')
}

async function promiseConflict({ lockstep }: DriftScene, plan: string, expected: { record: string; base: string; warehouse: string; destination: string }): Promise<void> {
  const [conflict, ...more] = await conflictsOf(lockstep, plan)
  promise(
    'It shows the record, what was last agreed, what each side holds, and who typed it',
    { ...expected, field: 'tier', base: { known: true, value: expected.base }, by: PERSON, more: 0 },
    conflict && { record: conflict.record, base: conflict.base, warehouse: conflict.warehouse, destination: conflict.destination, field: conflict.field, by: conflict.editor?.name, more: more.length },
  )
}

function numbers({ counts: { drift, driftRecords, conflicts, create, update } }: PlanDocument): Record<string, number> {
  return { drift, driftRecords, conflicts, create, update }
}
