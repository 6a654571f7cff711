import type { PlanCounts, ReadScope } from '../../../contract/states.ts'
import type { Extraction } from '../../audience/extract.ts'
import { appendAudit } from '../../audit/audit.ts'
import type { PlanHeader, StoredPlan } from '../../plans/plan-store.ts'
import { PlanStore } from '../../plans/plan-store.ts'
import type { Actor, Session } from '../../session/session.ts'
import { objectScope, type ProofPlace } from '../../storage/data-file-log.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import { listPlanFiles } from '../../storage/stored-files.ts'
import { type PreparedObservations, publishObservations } from '../../storage/sync-evidence.ts'
import { checkGuards, trialGuards } from '../decide/guards.ts'
import { changeStickyAnswers, type StickyChanges } from '../decide/sticky-answers.ts'
import { choicesEnd } from '../narrow/missing-record-decisions.ts'
import type { PlanSetup } from './prepare.ts'

/** Attended plans stay valid for a day once opened; 60 minutes unless the guards say otherwise (semantics §4). */
const minute = 60_000

/** What storing needs of the plan's making. */
export interface StoreOptions {
  session: Session
  setup: PlanSetup
  actor: Actor
  /** With the tables of the plan. */
  duckdb: DuckDb
  folder: string
  place: ProofPlace
}

/** What deciding came to. */
export interface DecidedPlan {
  counts: PlanCounts
  hash(header: PlanHeader): string
  observations: PreparedObservations
  sticky: StickyChanges
  foundAgain: string[]
}

/** A plan as it was made, not stored yet. */
export interface MadePlan {
  id: string
  kind: StoredPlan['kind']
  extraction: Extraction
  sourceFingerprint: string
  readScope: ReadScope
  identity: PlanHeader['identity']
  decided: DecidedPlan
  /** ISO instant at which reading began. */
  asOf: string
  /** The newest entry of the audit when reading began. */
  readAfter: number
}

/** Signs the plan, asks the guards, and makes it count: in one transaction with everything that it observed. */
export async function storePlan(options: StoreOptions, made: MadePlan): Promise<StoredPlan> {
  const { session, setup } = options
  const { id, kind, extraction, readScope, decided, readAfter } = made
  const header = headerOf(options, made)
  const guards = kind === 'trial' ? trialGuards(decided.counts) : checkGuards(await guardInput(options, decided.counts, extraction))
  const now = session.ports.clock.now()
  const plan: StoredPlan = {
    id,
    activation: setup.activationId,
    connection: setup.connected.id,
    object: setup.object.name,
    kind,
    state: guards.some((guard) => guard.count === undefined) ? 'stopped by a guard' : 'in review',
    planHash: decided.hash(header),
    header,
    counts: decided.counts,
    readScope,
    guards,
    createdAt: now,
    expiresAt: now + setup.activation.guards.expiresAfterMinutes * minute,
    openedAt: null,
    readAfter,
    folder: id,
  }
  await listPlanFiles(options.folder)
  publish(options, plan, made)
  return plan
}

function headerOf({ session, setup }: StoreOptions, { kind, readScope, sourceFingerprint, extraction, identity }: MadePlan): PlanHeader {
  return {
    activation: setup.activationId,
    activationName: setup.activation.name,
    connection: setup.connected.id,
    destinationName: setup.connected.declaration.name,
    goesTo: setup.connected.goesTo,
    object: setup.object.name,
    noun: setup.object.noun,
    ...(setup.object.membership ? { membership: true as const } : {}),
    kind,
    ...(setup.parts.segment ? { segmentName: setup.parts.segment.value.name } : {}),
    ...(setup.product.label === undefined ? {} : { labelColumn: setup.product.label }),
    fieldLabels: Object.fromEntries(setup.mappings.map(({ field }) => [field.name, field.label])),
    matchField: setup.matchField.name,
    matchLabel: setup.matchField.label,
    definitions: setup.pinned.map(({ kind, id, hash }) => ({ kind, id, hash })),
    schemaHash: setup.schemaHash,
    baseSequence: session.dataFiles.sequence('base', objectScope(setup.connected.id, setup.object.name)),
    sourceFingerprint,
    sourceColumns: extraction.columns.map(({ name, nativeType }) => ({ name, type: nativeType })),
    readScope,
    ...(identity === undefined ? {} : { identity }),
  }
}

async function guardInput({ session, setup, duckdb }: StoreOptions, counts: PlanCounts, extraction: Extraction): Promise<Parameters<typeof checkGuards>[0]> {
  const links = await duckdb.row<{ links: number; created: number }>('SELECT count(*) AS links, count(*) FILTER (created) AS created FROM settled')
  // Links found by looking are no base yet: until a whole plan was applied, nothing was ever sent on purpose.
  const applied = session.database.get("SELECT 1 FROM runs r JOIN plans p ON p.id = r.plan WHERE r.activation = ? AND p.kind = 'ordinary' AND EXISTS (SELECT 1 FROM journal j WHERE j.run = r.id AND j.state = 'delivered') LIMIT 1", setup.activationId)
  const previous = new PlanStore(session.database).lastPassed(setup.activationId)
  return { counts, guards: setup.activation.guards, base: applied ? (links?.links ?? 0) : 0, members: links?.created ?? 0, ...(setup.object.membership ? { membership: true } : {}), sourceRows: extraction.rows, schemaChanges: schemaChanges(previous, setup, extraction), ...(previous ? { previousSource: previous.counts.source } : {}) }
}

/** One transaction: the plan, copies of its definitions, what was observed, and until when the destination was read. */
function publish({ session, setup, actor, place }: StoreOptions, plan: StoredPlan, { decided: { observations, sticky, foundAgain }, asOf, readAfter }: MadePlan): void {
  session.database.transaction(() => {
    const copy = 'INSERT INTO definition_copies (hash, kind, id, text, stored_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING'
    for (const definition of setup.pinned) session.database.run(copy, definition.hash, definition.kind, definition.id, definition.text, plan.createdAt)
    new PlanStore(session.database).insert(plan)
    publishObservations(session.dataFiles, observations, place)
    changeStickyAnswers(session.database, plan, sticky)
    choicesEnd(session.database, place, { records: foundAgain, readAfter })
    // Where no drift was looked for, the next plan still has to look back.
    if (plan.kind !== 'trial' && plan.readScope.how !== 'only changed rows') session.database.run('INSERT INTO read_marks VALUES (?, ?) ON CONFLICT (activation) DO UPDATE SET read_until = excluded.read_until', plan.activation, asOf)
    appendAudit(session, { kind: 'plan stored', actor: actor.name, subject: plan.id, data: { activation: plan.activation, planHash: plan.planHash, ...plan.counts } })
  })
}

/** Column types that changed although the product's definition did not: somebody changed the warehouse. */
function schemaChanges(previous: StoredPlan | undefined, setup: PlanSetup, extraction: Extraction): string[] {
  if (!previous) return []
  const hashes = (definitions: { kind: string; hash: string }[]): string => definitions.filter(({ kind }) => kind === 'product' || kind === 'sql').map(({ hash }) => hash).join()
  if (hashes(previous.header.definitions) !== hashes(setup.pinned)) return []
  const now = new Map(extraction.columns.map(({ name, nativeType }) => [name, nativeType]))
  return previous.header.sourceColumns.flatMap(({ name, type }) => {
    const found = now.get(name)
    return found === undefined || found === type ? [] : [`${name} was ${type} and is ${found}`]
  })
}
