import { z } from 'zod'
import { editorKind } from '../definitions.ts'
import { answerKind, blockedCause, fieldClass, missingChoice, planCounts, planState, raw, readScope, recordOperation, runState } from '../states.ts'
import { instant } from './instant.ts'

export const guardFinding = z.object({
  guard: z.string(),
  message: z.string(),
  next: z.string(),
  /** Set: approval takes this count, typed, instead of a lift. */
  count: z.number().int().optional(),
  lifted: z.object({ reason: z.string(), by: z.string(), at: instant }).optional(),
})
export type GuardFinding = z.infer<typeof guardFinding>

export const handOver = z.object({
  by: z.string(),
  to: z.string(),
  reason: z.string().optional(),
  at: instant,
  /** Answers or selection are not those any more that were handed over. */
  changed: z.boolean(),
})
export type HandOver = z.infer<typeof handOver>

export const planSummary = z.object({
  planId: z.string(),
  planHash: z.string(),
  activation: z.string(),
  activationName: z.string(),
  connection: z.string(),
  destinationName: z.string(),
  object: z.string(),
  noun: z.object({ one: z.string(), many: z.string() }),
  /** The object is a list: records are its members, a create puts somebody in, a removal takes somebody out. */
  membership: z.boolean().optional(),
  kind: z.enum(['ordinary', 'trial', 'revert']),
  state: planState,
  counts: planCounts,
  readScope: readScope,
  createdAt: instant,
  expiresAt: instant,
  /** Somebody who reviewed it asks somebody else to approve and apply it. */
  handOver: handOver.optional(),
  /** A person has something to answer, approve or apply. */
  waiting: z.boolean(),
  /** Everything in it is as it should be, kept or not selected: there is nothing to approve. */
  nothingToSend: z.boolean().optional(),
  /** A newer plan of the activation took its place. */
  superseded: z.boolean().optional(),
  putAway: z.object({ by: z.string(), at: instant }).optional(),
})
export type PlanSummary = z.infer<typeof planSummary>

export const planDetail = planSummary.extend({
  segmentName: z.string().optional(),
  guards: z.array(guardFinding),
  /** Conflicts (fields) without an answer. */
  openConflicts: z.number().int(),
  /** Records that are not preselected and not selected by anybody. */
  unselected: z.number().int(),
  /** What apply would send now: records. */
  willSend: z.number().int(),
  willSkip: z.number().int(),
  /** Fields that a standing answer leaves as they are (counted unchanged), still open findings. */
  kept: z.number().int(),
  /** Values that a destination field does not take, so that the field is left alone; no part of the records' balance. */
  leftOut: z.number().int(),
  definitions: z.array(z.object({ kind: z.string(), id: z.string(), hash: z.string() })),
  approval: z.object({ approvedBy: z.string(), at: instant, decisionHash: z.string() }).optional(),
  run: z.object({ runId: z.string(), state: runState }).optional(),
  /** Why it cannot be applied now, if so. */
  stale: z.string().optional(),
})
export type PlanDetail = z.infer<typeof planDetail>

export const knownValue = z.object({ known: z.boolean(), value: raw, at: instant.optional(), assumed: z.boolean().optional() })
export const editorInfo = z.object({ kind: editorKind, name: z.string(), at: instant.optional() })

/** One field of one record, as the grid and the diff show it. Values are in the destination's own form. */
export const fieldRow = z.object({
  ordinal: z.number().int(),
  record: z.string(),
  label: z.string(),
  remoteId: z.string().optional(),
  operation: recordOperation,
  field: z.string(),
  fieldLabel: z.string(),
  class: fieldClass,
  drift: z.boolean(),
  firstContact: z.boolean(),
  write: z.boolean(),
  base: knownValue,
  warehouse: raw,
  destination: raw,
  /** What the destination will hold if this plan is applied with the answers so far. */
  result: raw.optional(),
  editor: editorInfo.optional(),
  answer: z.object({ take: answerKind, value: raw.optional(), reason: z.string().optional(), by: z.string(), policy: z.string().optional(), /** A pinned value holds until then. */ expiresAt: instant.optional() }).optional(),
  preselected: z.boolean(),
  selected: z.boolean(),
})
export type FieldRow = z.infer<typeof fieldRow>

export const recordChoice = z.object({
  choice: missingChoice,
  by: z.string(),
  at: instant,
  reason: z.string().optional(),
  /** The plan was made after it; otherwise the next plan brings it. */
  inPlan: z.boolean(),
})
export type RecordChoice = z.infer<typeof recordChoice>

/** Linked records that are not where they were: one, or all of a cause. */
export const missingCause = z.enum(['gone', 'moved', 'forgotten'])
export type MissingCause = z.infer<typeof missingCause>
export const missingScope = z.union([z.strictObject({ record: z.string() }), z.strictObject({ all: z.literal(true), cause: missingCause })])
export type MissingScope = z.infer<typeof missingScope>

export const recordRow = z.object({
  ordinal: z.number().int(),
  record: z.string(),
  label: z.string(),
  remoteId: z.string().optional(),
  matchKey: z.string().optional(),
  operation: recordOperation,
  cause: blockedCause.optional(),
  causeField: z.string().optional(),
  causeMessage: z.string().optional(),
  fields: z.number().int(),
  conflicts: z.number().int(),
  preselected: z.boolean(),
  selected: z.boolean(),
  hold: z.string().optional(),
  /** What a person decided about the record because it was gone or merged. */
  choice: recordChoice.optional(),
})
export type RecordRow = z.infer<typeof recordRow>

/** What people decided that goes on to hold, plan after plan; policies are definitions. */
export const lastingDecisions = z.object({
  overrides: z.array(z.object({ activation: z.string(), record: z.string(), field: z.string(), value: raw, reason: z.string(), owner: z.string(), at: instant, expiresAt: instant.optional() })),
  overridesTotal: z.number().int(),
  /** Edits over there that a person decided to keep until either side changes. */
  kept: z.array(z.object({ connection: z.string(), object: z.string(), remoteId: z.string(), field: z.string(), by: z.string(), at: instant })),
  keptTotal: z.number().int(),
})
export type LastingDecisions = z.infer<typeof lastingDecisions>

/** Which rows of a plan; each count of the header is one of them. */
export const planFilter = z.enum(['create', 'update', 'clear', 'remove', 'gone', 'unchanged', 'blocked', 'conflicts', 'open conflicts', 'drift', 'not preselected', 'kept', 'left out'])
export type PlanFilter = z.infer<typeof planFilter>

export const sort = z.object({ by: z.string(), descending: z.boolean().default(false) })

export const pageQuery = z.object({
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(500).default(100),
  sort: sort.optional(),
  /** Text that the name, key or a value contains. */
  search: z.string().optional(),
})

export const planRecordDetail = recordRow.extend({
  fieldsChanged: z.array(fieldRow),
  /** Other source columns of the record, for recognising the person. */
  about: z.array(z.object({ name: z.string(), value: raw })),
})
export type PlanRecordDetail = z.infer<typeof planRecordDetail>

/** Why a value waits for a person, or is left out until one chooses it. */
export const waitReason = z.enum(['removes', 'empties', 'never agreed', 'person', 'other system', 'us', 'unknown'])
export type WaitReason = z.infer<typeof waitReason>

/** How far a conflict is: without an answer, or with which. */
export const answerState = z.enum(['open', ...answerKind.options])
export type AnswerState = z.infer<typeof answerState>

/** What narrows a list of fields. Lists, counts and answers take the same, so that what is seen is what is answered. */
export const fieldNarrowing = z.object({
  field: z.string().optional(),
  editor: editorKind.optional(),
  /** The name of who or what changed it there, exactly; null where nobody knows. */
  changedBy: z.string().nullable().optional(),
  /** What the destination holds now. */
  from: raw.optional(),
  /** What the warehouse says. */
  to: raw.optional(),
  reason: waitReason.optional(),
  state: answerState.optional(),
})
export type FieldNarrowing = z.infer<typeof fieldNarrowing>
export const narrowedBy = z.enum(['field', 'changedBy', 'from', 'to', 'reason', 'state'])
export type NarrowedBy = z.infer<typeof narrowedBy>

/** One value that a list can be narrowed to, and how many rows that leaves. */
export const narrowingChoice = z.object({ value: raw, /** How people know it, where it has another name. */ label: z.string().optional(), count: z.number().int() })
export type NarrowingChoice = z.infer<typeof narrowingChoice>

/** Exactly one scope: everything, or a field and/or a record; whatever else is named narrows further, also by itself. */
export const reviewScope = fieldNarrowing.extend({
  all: z.boolean().optional(),
  record: z.string().optional(),
  /** Several records, named one by one. */
  records: z.array(z.string()).max(1000).optional(),
  /** Only what stands in this list of the plan. */
  list: planFilter.optional(),
  /** Only what is found by this text, as in the lists. */
  search: z.string().optional(),
  /** Only conflicts that have no answer yet. */
  openOnly: z.boolean().optional(),
})
export type ReviewScope = z.infer<typeof reviewScope>

/** `review list` of the command line: exactly these keys (architecture §8). */
export const conflictItem = z.object({
  record: z.string(),
  field: z.string(),
  class: fieldClass,
  base: z.object({ known: z.boolean(), value: raw }),
  warehouse: raw,
  destination: raw,
  result: raw.optional(),
  editor: editorInfo.nullable(),
  at: instant.nullable(),
  answer: z.object({ take: answerKind, value: raw.optional(), reason: z.string().optional() }).nullable(),
})
