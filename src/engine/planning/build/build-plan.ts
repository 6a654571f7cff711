import { labelColumns } from '../../../contract/definitions.ts'
import { AppError } from '../../../contract/errors.ts'
import type { PlanCounts, ReadScope } from '../../../contract/states.ts'
import { appendAudit } from '../../audit/audit.ts'
import { extract, type Extraction } from '../../audience/extract.ts'
import { labelText } from '../../audience/label-text.ts'
import type { IdentityGraph } from '../../identity/graph/identity-graph.ts'
import type { Actor, Session } from '../../session/session.ts'
import { listPlanFiles, setDamagedAside } from '../../storage/stored-files.ts'
import { type DuckDb, openDuckDb, readParquet } from '../../storage/duckdb.ts'
import { ObservationWriter, type PreparedObservations, publishObservations } from '../../storage/sync-evidence.ts'
import { linksScope, objectScope, type ProofPlace, syncStateScope } from '../../storage/data-file-log.ts'
import { hashedId } from '../../values/hash.ts'
import { applyChoices, choicesEnd, followedBase, loadMissingRecordDecisions, releaseRecreated, unsettleChosen } from '../narrow/missing-record-decisions.ts'
import { candidateQuery, decidedSourceQuery, sourceTexts, viewOfFile } from '../narrow/candidate-query.ts'
import { decideRows } from '../decide/decide-rows.ts'
import { answersById, asText, type AudienceShape, findCandidates, linkUnproved, narrowAudience, openAudience, rowsWithoutLink, unsettle, unsettleGone, unsettleMoved } from '../narrow/delta.ts'
import { checkGuards, trialGuards } from '../decide/guards.ts'
import { applyIdentityLinks, foundByIdentity, rowsWithoutIdentityLink } from '../narrow/identity-matches.ts'
import { planFiles, PlanWriter } from '../stored/plan-files.ts'
import type { PlanHeader, StoredPlan } from '../../plans/plan-store.ts'
import { PlanStore, proofPlaceOf } from '../../plans/plan-store.ts'
import { preparePlan, type PlanSetup } from './prepare.ts'
import { type ActualReader, assumeActual, canBeRead, chooseReadScope, startReading } from '../narrow/read-destination.ts'
import { proveCreates } from '../narrow/prove-creates.ts'
import { recognise } from './recognise.ts'
import { changeStickyAnswers, loadOverrides, loadStickyAnswers, type StickyChanges } from '../decide/sticky-answers.ts'
import { addSharersOutside } from '../narrow/shared-keys.ts'
import { findUnusableKeys } from '../narrow/unusable-keys.ts'
import { leftLinks } from '../decide/departed-records.ts'
import { newestEntry } from '../narrow/runs-since.ts'
import { loadUnconfirmedCreates } from '../narrow/unconfirmed-creates.ts'

export interface PlanRequest {
  activation: string
  /** A small trial plan: so many source rows, or only these keys. No removals. */
  limit?: number
  keys?: string[]
}

/** Attended plans stay valid for a day once opened; 60 minutes unless the guards say otherwise (semantics §4). */
const minute = 60_000

/**
 * Reads the warehouse and the destination, decides every record, and stores the plan. Nothing is sent, and nothing is
 * left behind when it fails: the plan counts only once its row is in SQLite.
 */
export async function buildPlan({ session, graph }: PlanPlace, request: PlanRequest, actor: Actor, signal?: AbortSignal): Promise<StoredPlan> {
  const { ports, folders } = session
  const progress = (phase: string, done = 0, of?: number): void => session.emit({ topic: 'planning', activation: request.activation, phase, done, ...(of === undefined ? {} : { of }) })
  progress('Reading the definitions')
  await setDamagedAside(session)
  const setup = await preparePlan(session, request.activation, signal)
  const id = hashedId(ports.ids.next())
  const folder = `${folders.plans}/${id}`
  await ports.files.makeFolder(folder, 0o700)
  const duckdb = await openDuckDb({ tempFolder: folders.temp, memoryLimitMb: 256, threads: 1 })
  const stop = (): void => duckdb.interrupt()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const build = new PlanBuild({ session, graph, setup, request, actor, duckdb, folder, progress, ...(signal ? { signal } : {}) })
    const stored = await build.run(id)
    const place = proofPlaceOf(stored)
    await session.dataFiles.checkpoint(duckdb, 'base', objectScope(stored.connection, stored.object))
    await session.dataFiles.checkpoint(duckdb, 'links', linksScope(place))
    await session.dataFiles.checkpoint(duckdb, 'settled', syncStateScope(place))
    progress('Done')
    return stored
  } catch (error) {
    await ports.files.remove(folder)
    throw signal?.aborted ? new AppError('cancelled', 'The plan was cancelled. Nothing was stored or sent.', { cause: error }) : error
  } finally {
    signal?.removeEventListener('abort', stop)
    duckdb.closeInstance()
  }
}

/** Where plans are made: the open workspace, and who is who in it. */
export interface PlanPlace {
  session: Session
  graph: IdentityGraph
}

interface BuildOptions extends PlanPlace {
  setup: PlanSetup
  request: PlanRequest
  actor: Actor
  duckdb: DuckDb
  folder: string
  progress(phase: string, done?: number, of?: number): void
  signal?: AbortSignal
}

/** One plan in the making: the steps in order, over one DuckDB. */
class PlanBuild {
  private readonly options: BuildOptions
  private readonly fields: string[]
  private readonly trial: boolean
  /** When reading began: everything seen is at least as new. */
  private readonly asOf: string
  /** Folder for what only the making of the plan needs. */
  private readonly scratch: string
  private readonly place: ProofPlace
  private readonly readAfter: number

  constructor(options: BuildOptions) {
    this.options = options
    this.fields = options.setup.mappings.map((mapping) => mapping.field.name)
    this.trial = options.request.limit !== undefined || options.request.keys !== undefined
    this.asOf = new Date(options.session.ports.clock.now()).toISOString()
    this.scratch = `${options.folder}/scratch`
    this.readAfter = newestEntry(options.session.database)
    this.place = { connection: options.setup.connected.id, object: options.setup.object.name, product: options.setup.parts.product.id, activation: options.setup.activationId }
  }

  async run(id: string): Promise<StoredPlan> {
    const { setup, session, duckdb, progress } = this.options
    progress('Reading the warehouse')
    const extraction = await this.extract()
    // A trial looks for its keys in the whole audience.
    await duckdb.expectRows(this.trial ? Infinity : extraction.rows)
    progress('Finding what changed')
    const sourceFingerprint = await this.narrow(extraction)
    await duckdb.giveBack()
    if (setup.identity) progress(`Recognising ${setup.object.noun.many}`)
    const identity = await this.recognise(extraction)
    const readScope = await this.read(extraction)
    progress('Comparing')
    await duckdb.giveBack()
    const { files } = session.ports
    await files.makeFolder(this.scratch, 0o700)
    const decided = await this.decide(extraction).finally(() => files.remove(this.scratch))
    progress('Storing the plan')
    const header = { ...this.header(readScope, sourceFingerprint, extraction), ...(identity === undefined ? {} : { identity }) }
    const planHash = decided.hash(header)
    const guards = this.trial ? trialGuards(decided.counts) : checkGuards(await this.guardInput(decided.counts, extraction))
    const now = session.ports.clock.now()
    const plan: StoredPlan = {
      id,
      activation: setup.activationId,
      connection: setup.connected.id,
      object: setup.object.name,
      kind: header.kind,
      state: guards.some((guard) => guard.count === undefined) ? 'stopped by a guard' : 'in review',
      planHash,
      header,
      counts: decided.counts,
      readScope,
      guards,
      createdAt: now,
      expiresAt: now + setup.activation.guards.expiresAfterMinutes * minute,
      openedAt: null,
      readAfter: this.readAfter,
      folder: id,
    }
    await listPlanFiles(this.options.folder)
    this.store(plan, decided)
    return plan
  }

  private async extract(): Promise<Extraction> {
    const { session, setup, request, folder, signal } = this.options
    const { activation, product } = setup
    const wanted = [...setup.mappings.flatMap(({ mapping }) => mapping.from ?? []), activation.match.column, ...labelColumns(product.label), product.changedAt]
    const extraction = await extract({
      workspace: setup.workspace,
      activation: setup.activationId,
      columns: [...new Set(wanted.filter((column) => column !== undefined))],
      toParquet: `${folder}/${planFiles.source}`,
      ...session.ports,
      tempFolder: session.folders.temp,
      memoryLimitMb: 256,
      ...(request.keys === undefined ? {} : { keys: request.keys }),
      ...(request.limit === undefined ? {} : { limit: request.limit }),
      ...(signal ? { signal } : {}),
    })
    const file = setup.parts.product.path
    if (extraction.duplicateKeys > 0) {
      throw new AppError('duplicate-keys', `${extraction.duplicateKeys.toLocaleString('en-GB')} ${extraction.duplicateKeys === 1 ? 'value' : 'values'} of ${product.key} stand on more than one row of ${product.name}.`, {
        file,
        field: 'key',
        value: extraction.duplicateExamples[0] ?? '',
        next: `Make ${product.key} unique in the product, or choose another key.`,
      })
    }
    if (extraction.nullKeys > 0) {
      throw new AppError('bad-input', `${extraction.nullKeys} rows of ${product.name} have no ${product.key}.`, { file, field: 'key', value: product.key, next: 'Leave those rows out in the product’s SQL, or fill the key.' })
    }
    return extraction
  }

  /** Which rows are settled, and which must be looked at; returns the digest of all. */
  private async narrow(extraction: Extraction): Promise<string> {
    const { session, setup, duckdb, folder } = this.options
    await openAudience(duckdb, `SELECT * FROM ${readParquet(`${folder}/${planFiles.source}`)}`, { links: session.dataFiles.linksQuery(linksScope(this.place)), settled: session.dataFiles.settledQuery(syncStateScope(this.place)) })
    const shape = this.shapeOf(extraction)
    const digest = await narrowAudience(duckdb, shape, this.trial)
    await loadMissingRecordDecisions(session.database, duckdb, this.place)
    await loadUnconfirmedCreates(session.database, duckdb, this.place, setup.connected.profile.readBack !== 'none')
    await proveCreates({ session, duckdb, connected: setup.connected, object: setup.object.name, ...(this.options.signal ? { signal: this.options.signal } : {}) })
    await linkUnproved(duckdb)
    await loadStickyAnswers(session.database, duckdb, setup.connected.id, setup.object.name)
    await loadOverrides(session, duckdb, setup)
    await unsettle(duckdb, shape)
    await unsettleChosen(duckdb, shape)
    await applyChoices(duckdb)
    return digest
  }

  /** Where people are recognised by identity: the rows to look at are led to the records that its newest run gives them. */
  private async recognise(extraction: Extraction): Promise<PlanHeader['identity']> {
    const { duckdb } = this.options
    const identity = await recognise(this.options, duckdb)
    if (identity !== undefined) await applyIdentityLinks(duckdb, this.shapeOf(extraction))
    return identity
  }

  private shapeOf(extraction: Extraction): AudienceShape {
    const { mappings, mappingVersion } = this.options.setup
    const mapped = new Set(mappings.flatMap(({ mapping }) => mapping.from ?? []))
    if (this.options.setup.keyStays) mapped.add(this.options.setup.activation.match.column)
    const columns = extraction.columns.filter(({ name }) => mapped.has(name)).map(({ output, nativeType }) => ({ text: asText(output, nativeType), free: nativeType === 'VARCHAR' || nativeType === 'JSON' }))
    return { columns, mappingVersion }
  }

  /** Reads the destination: what must be known, then drift in the rest as far as it can be looked for. */
  private async read(extraction: Extraction): Promise<ReadScope> {
    const { setup, duckdb, session, progress, signal } = this.options
    const counts = await duckdb.row<{ linked: number; unlinked: number }>('SELECT count(remote_id) AS linked, count(*) - count(remote_id) AS unlinked FROM unsettled')
    const { linked = 0, unlinked = 0 } = counts ?? {}
    const settled = extraction.rows - linked - unlinked
    const scope = chooseReadScope({ ...setup.connected, declaration: { ...setup.connected.declaration, changeFeed: setup.connected.declaration.changeFeed && !setup.object.membership } }, { settled, unsettled: linked + unlinked, mark: this.readMark(), requestBudget: setup.activation.driftRequestBudget, asOf: this.asOf })
    const phase = `Reading ${setup.connected.declaration.name}`
    const total = linked + unlinked + (scope.how === 'full' ? settled : 0)
    progress(phase, 0, total)
    const reader = await startReading({
      duckdb,
      connected: setup.connected,
      object: setup.object.name,
      fields: setup.keyStays ? [...this.fields, setup.matchField.name] : this.fields,
      match: { field: setup.matchField.name, ...setup.keyForm },
      clock: session.ports.clock,
      progress: (done, of) => progress(phase, done, of),
      ...(signal ? { signal } : {}),
    })
    await this.readAll(reader, extraction, scope, total)
    if (settled > 0) await this.findDrift(scope, this.shapeOf(extraction))
    await releaseRecreated(duckdb)
    await findUnusableKeys(duckdb, setup.keyType)
    await findCandidates(duckdb, setup.identity && foundByIdentity)
    return scope
  }

  private async readAll(reader: ActualReader, extraction: Extraction, scope: ReadScope, total: number): Promise<void> {
    const { session, setup, duckdb } = this.options
    await duckdb.run('CREATE TABLE asked AS SELECT remote_id FROM unsettled WHERE remote_id IS NOT NULL')
    if (scope.how === 'full') await duckdb.run('INSERT INTO asked SELECT remote_id FROM settled WHERE key IN (SELECT key FROM source) AND key NOT IN (SELECT key FROM unsettled)')
    if (this.removes()) await duckdb.run(`INSERT INTO asked SELECT remote_id FROM (${leftLinks})`)
    const readable = canBeRead(setup.connected)
    try {
      if (readable) await reader.readIds('SELECT remote_id FROM asked', total)
      const matchText = sourceTexts(extraction).get(setup.activation.match.column) ?? 'NULL'
      await reader.readKeys(`SELECT key, ${matchText} FROM source WHERE key IN (${setup.identity ? rowsWithoutIdentityLink : rowsWithoutLink})`, total)
      if (this.trial) await addSharersOutside(session, setup, { duckdb, folder: this.options.folder })
      const mark = this.readMark()
      if (scope.how === 'changed since' && mark !== undefined) await reader.readChanges(mark)
    } finally {
      reader.finish()
    }
    if (!readable) await assumeActual(duckdb, this.fields, await session.dataFiles.baseQuery(duckdb, objectScope(setup.connected.id, setup.object.name), this.fields, 'asked'))
  }

  private async findDrift(scope: ReadScope, shape: AudienceShape): Promise<void> {
    const { session, setup, duckdb } = this.options
    if (scope.how === 'only changed rows') return
    const base = await session.dataFiles.baseQuery(duckdb, objectScope(setup.connected.id, setup.object.name), this.fields, `(SELECT requested_id AS remote_id FROM actual)`)
    await unsettleMoved(duckdb, shape, this.fields, `(${base})`)
    await unsettleGone(duckdb, shape)
  }

  /** Decides every candidate in key order and writes the plan's files. */
  private async decide(extraction: Extraction): Promise<DecidedPlan> {
    const { session, setup, duckdb, folder, progress, signal } = this.options
    const texts = sourceTexts(extraction)
    const sources = setup.mappings.map(({ mapping }) => (mapping.from === undefined ? undefined : texts.get(mapping.from)))
    const named = labelColumns(setup.product.label).flatMap((column) => texts.get(column) ?? [])
    const label = named.length === 0 ? undefined : labelText(named)
    const changedAt = setup.product.changedAt === undefined ? undefined : texts.get(setup.product.changedAt)
    const settled = extraction.rows - (await this.unsettledCount())
    // What the rows to decide do not need makes room for them.
    await viewOfFile(duckdb, 'one_actual', await answersById(duckdb), `${this.scratch}/actual.parquet`)
    await duckdb.run('DROP TABLE actual; DROP TABLE asked; DROP TABLE unsettled')
    const followed = (await duckdb.row("SELECT 1 FROM choices WHERE choice = 'follow' LIMIT 1")) !== undefined
    const base = await session.dataFiles.baseQuery(duckdb, objectScope(setup.connected.id, setup.object.name), this.fields, followed ? followedBase : 'candidates')
    await viewOfFile(duckdb, 'decided_source', decidedSourceQuery(sources, { label, changedAt, matchValue: setup.keyStays ? texts.get(setup.activation.match.column) : undefined }), `${this.scratch}/source.parquet`)
    await viewOfFile(duckdb, 'candidate_base', base, `${this.scratch}/base.parquet`)
    const query = candidateQuery({ sources, fields: this.fields, label: label && 'label', changedAt: changedAt && 'changed_at', stayingKey: setup.keyStays ? setup.matchField.name : undefined, followed })
    const writer = await PlanWriter.open(duckdb, folder, setup.object.membership ? undefined : setup.matchField.name)
    const observations = await ObservationWriter.open(duckdb, this.fields)
    const { counter, hash, sticky, foundAgain } = await decideRows({ setup, duckdb, query, writer, observations, readAt: this.asOf, removals: this.removes(), session, progress: (done) => progress('Comparing', done), ...(signal ? { signal } : {}) })
    counter.addSettled(settled)
    await writer.store()
    if (!this.trial) await this.rememberMovedOutside(observations)
    await duckdb.giveBack()
    return { counts: counter.counts(), hash: (header) => hash.finish(header), observations: await observations.prepare(session.dataFiles), sticky, foundAgain }
  }

  /** Records of rows that are not in the audience now, and that moved: should a row return, it is looked at again. */
  private async rememberMovedOutside(observations: ObservationWriter): Promise<void> {
    // Few were read, so the audience passes by them; NOT IN would hold the keys of all of it.
    const outside = 'SELECT key, remote_id, created FROM (SELECT * FROM settled WHERE fp IS NOT NULL AND remote_id IN (SELECT requested_id FROM one_actual)) ANTI JOIN source USING (key)'
    for await (const { rows, columns } of this.options.duckdb.columns(outside)) {
      for (let row = 0; row < rows; row++) {
        observations.add({ key: columns[0]?.[row] as string, remoteId: columns[1]?.[row] as string, readAt: this.asOf, agreed: {}, fp: null, created: columns[2]?.[row] === true })
      }
    }
  }

  /** Only a mirror removes, and who only adds members takes them out again; a mirror only by an explicit way, and only when the whole audience was read. */
  private removes(): boolean {
    const { activation } = this.options.setup
    return (activation.mode === 'members' || (activation.mode === 'mirror' && activation.onRemove !== undefined)) && !this.trial
  }

  private async unsettledCount(): Promise<number> {
    return (await this.options.duckdb.row<{ rows: number }>('SELECT count(*) AS rows FROM unsettled'))?.rows ?? 0
  }

  private readMark(): string | undefined {
    return this.options.session.database.get<{ read_until: string }>('SELECT read_until FROM read_marks WHERE activation = ?', this.options.setup.activationId)?.read_until
  }

  private header(readScope: ReadScope, sourceFingerprint: string, extraction: Extraction): PlanHeader {
    const { setup, session } = this.options
    return {
      activation: setup.activationId,
      activationName: setup.activation.name,
      connection: setup.connected.id,
      destinationName: setup.connected.declaration.name,
      goesTo: setup.connected.goesTo,
      object: setup.object.name,
      noun: setup.object.noun,
      ...(setup.object.membership ? { membership: true as const } : {}),
      kind: this.trial ? 'trial' : 'ordinary',
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
    }
  }

  private async guardInput(counts: PlanCounts, extraction: Extraction): Promise<Parameters<typeof checkGuards>[0]> {
    const { session, setup, duckdb } = this.options
    const links = await duckdb.row<{ links: number; created: number }>('SELECT count(*) AS links, count(*) FILTER (created) AS created FROM settled')
    // Links found by looking are no base yet: until a whole plan was applied, nothing was ever sent on purpose.
    const applied = session.database.get("SELECT 1 FROM runs r JOIN plans p ON p.id = r.plan WHERE r.activation = ? AND p.kind = 'ordinary' AND EXISTS (SELECT 1 FROM journal j WHERE j.run = r.id AND j.state = 'delivered') LIMIT 1", setup.activationId)
    const previous = new PlanStore(session.database).lastPassed(setup.activationId)
    return { counts, guards: setup.activation.guards, base: applied ? (links?.links ?? 0) : 0, members: links?.created ?? 0, ...(setup.object.membership ? { membership: true } : {}), sourceRows: extraction.rows, schemaChanges: schemaChanges(previous, this.options.setup, extraction), ...(previous ? { previousSource: previous.counts.source } : {}) }
  }

  /** One transaction: the plan, copies of its definitions, what was observed, and until when the destination was read. */
  private store(plan: StoredPlan, { observations, sticky, foundAgain }: DecidedPlan): void {
    const { session, setup, actor } = this.options
    session.database.transaction(() => {
      const copy = 'INSERT INTO definition_copies (hash, kind, id, text, stored_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING'
      for (const definition of setup.pinned) session.database.run(copy, definition.hash, definition.kind, definition.id, definition.text, plan.createdAt)
      new PlanStore(session.database).insert(plan)
      publishObservations(session.dataFiles, observations, this.place)
      changeStickyAnswers(session.database, plan, sticky)
      choicesEnd(session.database, this.place, { records: foundAgain, readAfter: this.readAfter })
      // Where no drift was looked for, the next plan still has to look back.
      if (!this.trial && plan.readScope.how !== 'only changed rows') session.database.run('INSERT INTO read_marks VALUES (?, ?) ON CONFLICT (activation) DO UPDATE SET read_until = excluded.read_until', plan.activation, this.asOf)
      appendAudit(session, { kind: 'plan stored', actor: actor.name, subject: plan.id, data: { activation: plan.activation, planHash: plan.planHash, ...plan.counts } })
    })
  }
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

interface DecidedPlan {
  counts: PlanCounts
  hash(header: PlanHeader): string
  observations: PreparedObservations
  sticky: StickyChanges
  foundAgain: string[]
}
