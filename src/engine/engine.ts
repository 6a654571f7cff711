import { EventPublisher } from '@orpc/server'
import { AppError } from '../contract/errors.ts'
import type { ChangeEvent } from '../contract/shapes.ts'
import { appendAudit } from './audit/audit.ts'
import { anchorService } from './background/anchor-service.ts'
import { BackgroundWork } from './background/background-work.ts'
import { retentionService } from './background/retention-service.ts'
import type { ListedDestination } from './destinations/destination.ts'
import { destinations } from './destinations/registry.ts'
import { RunNotices } from './execution/runs/run-notices.ts'
import { restoreBackup } from './home/restore.ts'
import { planForApply } from './planning/stored/applied-plan.ts'
import type { PlanForApply } from './plans/plan-for-apply.ts'
import { openSession } from './services/open-session.ts'
import { type OpenWorkspace, openWorkspace } from './services/open-workspace.ts'
import type { EngineOptions, ServedEngine } from './services/served-engine.ts'
import type { Actor } from './session/session.ts'
import { mayConnect, type Reach, untrustedFolder } from './session/trust.ts'
import { sources } from './sources/registry.ts'
import type { AnySource } from './sources/source.ts'
import { locateState } from './storage/state-location.ts'

const backgroundServices = [retentionService, anchorService]

/** At most one open workspace with its services and the work in its background. Shells serve its calls and close it. */
export class Engine implements ServedEngine {
  readonly options: EngineOptions
  readonly destinations: readonly ListedDestination[]
  readonly sources: readonly AnySource[]
  private readonly publisher = new EventPublisher<{ change: ChangeEvent }>({ maxBufferedEvents: 200 })
  private readonly notices: RunNotices
  private opened: OpenWorkspace | undefined
  private stopWatching: (() => void) | undefined
  private work: BackgroundWork | undefined
  private simulatorsStarting: Promise<void> = Promise.resolve()
  /** One workspace after the other: two windows may ask at once. */
  private opening: Promise<unknown> = Promise.resolve()

  constructor(options: EngineOptions) {
    this.options = options
    this.destinations = options.destinations ?? destinations
    this.sources = options.sources ?? sources
    this.notices = new RunNotices(options.ports.notify)
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
    const { ports, holder, statesFolder, trustedFolders } = this.options
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
      destinations: this.destinations,
      sources: this.sources,
      ...(statesFolder === undefined ? {} : { statesFolder }),
      ...(trustedFolders ? { trustedFolders, made } : {}),
    })
    const next = await openWorkspace(session, this.options.version)
    await this.close()
    const { runs } = next
    this.opened = next
    this.stopWatching = ports.files.watch(folder, (path) => {
      if (!path.startsWith('.')) this.emit({ topic: 'workspace' })
    })
    if (session.trust.holds(await session.workspace())) runs.recover()
    this.work = new BackgroundWork(session, backgroundServices)
    this.emit({ topic: 'workspace' })
    return this.opened
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
    await this.work?.end('work')
    await open.identities.close()
    await open.runs.close()
    await open.plans.close()
    await this.work?.end('workspace')
    open.session.close()
  }

  background(): ReturnType<BackgroundWork['states']> {
    return this.work?.states() ?? []
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
