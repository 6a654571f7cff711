import { assertNever } from '../../../contract/assert-never.ts'
import type { MatchState, PlanCounts, RecordOperation } from '../../../contract/states.ts'
import type { FieldChange, RecordChange } from '../../plans/plan-rows.ts'

type Counted = Pick<RecordChange, 'operation'> & { fields: Pick<FieldChange, 'class' | 'drift'>[] }
/** Operations of a record that stands for a row of the source. */
type SourceOperation = Exclude<RecordOperation, 'remove' | 'gone'>

/** Counts the records of a plan while it is being made (semantics §3). */
export class PlanCounter {
  private readonly totals: PlanCounts = {
    source: 0,
    matched: 0,
    unmatched: 0,
    ambiguous: 0,
    invalid: 0,
    create: 0,
    update: 0,
    clear: 0,
    remove: 0,
    gone: 0,
    unchanged: 0,
    blocked: 0,
    conflicts: 0,
    conflictRecords: 0,
    drift: 0,
    driftRecords: 0,
  }

  /** One row of the source and what became of it. */
  addSourceRow(match: MatchState, record: Counted & { operation: SourceOperation }): void {
    const { totals } = this
    totals.source++
    totals[match]++
    totals[record.operation]++
    this.addFields(record)
  }

  /** Rows that needed no decision of their own: linked, and nothing moved on either side. */
  addSettled(rows: number): void {
    this.totals.source += rows
    this.totals.matched += rows
    this.totals.unchanged += rows
  }

  /** A record without a row of the source. */
  addWithoutRow(operation: 'remove' | 'gone'): void {
    this.totals[operation]++
  }

  /** The counts so far; throws when they do not balance, which is a bug. */
  counts(): PlanCounts {
    assertBalanced(this.totals)
    return { ...this.totals }
  }

  private addFields({ operation, fields }: Counted): void {
    const { totals } = this
    let conflicts = 0
    let drift = 0
    let clears = false
    for (const field of fields) {
      if (field.class === 'conflict') conflicts++
      if (field.drift) drift++
      if (field.class === 'clear') clears = true
    }
    if (operation === 'update' && clears) totals.clear++
    totals.conflicts += conflicts
    totals.drift += drift
    if (conflicts > 0) totals.conflictRecords++
    if (drift > 0) totals.driftRecords++
  }
}

/** The records that a run of the plan would take on. */
export function plannedOf(counts: Pick<PlanCounts, 'create' | 'update' | 'remove'>): number {
  return counts.create + counts.update + counts.remove
}

/** Throws a bug error unless every source row is counted once by match and once by operation, and parts fit their whole. */
export function assertBalanced(counts: PlanCounts): void {
  for (const [name, holds] of balances(counts)) {
    if (!holds) throw new Error(`plan counts do not balance: ${name} in ${JSON.stringify(counts)}`)
  }
}

function balances(counts: PlanCounts): [string, boolean][] {
  return [
    ['source = matched + unmatched + ambiguous + invalid', counts.source === counts.matched + counts.unmatched + counts.ambiguous + counts.invalid],
    ['source = create + update + unchanged + blocked', counts.source === counts.create + counts.update + counts.unchanged + counts.blocked],
    ['create ≤ unmatched', counts.create <= counts.unmatched],
    ['update + unchanged ≤ matched', counts.update + counts.unchanged <= counts.matched],
    ['clear ≤ update', counts.clear <= counts.update],
    ['conflictRecords ≤ conflicts, and none without', fits(counts.conflictRecords, counts.conflicts)],
    ['conflictRecords ≤ update', counts.conflictRecords <= counts.update],
    ['driftRecords ≤ drift, and none without', fits(counts.driftRecords, counts.drift)],
  ]
}

function fits(records: number, fields: number): boolean {
  return records <= fields && (records === 0) === (fields === 0)
}

/** Whether an operation sends anything. */
export function isPlanned(operation: RecordOperation): operation is 'create' | 'update' | 'remove' {
  switch (operation) {
    case 'create':
    case 'update':
    case 'remove':
      return true
    case 'unchanged':
    case 'blocked':
    case 'gone':
      return false
    default:
      return assertNever(operation)
  }
}
