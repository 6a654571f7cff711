import { AppError } from '../../contract/errors.ts'
import type { GuardFinding, PlanSummary } from '../../contract/shapes.ts'
import type { PlanCounts, PlanState, ReadScope } from '../../contract/states.ts'
import type { LinkEnds } from '../identity/graph/run/row-links.ts'
import type { StateDatabase } from '../storage/database.ts'
import type { ProofPlace } from '../storage/data-file-log.ts'

/** What planHash covers besides the changes; stored as it was hashed. */
export interface PlanHeader {
  activation: string
  activationName: string
  connection: string
  destinationName: string
  /** Where the connection went (destinations/address.ts). Absent in plans of before this was kept. */
  goesTo?: string
  object: string
  noun: { one: string; many: string }
  /** The object is a list: records are its members, creates are additions. */
  membership?: true
  kind: 'ordinary' | 'trial' | 'revert'
  segmentName?: string
  /** The product's columns with the name people know a record by; plans of before have one. */
  labelColumn?: string | readonly string[]
  /** Product column → destination field labels, for screens. */
  fieldLabels: Record<string, string>
  matchField: string
  /** In words; plans of before do not say. */
  matchLabel?: string
  /** How people were recognised: by which run of which rules, and whose links. Absent: by the key alone. */
  identity?: { id: string; run: number } & LinkEnds
  definitions: { kind: string; id: string; hash: string }[]
  /** Hash over the destination object's fields as they were discovered. */
  schemaHash: string
  baseSequence: number
  sourceFingerprint: string
  /** Types of the extracted columns in the warehouse's own words. */
  sourceColumns: { name: string; type: string }[]
  readScope: ReadScope
  /** The run whose before-images a revert plan goes back to. */
  reverts?: string
}

export interface StoredPlan {
  id: string
  activation: string
  connection: string
  object: string
  kind: 'ordinary' | 'trial' | 'revert'
  state: PlanState
  planHash: string
  header: PlanHeader
  counts: PlanCounts
  readScope: ReadScope
  guards: GuardFinding[]
  createdAt: number
  expiresAt: number
  openedAt: number | null
  /** The newest audit entry when the plan began to read. */
  readAfter: number
  /** Relative to the state folder's plans. */
  folder: string
}

interface PlanSqlRow {
  id: string
  activation: string
  connection: string
  object: string
  kind: StoredPlan['kind']
  state: PlanState
  plan_hash: string
  header: string
  counts: string
  read_scope: string
  guards: string
  created_at: number
  expires_at: number
  opened_at: number | null
  read_after: number | null
  folder: string
}

/** Plans in SQLite: the header and the pointer to the files. */
export class PlanStore {
  private readonly database: StateDatabase

  constructor(database: StateDatabase) {
    this.database = database
  }

  insert(plan: StoredPlan): void {
    this.database.sqlite
      .prepare(
        `INSERT INTO plans (id, activation, connection, object, kind, state, plan_hash, header, counts, read_scope, guards, number, created_at, expires_at, opened_at, read_after, folder)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        plan.id,
        plan.activation,
        plan.connection,
        plan.object,
        plan.kind,
        plan.state,
        plan.planHash,
        JSON.stringify(plan.header),
        JSON.stringify(plan.counts),
        JSON.stringify(plan.readScope),
        JSON.stringify(plan.guards),
        this.database.next('order'),
        plan.createdAt,
        plan.expiresAt,
        plan.openedAt,
        plan.readAfter,
        plan.folder,
      )
  }

  /** By id or a prefix of at least 8 characters that only one plan has. */
  find(prefix: string): StoredPlan {
    const rows = this.database.sqlite.prepare<[string, string], PlanSqlRow>('SELECT * FROM plans WHERE id >= ? AND id < ? LIMIT 2').all(prefix, `${prefix}\u007f`)
    const [row, second] = rows
    if (!row) throw new AppError('not-found', `There is no plan ${prefix}.`, { value: prefix, next: 'It was removed, or belongs to another workspace. The list of plans shows those there are.' })
    if (second) throw new AppError('bad-input', `Several plans begin with ${prefix}.`, { value: prefix, next: 'Give more characters of the plan’s id.' })
    return toStored(row)
  }

  list(activation: string | undefined, limit: number): StoredPlan[] {
    const where = activation === undefined ? '' : 'WHERE activation = ?'
    return this.database.sqlite
      .prepare<(string | number)[], PlanSqlRow>(`SELECT * FROM plans ${where} ORDER BY number DESC LIMIT ?`)
      .all(...(activation === undefined ? [limit] : [activation, limit]))
      .map(toStored)
  }

  /**
   * Plans that may still be acted on at this time, the newest first: valid, not put away, and without a newer one in their
   * place. A whole plan takes the place of whole plans and trials before it; a way back only that of another way back.
   */
  open(now: number): StoredPlan[] {
    return this.database.sqlite
      .prepare<[number], PlanSqlRow>(
        `SELECT * FROM plans p WHERE state IN ('in review', 'stopped by a guard', 'approved') AND expires_at > ? AND id NOT IN (SELECT plan FROM put_aways) AND ${withoutSuccessor}
         ORDER BY number DESC`,
      )
      .all(now)
      .map(toStored)
  }

  /** Those of these plans in whose place there is a newer one. */
  superseded(ids: readonly string[]): Set<string> {
    const rows = this.database.sqlite.prepare<[string], { id: string }>(`SELECT id FROM plans p WHERE id IN (SELECT value FROM json_each(?)) AND NOT ${withoutSuccessor}`).all(JSON.stringify(ids))
    return new Set(rows.map(({ id }) => id))
  }

  /** Who put plans away, by plan. */
  putAways(): Map<string, { by: string; at: string }> {
    const rows = this.database.all<{ plan: string; by: string; at: number }>('SELECT plan, by, at FROM put_aways')
    return new Map(rows.map(({ plan, by, at }) => [plan, { by, at: new Date(at).toISOString() }]))
  }

  /** The newest whole plan that no guard holds: what the next one is compared with. */
  lastPassed(activation: string): StoredPlan | undefined {
    const row = this.database.sqlite.prepare<[string], PlanSqlRow>("SELECT * FROM plans WHERE activation = ? AND kind = 'ordinary' AND state <> 'stopped by a guard' ORDER BY number DESC LIMIT 1").get(activation)
    return row && toStored(row)
  }

  /** Moves the plan on; another state than `expected` is a bug of the caller. */
  move(id: string, expected: PlanState[], next: PlanState): void {
    const marks = expected.map(() => '?').join(', ')
    const changed = this.database.sqlite.prepare(`UPDATE plans SET state = ? WHERE id = ? AND state IN (${marks})`).run(next, id, ...expected).changes
    if (changed !== 1) throw new Error(`plan ${id} is not ${expected.join(' or ')}`)
  }

  setGuards(id: string, guards: GuardFinding[]): void {
    this.database.sqlite.prepare('UPDATE plans SET guards = ? WHERE id = ?').run(JSON.stringify(guards), id)
  }

  /** A plan that a person opened stays valid longer. */
  opened(id: string, at: number, expiresAt: number): void {
    this.database.sqlite.prepare('UPDATE plans SET opened_at = ?, expires_at = max(expires_at, ?) WHERE id = ? AND opened_at IS NULL').run(at, expiresAt, id)
  }
}

const withoutSuccessor = `NOT EXISTS (SELECT 1 FROM plans n WHERE n.activation = p.activation AND n.number > p.number AND (n.kind = p.kind OR (n.kind = 'ordinary' AND p.kind = 'trial')))`

/** Where the proofs of a plan and of its run belong. */
export function proofPlaceOf({ connection, object, activation, header }: Pick<StoredPlan, 'connection' | 'object' | 'activation' | 'header'>): ProofPlace {
  const product = header.definitions.find(({ kind }) => kind === 'product')
  if (!product) throw new Error(`a plan of ${activation} names no product`)
  return { connection, object, product: product.id, activation }
}

export function toSummary(plan: StoredPlan): Omit<PlanSummary, 'waiting'> {
  return {
    planId: plan.id,
    planHash: plan.planHash,
    activation: plan.activation,
    activationName: plan.header.activationName,
    connection: plan.connection,
    destinationName: plan.header.destinationName,
    object: plan.object,
    noun: plan.header.noun,
    ...(plan.header.membership ? { membership: true } : {}),
    kind: plan.kind,
    state: plan.state,
    counts: plan.counts,
    readScope: plan.readScope,
    createdAt: new Date(plan.createdAt).toISOString(),
    expiresAt: new Date(plan.expiresAt).toISOString(),
  }
}

function toStored(row: PlanSqlRow): StoredPlan {
  return {
    id: row.id,
    activation: row.activation,
    connection: row.connection,
    object: row.object,
    kind: row.kind,
    state: row.state,
    planHash: row.plan_hash,
    header: JSON.parse(row.header) as PlanHeader,
    counts: JSON.parse(row.counts) as PlanCounts,
    readScope: JSON.parse(row.read_scope) as ReadScope,
    guards: JSON.parse(row.guards) as GuardFinding[],
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    openedAt: row.opened_at,
    // A plan of before this was kept: every run that could have moved it counts.
    readAfter: row.read_after ?? 0,
    folder: row.folder,
  }
}
