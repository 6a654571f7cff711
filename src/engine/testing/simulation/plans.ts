import type { Raw } from '../../../contract/states.ts'
import { AppError } from '../../../contract/errors.ts'
import type { ObservationSink, PlanForApply, PlannedRecord, PlanReadiness, StandingChoice } from '../../plans/plan-for-apply.ts'
import { classifyField } from '../../planning/decide/classify.ts'
import { sendingOf } from '../../planning/decide/resolve.ts'
import type { LastSynced, FieldChange, StickyAnswer } from '../../plans/plan-rows.ts'
import type { Canonical } from '../../values/canonical.ts'
import type { SyncEvidence } from '../../storage/sync-evidence.ts'
import type { StateDatabase } from '../../storage/database.ts'
import type { Fields, Vendor } from './vendor.ts'
import { latest } from './vendor.ts'

/** What the warehouse says of one person; absent fields are left alone. */
export type Warehouse = Map<string, Fields>

export const matchField = 'email'

export function matchKeyOf(key: string): string {
  return `${key}@people.example`
}

export function comparable(_field: string, raw: Raw): Canonical {
  return raw === null || raw === '' ? null : `s:${String(raw)}`
}

/** Files that outlive a process: data files of the simulated workspace, by path. */
export class SimulatedDisk {
  readonly files = new Map<string, string>()
  full = false

  write(path: string, text: string): void {
    if (this.full) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    this.files.set(path, text)
  }
}

interface StoredObservations {
  seen: SyncEvidence[]
  forgotten: { key: string; remoteId: string }[]
}

/** What is known from published files: base per record and field, and the link of each key. */
export interface Known {
  base: Map<string, Map<string, { raw: Raw; assumed: boolean; file: string }>>
  links: Map<string, { remoteId: string; created: boolean }>
}

/** Reads every published file in order: a log, the last word counts. */
export function readKnown(database: StateDatabase, disk: SimulatedDisk): Known {
  const known: Known = { base: new Map(), links: new Map() }
  const files = database.all<{ path: string }>("SELECT path FROM data_files WHERE kind = 'base' AND retired_at IS NULL ORDER BY sequence")
  for (const { path } of files) {
    const text = disk.files.get(path)
    if (text === undefined) throw new Error(`the published file ${path} is not there`)
    const { seen, forgotten } = JSON.parse(text) as StoredObservations
    for (const one of seen) {
      known.links.set(one.key, { remoteId: one.remoteId, created: one.created })
      const fields = known.base.get(one.remoteId) ?? new Map<string, { raw: Raw; assumed: boolean; file: string }>()
      known.base.set(one.remoteId, fields)
      for (const [field, raw] of Object.entries(one.agreed)) fields.set(field, { raw, assumed: one.assumed ?? false, file: path })
    }
    for (const { key, remoteId } of forgotten) {
      known.links.delete(key)
      known.base.delete(remoteId)
    }
  }
  return known
}

interface PlanRow {
  record: PlannedRecord
  fields: FieldChange[]
  skip?: 'not selected' | 'kept'
  keeps: StandingChoice[]
}

/** A stored plan: its rows never change, whoever opens it, in whichever process. */
export class SimulatedPlan {
  readonly id: string
  readonly activation: string
  readonly rows: PlanRow[]
  /** Milliseconds since the epoch. */
  expiresAt = Number.POSITIVE_INFINITY
  readonly onRemove: PlanForApply['onRemove'] = 'archive'
  readonly object = 'contacts'
  readonly connection = 'crm'

  constructor(id: string, activation: string, rows: PlanRow[]) {
    this.id = id
    this.activation = activation
    this.rows = rows
  }

  /** The plan as one process reads it. */
  open(host: { now: () => number; database: StateDatabase; disk: SimulatedDisk; next: () => string }): PlanForApply {
    const { rows } = this
    const byOrdinal = new Map(rows.map((row) => [row.record.ordinal, row]))
    const rowOf = (record: PlannedRecord): PlanRow => byOrdinal.get(record.ordinal) ?? missing()
    return {
      id: this.id, planHash: 'a'.repeat(64), activation: this.activation, activationName: 'Tiers', connection: this.connection, object: this.object, matchField, onRemove: this.onRemove,
      planned: rows.length,
      readiness: async () => this.readiness(host.now()),
      async *records(from) {
        const rest = rows.filter(({ record }) => record.ordinal >= from)
        for (let start = 0; start < rest.length; start += 7) {
          await Promise.resolve()
          yield rest.slice(start, start + 7).map(({ record }) => record)
        }
      },
      sendingOf(record) {
        const row = rowOf(record)
        if (row.skip) return { skip: row.skip }
        const changes = row.fields.filter((change) => change.write)
        return sendingOf(row.fields, { send: Object.fromEntries(changes.map((change) => [change.field, change.warehouse])), changes })
      },
      standingChoices: (record) => rowOf(record).keeps,
      comparable,
      openSink: async () => openSink(host),
      close: () => undefined,
    }
  }

  private readiness(now: number): PlanReadiness {
    const approval = { approvedBy: 'Anna', at: 0, decisionHash: 'b'.repeat(64) }
    return { openConflicts: 0, approval, ...(now > this.expiresAt ? { invalid: { kind: 'expired' as const, because: 'It was valid for a while.' } } : {}) }
  }
}

function missing(): never {
  throw new Error('the plan has no such row')
}

function openSink({ database, disk, next }: { database: StateDatabase; disk: SimulatedDisk; next: () => string }): ObservationSink {
  const stored: StoredObservations = { seen: [], forgotten: [] }
  return {
    add: (observation) => stored.seen.push(observation),
    forget: (record) => stored.forgotten.push(record),
    async finish() {
      await Promise.resolve()
      const path = `base-${next()}.json`
      disk.write(path, JSON.stringify(stored))
      return () => database.run("INSERT INTO data_files (id, kind, scope, path, sequence, rows, created_at) VALUES (?, 'base', 'crm/contacts', ?, ?, ?, 0)", path, path, database.next('data'), stored.seen.length)
    },
    discard: async () => undefined,
  }
}

export interface PlanRequest {
  id: string
  activation: string
  warehouse: Warehouse
  /** Keys whose records this activation made and that left the audience. */
  removed?: string[]
  known: Known
  /** Undefined: nobody can read the destination. */
  vendor: Vendor | undefined
  standing: (remoteId: string, field: string) => StickyAnswer | undefined
  unselected?: (key: string) => boolean
}

/** Plans as planning does, with its real table: what the warehouse says, what was agreed, and what the destination holds now. */
export function makePlan(request: PlanRequest): SimulatedPlan {
  const rows: PlanRow[] = []
  const removed = new Set(request.removed ?? [])
  const keys = [...new Set([...request.warehouse.keys(), ...removed])].sort()
  for (const [index, key] of keys.entries()) {
    const planned = removed.has(key) ? removalOf(request, key, index) : rowOf(request, key, index)
    if (planned) rows.push(planned)
  }
  return new SimulatedPlan(request.id, request.activation, rows)
}

function base(request: PlanRequest, remoteId: string, field: string): LastSynced {
  const value = request.known.base.get(remoteId)?.get(field)
  return value ? { known: true, value: value.raw, canonical: comparable(field, value.raw), assumed: value.assumed } : { known: false }
}

function removalOf({ known, vendor }: PlanRequest, key: string, index: number): PlanRow | undefined {
  const link = known.links.get(key)
  const record = link && vendor?.records.get(link.remoteId)
  if (!link?.created || !record || latest(record)?.gone !== false) return undefined
  return { record: { ...common(key, index), operation: 'remove', remoteId: link.remoteId, createdByUs: true }, fields: [], keeps: [] }
}

function rowOf(request: PlanRequest, key: string, index: number): PlanRow | undefined {
  const { known, vendor } = request
  const desired = request.warehouse.get(key) ?? {}
  if (!vendor) return known.links.has(key) ? undefined : created(request, key, index, desired)
  const link = known.links.get(key)
  const linked = link && vendor.records.get(link.remoteId)
  // A linked record that is gone waits for a person.
  if (link && latest(linked ?? noRecord)?.gone !== false) return undefined
  const found = linked ?? vendor.living().find((record) => record.key === matchKeyOf(key))
  if (!found) return created(request, key, index, desired)
  const actual = latest(found)?.fields ?? {}
  const changes = Object.keys(desired).map((field) => changeOf(request, { remoteId: found.id, field, d: desired[field] ?? null, a: actual[field] ?? null }))
  const conflicts = changes.filter((change) => change.class === 'conflict')
  if (!changes.some((change) => change.write) && conflicts.length === 0) return undefined
  const keeps = conflicts.map(({ field, d, a }): StandingChoice => ({ field, d, a, kind: 'keep', by: 'Anna' }))
  const skip = request.unselected?.(key) ? 'not selected' : changes.some((change) => change.write) ? undefined : 'kept'
  const record: PlannedRecord = { ...common(key, index), operation: 'update', remoteId: found.id, ...(link?.created ? { createdByUs: true } : {}) }
  return { record, fields: changes.filter((change) => change.write || change.class === 'conflict'), keeps, ...(skip ? { skip } : {}) }
}

const noRecord = { id: '', key: '', versions: [] }

function created(request: PlanRequest, key: string, index: number, desired: Fields): PlanRow {
  const fields = Object.keys(desired).map((field) => changeOf(request, { remoteId: '', field, d: desired[field] ?? null, a: null }))
  return { record: { ...common(key, index), operation: 'create' }, fields, keeps: [], ...(request.unselected?.(key) ? { skip: 'not selected' as const } : {}) }
}

function common(key: string, index: number): Pick<PlannedRecord, 'ordinal' | 'key' | 'label' | 'matchKey' | 'preselected' | 'fp'> {
  // Some follow each other, and between others unchanged and blocked records stand.
  return { ordinal: index + 2 * Math.floor(index / 5), key, label: `Person ${key}`, matchKey: matchKeyOf(key), preselected: true, fp: `fp-${key}` }
}

function changeOf(request: PlanRequest, { remoteId, field, d, a }: { remoteId: string; field: string; d: Raw; a: Raw }): FieldChange {
  const agreed = base(request, remoteId, field)
  const sides = { base: agreed.known ? { known: true as const, canonical: agreed.canonical } : { known: false as const }, d: comparable(field, d), a: comparable(field, a) }
  const standing = request.standing(remoteId, field)
  const verdict = classifyField({ ...sides, authority: 'review', clear: false, ...(standing ? { sticky: standing } : {}) })
  const { class: fieldClass, case: row, write, drift, firstContact, destroys } = verdict
  return { field, class: fieldClass, case: row, write, drift, firstContact, destroys, base: agreed, warehouse: d, destination: a, d: sides.d, a: sides.a }
}

/** A plan that this world never stored. */
export function noSuchPlan(id: string): AppError {
  return new AppError('not-found', `There is no plan ${id}.`)
}
