import type { CommandLine } from './command-line.ts'
import type { Conflict, FailureDocument, PlanDocument, RunDocument } from './documents.ts'
import { answerKey, canonical, differences, expectedState } from './expected-state.ts'
import type { Approved, ExpectedState } from './expected-state.ts'
import { heldByRow, recordsByCustomer } from './people.ts'
import { kept, promise, promiseNone } from './promises.ts'
import { conflictsOf, recordsIn } from './review.ts'
import type { SimulatedSystem, Snapshot } from './simulated-system.ts'
import type { Activation, SourceRow } from './warehouse.ts'

export interface FirstRun {
  lockstep: CommandLine
  system: SimulatedSystem
  activation: Activation
  rows: SourceRow[]
  /** How many there are in the warehouse. */
  customers: number
}

/** Fields a vendor fills in by itself when a record is made. */
const vendorsOwn = new Set(['role', 'lifecyclestage', 'createdate', 'lastmodifieddate', 'hs_object_id', 'email_subscribe', 'push_subscribe'])

/** Plan, answers by rule, approval and apply of one activation; then the system's own records are compared, field by field. */
export async function firstRun(scene: FirstRun): Promise<Snapshot> {
  const { lockstep, system, activation, rows } = scene
  const before = await system.records(activation.destination.object)
  const { exit, document: plan } = await lockstep.run<PlanDocument>('plan', activation.id)
  promise('The plan is stored', 0, exit)
  const { counts } = plan
  promise('Its counts balance with the warehouse', [rows.length, rows.length, rows.length], [counts.source, counts.matched + counts.unmatched + counts.ambiguous + counts.invalid, counts.create + counts.update + counts.unchanged + counts.blocked])
  const conflicts = await answerConflicts(scene, plan, before)
  const blocked = await recordsIn(lockstep, plan.planId, 'blocked')
  promise('As many rows are blocked as the plan says', counts.blocked, blocked.size)
  promiseWaiting(scene, before, blocked)
  const held = heldByRow(activation, before, rows, scene.customers)
  const expected = expectedState(activation, before, rows, { blocked: new Set(blocked.keys()), held, answers: answersOf(await conflictsOf(lockstep, plan.planId)) })
  await selectRows(scene, plan, expected, conflicts.length)
  promise('Planning, answering and selecting have changed nothing', 0, changes(before, await system.records(activation.destination.object)).length)
  await approve(lockstep, plan)
  const { exit: ended, document: run } = await lockstep.run<RunDocument>('apply', plan.planId)
  promise('The run is done', ['done', 0], [run.state, ended])
  const after = await system.records(activation.destination.object)
  compare(activation, before, after, expected)
  checkRun(run, plan, expected)
  promise('Applying the plan once more gives the same run', run, await lockstep.done('apply', plan.planId))
  promise('and sends nothing', 0, changes(after, await system.records(activation.destination.object)).length)
  return after
}

/** Nobody is chosen for people whom the system holds twice: that is for a person to say. */
function promiseWaiting({ activation, rows, customers }: FirstRun, before: Snapshot, blocked: Map<string, string | undefined>): void {
  const found = recordsByCustomer(activation, before, customers)
  const twice = rows.filter(({ customer_id: customer }) => (found.get(customer)?.length ?? 0) > 1)
  promiseNone(`All ${twice.length} whom the system holds twice wait for a person`, twice.flatMap(({ customer_id: customer }) => (blocked.has(customer) ? [] : [customer])))
  if (activation.id !== 'tier-to-crm') return
  promise('The CRM does hold some twice', true, twice.length > 0)
  // Few companies of a thousand have somebody for each.
  if (customers < 10_000) return
  const reasons = new Set(blocked.values())
  promiseNone('People wait for every kind of reason', ['Several records match in the destination', 'Perhaps the same person, held back by a guard rail', 'No match key', 'The match key is not usable'].filter((reason) => !reasons.has(reason)))
}

/** Rule: what people typed stays, the tier is the warehouse's, and one record gets a value by hand. */
async function answerConflicts({ lockstep, activation, rows, customers }: FirstRun, plan: PlanDocument, before: Snapshot): Promise<Conflict[]> {
  const conflicts = await conflictsOf(lockstep, plan.planId)
  promise('Every conflict is listed', [plan.counts.conflicts, plan.counts.conflictRecords], [conflicts.length, new Set(conflicts.map(({ record }) => record)).size])
  if (conflicts.length === 0) return conflicts
  const held = heldByRow(activation, before, rows, customers)
  const untrue = conflicts.filter(({ record, field, destination }) => canonical(held.get(record)?.fields[field]) !== canonical(destination))
  promiseNone('Each shows what the system holds', untrue.map(({ record, field }) => `${record} ${field}`))
  const waiting = await lockstep.run<FailureDocument>('apply', plan.planId)
  promise('While answers are missing, apply waits', [3, 'answers-missing'], [waiting.exit, waiting.document.error.code])
  const tier = conflicts.filter(({ field }) => field.endsWith('tier'))
  await lockstep.done('review', 'resolve', plan.planId, '--all', '--take', 'destination')
  const [first] = tier
  if (first) {
    await lockstep.done('review', 'resolve', plan.planId, '--field', first.field, '--take', 'warehouse')
    const third = ['silver', 'gold', 'platinum'].find((value) => value !== first.warehouse && value !== first.destination) ?? ''
    if (activation.id === 'tier-to-crm') await lockstep.done('review', 'resolve', plan.planId, '--record', first.record, '--field', first.field, '--take', 'value', '--value', third, '--reason', 'Agreed with the branch')
  }
  kept(`${conflicts.length} conflicts are answered by rule`)
  return conflicts
}

function answersOf(conflicts: Conflict[]): Approved['answers'] {
  promiseNone('Every conflict has an answer', conflicts.filter(({ answer }) => answer === null).map(({ record, field }) => `${record} ${field}`))
  return new Map(conflicts.map(({ record, field, answer, result }) => [answerKey(record, field), { take: answer?.take ?? '', result }]))
}

/** What a person typed is replaced only where somebody said so: such rows wait to be selected. */
async function selectRows({ lockstep }: FirstRun, plan: PlanDocument, expected: ExpectedState, conflicts: number): Promise<void> {
  const waiting = await recordsIn(lockstep, plan.planId, 'not preselected')
  promiseNone('No row that replaces what a person typed is preselected', [...expected.replacesPersons].filter((record) => !waiting.has(record)))
  const [first] = waiting.keys()
  if (first === undefined) return
  const one = await lockstep.done<{ selected: number; unselected: number }>('review', 'select', plan.planId, '--record', first)
  promise('One row can be selected', [1, waiting.size - 1], [one.selected, one.unselected])
  await lockstep.done('review', 'select', plan.planId, '--all')
  kept(`All ${waiting.size} such rows are selected${conflicts > 0 ? ', beside the answers' : ''}`)
}

async function approve(lockstep: CommandLine, plan: PlanDocument): Promise<void> {
  const early = await lockstep.run<FailureDocument>('apply', plan.planId)
  promise('Without approval, apply waits', [3, 'approval-missing'], [early.exit, early.document.error.code])
  if (plan.counts.create > 0) {
    const untyped = await lockstep.run<FailureDocument>('approve', plan.planId)
    promise('A first load is approved only with its count typed', [3, 'confirmation-missing'], [untyped.exit, untyped.document.error.code])
  }
  const approval = await lockstep.done<{ planHash: string }>('approve', plan.planId, ...(plan.counts.create > 0 ? ['--confirm-count', String(plan.counts.create)] : []))
  promise('The approval signs this plan', plan.planHash, approval.planHash)
}

function compare(activation: Activation, before: Snapshot, after: Snapshot, expected: ExpectedState): void {
  const wrong = [...expected.records].flatMap(([id, fields]) => (after.has(id) ? differences(id, fields, after.get(id)?.fields ?? {}) : [`${id} is gone`]))
  promiseNone(`${expected.records.size} records that were there: every approved change is in them, and nothing else changed`, wrong)
  const made = new Map([...after.values()].filter(({ id }) => !before.has(id)).map(({ fields }) => [String(fields[activation.match.field]), fields]))
  promise('As many records are new as rows had none', expected.created.length, after.size - before.size)
  const missing = expected.created.flatMap((fields) => {
    const key = String(fields[activation.match.field])
    const found = Object.fromEntries(Object.entries(made.get(key) ?? {}).filter(([field]) => field in fields || !vendorsOwn.has(field)))
    return made.has(key) ? differences(key, fields, found) : [`${key} was not made`]
  })
  promiseNone(`${expected.created.length} new records hold exactly what the warehouse says`, missing)
  promiseNone('No record is there twice', duplicates(after, ['email', 'customer_id', 'external_id']).filter((key) => !duplicates(before, ['email', 'customer_id', 'external_id']).includes(key)))
}

function checkRun({ counts }: RunDocument, plan: PlanDocument, expected: ExpectedState): void {
  promise('The plan had announced exactly these numbers', [expected.created.length, expected.updated], [plan.counts.create, plan.counts.update - (counts.skipped - counts.rejected)])
  promise('The run has read all of them back', expected.created.length + expected.updated, counts.verified + counts.overridden)
  promise(`What the system’s own rule put back is found, and only that: ${expected.overridden}`, expected.overridden, counts.overridden)
  if (plan.activation === 'tier-to-crm') promise('The CRM’s rule was put to the test', true, expected.overridden > 0)
  promise('Nothing is left pending, rejected or unknown', 0, counts.pending + counts.sent + counts.accepted + counts.rejected + counts.quarantined + counts.unknown + counts.unverifiable)
}

/** Keys that several living records hold. */
function duplicates(records: Snapshot, fields: string[]): string[] {
  const seen = new Map<string, number>()
  for (const record of records.values()) {
    if (record.deleted) continue
    for (const field of fields) {
      const value = canonical(record.fields[field])?.toLowerCase()
      if (value !== undefined) seen.set(`${field} ${value}`, (seen.get(`${field} ${value}`) ?? 0) + 1)
    }
  }
  return [...seen].filter(([, count]) => count > 1).map(([key]) => key)
}

/** Everything that differs between two pictures of a system. */
export function changes(before: Snapshot, after: Snapshot): string[] {
  const ids = new Set([...before.keys(), ...after.keys()])
  return [...ids].flatMap((id) => {
    const [one, other] = [before.get(id), after.get(id)]
    if (!one || !other) return [`${id} ${one ? 'is gone' : 'is new'}`]
    return one.deleted === other.deleted ? differences(id, one.fields, other.fields) : [`${id} was deleted or came back`]
  })
}
