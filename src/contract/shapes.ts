import { z } from 'zod'
import { authority, definitionKind, editorKind, filterGroup, keyNormaliser, syncMode, valueType } from './definitions.ts'
import { errorBody } from './errors.ts'
import {
  answerKind,
  blockedCause,
  fieldClass,
  matchState,
  planCounts,
  planState,
  raw,
  readScope,
  recordOperation,
  rowState,
  runCounts,
  runState,
  skipReason,
  verification,
} from './states.ts'

/** Shapes that cross the contract. Instants are ISO 8601 in UTC. */
export const instant = z.iso.datetime()

// ── Workspace and definitions ─────────────────────────────────────────────────────────────────

/** Something wrong in a definition file; the rest of the workspace stays usable. */
export const problem = errorBody
export type Problem = z.infer<typeof problem>

export const definitionEntry = z.object({
  kind: definitionKind,
  id: z.string(),
  name: z.string(),
  /** Relative to the workspace. */
  path: z.string(),
  hash: z.string(),
})
export type DefinitionEntry = z.infer<typeof definitionEntry>

export const workspaceInfo = z.object({
  id: z.string(),
  name: z.string(),
  timezone: z.string(),
  folder: z.string(),
  stateFolder: z.string(),
  sample: z.boolean(),
  definitions: z.array(definitionEntry),
  problems: z.array(problem),
})
export type WorkspaceInfo = z.infer<typeof workspaceInfo>

export const definitionDocument = z.object({
  kind: definitionKind,
  id: z.string(),
  path: z.string(),
  hash: z.string(),
  text: z.string(),
  /** Parsed by the schema of its kind; absent when the file has a problem. */
  value: z.unknown().optional(),
  /** The SQL beside a product. */
  sql: z.string().optional(),
  problems: z.array(problem),
})
export type DefinitionDocument = z.infer<typeof definitionDocument>

// ── Sources and own data ──────────────────────────────────────────────────────────────────────

export const columnInfo = z.object({
  name: z.string(),
  /** The warehouse's own word. */
  nativeType: z.string(),
  type: valueType,
})

export const tableInfo = z.object({ name: z.string(), rows: z.number().int().optional(), columns: z.array(columnInfo) })

/** Rows as text-safe JSON values, at most what was asked for. */
export const preview = z.object({
  columns: z.array(columnInfo),
  rows: z.array(z.array(raw)),
  /** All rows, when it was counted. */
  total: z.number().int().optional(),
  readAt: instant,
})
export type Preview = z.infer<typeof preview>

export const fileOptions = z.object({
  delimiter: z.string().optional(),
  encoding: z.enum(['utf-8', 'utf-16', 'latin-1']).optional(),
  header: z.boolean().optional(),
  /** Table inside a DuckDB file. */
  table: z.string().optional(),
  types: z.record(z.string(), z.string()).optional(),
})

export const inspectedFile = z.object({
  path: z.string(),
  format: z.enum(['duckdb', 'parquet', 'csv']),
  tables: z.array(z.string()).optional(),
  delimiter: z.string().optional(),
  encoding: z.string().optional(),
  header: z.boolean().optional(),
  columns: z.array(
    z.object({
      name: z.string(),
      detectedType: z.string(),
      type: z.string(),
      /** Why it loads as text: leading zeros, plus signs, long numbers. */
      textBecause: z.string().optional(),
      distinct: z.number().int(),
      empty: z.number().int(),
    }),
  ),
  rows: z.number().int(),
  preview: z.array(z.array(raw)),
  keyProposal: z.array(z.string()),
})
export type InspectedFile = z.infer<typeof inspectedFile>

// ── Connections ───────────────────────────────────────────────────────────────────────────────

export const secretStatus = z.object({
  field: z.string(),
  label: z.string(),
  origin: z.enum(['environment', 'keychain', 'session', 'simulator', 'missing']),
  last4: z.string().optional(),
})

export const destinationCard = z.object({
  id: z.string(),
  name: z.string(),
  category: z.string(),
  summary: z.string(),
  /** Settings as a JSON schema, for the form. */
  settings: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.string()),
  /** The vendor's numbers as they are assumed; a connection may carry its own under the same name. */
  limits: z.array(z.object({ name: z.string(), label: z.string(), value: z.number() })).optional(),
  simulator: z.enum(['crm', 'support', 'marketing']).optional(),
})
export type DestinationCard = z.infer<typeof destinationCard>

export const connectionSummary = z.object({
  id: z.string(),
  name: z.string(),
  destination: z.string(),
  destinationName: z.string(),
  category: z.string(),
  address: z.string().optional(),
  simulator: z.string().optional(),
  secrets: z.array(secretStatus),
  paused: z.boolean(),
  activations: z.number().int(),
})
export type ConnectionSummary = z.infer<typeof connectionSummary>

export const fieldDescription = z.object({
  name: z.string(),
  label: z.string(),
  type: valueType,
  access: z.enum(['read and write', 'read only', 'computed']),
  required: z.boolean(),
  unique: z.boolean(),
  maxLength: z.number().int().optional(),
  options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
})
export const objectDescription = z.object({
  name: z.string(),
  label: z.string(),
  noun: z.object({ one: z.string(), many: z.string() }),
  fields: z.array(fieldDescription),
  matchFields: z.array(z.string()),
})
export type ObjectDescription = z.infer<typeof objectDescription>

// ── Segments ──────────────────────────────────────────────────────────────────────────────────

export const conditionCount = z.object({
  /** Position in the filter, e.g. "0", "1.2". */
  at: z.string(),
  words: z.string(),
  /** Rows for which this part alone holds. */
  alone: z.number().int(),
  /** Rows left when this and all parts before it in its group hold. */
  together: z.number().int(),
})
export const segmentCount = z.object({
  product: z.string(),
  total: z.number().int(),
  inSegment: z.number().int(),
  words: z.string(),
  conditions: z.array(conditionCount),
  readAt: instant,
})
export type SegmentCount = z.infer<typeof segmentCount>

export const whyInOrOut = z.object({
  key: z.string(),
  found: z.boolean(),
  inside: z.boolean(),
  reasons: z.array(z.object({ at: z.string(), words: z.string(), holds: z.boolean(), value: raw })),
})

// ── Activations ───────────────────────────────────────────────────────────────────────────────

/** What the last evidence says of an activation. Green only from a read-back. */
export const activationState = z.enum(['never run', 'verified', 'accepted, not verified', 'needs you', 'problem', 'running', 'paused', 'off'])
export type ActivationState = z.infer<typeof activationState>

export const activationSummary = z.object({
  id: z.string(),
  name: z.string(),
  product: z.string(),
  segment: z.string().optional(),
  connection: z.string(),
  destination: z.string(),
  destinationName: z.string(),
  object: z.string(),
  mode: syncMode,
  authority: authority,
  state: activationState,
  /** One sentence that explains the state. */
  because: z.string(),
  paused: z.boolean(),
  /** Records whose current value was proved by a read-back, of those in the audience. */
  verified: z.number().int().optional(),
  audience: z.number().int().optional(),
  lastVerifiedAt: instant.optional(),
  lastPlan: z.object({ id: z.string(), state: planState, at: instant }).optional(),
  lastRun: z.object({ id: z.string(), state: runState, at: instant }).optional(),
})
export type ActivationSummary = z.infer<typeof activationSummary>

export const mappingProblem = z.object({
  field: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
})

// ── Plans ─────────────────────────────────────────────────────────────────────────────────────

export const guardFinding = z.object({
  guard: z.string(),
  message: z.string(),
  next: z.string(),
  /** Set: approval takes this count, typed, instead of a lift. */
  count: z.number().int().optional(),
  lifted: z.object({ reason: z.string(), by: z.string(), at: instant }).optional(),
})
export type GuardFinding = z.infer<typeof guardFinding>

export const planSummary = z.object({
  planId: z.string(),
  planHash: z.string(),
  activation: z.string(),
  activationName: z.string(),
  connection: z.string(),
  destinationName: z.string(),
  object: z.string(),
  noun: z.object({ one: z.string(), many: z.string() }),
  kind: z.enum(['ordinary', 'trial', 'revert']),
  state: planState,
  counts: planCounts,
  readScope: readScope,
  createdAt: instant,
  expiresAt: instant,
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
  answer: z.object({ take: answerKind, value: raw.optional(), reason: z.string().optional(), by: z.string(), policy: z.string().optional() }).optional(),
  preselected: z.boolean(),
  selected: z.boolean(),
})
export type FieldRow = z.infer<typeof fieldRow>

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
})
export type RecordRow = z.infer<typeof recordRow>

/** Which rows of a plan; each count of the header is one of them. */
export const planFilter = z.enum(['create', 'update', 'clear', 'remove', 'gone', 'unchanged', 'blocked', 'conflicts', 'open conflicts', 'drift', 'not preselected'])
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

/** Exactly one scope: everything, or a field and/or a record; `editor` narrows further. */
export const reviewScope = z.object({
  all: z.boolean().optional(),
  field: z.string().optional(),
  record: z.string().optional(),
  editor: editorKind.optional(),
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

// ── Runs ──────────────────────────────────────────────────────────────────────────────────────

export const limitWait = z.object({ limit: z.string(), until: instant })

export const runSummary = z.object({
  runId: z.string(),
  planId: z.string(),
  activation: z.string(),
  activationName: z.string(),
  connection: z.string(),
  destinationName: z.string(),
  object: z.string(),
  state: runState,
  /** Why it stopped or failed, one sentence. */
  reason: z.string().optional(),
  paused: z.boolean(),
  counts: runCounts,
  startedAt: instant,
  finishedAt: instant.optional(),
})
export type RunSummary = z.infer<typeof runSummary>

/** Pushed at most 10 times a second while a run lives. */
export const runProgress = runSummary.extend({
  /** Rows a second over the last seconds. */
  rate: z.number(),
  /** Seconds left, low and high; absent while unknown. */
  eta: z.tuple([z.number(), z.number()]).optional(),
  waits: z.array(limitWait),
})
export type RunProgress = z.infer<typeof runProgress>

export const runRow = z.object({
  ordinal: z.number().int(),
  record: z.string(),
  label: z.string(),
  remoteId: z.string().optional(),
  operation: recordOperation,
  state: rowState,
  reason: z.string().optional(),
  message: z.string().optional(),
  detail: z.string().optional(),
  field: z.string().optional(),
  verification: verification.optional(),
  attempts: z.number().int(),
  settledAt: instant.optional(),
})
export type RunRow = z.infer<typeof runRow>

export const causeGroup = z.object({
  cause: z.string(),
  title: z.string(),
  fix: z.string(),
  field: z.string().optional(),
  fieldLabel: z.string().optional(),
  count: z.number().int(),
  example: z.string().optional(),
})
export type CauseGroup = z.infer<typeof causeGroup>

// ── Audit and exports ─────────────────────────────────────────────────────────────────────────

export const auditEntry = z.object({
  seq: z.number().int(),
  at: instant,
  kind: z.string(),
  actor: z.string(),
  subject: z.string().optional(),
  /** One sentence for people. */
  words: z.string(),
  data: z.record(z.string(), z.unknown()),
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof auditEntry>

/** `audit verify` of the command line: exactly these keys. */
export const auditVerdict = z.object({
  ok: z.boolean(),
  entries: z.number().int(),
  head: z.string(),
  problems: z.array(z.object({ kind: z.string(), seq: z.number().int(), message: z.string().optional() })),
  /** What can be said and what cannot, in words. */
  words: z.string(),
})
export type AuditVerdict = z.infer<typeof auditVerdict>

export const exportedFile = z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() })
export const exportResult = z.object({
  exportId: z.string(),
  /** Folder on this machine. */
  folder: z.string(),
  files: z.array(exportedFile),
  rows: z.number().int(),
})
export type ExportResult = z.infer<typeof exportResult>

// ── Home ──────────────────────────────────────────────────────────────────────────────────────

/** One thing that waits for a person, with the one action that helps. */
export const needsYou = z.object({
  kind: z.enum(['conflicts', 'approval', 'guard', 'rejected', 'unknown', 'overridden', 'problem', 'secret', 'paused', 'ambiguous']),
  severity: z.enum(['problem', 'needs you']),
  title: z.string(),
  detail: z.string(),
  action: z.string(),
  route: z.string(),
})
export type NeedsYou = z.infer<typeof needsYou>

export const homeSummary = z.object({
  needsYou: z.array(needsYou),
  activations: z.array(activationSummary),
  running: z.number().int(),
  pausedAll: z.boolean(),
  sourceReadAt: instant.optional(),
  asOf: instant,
})
export type HomeSummary = z.infer<typeof homeSummary>

export const doctorCheck = z.object({
  name: z.string(),
  state: z.enum(['healthy', 'needs you', 'problem', 'quiet']),
  message: z.string(),
  next: z.string().optional(),
})

/** Something changed; screens read again what it touches. */
export const changeEvent = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('workspace') }),
  z.object({ topic: z.literal('connections') }),
  z.object({ topic: z.literal('plan'), planId: z.string(), activation: z.string() }),
  z.object({
    topic: z.literal('planning'),
    activation: z.string(),
    /** Words for the step strip: "Reading the warehouse", "Reading HubSpot" … */
    phase: z.string(),
    done: z.number().int(),
    of: z.number().int().optional(),
    /** The planning ended, with a plan or without one. */
    over: z.literal(true).optional(),
  }),
  z.object({ topic: z.literal('run'), runId: z.string(), progress: runProgress }),
  z.object({ topic: z.literal('audit') }),
])
export type ChangeEvent = z.infer<typeof changeEvent>

export { answerKind, filterGroup, keyNormaliser, matchState, skipReason }
