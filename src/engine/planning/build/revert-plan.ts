import { AppError } from '../../../contract/errors.ts'
import type { Raw } from '../../../contract/states.ts'
import { appendAudit } from '../../audit/audit.ts'
import type { Connection } from '../../destinations/connect.ts'
import type { DestinationObject, ReadRecord } from '../../destinations/destination.ts'
import type { DestinationField } from '../../values/destination-field.ts'
import type { BeforeImage } from '../../plans/before-image.ts'
import type { Actor, Session } from '../../session/session.ts'
import { listPlanFiles } from '../../storage/stored-files.ts'
import { threadsForRows } from '../../storage/duckdb-instances.ts'
import { type DuckDb, openDuckDb, quoteText } from '../../storage/duckdb.ts'
import { fieldColumn, objectScope } from '../../storage/data-file-log.ts'
import { hashedId } from '../../values/hash.ts'
import { parseRaw } from '../../values/json.ts'
import { comparableForm, type CompiledMapping } from '../../values/mapping.ts'
import { PlanCounter } from '../decide/counts.ts'
import { decideRecord, type FieldInput, type RecordDecision } from '../decide/decide-record.ts'
import { planFiles, PlanWriter } from '../stored/plan-files.ts'
import { PlanHash } from '../stored/plan-hash.ts'
import { connectAsPlanned } from './plan-place.ts'
import { type PlanHeader, PlanStore, type StoredPlan } from '../../plans/plan-store.ts'
import { schemaHashOf } from './prepare.ts'
import { newestEntry } from '../narrow/runs-since.ts'
import type { LastSynced, RecordChange } from '../../plans/plan-rows.ts'

export interface RevertRequest {
  run: string
  /** The plan that the run applied. */
  plan: StoredPlan
  images: AsyncIterable<BeforeImage[]>
}

const validForMs = 24 * 60 * 60_000

/**
 * A plan that goes back to what the destination held before a run: the before-images take the warehouse's place, and
 * everything is classified like any other plan, so that an edit made since is a conflict and never lost. Records the
 * run created are archived where the destination can; nothing of that is preselected.
 */
export async function buildRevertPlan(session: Session, request: RevertRequest, actor: Actor): Promise<StoredPlan> {
  const { ports, folders } = session
  const id = hashedId(ports.ids.next())
  const folder = `${folders.plans}/${id}`
  await ports.files.makeFolder(folder, 0o700)
  const duckdb = await openDuckDb({ tempFolder: folders.temp, memoryLimitMb: 256, threads: threadsForRows(request.plan.counts.source) })
  try {
    const connected = await connectAsPlanned(session, request.plan)
    const revert = await RevertBuild.open(session, request, { duckdb, folder, connected, object: await connected.object(request.plan.object) })
    for await (const images of request.images) await revert.add(images)
    const plan = await revert.store(id, folder)
    await listPlanFiles(folder)
    session.database.transaction(() => {
      new PlanStore(session.database).insert(plan)
      appendAudit(session, { kind: 'plan stored', actor: actor.name, subject: id, data: { activation: plan.activation, planHash: plan.planHash, reverts: request.run, ...plan.counts } })
    })
    return plan
  } catch (error) {
    await ports.files.remove(folder)
    throw error
  } finally {
    duckdb.closeInstance()
  }
}

interface Open {
  duckdb: DuckDb
  /** Of the plan's files. */
  folder: string
  connected: Connection
  object: DestinationObject
}

class RevertBuild {
  private readonly counter = new PlanCounter()
  private readonly hash = new PlanHash()
  private readonly session: Session
  private readonly request: RevertRequest
  private readonly open: Open
  private readonly writer: PlanWriter
  private readonly source: Awaited<ReturnType<DuckDb['createTable']>>
  private readonly compiled = new Map<string, CompiledMapping>()
  private readonly asOf: string
  private readonly readAfter: number
  private ordinal = 0

  private constructor(session: Session, request: RevertRequest, open: Open, writer: PlanWriter, source: RevertBuild['source']) {
    this.session = session
    this.request = request
    this.open = open
    this.writer = writer
    this.source = source
    this.asOf = new Date(session.ports.clock.now()).toISOString()
    this.readAfter = newestEntry(session.database)
  }

  static async open(session: Session, request: RevertRequest, open: Open): Promise<RevertBuild> {
    const connection = await open.duckdb.fork()
    const source = await connection.createTable('reverted', { key: 'text', label: 'text' })
    return new RevertBuild(session, request, open, await PlanWriter.open(open.duckdb, open.folder, { mapped: [], whole: true }), source)
  }

  async add(images: BeforeImage[]): Promise<void> {
    // What the run removed cannot be put back by writing fields.
    const wanted = images.filter((image) => (image.operation !== 'remove' || this.open.object.membership !== undefined) && image.remoteId !== undefined)
    const { connected } = this.open
    const size = connected.profile.attribution === 'field' ? connected.profile.rowsPerReadWithHistory : connected.profile.rowsPerRead
    for (let start = 0; start < wanted.length; start += size) await this.addBatch(wanted.slice(start, start + size))
  }

  private async addBatch(images: BeforeImage[]): Promise<void> {
    const { connected, object } = this.open
    const ids = images.map(({ remoteId }) => remoteId ?? '')
    const fields = [...new Set(images.flatMap(({ sent }) => Object.keys(sent)))]
    const found = await connected.read({ object: object.name, fields, by: { kind: 'id', values: ids }, ...(connected.profile.attribution === 'field' ? { history: true } : {}) })
    const actual = new Map(found.map((record) => [record.mergedFrom ?? record.id, record]))
    const bases = await this.bases(ids, fields)
    for (const image of images) this.addImage(image, actual.get(image.remoteId ?? ''), bases.get(image.remoteId ?? '') ?? new Map())
    await this.writer.makeRoom()
  }

  private async bases(ids: string[], fields: string[]): Promise<Map<string, Map<string, { raw: string; readAt: string | null }>>> {
    const { duckdb, connected, object } = this.open
    const table = await duckdb.createTable('wanted_ids', { remote_id: 'text' })
    for (const id of ids) table.add([id])
    table.finish()
    const query = await this.session.dataFiles.baseQuery(duckdb, objectScope(connected.id, object.name), fields, 'wanted_ids')
    const columns = fields.flatMap((field, index) => [`${fieldColumn(field)}.raw AS "r${index}"`, `${fieldColumn(field)}.read_at AS "t${index}"`])
    const rows = await duckdb.rows<Record<string, string | null>>(`SELECT remote_id${columns.map((column) => `, ${column}`).join('')} FROM (${query})`)
    return new Map(
      rows.map((row) => {
        const known = fields.flatMap((field, index): [string, { raw: string; readAt: string | null }][] => {
          const raw = row[`r${index}`]
          return raw === null || raw === undefined ? [] : [[field, { raw, readAt: row[`t${index}`] ?? null }]]
        })
        return [row['remote_id'] ?? '', new Map(known)]
      }),
    )
  }

  private addImage(image: BeforeImage, actual: ReadRecord | undefined, bases: Map<string, { raw: string; readAt: string | null }>): void {
    const decision = this.decide(image, actual, bases)
    this.source.add([image.key, image.label])
    const { operation } = decision
    if (operation === 'remove') this.counter.addWithoutRow('remove')
    else if (operation !== 'gone') this.counter.addSourceRow(actual ? 'matched' : 'unmatched', { operation, fields: decision.fields })
    if (operation === 'unchanged') return
    const change: RecordChange = {
      ordinal: this.ordinal++,
      key: image.key,
      label: image.label,
      operation,
      preselected: decision.preselected,
      fields: decision.fields,
      ...(image.remoteId === undefined ? {} : { remoteId: image.remoteId }),
      ...(image.matchKey === undefined ? {} : { matchKey: image.matchKey }),
      ...(decision.blocked === undefined ? {} : { blocked: decision.blocked }),
      ...(decision.hold === undefined ? {} : { hold: decision.hold }),
    }
    this.writer.add(change, null, image.operation === 'create' && !this.open.object.membership)
    this.hash.add(change)
  }

  private decide(image: BeforeImage, actual: ReadRecord | undefined, bases: Map<string, { raw: string; readAt: string | null }>): Pick<RecordDecision, 'operation' | 'blocked' | 'preselected' | 'hold' | 'fields'> {
    const { connected, object } = this.open
    if (!actual || actual.deleted || actual.id !== image.remoteId) {
      return { operation: 'blocked', blocked: { cause: 'gone', message: `Record ${image.remoteId ?? ''} is not in ${connected.declaration.name} any more.` }, preselected: false, fields: [] }
    }
    if (image.operation === 'create' && !object.membership) {
      if (object.operations.includes('archive')) return { operation: 'remove', preselected: false, hold: 'Archives a record that the run created', fields: [] }
      return { operation: 'blocked', blocked: { cause: 'not there', message: `${connected.declaration.name} cannot archive ${object.noun.many}; remove the record there.` }, preselected: false, fields: [] }
    }
    const fields = Object.entries(image.before).map(([name, before]): FieldInput => this.fieldInput(name, before, actual, bases.get(name)))
    return decideRecord({ match: { state: 'matched' }, mode: 'update only', doNotSend: false, onlyWriter: false, fields })
  }

  private fieldInput(name: string, before: Raw, actual: ReadRecord, known: { raw: string; readAt: string | null } | undefined): FieldInput {
    const compiled = this.mappingOf(name)
    const now = actual.fields[name] ?? null
    const base: LastSynced = known === undefined ? { known: false } : { known: true, value: parseRaw(known.raw), canonical: compiled.normalise(parseRaw(known.raw)), ...(known.readAt === null ? {} : { at: known.readAt }) }
    const untouched = base.known && base.canonical === compiled.normalise(now)
    const editor = actual.editors?.[name]
    const canonical = compiled.normalise(before)
    return {
      compiled,
      // Nobody touched it since: the way back is clean. Otherwise a person decides.
      authority: untouched ? 'warehouse' : 'review',
      forwarded: { ok: true, canonical, raw: canonical === null ? compiled.empty : before },
      base,
      actual: now,
      ...(editor ? { editor } : {}),
    }
  }

  /** The before-image is already in the destination's form, so nothing is converted. */
  private mappingOf(name: string): CompiledMapping {
    const known = this.compiled.get(name)
    if (known) return known
    const field = this.open.object.fields.find((one) => one.name === name)
    if (!field) throw new AppError('field-unknown', `${this.open.object.label} has no field ${name} any more.`, { field: name, next: 'The run cannot be reverted completely; correct the records in the destination.' })
    const compiled = this.identity(field)
    this.compiled.set(name, compiled)
    return compiled
  }

  private identity(field: DestinationField): CompiledMapping {
    const { connected } = this.open
    const empty = connected.encode(field, null)
    return {
      mapping: { to: field.name, value: '', clear: true, trim: false, otherwise: 'invalid', onInvalid: 'block record' },
      field,
      forward: () => {
        throw new Error('a before-image is not converted')
      },
      normalise: (raw) => comparableForm(field, connected, raw),
      empty: empty.ok ? empty.raw : null,
      lossy: false,
    keepsPlain: false,
      version: 'before-image',
    }
  }

  async store(id: string, folder: string): Promise<StoredPlan> {
    const { plan: original } = this.request
    this.source.finish()
    await this.open.duckdb.run(`COPY (SELECT key, label, false AS do_not_send FROM reverted ORDER BY key) TO ${quoteText(`${folder}/${planFiles.source}`)} (FORMAT parquet, COMPRESSION zstd)`)
    await this.writer.store()
    const counts = this.counter.counts()
    const header: PlanHeader = {
      ...original.header,
      kind: 'revert',
      reverts: this.request.run,
      labelColumn: 'label',
      schemaHash: schemaHashOf(this.open.object),
      baseSequence: this.session.dataFiles.sequence('base', objectScope(original.connection, original.object)),
      sourceFingerprint: `run ${this.request.run}`,
      sourceColumns: [],
      readScope: { looked: counts.source, of: counts.source, asOf: this.asOf, how: 'full' },
    }
    const now = this.session.ports.clock.now()
    return {
      id,
      activation: original.activation,
      connection: original.connection,
      object: original.object,
      kind: 'revert',
      state: 'in review',
      planHash: this.hash.finish(header),
      header,
      counts,
      readScope: header.readScope,
      guards: [],
      createdAt: now,
      expiresAt: now + validForMs,
      openedAt: null,
      readAfter: this.readAfter,
      folder: id,
    }
  }
}
