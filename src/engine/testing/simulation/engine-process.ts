import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createConnections } from '../../destinations/connect.ts'
import { asListed } from '../../destinations/registry.ts'
import type { DestinationProfile } from '../../destinations/destination.ts'
import { allRows } from '../../plans/journal-rows.ts'
import { Runs } from '../../execution/runs/runs.ts'
import type { Log, QueryProcesses } from '../../ports/ports.ts'
import { openDatabase, stateFile, StateDatabase } from '../../storage/database.ts'
import { filesOf } from '../connect-to.ts'
import { simulatedDestination } from './destination.ts'
import type { Network } from './network.ts'
import { noSuchPlan } from './plans.ts'
import type { SimulatedDisk, SimulatedPlan } from './plans.ts'
import { token } from './vendor-api.ts'
import type { Shown } from './vendor-api.ts'
import { MachineClock } from './virtual-time.ts'
import type { VirtualTime, Wall } from './virtual-time.ts'
import { noAnchors } from '../verify-state.ts'

const noQueries: QueryProcesses = { take: () => Promise.reject(new Error('this world has no warehouse')) }

/** The process is gone at this very instant; whatever catches this is gone too. */
export class ProcessGone extends Error {}

/** What a process needs of the world around it. */
export interface Host {
  time: VirtualTime
  wall: Wall
  network: Network
  disk: SimulatedDisk
  profile: DestinationProfile
  plans: Map<string, SimulatedPlan>
  /** The secret of the connection can be found. */
  secretKnown: () => boolean
  random: { next(): number }
  nextId: () => string
  logged: (text: string) => void
  /** After each durable change, with the process that made it. */
  committed: (process: EngineProcess) => void
  leaving: (process: EngineProcess, request: { path: string; body: string | undefined }) => void
  arriving: (process: EngineProcess, shown: Shown | undefined, asOf: number) => void
  progressed: (progress: { runId: string; counts: Record<string, number> }) => void
  /** The process ended; a restart finds the files in `folder` as they were. */
  crashed: (process: EngineProcess, where: string, folder: string) => void
}

/** The state database with the moments at which a process can end: before a change is durable, and just after. */
class WatchedDatabase extends StateDatabase {
  private depth = 0
  private readonly moment: (where: string) => void
  private readonly changed: () => void

  constructor(opened: StateDatabase, moment: (where: string) => void, changed: () => void) {
    super(opened.sqlite, opened.folder)
    this.moment = moment
    this.changed = changed
  }

  override transaction<T>(act: () => T): T {
    if (this.depth > 0) return super.transaction(act)
    this.moment('before a commit')
    this.depth += 1
    let result: T
    try {
      result = super.transaction(act)
    } finally {
      this.depth -= 1
    }
    this.changed()
    this.moment('after a commit')
    return result
  }
}

/** One process of the engine over a folder: the real runs, journal, limiter and HTTP, with ports of this world. */
export class EngineProcess {
  readonly folder: string
  readonly clock: MachineClock
  readonly database: StateDatabase
  readonly runs: Runs
  alive = true
  private readonly host: Host
  private readonly root: string
  private momentsLeft: number

  /** `moments` is how many chances to end it survives. */
  constructor(host: Host, options: { root: string; folder: string; moments: number }) {
    this.host = host
    this.root = options.root
    this.folder = options.folder
    this.momentsLeft = options.moments
    this.clock = new MachineClock(host.time, host.wall)
    const opened = openDatabase(this.folder, this.clock.now())
    this.database = new WatchedDatabase(opened, (where) => this.moment(where), () => host.committed(this))
    this.runs = new Runs({
      session: {
        database: this.database,
        ports: this.ports(),
        folders: { data: this.folder, temp: this.folder },
        connect: this.connector(),
        emit: (event) => {
          if (event.topic === 'run' && this.alive) host.progressed(event.progress)
        },
      },
      referenceKey: 'key',
      openPlan: async (id) => {
        const plan = host.plans.get(id)
        if (!plan) throw noSuchPlan(id)
        return plan.open({ now: () => this.clock.now(), database: this.database, disk: host.disk, next: host.nextId })
      },
      writeReceipts: async (run) => {
        const id = host.nextId()
        const lines = [...allRows(this.database, run)]
        host.disk.write(`receipts-${id}`, JSON.stringify({ run, lines }))
        return { id, path: `receipts-${id}`, rows: lines.length }
      },
    })
  }

  /** Ends without a word, as by kill -9. */
  kill(where: string): void {
    if (!this.alive) return
    this.alive = false
    this.clock.stop()
    const copy = join(this.root, this.host.nextId())
    mkdirSync(copy, { recursive: true })
    for (const name of [stateFile, `${stateFile}-wal`]) if (existsSync(join(this.folder, name))) copyFileSync(join(this.folder, name), join(copy, name))
    this.host.crashed(this, where, copy)
  }

  /** Ends in an orderly way. */
  async close(): Promise<void> {
    await this.runs.close()
    this.release()
  }

  /** Lets go of the file handles of a process that is gone. */
  release(): void {
    this.alive = false
    this.clock.stop()
    if (this.database.sqlite.open) this.database.close()
  }

  /** Nothing ends it by chance any more. */
  spare(): void {
    this.momentsLeft = Number.POSITIVE_INFINITY
  }

  /** The machine sleeps, and the process with it. */
  sleepThrough(milliseconds: number): void {
    this.clock.suspend(milliseconds)
  }

  private moment(where: string): void {
    if (!this.alive) throw new ProcessGone(where)
    this.momentsLeft -= 1
    if (this.momentsLeft >= 0) return
    this.kill(where)
    throw new ProcessGone(where)
  }

  private ports() {
    const { host, clock } = this
    const write = (message: string, fields?: Record<string, unknown>): void => {
      if (this.alive) host.logged(`${message} ${JSON.stringify(fields ?? {})}`)
    }
    const log: Log = { debug: write, info: write, warn: write, error: write }
    const http = host.network.connect({
      alive: () => this.alive,
      wall: () => clock.now(),
      leaving: (request) => {
        this.moment('before a request')
        host.leaving(this, request)
      },
      arriving: (_request, _response, shown, asOf) => {
        this.moment('before an answer')
        host.arriving(this, shown, asOf)
      },
    })
    const secrets = {
      get: async () => (host.secretKnown() ? { value: token, origin: 'session' as const } : undefined),
      set: async () => 'session' as const,
      bind: async () => undefined,
      remove: async () => undefined,
      keychain: async () => ({ available: false }),
    }
    return { clock, random: host.random, ids: { next: host.nextId }, log, http, anchors: noAnchors, secrets: { forWorkspace: () => secrets }, notify: { show: () => undefined }, files: filesOf({}), queries: noQueries }
  }

  private connector() {
    const ports = this.ports()
    const connections = createConnections({
      ports: { ...ports, secrets: ports.secrets.forWorkspace() },
      workspaceFolder: this.folder,
      destinations: [asListed(simulatedDestination(this.host.profile))],
    })
    return (id: string) => connections.connect(id, { name: 'CRM', destination: 'simulated' })
  }
}
