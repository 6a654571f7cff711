import { basename, join } from 'node:path'
import { AppError } from '../../contract/errors.ts'
import type { ChangeEvent } from '../../contract/shapes.ts'
import { type Connections, createConnections } from '../destinations/connect.ts'
import { limitMemory } from '../limits/limit-memory.ts'
import { pauseOf } from '../execution/runs/pauses.ts'
import type { ListedDestination } from '../destinations/destination.ts'
import { lastPlaceOf } from '../planning/build/plan-place.ts'
import type { Ports } from '../ports/ports.ts'
import type { AnySource } from '../sources/source.ts'
import type { Session, StateFolders } from '../session/session.ts'
import type { StateDatabase } from '../storage/database.ts'
import { damageIn, listBackups, sweepHalfBackups } from '../storage/backups.ts'
import { type Holder, type Lease, openAsOwner, type OpenedState } from '../storage/lease.ts'
import { moveState } from '../storage/move-state.ts'
import { DataFileLog } from '../storage/data-file-log.ts'
import { locateState, stateBeside, type StateLocation } from '../storage/state-location.ts'
import { setDamagedAside } from '../storage/stored-files.ts'
import { sweepOrphans } from '../storage/sweep.ts'
import { findDefinition } from '../workspace/find-definition.ts'
import { heldByTrust, mayConnect, type NamedPlace, placesOf, type Reach, type TrustedFolders, untrustedFolder } from '../session/trust.ts'
import { loadWorkspace } from '../workspace/load-workspace.ts'
import { StoredClaims } from '../workspace/stored-claims.ts'
import type { Workspace } from '../workspace/workspace.ts'

export interface SessionOptions {
  ports: Ports
  folder: string
  holder: Holder
  /** Where state goes that must not lie beside its workspace; absent: it always lies there. */
  statesFolder?: string
  emit(event: ChangeEvent): void
  /** Awaited before a connection is used: systems that this app is starting at this moment. */
  systemsReady?: () => Promise<void>
  /** Another process took the workspace over. */
  onLost(): void
  /** Which folders a person trusts; absent: every one. */
  trustedFolders?: TrustedFolders
  /** It was made here, so it is trusted. */
  made?: boolean
  destinations: readonly ListedDestination[]
  sources: readonly AnySource[]
}

export interface OpenSession extends Session {
  location: StateLocation
  lease: Lease
  connections: Connections
  trust: FolderTrust
  close(): void
}

/** What to do about a damaged state is a matter of what backups there are. */
async function openState(state: string, { ports, holder, onLost }: SessionOptions): Promise<OpenedState> {
  try {
    return await openAsOwner(state, { clock: ports.clock, holder, onLost })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'state-damaged') throw error
    const newest = listBackups(state).find((backup) => damageIn(backup, 'sizes') === undefined)
    const next = newest
      ? `Restore its newest backup, ${newest.id}, or an older one. Nothing was changed or sent.`
      : `There is no backup. Move ${state} away to begin anew: the next plan reads every destination, and nothing is sent without a look. Nothing was changed or sent.`
    throw new AppError(error.code, error.message, { ...error.place, next })
  }
}

/** Whether this folder may connect, asked before every connection: a file may change what it would connect to. */
export interface FolderTrust {
  holds(workspace: Workspace): boolean
  /** Throws where it does not. */
  require(workspace: Workspace): void
  places(workspace: Workspace): NamedPlace[]
  give(reach: Exclude<Reach, 'nowhere'>): Promise<void>
}

async function trustOf({ folder, trustedFolders, made, destinations }: SessionOptions, { header }: Workspace): Promise<FolderTrust> {
  const id = header?.value.id ?? basename(folder)
  if (made) await trustedFolders?.trust(folder, id, 'anywhere')
  let reach = (await trustedFolders?.reachOf(folder, id)) ?? 'anywhere'
  const places = (workspace: Workspace): NamedPlace[] => placesOf(workspace, destinations)
  const holds = (workspace: Workspace): boolean => mayConnect(reach, places(workspace))
  return {
    holds,
    places,
    require(workspace) {
      if (!holds(workspace)) throw untrustedFolder(folder, places(workspace))
    },
    async give(given) {
      await trustedFolders?.trust(folder, id, given)
      reach = given
    },
  }
}

/** Opens a workspace as its one owner. Throws when the folder holds none, or when another process owns it. */
export async function openSession(options: SessionOptions): Promise<OpenSession> {
  const { ports, folder } = options
  const { files } = ports
  const trust = await trustOf(options, await loadWorkspace(folder, files, options))
  const location = await locateState(folder, { files, statesFolder: options.statesFolder })
  const state = location.folder
  const folders: StateFolders = {
    state,
    plans: join(state, 'plans'),
    data: join(state, 'data'),
    exports: join(state, 'exports'),
    uploads: join(state, 'uploads'),
    temp: join(state, 'temp'),
  }
  if (location.elsewhereBecause) await moveState(stateBeside(folder), state, { clock: ports.clock, holder: options.holder })
  const opened = await openState(state, options)
  if (opened.kind === 'owned') {
    throw new AppError('object-busy', 'This workspace is open in another Lockstep.', { file: folder, next: 'Use that window, or close it and try again.', retryable: true })
  }
  const { database, lease } = opened
  try {
    await files.remove(folders.temp)
    for (const path of Object.values(folders)) await files.makeFolder(path, 0o700)
    const swept = await sweepOrphans({ database, files, data: folders.data, plans: folders.plans, leaseTakenAt: lease.takenAt })
    await setDamagedAside({ database, folders, ports })
    sweepHalfBackups(folders.state)
    if (swept > 0) ports.log.info('removed files that a crash left behind', { files: swept })
  } catch (error) {
    lease.release()
    database.close()
    throw error
  }
  const connections = createConnections({ ports: { ...ports, secrets: ports.secrets.forWorkspace(folder) }, workspaceFolder: folder, limitMemory: (connection) => limitMemory({ database, clock: ports.clock, log: ports.log, connection }), lastWentTo: (connection) => lastPlaceOf(database, connection, options.destinations), destinations: options.destinations })
  const claims = new StoredClaims(database)
  // A few small files: reading them again is always right, and costs milliseconds.
  const workspace = async (): Promise<Workspace> => {
    const read = await readWorkspace(options, database, claims)
    return { ...read, sources: heldByTrust(read.sources, () => trust.require(read)) }
  }
  // Who writes what is remembered from here on, so that what comes later is known to be later.
  await workspace()
  return {
    ports,
    folder,
    folders,
    location,
    database,
    lease,
    connections,
    destinations: options.destinations,
    sources: options.sources,
    trust,
    dataFiles: new DataFileLog({ database, folder: folders.data, clock: ports.clock, ids: ports.ids }),
    workspace,
    connect: async (id) => {
      const definitions = await workspace()
      trust.require(definitions)
      const definition = findDefinition(definitions, 'connection', id).value
      if (definition.simulator) await options.systemsReady?.()
      return connections.connect(id, definition)
    },
    emit: options.emit,
    close() {
      lease.release()
      database.close()
    },
  }
}

/** The definitions as they are on disk now, judged by what was seen of them before. */
async function readWorkspace({ folder, ports, sources }: SessionOptions, database: StateDatabase, claims: StoredClaims): Promise<Workspace> {
  const reading = claims.begin()
  const history = { known: claims.known(), isPaused: (activation: string, connection: string) => pauseOf(database, activation, connection) !== undefined }
  const workspace = await loadWorkspace(folder, ports.files, { claims: history, sources })
  try {
    claims.keep(reading, workspace)
  } catch (error) {
    // What cannot be written now is written with the next reading; reading goes on.
    ports.log.warn('what activations write could not be remembered', { reason: error instanceof Error ? error.message : String(error) })
  }
  return workspace
}
