import type { ChangeEvent } from '../../contract/shapes.ts'
import type { Connection } from '../destinations/connect.ts'
import type { ListedDestination } from '../destinations/destination.ts'
import type { AnySource } from '../sources/source.ts'
import type { Ports } from '../ports/ports.ts'
import type { StateDatabase } from '../storage/database.ts'
import type { DataFileLog } from '../storage/data-file-log.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** Who asks: the person's name as the shell knows it. Goes into answers, approvals and the audit. */
export interface Actor {
  name: string
}

/** Folders under `.lockstep/` of the open workspace. All exist. */
export interface StateFolders {
  /** `.lockstep` itself, 0700. */
  state: string
  plans: string
  data: string
  exports: string
  uploads: string
  /** Spill and scratch; emptied at open. */
  temp: string
}

/** Everything that belongs to one open workspace; services get this and nothing global. */
export interface Session {
  ports: Ports
  folder: string
  folders: StateFolders
  database: StateDatabase
  dataFiles: DataFileLog
  /** The definitions as they are on disk now. */
  workspace(): Promise<Workspace>
  /** Every destination there is here: the product's own, or those that a test or a measurement put in their place. */
  destinations: readonly ListedDestination[]
  /** Every kind of source there is here, likewise. */
  sources: readonly AnySource[]
  /** A destination connection, ready to use; throws AppError when it cannot be. */
  connect(connection: string): Promise<Connection>
  emit(event: ChangeEvent): void
}
