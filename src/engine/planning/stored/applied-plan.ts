import type { Raw } from '../../../contract/states.ts'
import type { ObservationSink, PlanForApply, PlannedRecord, PlanReadiness, StandingChoice } from '../../plans/plan-for-apply.ts'
import type { Session } from '../../session/session.ts'
import { openDuckDb } from '../../storage/duckdb.ts'
import { type SyncEvidence, ObservationWriter, publishObservations } from '../../storage/sync-evidence.ts'
import { comparableForm } from '../../values/mapping.ts'
import { requireActivation } from '../../workspace/activation-parts.ts'
import { plannedOf } from '../decide/counts.ts'
import { storePinnedValues } from '../review/pinned-values.ts'
import { connectAsPlanned } from '../build/plan-place.ts'
import type { PlanReader } from './plan-reader.ts'
import { type ReviewedRecord, sendingOfRecord } from './planned-records.ts'
import { proofPlaceOf, type StoredPlan } from '../../plans/plan-store.ts'
import type { Plans } from '../plans.ts'
import { parseFields } from './stored-fields.ts'
import type { Canonical } from '../../values/canonical.ts'
import { madeElsewhere } from '../narrow/unconfirmed-creates.ts'

/** A stored plan with its answers and selection, as a run walks through it. */
export async function planForApply(session: Session, plans: Plans, plan: StoredPlan): Promise<PlanForApply> {
  const reader = await plans.openReader(plan)
  const connected = await connectAsPlanned(session, plan)
  const object = await connected.object(plan.object)
  const fields = new Map(object.fields.map((field) => [field.name, field]))
  return {
    id: plan.id,
    planHash: plan.planHash,
    activation: plan.activation,
    activationName: plan.header.activationName,
    connection: plan.connection,
    object: plan.object,
    matchField: plan.header.matchField,
    onRemove: await onRemoveOf(session, plan),
    planned: plannedOf(plan.counts),
    readiness: () => readinessOf(plans, plan.id),
    // What a revert puts back stands against what the warehouse says: its changes say both.
    records: (fromOrdinal) => reader.planned(fromOrdinal, plan.kind === 'revert'),
    sendingOf: (record) => sendingOfRecord(reviewed(record)),
    standingChoices: (record) => standingChoices(plan, reviewed(record)),
    comparable(name: string, raw: Raw): Canonical {
      const field = fields.get(name)
      if (!field) throw new Error(`the plan writes ${name}, which ${plan.object} does not have`)
      return comparableForm(field, connected, raw)
    },
    openSink: () => openSink(session, plan, Object.keys(plan.header.fieldLabels)),
    started: () => storePinnedValues(session, plan),
    madeElsewhere: madeElsewhere(session.database, plan, reader),
    close: () => reader.close(),
  }
}

/** What the plan writes, without its destination: for looking at what was sent while that cannot be reached. */
export async function writesOf(session: Session, plan: StoredPlan, reader: PlanReader): Promise<Pick<PlanForApply, 'id' | 'object' | 'onRemove' | 'sendingOf' | 'records'>> {
  return {
    id: plan.id,
    object: plan.object,
    onRemove: await onRemoveOf(session, plan),
    records: (fromOrdinal) => reader.planned(fromOrdinal),
    sendingOf: (record) => sendingOfRecord(reviewed(record)),
  }
}

function reviewed(record: PlannedRecord): ReviewedRecord {
  if (!('answers' in record)) throw new Error('only records read from the plan carry its answers')
  return record as ReviewedRecord
}

async function readinessOf(plans: Plans, id: string): Promise<PlanReadiness> {
  const plan = plans.store.find(id)
  const approval = plans.approval.of(id)
  // Any later change voids an approval, so one that no longer fits what was decided is none.
  const signed = approval && approval.decision_hash === plans.approval.decisionHash(plan)
  const invalid = await plans.validity.whyInvalid(plan)
  return {
    openConflicts: (await (await plans.reader(plan)).totals()).openConflicts,
    ...(approval && signed ? { approval: { approvedBy: approval.approved_by, at: approval.at, decisionHash: approval.decision_hash } } : {}),
    ...(invalid ? { invalid } : (await plans.validity.schemaChanged(plan)) ? { invalid: { kind: 'stale', because: 'The fields of the destination changed since the plan was made.' } } : {}),
  }
}

async function onRemoveOf(session: Session, plan: StoredPlan): Promise<PlanForApply['onRemove']> {
  if (plan.counts.remove === 0) return undefined
  // Somebody is taken out of a list by the field that says so.
  if (plan.header.membership) return 'clear fields'
  if (plan.kind === 'revert') return 'archive'
  return requireActivation(await session.workspace(), plan.activation).activation.value.onRemove
}

/** Kept edits stand until either side changes; so does what a revert put back, while the warehouse says otherwise. */
function standingChoices(plan: StoredPlan, record: ReviewedRecord): StandingChoice[] {
  const { content } = record
  if ('sends' in content || (record.answers.size === 0 && plan.kind !== 'revert')) return []
  const fields = parseFields(content.changes)
  const kept = fields.flatMap((field): StandingChoice[] => {
    const answer = record.answers.get(field.field)
    return field.class === 'conflict' && answer?.kind === 'destination' ? [{ field: field.field, d: field.d, a: field.a, kind: 'keep', by: answer.by }] : []
  })
  if (plan.kind !== 'revert') return kept
  const reverted = fields.filter((field) => field.write && field.base.known)
  return [...kept, ...reverted.map((field): StandingChoice => ({ field: field.field, d: field.base.known ? field.base.canonical : null, a: field.d, kind: 'reverted', by: 'revert' }))]
}

async function openSink(session: Session, plan: StoredPlan, fields: string[]): Promise<ObservationSink> {
  // One thread: each holds a whole group of rows while a file is written, and a run of any size has to fit.
  const duckdb = await openDuckDb({ tempFolder: session.folders.temp, memoryLimitMb: 128, threads: 1 })
  const writer = await ObservationWriter.open(duckdb, fields)
  return {
    // A revert is no agreement: the warehouse still says something else.
    add: (observation: SyncEvidence) => writer.add(plan.kind === 'revert' ? { ...observation, agreed: {}, fp: null } : observation),
    // What a revert archived stays linked: the next plan finds it gone and asks a person, instead of making it again.
    forget: ({ key, remoteId }) =>
      plan.kind === 'revert' ? writer.add({ key, remoteId, readAt: new Date(session.ports.clock.now()).toISOString(), agreed: {}, fp: null, created: true }) : writer.forget(key, remoteId),
    async finish() {
      const prepared = await writer.prepare(session.dataFiles)
      return () => publishObservations(session.dataFiles, prepared, proofPlaceOf(plan))
    },
    async discard() {
      await writer.close()
      duckdb.closeInstance()
    },
  }
}
