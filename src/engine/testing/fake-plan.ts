import type { Raw } from '../../contract/states.ts'
import type { ObservationSink, PlanForApply, PlannedRecord, PlanReadiness, StandingChoice } from '../plans/plan-for-apply.ts'
import type { FieldChange } from '../plans/plan-rows.ts'
import type { Canonical } from '../values/canonical.ts'
import { sendingOf } from '../planning/decide/resolve.ts'
import type { SyncEvidence } from '../storage/sync-evidence.ts'

export interface FakeRow {
  key: string
  operation: 'create' | 'update' | 'remove'
  remoteId?: string
  /** Field → before and after. */
  changes: Record<string, { before: Raw; after: Raw }>
  /** Not sent. */
  skip?: 'not selected' | 'kept' | 'skip for now'
  /** Conflicts answered with "keep the destination value". */
  keeps?: { field: string; d: Canonical; a: Canonical }[]
}

export function comparable(_field: string, raw: Raw): Canonical {
  return raw === null || raw === '' ? null : `s:${String(raw)}`
}

function change(field: string, { before, after }: { before: Raw; after: Raw }): FieldChange {
  return {
    field, class: 'update', case: 9, write: true, drift: false, firstContact: false, destroys: false,
    base: { known: true, value: before, canonical: comparable(field, before) },
    warehouse: after, destination: before, d: comparable(field, after), a: comparable(field, before),
  }
}

/** A stored plan of a test: records in memory, observations kept for looking at. */
export class FakePlan implements PlanForApply {
  readonly planHash = 'a'.repeat(64)
  readonly activationName = 'Tiers'
  readonly connection = 'crm'
  readonly object = 'contacts'
  readonly matchField = 'email'
  onRemove: PlanForApply['onRemove'] = 'archive'
  readiness_: PlanReadiness = { openConflicts: 0, approval: { approvedBy: 'Anna', at: 0, decisionHash: 'b'.repeat(64) } }
  readonly observations: SyncEvidence[] = []
  readonly forgotten: { key: string; remoteId: string }[] = []
  published = 0
  readonly id: string
  readonly activation: string
  readonly rows: FakeRow[]
  /** Ordinals are spread, as blocked and conflicting records stand between planned ones. */
  readonly ordinalStep: number

  constructor(rows: FakeRow[], options: { id?: string; activation?: string; ordinalStep?: number } = {}) {
    this.rows = rows
    this.id = options.id ?? '00000000-plan'
    this.activation = options.activation ?? 'tiers'
    this.ordinalStep = options.ordinalStep ?? 3
  }

  get planned(): number {
    return this.rows.length
  }

  async readiness(): Promise<PlanReadiness> {
    return this.readiness_
  }

  async *records(fromOrdinal: number): AsyncGenerator<PlannedRecord[]> {
    const all = this.rows.map((row, index) => this.record(row, index)).filter((record) => record.ordinal >= fromOrdinal)
    for (let start = 0; start < all.length; start += 7) {
      await Promise.resolve()
      yield all.slice(start, start + 7)
    }
  }

  sendingOf(record: PlannedRecord): ReturnType<PlanForApply['sendingOf']> {
    const row = this.rowOf(record)
    if (row.skip) return { skip: row.skip }
    const fields = Object.entries(row.changes).map(([field, both]) => change(field, both))
    return sendingOf(fields, { send: Object.fromEntries(fields.map((field) => [field.field, field.warehouse])), changes: fields })
  }

  standingChoices(record: PlannedRecord): StandingChoice[] {
    return (this.rowOf(record).keeps ?? []).map((keep) => ({ ...keep, kind: 'keep', by: 'Anna' }))
  }

  readonly comparable = comparable

  async openSink(): Promise<ObservationSink> {
    const seen: SyncEvidence[] = []
    const gone: { key: string; remoteId: string }[] = []
    return {
      add: (observation) => seen.push(observation),
      forget: (record) => gone.push(record),
      finish: async () => () => {
        this.observations.push(...seen)
        this.forgotten.push(...gone)
        this.published += 1
      },
      discard: async () => undefined,
    }
  }

  close(): void {
    // Nothing is open.
  }

  private rowOf(record: PlannedRecord): FakeRow {
    const row = this.rows[record.ordinal / this.ordinalStep]
    if (!row) throw new Error('no such row')
    return row
  }

  private record(row: FakeRow, index: number): PlannedRecord {
    return {
      ordinal: index * this.ordinalStep,
      key: row.key,
      label: `Person ${row.key}`,
      matchKey: `${row.key}@example.org`,
      operation: row.operation,
      preselected: true,
      fp: `fp-${row.key}`,
      ...(row.remoteId === undefined ? {} : { remoteId: row.remoteId }),
    }
  }
}
