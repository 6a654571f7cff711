import type { IdentityRun } from '../../../contract/shapes.ts'
import { AppError } from '../../../contract/errors.ts'
import { appendAudit } from '../../audit/audit.ts'
import type { Actor, Session } from '../../session/session.ts'
import { findDefinition, problemError, problemsIn } from '../../workspace/find-definition.ts'
import { WORKSPACE_FILE } from '../../workspace/definition-files.ts'
import type { Definition, Workspace } from '../../workspace/workspace.ts'
import { removeFile } from './run/index-file.ts'
import type { OpenIndex } from './run/open-index.ts'
import { progressOf } from './run/progress.ts'
import type { PreparedRun, RunRequest } from './run/graph-run.ts'
import { readDecisions, storeOverruled } from './decisions/stored-decisions.ts'
import type { StoredDecision } from './decisions/stored-decisions.ts'
import { StoredIdentityRuns } from './run/stored-identity-runs.ts'

/** What a decision changes besides the index. */
export interface Deciding {
  /** All decisions of the identity as they will be; absent where it changes nothing about entities and links. */
  decisions?: readonly StoredDecision[]
  /** Stores the decision itself, in the transaction that publishes what came of it. */
  store(): void
}

/** Who is one person, in one workspace: runs of the rules, and the newest file of each identity. */
export class IdentityGraph {
  readonly runs: StoredIdentityRuns
  private readonly session: Session
  /** What goes on for each identity; the next waits for it, or is refused. */
  private readonly busy = new Map<string, { ended: Promise<unknown>; stop: AbortController }>()
  /** How many read a file at this moment. */
  private readonly readers = new Map<string, number>()
  /** Superseded while somebody read them. */
  private readonly superseded = new Set<string>()

  constructor(session: Session) {
    this.session = session
    this.runs = new StoredIdentityRuns(session.database)
  }

  /** Reads all records and applies the rules to what changed. One run at a time for each identity. */
  async run(identity: string, actor: Actor, signal?: AbortSignal, needed?: string): Promise<IdentityRun> {
    if (this.busy.has(identity)) throw new AppError('object-busy', 'These rules are being run already.', { value: identity, next: 'Wait until that run has ended.', retryable: true })
    return this.alone(identity, signal, async (stop) => {
      const workspace = await this.session.workspace()
      const definition = requireIdentity(workspace, identity)
      try {
        const { runRules } = await import('./run/graph-run.ts')
        return await this.publish(identity, actor, await runRules({ ...this.request(identity, readDecisions(this.session.database, identity), stop), ...(needed === undefined ? {} : { needed }), workspace, definition }))
      } catch (error) {
        this.remember(identity, error)
        throw error
      }
    })
  }

  /**
   * A run for whoever needs the newest links to one system: it waits for what goes on instead of being refused, and where
   * another system does not answer, what was read of it before stays.
   */
  async upToDate(identity: string, needed: string, actor: Actor, signal?: AbortSignal): Promise<IdentityRun> {
    return this.inTurn(identity, () => {
      signal?.throwIfAborted()
      return this.run(identity, actor, signal, needed)
    })
  }

  /**
   * Applies decisions at once to the records as they are, after whatever goes on for this identity. `prepare` looks at
   * things as they are then: nobody else decides or runs until it is done.
   */
  async decide(identity: string, actor: Actor, prepare: () => Promise<Deciding>): Promise<IdentityRun> {
    return this.inTurn(identity, () =>
      this.alone(identity, undefined, async (stop) => {
        const { decisions, store } = await prepare()
        const newest = this.runs.newest(identity)
        const { before, ...request } = this.request(identity, decisions ?? [], stop)
        if (before === undefined || newest === undefined) throw await this.neverRun(identity)
        if (decisions) {
          const { runDecisions } = await import('./run/graph-run.ts')
          return this.publish(identity, actor, await runDecisions({ ...request, before }), store)
        }
        this.session.database.transaction(store)
        this.session.emit({ topic: 'audit' })
        return newest.run
      }),
    )
  }

  /** The newest records and entities, to be read; whoever opens them closes them. */
  async open(identity: string): Promise<OpenIndex> {
    const path = this.newestFile(identity)
    const figures = this.runs.newest(identity)
    if (path === undefined || !figures) throw await this.neverRun(identity)
    this.readers.set(path, (this.readers.get(path) ?? 0) + 1)
    const close = (): void => this.closed(path)
    try {
      const { openIndexFile } = await import('./run/open-index.ts')
      return await openIndexFile(path, { identity, run: figures.run, tempFolder: this.session.folders.temp, close })
    } catch (error) {
      close()
      throw error
    }
  }

  /** Reads the newest records and entities, and lets go of them. */
  async reading<Result>(identity: string, use: (open: OpenIndex) => Promise<Result>): Promise<Result> {
    const open = await this.open(identity)
    try {
      return await use(open)
    } finally {
      open.close()
    }
  }

  /** Ends what goes on; nothing of it is kept. */
  async close(): Promise<void> {
    const going = [...this.busy.values()]
    for (const { stop } of going) stop.abort()
    await Promise.allSettled(going.map(({ ended }) => ended))
  }

  /** `next` begins in the very step in which nothing goes on any more, so that of several who wait one is first. */
  private async inTurn(identity: string, next: () => Promise<IdentityRun>): Promise<IdentityRun> {
    for (let going = this.busy.get(identity); going; going = this.busy.get(identity)) await going.ended.catch(() => undefined)
    return next()
  }

  private async alone(identity: string, signal: AbortSignal | undefined, work: (stop: AbortSignal) => Promise<IdentityRun>): Promise<IdentityRun> {
    const stop = new AbortController()
    const ended = work(signal ? AbortSignal.any([signal, stop.signal]) : stop.signal)
    this.busy.set(identity, { ended, stop })
    try {
      return await ended
    } finally {
      this.busy.delete(identity)
      this.session.emit({ topic: 'identity', identity, phase: 'Done', done: 0, over: true })
    }
  }

  private request(identity: string, decisions: readonly StoredDecision[], signal: AbortSignal): RunRequest {
    const { session, runs } = this
    return { session, identity, before: this.newestFile(identity), newest: runs.newest(identity), path: session.dataFiles.newFile('identity'), decisions, readSince: runs.restoredAt(), progress: progressOf({ session, topic: 'identity', identity, signal }), signal }
  }

  private newestFile(identity: string): string | undefined {
    return this.session.dataFiles.files('identity', identity).at(-1)?.path
  }

  /** One transaction: the pointer, the figures, what people decided, and the audit. The file before is dropped. */
  private async publish(identity: string, actor: Actor, { path, figures, overruled }: PreparedRun, store?: () => void): Promise<IdentityRun> {
    const { session, runs } = this
    const { database, dataFiles: dataFiles } = session
    const before = dataFiles.files('identity', identity)
    const run = { ...figures.run, run: runs.nextNumber() }
    try {
      database.transaction(() => {
        store?.()
        storeOverruled(database, identity, overruled)
        dataFiles.replace('identity', identity, path, run.records)
        runs.add(identity, { ...figures, run })
        appendAudit(session, {
          kind: 'identity run',
          actor: actor.name,
          subject: identity,
          data: { run: run.run, how: run.how, rulesVersion: run.rulesVersion, records: run.records, entities: run.entities, changed: run.changed, gone: run.gone, ambiguous: run.ambiguous.numerator },
        })
      })
    } catch (error) {
      await removeFile(session.ports.files, path)
      throw error
    }
    for (const file of before) await this.drop(file.path)
    session.emit({ topic: 'audit' })
    return run
  }

  /** Backups keep a link of their own. What cannot be removed now is swept when the workspace is opened next. */
  private async drop(path: string): Promise<void> {
    if (this.readers.has(path)) this.superseded.add(path)
    else await removeFile(this.session.ports.files, path).catch((cause: unknown) => this.session.ports.log.warn('a superseded index file stays', { cause }))
  }

  private closed(path: string): void {
    const left = (this.readers.get(path) ?? 1) - 1
    if (left > 0) this.readers.set(path, left)
    else {
      this.readers.delete(path)
      if (this.superseded.delete(path)) void this.drop(path)
    }
  }

  private async neverRun(identity: string): Promise<AppError> {
    const { id } = findDefinition(await this.session.workspace(), 'identity', identity)
    return new AppError('not-found', 'These rules have not been run yet.', { value: id, next: 'Run them under Identity.', command: `lockstep identity run ${id}` })
  }

  private remember(identity: string, error: unknown): void {
    if (!(error instanceof AppError) || error.code === 'cancelled') return
    this.runs.failed(identity, { at: this.session.ports.clock.now(), message: error.message, ...(error.place.next === undefined ? {} : { next: error.place.next }) })
  }
}

/** An identity with everything that it names, all of it free of problems; throws the first problem of any of their files. */
export function requireIdentity(workspace: Workspace, id: string): Definition<'identity'> {
  const identity = findDefinition(workspace, 'identity', id)
  const used = (identity.value.records ?? []).flatMap((records) => {
    const products = ['product' in records ? records.product : records.lookUp?.product].flatMap((product) => workspace.definitions.product.get(product ?? '') ?? [])
    const connections = 'connection' in records ? [workspace.definitions.connection.get(records.connection)] : []
    const sources = products.map((product) => workspace.definitions.source.get(product.value.source))
    return [...products, ...products.flatMap(({ sql }) => sql ?? []), ...connections, ...sources].flatMap((file) => file?.path ?? [])
  })
  const [problem] = problemsIn(workspace, [identity.path, ...used, WORKSPACE_FILE])
  if (problem) throw problemError(problem)
  return identity
}
