import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { activationDefinition, definitionKind, filterGroup, identifier } from './definitions.ts'
import { errorBody } from './errors.ts'
import * as shapes from './shapes.ts'
import { missingChoice, planPrefix, raw, rowState } from './states.ts'

/**
 * Everything any shell may ask of the engine: one entry per call, with input, output and errors.
 * All shells (Electron, web, command line) use exactly this; a capability exists when it is here.
 * An expected failure crosses as the typed error LOCKSTEP whose data is an ErrorBody.
 */
const base = oc.errors({ LOCKSTEP: { status: 422, data: errorBody } })

const planInput = z.object({ plan: planPrefix })
const runInput = z.object({ run: planPrefix })
const activationInput = z.object({ activation: identifier })
const identityInput = z.object({ identity: identifier })
const done = z.object({ ok: z.literal(true) })

export const contract = {
  workspace: {
    /** The open workspace, or null on the first screen. */
    current: base.output(shapes.workspaceInfo.nullable()),
    open: base.input(z.object({ folder: z.string().min(1) })).output(shapes.workspaceInfo),
    close: base.output(done),
    /** What was opened on this machine, newest first. */
    recent: base.output(z.array(shapes.recentWorkspace)),
    /** Takes a folder off that list; nothing of it is touched. */
    forget: base.input(z.object({ folder: z.string().min(1) })).output(done),
    /**
     * A person says that the open workspace may connect: anywhere, or only as long as all of its connections stay on this
     * computer. Runs that wait for it go on.
     */
    trust: base.input(z.object({ reach: z.enum(['this computer', 'anywhere']) })).output(shapes.workspaceInfo),
    /** Makes Harbour Mutual. Without a folder, one in the person's documents. */
    createSample: base
      .input(z.object({ folder: z.string().optional(), customers: z.number().int().min(10).max(5_000_000).optional(), seed: z.number().int().optional() }))
      .output(shapes.workspaceInfo),
    /** Starts (or finds) the sample's simulators; null where the shell cannot start processes. */
    startSimulators: base.output(z.object({ running: z.boolean(), words: z.string() })),
    inspectFile: base.input(z.object({ path: z.string().min(1), options: shapes.fileOptions.prefault({}) })).output(shapes.inspectedFile),
    /** A new workspace (or a new source and product of the open one) over a file. */
    initialise: base
      .input(
        z.object({
          file: z.string().min(1),
          options: shapes.fileOptions.prefault({}),
          name: z.string().optional(),
          key: z.string().optional(),
          label: z.array(z.string().min(1)).max(4).optional(),
          /** What was shown and is agreed to; without it, no row may be left out. */
          accept: z.object({ load: z.number().int(), blocked: z.number().int() }).optional(),
          folder: z.string().optional(),
        }),
      )
      .output(shapes.workspaceInfo),
    validate: base.output(z.object({ ok: z.boolean(), files: z.number().int(), problems: z.array(shapes.problem) })),
    /** A copy of the state, and of the files it points to, as they are at this instant. */
    backUp: base.output(shapes.backup),
    /** Newest first; of the open workspace, or of a folder whose state cannot be opened. */
    backups: base.input(z.object({ folder: z.string().min(1).optional() }).optional()).output(z.array(shapes.backup)),
    /**
     * Puts a backup in the place of the state. From then on nothing that the destinations hold counts as known until it
     * is read again; open plans and approvals are void, open runs end. The state of before is kept as a backup.
     */
    restore: base.input(z.object({ id: z.string().min(1), folder: z.string().min(1).optional() })).output(shapes.workspaceInfo),
  },
  definitions: {
    read: base.input(z.object({ kind: definitionKind, id: identifier })).output(shapes.definitionDocument),
    /** Keeps comments and order. `expectedHash` is what was read; absent for a new file. */
    save: base
      .input(
        z.object({
          kind: definitionKind,
          id: identifier,
          value: z.unknown(),
          sql: z.string().optional(),
          expectedHash: z.string().optional(),
          /** Of an activation: the others let go of these fields, or are switched off where nothing would be left. */
          takesOver: z.array(shapes.takenOver).optional(),
        }),
      )
      .output(shapes.definitionDocument),
    /** What was removed stays in the state, to the letter, so that it can be put back. */
    remove: base.input(z.object({ kind: definitionKind, id: identifier, expectedHash: z.string() })).output(done),
    putBack: base.input(z.object({ kind: definitionKind, id: identifier })).output(shapes.definitionDocument),
  },
  sources: {
    /** Every kind of source there is. */
    kinds: base.output(z.array(shapes.sourceCard)),
    list: base.output(z.array(shapes.sourceSummary)),
    /** What another CSV file in place of a source's own would change; nothing is changed by asking. */
    checkReplacement: base.input(z.object({ source: identifier, file: z.string().min(1) })).output(shapes.replacement),
    /** Takes the file in; refused where anything breaks, or is not as it was shown. The file in use is kept as it is. */
    replaceFile: base.input(z.object({ source: identifier, file: z.string().min(1), accept: z.object({ load: z.number().int(), blocked: z.number().int() }) })).output(shapes.replacement),
    tables: base.input(z.object({ source: identifier })).output(z.array(shapes.tableInfo)),
    test: base.input(z.object({ source: identifier })).output(z.object({ ok: z.boolean(), tables: z.number().int(), words: z.string() })),
    /** A table, or one SELECT; capped and timed. */
    preview: base
      .input(z.object({ source: identifier, table: z.string().optional(), sql: z.string().optional(), limit: z.number().int().min(1).max(1000).default(10) }))
      .output(shapes.preview),
  },
  products: {
    preview: base.input(z.object({ product: identifier, limit: z.number().int().min(1).max(1000).default(10) })).output(shapes.preview),
    /** Contract, key and freshness against the real data. */
    check: base.input(z.object({ product: identifier })).output(
      z.object({
        rows: z.number().int(),
        problems: z.array(shapes.problem),
        columns: z.array(z.object({ name: z.string(), empty: z.number().int(), distinct: z.number().int() })),
        /** Time of the latest change, where the product says which column holds it. */
        latestChange: shapes.instant.optional(),
      }),
    ),
  },
  segments: {
    count: base.input(z.object({ product: identifier, filter: filterGroup })).output(shapes.segmentCount),
    sample: base.input(z.object({ product: identifier, filter: filterGroup, limit: z.number().int().min(1).max(200).default(20) })).output(shapes.preview),
    why: base.input(z.object({ product: identifier, filter: filterGroup, key: z.string() })).output(shapes.whyInOrOut),
    /** Distinct values of a column, most frequent first, for picking. */
    values: base
      .input(z.object({ product: identifier, column: z.string(), search: z.string().optional(), limit: z.number().int().min(1).max(200).default(50) }))
      .output(z.array(z.object({ value: raw, count: z.number().int() }))),
  },
  connections: {
    list: base.output(z.array(shapes.connectionSummary)),
    destinations: base.output(z.array(shapes.destinationCard)),
    check: base.input(z.object({ connection: identifier })).output(z.object({ ok: z.boolean(), account: z.string().optional(), words: z.string(), problem: errorBody.optional() })),
    objects: base.input(z.object({ connection: identifier })).output(z.array(shapes.objectDescription)),
    /** Given for the place where the connection goes now; with `goesTo`, only if that is the one the person saw. */
    setSecret: base.input(z.object({ connection: identifier, field: z.string(), value: z.string().min(1), goesTo: z.string().optional() })).output(shapes.secretStatus),
    /** The secrets that the environment gives may go where the connection goes now: `goesTo`, as the person saw it. */
    confirmPlace: base.input(z.object({ connection: identifier, goesTo: z.string().optional() })).output(z.object({ goesTo: z.string() })),
    keychain: base.output(z.object({ available: z.boolean(), reason: z.string().optional() })),
  },
  activations: {
    list: base.output(z.array(shapes.activationSummary)),
    get: base.input(activationInput).output(shapes.activationSummary),
    /**
     * Checks a mapping being edited against the product, the destination as it is now, and what other activations write.
     * `activation`: whose definition it is, where it has one.
     */
    check: base
      .input(z.object({ activation: identifier.optional(), value: activationDefinition, takesOver: z.array(shapes.takenOver).optional() }))
      .output(z.object({ problems: z.array(shapes.mappingProblem) })),
    pause: base.input(z.object({ scope: z.union([z.object({ all: z.literal(true) }), z.object({ connection: identifier }), activationInput]), reason: z.string().optional() })).output(done),
    resume: base.input(z.object({ scope: z.union([z.object({ all: z.literal(true) }), z.object({ connection: identifier }), activationInput]) })).output(done),
    /** Plans, answers by saved policies and `onConflict`, approves and applies without asking; returns once the run has begun. */
    run: base.input(activationInput).output(shapes.runSummary),
  },
  plans: {
    /** Reads warehouse and destination, stores the plan. Sends nothing. Progress comes as events. */
    create: base
      .input(z.object({ activation: identifier, limit: z.number().int().min(1).optional(), keys: z.array(z.string()).optional() }))
      .output(shapes.planDetail),
    list: base.input(z.object({ activation: identifier.optional(), limit: z.number().int().min(1).max(200).default(50) })).output(z.array(shapes.planSummary)),
    /** A plan as it stands. Reading it changes nothing. */
    get: base.input(planInput).output(shapes.planDetail),
    /** A person opens the plan for review: from the first time on it stays valid for a day. */
    open: base.input(planInput).output(shapes.planDetail),
    /** Field rows for create, update, clear, conflicts and drift; record rows otherwise. */
    fieldRows: base
      .input(planInput.extend(shapes.pageQuery.shape).extend(shapes.fieldNarrowing.shape).extend({ filter: shapes.planFilter }))
      .output(z.object({ total: z.number().int(), rows: z.array(shapes.fieldRow) })),
    /** To what such a list can be narrowed further, with how many rows each leaves; most first. */
    narrowings: base
      .input(planInput.extend(shapes.fieldNarrowing.shape).extend({ filter: shapes.planFilter, by: shapes.narrowedBy, search: z.string().optional(), limit: z.number().int().min(1).max(500).default(200) }))
      .output(z.array(shapes.narrowingChoice)),
    recordRows: base
      .input(planInput.extend(shapes.pageQuery.shape).extend({ filter: shapes.planFilter, cause: z.string().optional(), causeField: z.string().optional() }))
      .output(z.object({ total: z.number().int(), rows: z.array(shapes.recordRow) })),
    record: base.input(planInput.extend({ record: z.string() })).output(shapes.planRecordDetail),
    causes: base.input(planInput.extend({ of: z.enum(['blocked', 'left out']).default('blocked') })).output(z.array(shapes.causeGroup)),
    conflicts: base
      .input(planInput.extend({ after: z.string().optional(), limit: z.number().int().min(1).max(10_000).default(1000) }))
      .output(z.object({ planId: z.string(), conflicts: z.array(shapes.conflictItem), next: z.string().nullable() })),
    resolve: base
      .input(
        planInput.extend({
          scope: shapes.reviewScope,
          take: shapes.answerKind,
          value: z.string().optional(),
          reason: z.string().optional(),
          expires: z.string().optional(),
          /** Says how many it would answer, and changes nothing. */
          previewOnly: z.boolean().default(false),
        }),
      )
      .output(z.object({ planId: z.string(), answered: z.number().int(), open: z.number().int(), records: z.number().int() })),
    /** Takes answers back. */
    unresolve: base.input(planInput.extend({ scope: shapes.reviewScope })).output(z.object({ planId: z.string(), open: z.number().int() })),
    select: base
      .input(planInput.extend({ scope: shapes.reviewScope, selected: z.boolean().default(true), previewOnly: z.boolean().default(false) }))
      .output(z.object({ planId: z.string(), selected: z.number().int(), unselected: z.number().int() })),
    /** Decides about linked records that are gone or merged, or takes that back. The next plan brings it. */
    decideMissing: base
      .input(planInput.extend({ scope: shapes.missingScope, choice: z.enum([...missingChoice.options, 'take back']), reason: z.string().trim().max(500).optional() }))
      .output(z.object({ planId: z.string(), records: z.number().int() })),
    savePolicy: base
      .input(planInput.extend({ name: z.string().min(1), field: z.string().optional(), editor: shapes.reviewScope.shape.editor, changedBy: z.string().min(1).optional(), take: z.enum(['warehouse', 'destination', 'skip', 'select']), reason: z.string().optional() }))
      .output(z.object({ policy: z.string(), answered: z.number().int(), open: z.number().int() })),
    liftGuard: base.input(planInput.extend({ guard: z.string(), reason: z.string().min(3) })).output(shapes.planDetail),
    approve: base
      .input(planInput.extend({ confirmCount: z.number().int().optional() }))
      .output(z.object({ planId: z.string(), planHash: z.string(), decisionHash: z.string(), approvedBy: z.string(), at: shapes.instant })),
    /** It waits for nobody any more; nothing else about it changes. */
    putAway: base.input(planInput).output(shapes.planDetail),
    bringBack: base.input(planInput).output(shapes.planDetail),
    /** Somebody who reviewed the plan gives it to somebody else to approve and apply; it stays valid for seven days. */
    handOver: base.input(planInput.extend({ to: z.string().trim().min(1).max(200), reason: z.string().trim().max(500).optional() })).output(shapes.planDetail),
    /** Blocked (or other) rows as files: JSONL exact, CSV spreadsheet-safe. Narrowed, the records of the fields that are listed. */
    exportRows: base.input(planInput.extend(shapes.fieldNarrowing.shape).extend({ filter: shapes.planFilter, search: z.string().optional() })).output(shapes.exportResult),
  },
  decisions: {
    list: base.output(shapes.lastingDecisions),
    /** The warehouse's value counts again from the next plan on. */
    endOverride: base.input(z.object({ activation: z.string(), record: z.string(), field: z.string() })).output(done),
    /** What was kept is asked about again in the next plan. */
    endKept: base.input(z.object({ connection: z.string(), object: z.string(), remoteId: z.string(), field: z.string() })).output(done),
  },
  runs: {
    /** Applies an approved plan and returns at once; the run goes on in the engine. */
    start: base.input(planInput).output(shapes.runSummary),
    list: base.input(z.object({ activation: identifier.optional(), limit: z.number().int().min(1).max(200).default(50) })).output(z.array(shapes.runSummary)),
    get: base.input(runInput).output(shapes.runProgress),
    /** Ends with the run. */
    watch: base.input(runInput).output(eventIterator(shapes.runProgress)),
    pause: base.input(runInput).output(shapes.runSummary),
    /** Lifts a pause; of a run that has ended, sends what it left and settles what is in doubt. */
    resume: base.input(runInput).output(shapes.runSummary),
    /** Looks up what is in doubt of a run that has ended. Only reads: what did not arrive is set apart, not sent. */
    look: base.input(runInput).output(shapes.runSummary),
    cancel: base.input(runInput).output(shapes.runSummary),
    /** A new plan from the run's before-images; reviewed and applied like any other. */
    revert: base.input(runInput).output(shapes.planDetail),
    /** A new plan of just the rows that were rejected or set apart, from the warehouse as it is now; reviewed and applied like any other. */
    retryRejected: base.input(runInput).output(shapes.planDetail),
    rows: base
      .input(runInput.extend(shapes.pageQuery.shape).extend({ state: z.union([rowState, z.enum(['verified', 'overridden', 'unverifiable'])]).optional(), cause: z.string().optional(), causeField: z.string().optional() }))
      .output(z.object({ total: z.number().int(), rows: z.array(shapes.runRow) })),
    causes: base.input(runInput).output(z.array(shapes.causeGroup)),
    /** Reads one record whose read-back found another value, now: what is held there, and who put it there. */
    heldNow: base.input(runInput.extend({ record: z.string() })).output(shapes.heldNow),
    /** Rows whose answer was lost and that nothing could settle, in the order of the run. */
    unknown: base
      .input(runInput.extend({ offset: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(200).default(50) }))
      .output(z.object({ total: z.number().int(), rows: z.array(shapes.unknownRow) })),
    /**
     * A person says what became of unknown rows of a run that has ended. Delivered ones are read back where that is
     * possible, so the run goes on to verify; the others are set apart and come back in the next plan.
     */
    settle: base
      .input(runInput.extend({ records: z.array(z.string()).min(1).max(1000), as: shapes.settledAs, reason: z.string().trim().min(1).max(500) }))
      .output(shapes.runSummary),
    /** The newest first. `record`: only those that were about this record (product key). `search` looks into what is shown. */
    requests: base
      .input(runInput.extend({ record: z.string().optional(), search: z.string().optional(), offset: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(200).default(50) }))
      .output(z.object({ total: z.number().int(), rows: z.array(shapes.loggedRequest) })),
    exportRows: base.input(runInput.extend({ state: z.string() })).output(shapes.exportResult),
  },
  audit: {
    list: base
      .input(shapes.auditFilter.extend({ offset: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(500).default(100) }))
      .output(z.object({ total: z.number().int(), entries: z.array(shapes.auditEntry) })),
    facets: base.output(shapes.auditFacets),
    export: base.input(z.object({ from: shapes.instant.optional(), to: shapes.instant.optional() })).output(shapes.exportResult),
    /** `manifest` is the text of an earlier export's manifest. */
    verify: base.input(z.object({ manifest: z.string().max(shapes.largestManifestBytes).optional() })).output(shapes.auditVerdict),
  },
  identity: {
    /** Clusters CSV files by a rule file; needs no workspace. */
    cluster: base.input(shapes.clusterRequest).output(shapes.clusterSummary),
    /** Reads the records of all sources and applies the rules to what changed. Progress comes as events. */
    run: base.input(identityInput).output(shapes.identityRun),
    overview: base.input(identityInput).output(shapes.identityOverview),
    /** The newest first. */
    history: base.input(identityInput.extend({ limit: z.number().int().min(1).max(1000).default(100) })).output(z.array(shapes.identityRun)),
    queue: base
      .input(identityInput.extend({ kind: shapes.queueKind, /** A product, or `connection/object`. */ source: z.string().optional(), search: z.string().optional(), offset: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(200).default(50) }))
      .output(z.object({ total: z.number().int(), items: z.array(shapes.queueItem) })),
    /** Records whose label, id or value of a key begins with the text. */
    find: base.input(identityInput.extend({ text: z.string().trim().min(1).max(200), limit: z.number().int().min(1).max(200).default(20) })).output(z.array(shapes.recordCard)),
    /** By the id of the entity (or of one merged into it), or by a record. */
    person: base.input(identityInput.extend({ entity: z.string().optional(), record: z.string().optional() })).output(shapes.identityPerson),
    decide: base
      .input(identityInput.extend({ kind: shapes.decisionKind, parts: z.array(z.array(z.string()).min(1).max(500)).min(1).max(50), column: z.string().optional(), reason: z.string().trim().min(3).max(500) }))
      .output(z.object({ decision: shapes.identityDecision, run: shapes.identityRun })),
    /** Takes a decision back; the entities are again what they would be without it. */
    undo: base.input(identityInput.extend({ decision: z.string().min(1), reason: z.string().trim().min(3).max(500) })).output(z.object({ decision: shapes.identityDecision, run: shapes.identityRun })),
    decisions: base.input(identityInput.extend({ offset: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(200).default(50) })).output(z.object({ total: z.number().int(), decisions: z.array(shapes.identityDecision) })),
    /** What an edited definition would gain and lose over the records of the newest run. Stores nothing. */
    preview: base.input(identityInput.extend({ value: z.unknown() })).output(shapes.rulesPreview),
    /** Draws pairs that the rules joined, spread over the rules; those drawn before stay. */
    drawSample: base.input(identityInput.extend({ size: z.number().int().min(1).max(500).default(50) })).output(z.object({ drawn: z.number().int() })),
    sample: base.input(identityInput.extend({ offset: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(200).default(50) })).output(z.object({ total: z.number().int(), pairs: z.array(shapes.sampledPair), precision: shapes.precision })),
    judge: base.input(identityInput.extend({ pair: z.string(), verdict: shapes.pairVerdict.nullable() })).output(shapes.precision),
    forecast: base.input(activationInput).output(shapes.coverageForecast),
  },
  home: {
    summary: base.output(shapes.homeSummary),
    doctor: base.output(z.array(shapes.doctorCheck)),
  },
  /** All changes, until the subscriber leaves. */
  events: base.output(eventIterator(shapes.changeEvent)),
}

export type Contract = typeof contract
