import { statSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../contract/errors.ts'
import type { Clock } from '../ports/ports.ts'
import { writeBackup } from './backups.ts'
import { connectDatabase, prepareSchema, stateFile } from './database.ts'
import type { StateDatabase } from './database.ts'

/** How often the owner says that it is alive, and when silence is worth a closer look. */
export const beatEveryMs = 3_000
export const silentAfterMs = 20_000
/** The look: an owner that lives says so at least twice in this time, whatever its clock and ours show. */
export const lookMs = 8_000

/** The process that wants to own a workspace. */
export interface Holder {
  process: number
  host: string
  /** Whether a process of this machine is running. */
  isRunning(process: number): boolean
}

/** The shell that owns the workspace now; `socket` is where it serves its contract. */
export interface LiveOwner {
  process: number
  host: string
  socket: string | undefined
  beatAt: number
}

interface LeaseRow {
  process: number
  host: string
  taken_at: number
  beat_at: number
  socket: string | null
}

export interface OwnerOptions {
  clock: Clock
  holder: Holder
  socket?: string
  /** Called once when another process took the workspace over (this one slept too long): stop writing. */
  onLost?: () => void
}

export type OpenedState = { kind: 'owner'; database: StateDatabase; lease: Lease } | { kind: 'owned'; owner: LiveOwner }

/**
 * Opens the state of a workspace as its one writer, or says who owns it. The lease comes before the schema, so that a
 * newer shell never migrates under a running older one.
 */
export async function openAsOwner(folder: string, options: OwnerOptions): Promise<OpenedState> {
  const database = connectDatabase(folder)
  try {
    const owner = hasSchema(database) ? await takeThenPrepare(database, options) : await prepareThenTake(database, options)
    if (owner) {
      database.close()
      return { kind: 'owned', owner }
    }
    return { kind: 'owner', database, lease: new Lease(database, options) }
  } catch (error) {
    if (database.sqlite.open) database.close()
    throw error
  }
}

/** The right to write, kept by a heartbeat until released. */
export class Lease {
  readonly takenAt: number
  private readonly database: StateDatabase
  private readonly options: OwnerOptions
  private readonly stop = new AbortController()
  /** Which file the state was when it was opened. */
  private readonly file: string | undefined
  private lost: 'taken over' | 'removed' | undefined

  constructor(database: StateDatabase, options: OwnerOptions) {
    this.database = database
    this.options = options
    this.takenAt = readLease(database)?.taken_at ?? options.clock.now()
    this.file = fileNumber(database)
    database.fence = () => this.assertStillOurs()
    void this.keepBeating()
  }

  /** Where other shells find the contract; set once the socket listens. */
  announce(socket: string): void {
    this.change('UPDATE owner_lease SET socket = ? WHERE id = 1 AND process = ? AND host = ? AND taken_at = ?', socket)
  }

  /** Says now that the owner is alive; false once somebody else took over. */
  beat(): boolean {
    return this.change('UPDATE owner_lease SET beat_at = ? WHERE id = 1 AND process = ? AND host = ? AND taken_at = ?', this.options.clock.now())
  }

  /** False once another process took the workspace over. */
  get isHeld(): boolean {
    return this.lost === undefined
  }

  /** Throws when the lease is gone: nothing more may be written or sent. */
  assertHeld(): void {
    if (this.lost === 'removed') {
      throw new AppError('state-damaged', 'The state of this workspace was removed or replaced while it was open, so nothing more is sent.', {
        file: this.database.folder,
        next: 'Put the folder back as it was, or restore a backup; then open the workspace again. What was sent before stands in the audit of that folder.',
      })
    }
    if (this.lost) throw new AppError('storage-failed', 'Another window of Lockstep has taken this workspace over.', { next: 'Close this window, or open the workspace again here.' })
  }

  /** Part of every transaction: a process that slept through the loss of its lease writes nothing when it wakes. */
  private assertStillOurs(): void {
    if (this.stop.signal.aborted) return
    this.assertInPlace()
    const row = readLease(this.database)
    const [process, host, takenAt] = this.identity()
    if (row?.process !== process || row.host !== host || row.taken_at !== takenAt) this.giveUp('taken over')
    this.assertHeld()
  }

  /** SQLite goes on writing into a file that nobody can find any more; what is known there is lost with this process. */
  private assertInPlace(): void {
    if (fileNumber(this.database) !== this.file) this.giveUp('removed')
    this.assertHeld()
  }

  /** Lets the next shell in at once. The database stays open. */
  release(): void {
    this.stop.abort()
    this.database.fence = undefined
    if (!this.lost) this.database.run('DELETE FROM owner_lease WHERE id = 1 AND process = ? AND host = ? AND taken_at = ?', ...this.identity())
  }

  private async keepBeating(): Promise<void> {
    const { signal } = this.stop
    while (!signal.aborted) {
      try {
        await this.options.clock.sleep(beatEveryMs, signal)
      } catch {
        return
      }
      try {
        this.assertInPlace()
        if (!this.beat()) return
      } catch {
        if (this.lost) return
        // A disk that refuses for a moment takes no lease away; if it lasts, the next owner's row does.
      }
    }
  }

  private change(sql: string, value: string | number): boolean {
    if (this.lost || this.stop.signal.aborted) return false
    if (this.database.run(sql, value, ...this.identity()) === 1) return true
    this.giveUp('taken over')
    return false
  }

  private giveUp(because: 'taken over' | 'removed'): void {
    if (this.lost || this.stop.signal.aborted) return
    this.lost = because
    this.options.onLost?.()
  }

  private identity(): [number, string, number] {
    return [this.options.holder.process, this.options.holder.host, this.takenAt]
  }
}

/** Number and disk of the state's file; another file in its place has another. Undefined: it is not there. */
function fileNumber({ folder }: StateDatabase): string | undefined {
  const found = statSync(join(folder, stateFile), { bigint: true, throwIfNoEntry: false })
  return found && `${found.dev}:${found.ino}`
}

async function takeThenPrepare(database: StateDatabase, options: OwnerOptions): Promise<LiveOwner | undefined> {
  const owner = await take(database, options)
  if (owner) return owner
  try {
    prepareSchema(database, options.clock.now(), { backUp: beforeUpdate(options.clock) })
  } catch (error) {
    // Whoever can open it, this version or another, must not wait for us.
    database.run('DELETE FROM owner_lease WHERE id = 1 AND process = ? AND host = ?', options.holder.process, options.holder.host)
    throw error
  }
  return undefined
}

/** The way back when a step of the schema turns out wrong. */
function beforeUpdate(clock: Clock): (database: StateDatabase) => void {
  return (database) => void writeBackup(database, { now: clock.now(), reason: 'Before an update of Lockstep', asked: false })
}

/** A new database: whoever comes second in the same instant finds the first one's lease. */
async function prepareThenTake(database: StateDatabase, options: OwnerOptions): Promise<LiveOwner | undefined> {
  prepareSchema(database, options.clock.now())
  return take(database, options)
}

/** Takes the lease, or returns its living owner. Silence alone proves nothing: clocks jump. So it is looked at for a while. */
async function take(database: StateDatabase, options: OwnerOptions): Promise<LiveOwner | undefined> {
  const found = takeUnless(database, options, (row) => stateOf(row, options) !== 'dead')
  if (!found || stateOf(found, options) === 'alive') return found && toOwner(found)
  await options.clock.sleep(lookMs)
  const stirred = takeUnless(database, options, (row) => row.beat_at !== found.beat_at || row.taken_at !== found.taken_at)
  return stirred && toOwner(stirred)
}

/** In one transaction: the lease as it is when it must be left alone, else it is ours. */
function takeUnless(database: StateDatabase, { clock, holder, socket }: OwnerOptions, leave: (row: LeaseRow) => boolean): LeaseRow | undefined {
  return database.transaction(() => {
    const row = readLease(database)
    if (row && leave(row)) return row
    const now = clock.now()
    database.run('INSERT OR REPLACE INTO owner_lease (id, process, host, taken_at, beat_at, socket) VALUES (1, ?, ?, ?, ?, ?)', holder.process, holder.host, now, now, socket ?? null)
    return undefined
  })
}

/** 'silent': nothing was heard for long, or the clock was set. */
function stateOf(row: LeaseRow, { clock, holder }: OwnerOptions): 'alive' | 'silent' | 'dead' {
  if (row.host === holder.host && !holder.isRunning(row.process)) return 'dead'
  // In a container every start has the same number: this may be our own, of before.
  if (row.host === holder.host && row.process === holder.process) return 'silent'
  return Math.abs(clock.now() - row.beat_at) > silentAfterMs ? 'silent' : 'alive'
}

function toOwner(row: LeaseRow): LiveOwner {
  return { process: row.process, host: row.host, socket: row.socket ?? undefined, beatAt: row.beat_at }
}

function readLease(database: StateDatabase): LeaseRow | undefined {
  return database.get<LeaseRow>('SELECT process, host, taken_at, beat_at, socket FROM owner_lease WHERE id = 1')
}

function hasSchema(database: StateDatabase): boolean {
  return database.get("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'owner_lease'") !== undefined
}
