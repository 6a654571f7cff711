import { EventPublisher } from '@orpc/server'
import { AppError } from '../contract/errors.ts'
import type { ChangeEvent, RecentWorkspace } from '../contract/shapes.ts'
import { appendAudit } from './audit/audit.ts'
import { auditSeal, loadReferenceKey } from './audit/reference-key.ts'
import type { AnyDestination } from './destinations/registry.ts'
import type { PlanForApply } from './execution/plan-for-apply.ts'
import { criticalityOf } from './activations/criticality-of.ts'
import { RunNotices } from './execution/run-notices.ts'
import { Runs } from './execution/runs.ts'
import { restoreBackup } from './home/restore.ts'
import { keepAnchored } from './home/keep-anchored.ts'
import { keepTidy } from './home/tidy.ts'
import { IdentityDecisions } from './identity/register/decisions.ts'
import { IdentityRegister } from './identity/register/register.ts'
import { SampleReview } from './identity/register/sample-review.ts'
import { type OpenSession, openSession } from './open-session.ts'
import { planForApply } from './planning/applied-plan.ts'
import { connectAsPlanned } from './planning/plan-place.ts'
import { Plans } from './planning/plans.ts'
import type { Ports } from './ports.ts'
import { createRouter, type EngineRouter } from './router.ts'
import type { Actor } from './session.ts'
import type { Holder } from './storage/lease.ts'
import { locateState } from './storage/state-location.ts'
import { mayConnect, type Reach, type TrustedFolders, untrustedFolder } from './trust.ts'

export interface EngineOptions {
  ports: Ports
  /** This process, for the owner lease. */
  holder: Holder
  /** Shown in the audit and by doctor. */
  version: string
  /** Where a workspace goes when the person names no folder. */
  workspacesFolder: string
  /** Where the state of workspaces on network drives and in synced folders goes. */
  statesFolder?: string
  /** For looking at a file before a workspace exists. */
  temporaryFolder: string
  /** Starts the sample's simulators beside the workspace; absent where no process can be started. */
  startSimulators?(folder: string): Promise<void>
  destinations?: readonly AnyDestination[]
  /** Which folders the person trusts; absent: every one. */
  trustedFolders?: TrustedFolders
  /** What was opened on this machine; absent: nothing is remembered. */
  recentWorkspaces?: RecentWorkspaces
}

/** The workspaces of this machine that a person finds again. */
export interface RecentWorkspaces {
  list(): Promise<RecentWorkspace[]>
  forget(folder: string): Promise<void>
}

/** One open workspace with its services. */
export interface OpenWorkspace {
  session: OpenSession
  plans: Plans
  runs: Runs
  identities: IdentityRegister
  decisions: IdentityDecisions
  samples: SampleReview
}

/** The product: one router over at most one open workspace. Shells serve the router and close the engine. */
export class Engine {
  readonly router: EngineRouter
  readonly options: EngineOptions
  private readonly publisher = new EventPublisher<{ change: ChangeEvent }>({ maxBufferedEvents: 200 })
  private readonly notices: RunNotices
  private opened: OpenWorkspace | undefined
  private stopWatching: (() => void) | undefined
  private tidying: { stop: AbortController; ended: Promise<void> } | undefined
  private anchoring: { stop: AbortController; ended: Promise<void> } | undefined
  private simulatorsStarting: Promise<void> = Promise.resolve()
  /** One workspace after the other: two windows may ask at once. */
  private opening: Promise<unknown> = Promise.resolve()

  constructor(options: EngineOptions) {
    this.options = options
    this.notices = new RunNotices(options.ports.notify)
    this.router = createRouter(this)
  }

  /** The open workspace; every call that needs one says so kindly when there is none. */
  workspace(): OpenWorkspace {
    if (!this.opened) throw new AppError('workspace-missing', 'No workspace is open.', { next: 'Open one, or create the sample company.' })
    this.opened.session.lease.assertHeld()
    return this.opened
  }

  get current(): OpenWorkspace | undefined {
    return this.opened
  }

  /** Opens a folder and closes what was open, unless it cannot be opened; runs that a crash left behind are settled and go on. */
  open(folder: string, how: { made?: boolean } = {}): Promise<OpenWorkspace> {
    const opened = this.opening.then(() => this.openNext(folder, how))
    this.opening = opened.catch(() => undefined)
    return opened
  }

  private async openNext(folder: string, { made = false }: { made?: boolean }): Promise<OpenWorkspace> {
    if (this.opened?.session.folder === folder) {
      if (this.opened.session.lease.isHeld) return this.opened
      // Another process took it over meanwhile; asked for again, it is taken like any other.
      await this.close()
    }
    const { ports, holder, destinations, statesFolder, trustedFolders } = this.options
    const session = await openSession({
      ports,
      folder,
      holder,
      emit: (event) => this.emit(event),
      systemsReady: () => this.simulatorsStarting,
      // The new owner settles what is under way; here nothing more may be sent.
      onLost: () => {
        if (this.opened?.session === session) void this.opened.runs.close()
        this.emit({ topic: 'workspace' })
      },
      ...(destinations ? { destinations } : {}),
      ...(statesFolder === undefined ? {} : { statesFolder }),
      ...(trustedFolders ? { trustedFolders, made } : {}),
    })
    const next = await this.servicesOver(session)
    await this.close()
    const { runs } = next
    this.opened = next
    this.stopWatching = ports.files.watch(folder, (path) => {
      if (!path.startsWith('.')) this.emit({ topic: 'workspace' })
    })
    if (session.trust.holds(await session.workspace())) runs.recover()
    const stop = new AbortController()
    this.tidying = { stop, ended: keepTidy(session, stop.signal) }
    const end = new AbortController()
    this.anchoring = { stop: end, ended: keepAnchored(session, end.signal) }
    this.emit({ topic: 'workspace' })
    return this.opened
  }

  private async servicesOver(session: OpenSession): Promise<OpenWorkspace> {
    const { files, ids } = this.options.ports
    try {
      const referenceKey = await loadReferenceKey({ files, ids, stateFolder: session.folders.state })
      session.database.sealAudit = auditSeal(referenceKey)
      const identities = new IdentityRegister(session)
      const plans = new Plans(session, identities)
      const runs = new Runs({ session, referenceKey, criticalityOf: (activation) => criticalityOf(session, activation), openPlan: (id) => planForApply(session, plans, plans.store.find(id)), connectAsPlanned: (id) => connectAsPlanned(session, plans.store.find(id)) })
      appendAudit(session, { kind: 'workspace opened', actor: 'Lockstep', subject: session.folder.split('/').at(-1) ?? session.folder, data: { version: this.options.version, sealed: true } })
      return { session, plans, runs, identities, decisions: new IdentityDecisions({ session, register: identities, referenceKey }), samples: new SampleReview(session, identities) }
    } catch (error) {
      session.close()
      throw error
    }
  }

  /** A person says that the open workspace may connect; runs that were left open go on. */
  async trust(reach: Exclude<Reach, 'nowhere'>, actor: Actor): Promise<OpenWorkspace> {
    const open = this.workspace()
    const { session, runs } = open
    const workspace = await session.workspace()
    const before = session.trust.holds(workspace)
    if (before && reach === 'this computer') return open
    const places = session.trust.places(workspace)
    if (!mayConnect(reach, places)) throw untrustedFolder(session.folder, places)
    await session.trust.give(reach)
    appendAudit(session, { kind: 'workspace trusted', actor: actor.name, subject: workspace.header?.value.id ?? session.folder, data: { reach } })
    if (!before) runs.recover()
    this.emit({ topic: 'workspace' })
    return open
  }

  /** Where the state of a workspace lies, open or not. */
  async stateFolderOf(folder: string): Promise<string> {
    return (await locateState(folder, { files: this.options.ports.files, statesFolder: this.options.statesFolder })).folder
  }

  /** Puts a backup in the place of a workspace's state, and opens it. What was open is open again when that fails. */
  async restore(folder: string, id: string, actor: Actor): Promise<OpenWorkspace> {
    const wasOpen = this.opened?.session.folder === folder
    if (wasOpen) await this.close()
    const { ports, holder } = this.options
    try {
      await restoreBackup({ ports, holder, stateFolder: await this.stateFolderOf(folder), id, actor })
    } catch (error) {
      if (wasOpen) await this.open(folder).catch((cause: unknown) => ports.log.error('the workspace did not open again', { cause }))
      throw error
    }
    return this.open(folder)
  }

  /** Ends everything of the open workspace; what is under way stops between two batches and goes on next time. */
  async close(): Promise<void> {
    const open = this.opened
    if (!open) return
    this.opened = undefined
    this.stopWatching?.()
    this.tidying?.stop.abort()
    await this.tidying?.ended
    await open.identities.close()
    await open.runs.close()
    await open.plans.close()
    this.anchoring?.stop.abort()
    await this.anchoring?.ended
    open.session.close()
  }

  /** A stored plan as a run reads it; whoever opens it closes it. */
  openPlan(id: string): Promise<PlanForApply> {
    const { session, plans } = this.workspace()
    return planForApply(session, plans, plans.store.find(id))
  }

  /** Starts the sample's simulators; whoever needs one meanwhile waits for it. False where no process can be started. */
  async startSimulators(): Promise<boolean> {
    const { session } = this.workspace()
    session.trust.require(await session.workspace())
    const started = this.options.startSimulators?.(session.folder)
    if (!started) return false
    // A failed start is told to who asked for it; others find the simulator unreachable, which says what to do.
    this.simulatorsStarting = started.catch(() => {})
    await started
    this.emit({ topic: 'connections' })
    return true
  }

  /** A pause was set or lifted: runs look again, screens too. */
  pausesChanged(): void {
    this.workspace().runs.pausesChanged()
    this.emit({ topic: 'connections' })
    this.emit({ topic: 'workspace' })
  }

  /** Where DuckDB may spill before a workspace is open. */
  scratchFolder(): string {
    return this.opened?.session.folders.temp ?? this.options.temporaryFolder
  }

  emit(event: ChangeEvent): void {
    this.notices.see(event)
    this.publisher.publish('change', event)
  }

  /** All changes until the signal ends. */
  changes(signal: AbortSignal | undefined): AsyncIterableIterator<ChangeEvent> {
    return this.publisher.subscribe('change', signal ? { signal } : {})
  }
}

export function createEngine(options: EngineOptions): Engine {
  return new Engine(options)
}
