import { z } from 'zod'
import { languageList } from './identity.ts'

/**
 * The text files of a workspace, one schema per kind. The file stem is the id.
 *   lockstep.yaml · sources/*.yaml · connections/*.yaml · products/*.yaml (+ .sql) · segments/*.yaml
 *   identity/*.yaml · activations/*.yaml · policies/*.yaml
 * Schemas are strict: an unknown key is an error that names it.
 */

export const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'use lower-case letters, digits and hyphens')

export const definitionKind = z.enum(['source', 'connection', 'product', 'segment', 'identity', 'activation', 'policy'])
export type DefinitionKind = z.infer<typeof definitionKind>

export const workspaceDefinition = z.strictObject({
  id: identifier,
  name: z.string().min(1),
  /** IANA zone in which dates are shown and relative dates resolved. */
  timezone: z.string().default('UTC'),
  sample: z.boolean().optional(),
  /** Languages in which dates of people's records name their months (`de`, `fr`), where the rules of identity say none. */
  languages: languageList.optional(),
  /** How long bulk (rows of plans, receipts, requests, superseded files) and proof (audit, approvals, outcomes) are kept. */
  retention: z.strictObject({ bulkDays: z.number().int().min(7).max(3650).default(90), proofYears: z.number().int().min(1).max(100).default(7) }).optional(),
})
export type WorkspaceDefinition = z.infer<typeof workspaceDefinition>

/** Types of a product column and of a mapped value (semantics §1). */
export const valueType = z.enum(['string', 'number', 'boolean', 'date', 'instant', 'set', 'list', 'json'])
export type ValueType = z.infer<typeof valueType>

/** What reading a source may take. Who takes more is stopped; nothing else on the machine pays for it. */
export const sourceLimits = z.strictObject({
  /** Memory of the process that reads. */
  memoryMb: z.number().int().min(256).max(65_536).default(1024),
  /** Time of one look: a preview, a count, a check. */
  previewSeconds: z.number().int().min(1).max(600).default(30),
  /** Time of reading a whole audience or product, for a plan or for identity. */
  planMinutes: z.number().int().min(1).max(1440).default(60),
})
export type SourceLimits = z.infer<typeof sourceLimits>

/** What every source says of itself. The other keys of its file are the settings of its kind, as its declaration says. */
export const sourceBase = z.object({ name: z.string().min(1).optional(), type: z.string().min(1), limits: sourceLimits.optional() })
export type SourceDefinition = z.infer<typeof sourceBase> & { readonly [setting: string]: unknown }

export const simulatorName = z.enum(['crm', 'support', 'marketing'])
export type SimulatorName = z.infer<typeof simulatorName>

export const connectionDefinition = z
  .strictObject({
    name: z.string().min(1),
    /** Which destination declaration: hubspot, zendesk, braze … */
    destination: z.string().min(1),
    /** Address and throw-away token come from .lockstep/simulators.json; loopback only. */
    simulator: simulatorName.optional(),
    /** Settings without secrets, as the destination's schema says. */
    settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    /** Declared: nobody else writes the fields we map, so an unknown editor is not counted as a person. */
    onlyWriter: z.boolean().optional(),
    /** Overrides of the destination's limit profile. */
    limits: z.record(z.string(), z.number()).optional(),
  })
  .refine((c) => c.simulator !== undefined || c.settings !== undefined, { message: 'give settings, or a simulator' })
export type ConnectionDefinition = z.infer<typeof connectionDefinition>

export const contractColumn = z.strictObject({
  column: z.string().min(1),
  type: valueType,
  nullable: z.boolean().default(true),
  description: z.string().optional(),
  sensitivity: z.enum(['none', 'personal', 'sensitive']).optional(),
})
export type ContractColumn = z.infer<typeof contractColumn>

export const productDefinition = z
  .strictObject({
    name: z.string().min(1),
    description: z.string().optional(),
    owner: z.string().optional(),
    source: identifier,
    /** A file beside this one with one SELECT or WITH statement. */
    sql: z.string().optional(),
    table: z.string().optional(),
    key: z.string().min(1),
    /** The name of a record as people know it, for lists: a column, or several that are read one after the other (given name, family name). */
    label: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(4)]).optional(),
    /** Column with the time this row last changed in the warehouse; needed by 'latest wins'. */
    changedAt: z.string().optional(),
    contract: z.array(contractColumn).min(1),
    decisions: z.array(z.string()).default([]),
    sla: z.strictObject({ refresh: z.string().optional(), maximumStaleness: z.string().optional() }).optional(),
  })
  .refine((p) => (p.sql === undefined) !== (p.table === undefined), { message: 'give either sql or table' })
export type ProductDefinition = z.infer<typeof productDefinition>

/** The columns that together are the name of a record; none: it is known by its key. */
export function labelColumns(label: string | readonly string[] | undefined): readonly string[] {
  if (label === undefined) return []
  return typeof label === 'string' ? [label] : label
}

export const filterOperator = z.enum([
  'is',
  'is not',
  'is one of',
  'is not one of',
  'contains',
  'does not contain',
  'starts with',
  'more than',
  'at least',
  'less than',
  'at most',
  'between',
  'before',
  'after',
  'in the last days',
  'in the next days',
  'has a value',
  'has no value',
  'is true',
  'is false',
])
export type FilterOperator = z.infer<typeof filterOperator>

export const filterCondition = z.strictObject({
  column: z.string().min(1),
  operator: filterOperator,
  /** One value, two for 'between', several for 'is one of', a count for 'in the last days', none for the last four. */
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]).optional(),
})
export type FilterCondition = z.infer<typeof filterCondition>

export type FilterNode = FilterCondition | FilterGroup
/** `all`: every part holds. `any`: at least one. `none`: not one of them. At most 3 levels deep. */
export type FilterGroup = { all: FilterNode[] } | { any: FilterNode[] } | { none: FilterNode[] }

export const filterGroup: z.ZodType<FilterGroup> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(filterNode) }),
    z.strictObject({ any: z.array(filterNode) }),
    z.strictObject({ none: z.array(filterNode) }),
  ]),
)
const filterNode: z.ZodType<FilterNode> = z.lazy(() => z.union([filterCondition, filterGroup]))

export const segmentDefinition = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  owner: z.string().optional(),
  product: identifier,
  filter: filterGroup,
})
export type SegmentDefinition = z.infer<typeof segmentDefinition>

export const authority = z.enum(['warehouse', 'destination', 'fill if empty', 'review', 'latest wins'])
export type Authority = z.infer<typeof authority>

export const syncMode = z.enum(['upsert', 'update only', 'insert only', 'mirror', 'members'])
export type SyncMode = z.infer<typeof syncMode>

export const keyNormaliser = z.enum(['exact', 'trimmed', 'lower', 'email', 'digits'])
export type KeyNormaliser = z.infer<typeof keyNormaliser>

const scalar = z.union([z.string(), z.number(), z.boolean()])

export const fieldMapping = z
  .strictObject({
    /** Product column. */
    from: z.string().optional(),
    /** Or the same value for every record. */
    value: scalar.optional(),
    /** Destination field. */
    to: z.string().min(1),
    authority: authority.optional(),
    /** Whether an empty warehouse value empties the field. */
    clear: z.boolean().default(false),
    trim: z.boolean().default(false),
    /** Warehouse value → destination value; a value without an entry is invalid unless `otherwise` is given. */
    values: z.record(z.string(), scalar).optional(),
    otherwise: z.enum(['as it is', 'invalid']).default('invalid'),
    onInvalid: z.enum(['block record', 'leave field']).default('block record'),
    /** Only write when the record is created. */
    onlyOnCreate: z.boolean().optional(),
  })
  .refine((m) => (m.from === undefined) !== (m.value === undefined), { message: 'give either from or value' })
export type FieldMapping = z.infer<typeof fieldMapping>

export const guards = z.strictObject({
  /** Shares are 0…1. Defaults: semantics §4. */
  removalShare: z.number().min(0).max(1).default(0.05),
  removalCount: z.number().int().min(0).default(100),
  updateShare: z.number().min(0).max(1).default(0.3),
  createShare: z.number().min(0).max(1).default(0.2),
  coverageFloor: z.number().min(0).max(1).optional(),
  sizeMinimum: z.number().int().min(0).optional(),
  sizeMaximum: z.number().int().min(0).optional(),
  /** Share by which the source may shrink or grow against the last plan that passed; small sources change freely. */
  sizeChangeShare: z.number().min(0).default(0.5),
  /** Minutes a plan stays valid when nobody opened it. */
  expiresAfterMinutes: z.number().int().min(1).default(60),
})
export type Guards = z.infer<typeof guards>

/** Whose requests and runs go first where several wait for the same system. */
export const criticality = z.enum(['critical', 'normal', 'low'])
export type Criticality = z.infer<typeof criticality>

export const activationDefinition = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  owner: z.string().optional(),
  product: identifier,
  segment: identifier.optional(),
  destination: z.strictObject({ connection: identifier, object: z.string().min(1) }),
  /**
   * How a row finds its record. `identity`: by the links of these rules; the key is then what a new record gets, and it is
   * looked for once more before one is made. Without: by the key alone.
   */
  match: z.strictObject({ identity: identifier.optional(), column: z.string().min(1), field: z.string().min(1), normalise: keyNormaliser.default('exact') }),
  mode: syncMode.default('upsert'),
  /** For fields without their own. */
  authority: authority.default('review'),
  /** At least one, except in the mode members, which has none. */
  fields: z.array(fieldMapping).default([]),
  /** Records for which this holds are blocked, last, with their own count. */
  doNotSend: filterGroup.optional(),
  onRemove: z.enum(['clear fields', 'archive', 'delete']).optional(),
  /** Unattended runs: what an unanswered conflict does. */
  onConflict: z.enum(['skip record', 'hold run']).default('skip record'),
  guards: guards.prefault({}),
  /** Most requests a plan may spend on looking for drift. */
  driftRequestBudget: z.number().int().min(0).default(2000),
  /** A fraud signal is critical and never waits behind a newsletter. */
  criticality: criticality.default('normal'),
  enabled: z.boolean().default(true),
})
export type ActivationDefinition = z.infer<typeof activationDefinition>

export const editorKind = z.enum(['person', 'other system', 'us', 'unknown'])
export type EditorKind = z.infer<typeof editorKind>

/** A saved bulk answer: applied to every plan of the activation where it fits. */
export const policyDefinition = z.strictObject({
  name: z.string().min(1),
  activation: identifier,
  field: z.string().optional(),
  editor: editorKind.optional(),
  /** Who changed the value, by the name that the destination gives: "Workflow Legacy downgrade". */
  changedBy: z.string().min(1).optional(),
  /** What it does: answers a conflict, or selects rows that are not preselected. */
  take: z.enum(['warehouse', 'destination', 'skip', 'select']),
  reason: z.string().optional(),
  owner: z.string().optional(),
})
export type PolicyDefinition = z.infer<typeof policyDefinition>
