import type { IdentityDefinition } from '../../../../contract/identity.ts'
import type { IdentityRun } from '../../../../contract/shapes.ts'
import { AppError } from '../../../../contract/errors.ts'
import type { Session } from '../../../session/session.ts'
import { openDuckDb } from '../../../storage/duckdb.ts'
import type { DuckDb, DuckDbOptions } from '../../../storage/duckdb.ts'
import { interruptible } from '../../../storage/interruptible.ts'
import { sha256Hex } from '../../../values/hash.ts'
import { canonicalJson } from '../../../values/json.ts'
import type { Definition, Workspace } from '../../../workspace/workspace.ts'
import { ratio } from '../../figures.ts'
import { IdentityIndex } from '../../index/identity-index.ts'
import type { IndexRun } from '../../index/identity-index.ts'
import { valueColumns } from '../../index/tables.ts'
import type { IdentityRules } from '../../read-rules.ts'
import { compactFile, createContent, isMostlyEmpty, readAbout, removeFile, rulesIn, settleFile, storeAbout, updateContent } from './index-file.ts'
import type { FileAbout } from './index-file.ts'
import { matchFigures, queueCounts, sourceFigures } from './match-figures.ts'
import type { Progress } from './progress.ts'
import { readColumn, readProduct } from './read-product.ts'
import { chooseRead, SystemReader, takeAnswers, takeHeld } from './read-system.ts'
import type { SystemRead } from './read-system.ts'
import { canWait, decisiveParts, knownColumns, openSources } from './record-sources.ts'
import type { OpenSource, SystemSource, UnreachedSystem } from './record-sources.ts'
import { printOf, readStates, storeStates } from './source-states.ts'
import type { SourceState } from './source-states.ts'
import { factsOf, survivorsOf } from '../decisions/stored-decisions.ts'
import type { StoredDecision } from '../decisions/stored-decisions.ts'
import type { RunFigures } from './stored-identity-runs.ts'

/** Beside what JavaScript needs for the numbers; the rest spills. */
const MEMORY_MB = 512

export interface RunRequest {
  session: Session
  identity: string
  /** The newest published file. */
  before: string | undefined
  /** What was counted with it. */
  newest: RunFigures | undefined
  /** Where the next one is written. */
  path: string
  decisions: readonly StoredDecision[]
  /** What was read before this counts for nothing. */
  readSince: number
  progress: Progress
  /** Only this system has to answer; of the others, what is held counts where they do not. Absent: all have to. */
  needed?: string
  signal?: AbortSignal
}

/** Figures of a run that has no number yet: it gets one when it is published. */
export type CountedRun = Omit<RunFigures, 'run'> & { run: Omit<IdentityRun, 'run'> }

/** A file that is whole and waits to be published. */
export interface PreparedRun {
  path: string
  figures: CountedRun
  overruled: string[]
}

/** Reads all records and brings a copy of the newest file up to date with them. */
export async function runRules(request: RunRequest & { workspace: Workspace; definition: Definition<'identity'> }): Promise<PreparedRun> {
  return inFile(request, (db) => new FullRun(request, db).run())
}

/** Applies what people decided to the records as they are, by the rules of the last run. */
export async function runDecisions(request: RunRequest & { before: string }): Promise<PreparedRun> {
  return inFile(request, async (db) => {
    request.progress('Applying decisions')
    const about = await readAbout(db)
    const rules = rulesIn(about)
    const index = new IdentityIndex(db, rules, about.known)
    await createIncoming(db, index.columns.length)
    await db.run('CREATE OR REPLACE TABLE departed (reference VARCHAR)')
    const ran = await index.run({ complete: false, facts: factsOf(request.decisions), survivors: survivorsOf(request.decisions) })
    return { ran, figures: await figuresOf(request, db, index, { how: 'decisions only', ran, rules }) }
  })
}

/** Rules that name no languages have those of the workspace. */
export function withLanguages(definition: IdentityDefinition, { header }: Workspace): IdentityDefinition {
  const languages = definition.languages ?? header?.value.languages
  return languages === undefined ? definition : { ...definition, languages }
}

/** What a run does with its file before it is settled. */
type Work = (db: DuckDb) => Promise<{ ran: IndexRun; figures: CountedRun }>

/** Nothing is left behind when it fails: the file counts only once its pointer is in SQLite. */
async function inFile(request: RunRequest, work: Work): Promise<PreparedRun> {
  const { session, before, path, signal, progress } = request
  const { files } = session.ports
  const options = { tempFolder: session.folders.temp, memoryLimitMb: MEMORY_MB }
  try {
    if (before !== undefined) await files.copy(before, path)
    const { ran, figures, roomy } = await settled({ ...options, path }, work, { progress, signal })
    return { path: roomy ? await compacted(request, options) : path, figures, overruled: ran.overruled }
  } catch (error) {
    await removeFile(files, path)
    throw signal?.aborted ? new AppError('cancelled', 'The run of the rules was cancelled. Nothing was changed.', { cause: error }) : error
  }
}

async function settled(options: DuckDbOptions, work: Work, { progress, signal }: { progress: Progress; signal: AbortSignal | undefined }): Promise<Awaited<ReturnType<Work>> & { roomy: boolean }> {
  const db = await openDuckDb(options)
  return interruptible(db, signal, async () => {
    const done = await work(db)
    progress('Storing')
    await settleFile(db)
    return { ...done, roomy: await isMostlyEmpty(db) }
  })
}

async function compacted({ session, path }: RunRequest, options: { tempFolder: string; memoryLimitMb: number }): Promise<string> {
  const to = session.dataFiles.newFile('identity')
  try {
    await compactFile(path, to, options)
  } catch (error) {
    await removeFile(session.ports.files, to)
    throw error
  }
  await removeFile(session.ports.files, path)
  return to
}

/** One run over all records: the steps in order. */
class FullRun {
  private readonly request: RunRequest & { workspace: Workspace; definition: Definition<'identity'> }
  private readonly db: DuckDb
  private readonly progress: Progress

  constructor(request: FullRun['request'], db: DuckDb) {
    this.request = request
    this.db = db
    this.progress = request.progress
  }

  async run(): ReturnType<Work> {
    const { request, db } = this
    const { session, definition, workspace, decisions } = request
    this.progress('Reading the definitions')
    const rules: IdentityRules = { file: definition.path, definition: withLanguages(definition.value, workspace), version: definition.hash, lineOf: (path) => definition.lineOf(path) }
    const sources = await openSources(session, workspace, definition, request)
    const before = request.before === undefined ? undefined : await readAbout(db)
    const about: FileAbout = { file: definition.path, text: definition.text, languages: rules.definition.languages, known: knownColumns(sources, before?.known ?? []), decisive: '' }
    const index = new IdentityIndex(db, rules, about.known)
    about.decisive = sha256Hex(canonicalJson([decisiveParts(rules.definition), index.columns]))
    // Held values serve other rules only after they are read for them.
    const [silent] = sources.filter((source) => source.kind === 'unreached')
    if (silent && before?.decisive !== about.decisive) throw silent.error
    const known = before === undefined ? [] : await readStates(db)
    await createIncoming(db, index.columns.length)
    const states = await this.gather(sources, index, known)
    const held = await db.row<{ records: number }>('SELECT count(*) AS records FROM incoming')
    await db.expectRows(held?.records ?? 0)
    const how = await this.makeTables(index, rules, { about, before })
    this.progress('Matching')
    const ran = await index.run({ complete: true, facts: factsOf(decisions), survivors: survivorsOf(decisions) })
    this.progress('Counting')
    await updateContent(db, index.columns.length)
    await storeStates(db, states)
    await storeAbout(db, about)
    return { ran, figures: await figuresOf(request, db, index, { how, ran, rules }) }
  }

  /** Fills `incoming` from every source; returns what is then held of each. */
  private async gather(sources: readonly (OpenSource | UnreachedSystem)[], index: IdentityIndex, known: readonly SourceState[]): Promise<Omit<SourceState, 'records'>[]> {
    const states: Omit<SourceState, 'records'>[] = []
    for (const source of sources) {
      if (source.kind === 'unreached') {
        states.push(await this.holdOn(source, index, known.find((state) => state.source === source.source)))
        continue
      }
      const print = printOf(source, index.columns)
      const now = this.request.session.ports.clock.now()
      const before = known.find((state) => state.source === source.source && state.print === print && state.readAt > this.request.readSince)
      const how = source.kind === 'product' ? await this.readProduct(source, index) : await this.readSystem(source, index, before)
      const kept = how === 'as read before' ? before : undefined
      // A feed is late by as much as it says: the next time it is asked from before that on.
      const readAt = kept?.readAt ?? (source.kind === 'product' ? now : now - source.connected.profile.changeFeedDelayMs)
      states.push({ source: source.source, name: source.name, kind: source.kind, how, readAt, fullAt: how === 'full' || how === 'looked up' ? now : (before?.fullAt ?? now), print })
    }
    return states
  }

  /** What is held of a system that does not answer. */
  private async holdOn({ source, error }: UnreachedSystem, index: IdentityIndex, known: SourceState | undefined): Promise<Omit<SourceState, 'records'>> {
    if (known === undefined || known.readAt <= this.request.readSince) throw error
    this.request.session.ports.log.warn('a system does not answer; its records stay as they were read', { source, code: error.code })
    await takeHeld(this.db, source, index.columns.length)
    return { ...known, how: 'as read before' }
  }

  private async readProduct(source: Extract<OpenSource, { kind: 'product' }>, index: IdentityIndex): Promise<'full'> {
    this.progress(`Reading ${source.name}`)
    await readProduct(this.request, this.db, source, index.columns)
    return 'full'
  }

  private async readSystem(source: SystemSource, index: IdentityIndex, known: SourceState | undefined): Promise<SystemRead> {
    const { db, request } = this
    const { session, definition } = request
    const { clock } = session.ports
    const columns = index.columns.length
    const how = chooseRead(source, known, { now: clock.now(), readAgainAfterMs: definition.value.readAgainAfter * 60_000 })
    if (how === 'as read before') {
      await takeHeld(db, source.source, columns)
      return how
    }
    try {
      await this.ask(source, index, { how, known })
    } catch (error) {
      if (!known || !canWait(source.source, error, request.needed)) throw error
      await this.holdOn({ kind: 'unreached', source: source.source, error }, index, known)
      return 'as read before'
    }
    await takeAnswers(db, source.source, columns, how !== 'changed since')
    return how
  }

  /** Fills `answered`. */
  private async ask(source: SystemSource, index: IdentityIndex, { how, known }: { how: SystemRead; known: SourceState | undefined }): Promise<void> {
    const { db, request } = this
    const { signal } = request
    const { clock } = request.session.ports
    const phase = `Reading ${source.name}`
    this.progress(phase)
    const asked = source.lookUp && how === 'looked up' ? await readColumn(request, db, source.lookUp.product, source.lookUp.column) : 0
    const connection = await db.fork()
    const reader = await SystemReader.start({ db: connection, source, columns: index.columns, clock, progress: (done, of) => this.progress(phase, done, of), ...(signal ? { signal } : {}) })
    try {
      if (how === 'looked up') await reader.lookUp(source.lookUp?.field ?? '', asked)
      else await reader.list(how === 'changed since' && known ? new Date(known.readAt).toISOString() : undefined)
    } finally {
      reader.finish()
      connection.close()
    }
  }

  /** The tables for these rules: as they are, anew, or brought over from other rules. */
  private async makeTables(index: IdentityIndex, rules: IdentityRules, { about, before }: { about: FileAbout; before: FileAbout | undefined }): Promise<'full' | 'incremental'> {
    const { db } = this
    if (before?.decisive === about.decisive) return 'incremental'
    if (before === undefined) await IdentityIndex.create(db, rules, about.known)
    else await IdentityIndex.rebuild(db, rules, about.known, new IdentityIndex(db, rulesIn(before), before.known))
    await createContent(db, index.columns.length)
    return 'full'
  }
}

async function createIncoming(db: DuckDb, columns: number): Promise<void> {
  await db.run(`CREATE OR REPLACE TABLE incoming (reference VARCHAR, source VARCHAR, label VARCHAR${valueColumns(columns).map((column) => `, ${column} VARCHAR`).join('')})`)
}

/** Every figure of a run, counted over the file as it is now. */
async function figuresOf({ session, newest }: RunRequest, db: DuckDb, index: IdentityIndex, { how, ran, rules }: { how: IdentityRun['how']; ran: IndexRun; rules: IdentityRules }): Promise<CountedRun> {
  const states = await readStates(db)
  const { records, entities, linkedShare, ambiguous, ...figures } = await index.figures(how !== 'full' && ran.changed + ran.gone === 0 ? newest : undefined)
  const matches = await matchFigures(db, states)
  const counted: CountedRun['run'] = {
    at: new Date(session.ports.clock.now()).toISOString(),
    rulesVersion: rules.version,
    how,
    records,
    entities,
    changed: ran.changed,
    gone: ran.gone,
    affected: ran.affected,
    linkedShare,
    ambiguous,
    duplication: ratio(records - entities, records),
    sources: await sourceFigures(db, states),
    matches,
  }
  return { run: counted, rules: figures.rules, keys: figures.keys, queues: await queueCounts(db, counted) }
}
