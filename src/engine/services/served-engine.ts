import type { ChangeEvent, RecentWorkspace } from '../../contract/shapes.ts'
import type { ListedDestination } from '../destinations/destination.ts'
import type { PlanForApply } from '../plans/plan-for-apply.ts'
import type { Ports } from '../ports/ports.ts'
import type { Actor } from '../session/session.ts'
import type { Reach, TrustedFolders } from '../session/trust.ts'
import type { AnySource } from '../sources/source.ts'
import type { Holder } from '../storage/lease.ts'
import type { OpenWorkspace } from './open-workspace.ts'

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
  /** In the place of the product's own: tests and measurements. */
  destinations?: readonly ListedDestination[]
  /** Likewise. */
  sources?: readonly AnySource[]
  /** Which folders the person trusts; absent: every one. */
  trustedFolders?: TrustedFolders
  /** What was opened on this machine; absent: nothing is remembered. */
  recentWorkspaces?: RecentWorkspaces
}

/** What became of a service in the background: one that failed is told, never started again in silence. */
export type ServiceState = { kind: 'running'; since: number } | { kind: 'ended' } | { kind: 'failed'; reason: string }

/** The workspaces of this machine that a person finds again. */
export interface RecentWorkspaces {
  list(): Promise<RecentWorkspace[]>
  forget(folder: string): Promise<void>
}

/** The engine as calls use it: at most one open workspace, and what goes on around it. */
export interface ServedEngine {
  readonly options: EngineOptions
  /** Every destination there is here, also before a workspace is open. */
  readonly destinations: readonly ListedDestination[]
  /** Every kind of source, likewise. */
  readonly sources: readonly AnySource[]
  /** The open one, or nothing on the first screen. */
  readonly current: OpenWorkspace | undefined
  /** The open workspace; throws AppError `workspace-missing` when there is none. */
  workspace(): OpenWorkspace
  /** Opens a folder and closes what was open, unless it cannot be opened. `made`: it was made here, so it is trusted. */
  open(folder: string, how?: { made?: boolean }): Promise<OpenWorkspace>
  close(): Promise<void>
  /** A person says that the open workspace may connect; runs that were left open go on. */
  trust(reach: Exclude<Reach, 'nowhere'>, actor: Actor): Promise<OpenWorkspace>
  /** Where the state of a workspace lies, open or not. */
  stateFolderOf(folder: string): Promise<string>
  /** Puts a backup in the place of a workspace's state, and opens it. */
  restore(folder: string, id: string, actor: Actor): Promise<OpenWorkspace>
  /** A stored plan as a run reads it; whoever opens it closes it. */
  openPlan(id: string): Promise<PlanForApply>
  /** Starts the sample's simulators. False where no process can be started. */
  startSimulators(): Promise<boolean>
  /** A pause was set or lifted: runs look again, screens too. */
  pausesChanged(): void
  /** The services that work in the background of the open workspace. */
  background(): { name: string; state: ServiceState }[]
  /** Where DuckDB may spill, also before a workspace is open. */
  scratchFolder(): string
  emit(event: ChangeEvent): void
  /** All changes until the signal ends. */
  changes(signal: AbortSignal | undefined): AsyncIterableIterator<ChangeEvent>
}
