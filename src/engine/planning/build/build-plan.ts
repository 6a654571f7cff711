import { labelColumns } from '../../../contract/definitions.ts'
import { AppError } from '../../../contract/errors.ts'
import type { ReadScope } from '../../../contract/states.ts'
import { extract, type Extraction } from '../../audience/extract.ts'
import { labelText } from '../../audience/label-text.ts'
import type { IdentityGraph } from '../../identity/graph/identity-graph.ts'
import type { Actor, Session } from '../../session/session.ts'
import { setDamagedAside } from '../../storage/stored-files.ts'
import { type DuckDb, openDuckDb, readParquet } from '../../storage/duckdb.ts'
import { ObservationWriter } from '../../storage/sync-evidence.ts'
import { linksScope, objectScope, type ProofPlace, syncStateScope } from '../../storage/data-file-log.ts'
import { hashedId } from '../../values/hash.ts'
import { applyChoices, followedRecords, loadMissingRecordDecisions, releaseRecreated, unsettleChosen } from '../narrow/missing-record-decisions.ts'
import { candidateQuery, decidedActualQuery, decidedBaseQuery, decidedSourceQuery, decidedViews, followedBaseQuery, sourceTexts, viewOfFile } from '../narrow/candidate-query.ts'
import { decideRows } from '../decide/decide-rows.ts'
import { answersById, asText, type AudienceShape, findCandidates, linkUnproved, narrowAudience, openAudience, rowsWithoutLink, unsettle, unsettleGone, unsettleMoved } from '../narrow/delta.ts'
import { applyIdentityLinks, foundByIdentity, rowsWithoutIdentityLink } from '../narrow/identity-matches.ts'
import { planFiles, PlanWriter } from '../stored/plan-files.ts'
import type { PlanHeader, StoredPlan } from '../../plans/plan-store.ts'
import { proofPlaceOf } from '../../plans/plan-store.ts'
import { preparePlan, type PlanSetup } from './prepare.ts'
import { type ActualReader, assumeActual, canBeRead, chooseReadScope, startReading } from '../narrow/read-destination.ts'
import { proveCreates } from '../narrow/prove-creates.ts'
import { isWorthProving, settleInSync } from '../narrow/settle-in-sync.ts'
import { recognise } from './recognise.ts'
import { type DecidedPlan, storePlan } from './store-plan.ts'
import { loadOverrides, loadStickyAnswers } from '../decide/sticky-answers.ts'
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
    const rows = this.rowsOf(extraction)
    await duckdb.expectRows(rows)
    progress('Finding what changed')
    const sourceFingerprint = await this.narrow(extraction)
    await duckdb.giveBack()
    if (setup.identity) progress(`Recognising ${setup.object.noun.many}`)
    const identity = await this.recognise(extraction)
    await duckdb.expectRows(rows, true)
    const readScope = await this.read(extraction)
    await duckdb.expectRows(rows)
    progress('Comparing')
    await duckdb.giveBack()
    const { files } = session.ports
    await files.makeFolder(this.scratch, 0o700)
    const decided = await this.decide(extraction).finally(() => files.remove(this.scratch))
    progress('Storing the plan')
    return storePlan({ ...this.options, place: this.place }, { id, kind: this.trial ? 'trial' : 'ordinary', extraction, sourceFingerprint, readScope, identity, decided, asOf: this.asOf, readAfter: this.readAfter })
  }

  /** A trial looks for its keys in the whole audience. */
  private rowsOf(extraction: Extraction): number {
    return this.trial ? Infinity : extraction.rows
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
      await reader.finish()
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
    await viewOfFile(duckdb, 'one_actual', await answersById(duckdb), `${this.scratch}/answers.parquet`)
    await duckdb.run('DROP TABLE actual; DROP TABLE asked; DROP TABLE unsettled')
    const followed = (await duckdb.row("SELECT 1 FROM choices WHERE choice = 'follow' LIMIT 1")) !== undefined
    const baseOf = (table: string): Promise<string> => session.dataFiles.baseQuery(duckdb, objectScope(setup.connected.id, setup.object.name), this.fields, table)
    const proven = isWorthProving(extraction.rows, settled) ? await settleInSync({ duckdb, setup, sources, readAt: this.asOf, baseOf }) : undefined
    const scratch = (view: keyof typeof decidedViews, query: string): Promise<void> => viewOfFile(duckdb, decidedViews[view], query, `${this.scratch}/${view}.parquet`)
    await scratch('source', decidedSourceQuery(sources, { label, changedAt, matchValue: setup.keyStays ? texts.get(setup.activation.match.column) : undefined }))
    await scratch('actual', decidedActualQuery)
    await scratch('base', decidedBaseQuery(await baseOf('candidates')))
    if (followed) await scratch('followed', followedBaseQuery(await baseOf(followedRecords)))
    const query = candidateQuery({ sources, fields: this.fields, label: label && 'label', changedAt: changedAt && 'changed_at', stayingKey: setup.keyStays ? setup.matchField.name : undefined, followed })
    const writer = await PlanWriter.open(duckdb, folder, { mapped: this.fields, ...(setup.object.membership ? {} : { key: setup.matchField.name }) })
    const observations = await ObservationWriter.open(duckdb, this.fields)
    if (proven) observations.addProven(proven)
    await duckdb.expectRows(this.rowsOf(extraction), true)
    const { counter, hash, sticky, foundAgain } = await decideRows({ setup, duckdb, query, writer, observations, readAt: this.asOf, removals: this.removes(), session, progress: (done) => progress('Comparing', done), ...(signal ? { signal } : {}) })
    counter.addSettled(settled + (proven?.rows ?? 0))
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
}
