import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256Hex } from '../../values/hash.ts'
import { appendAudit } from '../../audit/audit.ts'
import type { DestinationProfile } from '../../destinations/destination.ts'
import type { StickyAnswer } from '../../plans/plan-rows.ts'
import type { Clock } from '../../ports/ports.ts'
import { openDatabase } from '../../storage/database.ts'
import type { StateDatabase } from '../../storage/database.ts'
import { Chance } from '../chance.ts'
import { verifyState } from '../verify-state.ts'
import { EngineProcess, ProcessGone } from './engine-process.ts'
import type { Host } from './engine-process.ts'
import { Evidence } from './evidence.ts'
import { Invariants } from './invariants.ts'
import { Network } from './network.ts'
import { SimulatedDisk, makePlan, matchKeyOf, readKnown } from './plans.ts'
import type { SimulatedPlan, Warehouse } from './plans.ts'
import { characterOf } from './profiles.ts'
import type { Character } from './profiles.ts'
import { isUpload, isWrite, rowsOf, token } from './vendor-api.ts'
import { Vendor } from './vendor.ts'
import { VirtualTime, settle } from './virtual-time.ts'
import type { Wall } from './virtual-time.ts'

export interface Violation {
  invariant: string
  words: string
}

const mostViolations = 20
/** Values of people in this world carry this, so that a log with one in it is found. */
export const personal = 'private'

/** One simulated world: a vendor, a machine with a disk, one engine process at a time, and people. All from one seed. */
export class World {
  readonly seed: number
  readonly chance: Chance
  readonly time = new VirtualTime()
  readonly wall: Wall = { offset: 0 }
  readonly disk = new SimulatedDisk()
  readonly character: Character
  readonly vendor: Vendor
  readonly network: Network
  readonly evidence = new Evidence()
  readonly invariants: Invariants
  readonly plans = new Map<string, SimulatedPlan>()
  readonly warehouse: Warehouse = new Map()
  readonly trace: string[] = []
  readonly violations: Violation[] = []
  /** Faults besides those of the network. */
  faults = 0
  recoveries = 0
  secretKnown = true
  /** Until when the machine sleeps; people at its screen wait. */
  asleepUntil = 0
  process: EngineProcess | undefined
  /** Where the next process finds its files. */
  folder: string
  private readonly root: string
  private readonly gone: EngineProcess[] = []
  private ids = 0
  private readonly keepTrace: boolean
  private digest = ''
  private lines = 0

  constructor(seed: number, options: { keepTrace: boolean }) {
    this.seed = seed
    this.keepTrace = options.keepTrace
    this.chance = new Chance(seed * 2_654_435_761)
    this.character = characterOf(this.chance.fork('character'))
    this.vendor = new Vendor(this.character.rules, this.time, this.chance.fork('vendor'))
    this.network = new Network({ time: this.time, vendor: this.vendor, chance: this.chance.fork('network'), trouble: this.character.trouble, note: (line) => this.note(line) })
    this.root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'lockstep-simulation-'))
    this.folder = join(this.root, 'first')
    mkdirSync(this.folder)
    const { profile } = this.character
    this.invariants = new Invariants({
      vendor: this.vendor,
      evidence: this.evidence,
      disk: this.disk,
      plans: this.plans,
      readable: profile.readBack !== 'none',
      repeatable: profile.settle === 'set idempotent' || this.character.rules.upserts,
      now: () => this.time.now,
      violate: (invariant, words) => this.violate(invariant, words),
    })
    this.vendor.onApply = (applied) => {
      this.note(`vendor: ${applied.operation} ${applied.row.trace} ${applied.recordId}`)
      this.invariants.applied(applied)
    }
  }

  get profile(): DestinationProfile {
    return this.character.profile
  }

  note(line: string): void {
    const text = `${this.time.now} ${line}`
    this.lines += 1
    this.digest = sha256Hex(`${this.digest}\n${text}`)
    if (this.keepTrace) this.trace.push(text)
  }

  /** The same whenever the seed plays out the same. */
  get traceHash(): string {
    return `${this.lines} ${this.digest}`
  }

  violate(invariant: string, words: string): void {
    if (this.violations.length >= mostViolations) return
    this.note(`VIOLATION ${invariant}: ${words}`)
    this.violations.push({ invariant, words })
  }

  /** Something besides the network goes wrong. */
  fault(words: string): void {
    this.faults += 1
    this.note(words)
  }

  /** The engine as it starts in this folder; open runs go on by themselves. */
  start(moments: number): EngineProcess {
    const process = new EngineProcess(this.host(), { root: this.root, folder: this.folder, moments })
    this.process = process
    this.invariants.checkFile(process.database)
    this.invariants.committed(process.database)
    this.guard(() => process.runs.recover())
    return process
  }

  /** Acts as somebody who may find that the process ends under their hands. */
  guard<T>(act: () => T): T | undefined {
    try {
      return act()
    } catch (error) {
      if (error instanceof ProcessGone) return undefined
      throw error
    }
  }

  /** A plan over what is known now, stored and approved. */
  plan(database: StateDatabase, options: { activation: string; keys?: string[]; removed?: string[]; unselected?: (key: string) => boolean }): SimulatedPlan {
    const id = this.nextId()
    const warehouse = options.keys ? new Map(options.keys.map((key) => [key, this.warehouse.get(key) ?? {}])) : this.warehouse
    const plan = makePlan({
      id,
      activation: options.activation,
      warehouse,
      known: readKnown(database, this.disk),
      vendor: this.profile.readBack === 'none' ? undefined : this.vendor,
      standing: (remoteId, field) => database.get<{ d: string | null; a: string | null; kind: StickyAnswer['kind'] }>('SELECT d, a, kind FROM standing_answers WHERE remote_id = ? AND field = ?', remoteId, field),
      ...(options.removed ? { removed: options.removed } : {}),
      ...(options.unselected ? { unselected: options.unselected } : {}),
    })
    this.plans.set(id, plan)
    const header = JSON.stringify({ activationName: plan.activation, destinationName: 'Simulated', fieldLabels: {}, noun: { one: 'contact', many: 'contacts' } })
    database.run(
      "INSERT INTO plans (id, activation, connection, object, kind, state, plan_hash, header, counts, read_scope, guards, number, created_at, expires_at, folder) VALUES (?, ?, ?, ?, 'ordinary', 'approved', ?, ?, '{}', '{}', '[]', 0, 0, 9e15, '')",
      id, plan.activation, plan.connection, plan.object, 'a'.repeat(64), header,
    )
    appendAudit({ database, ports: { clock: { now: () => 0 } as Clock } }, { kind: 'plan stored', actor: 'Anna', subject: id, data: { activation: plan.activation, planHash: 'a'.repeat(64) } })
    return plan
  }

  /** What an earlier run left: links and base of the people who are there. */
  agreeOn(database: StateDatabase, people: { key: string; id: string; created: boolean; agreed: Record<string, string | null> }[]): void {
    const path = `base-${this.nextId()}.json`
    const seen = people.map(({ key, id, created, agreed }) => ({ key, remoteId: id, readAt: '', agreed, fp: null, created }))
    this.disk.write(path, JSON.stringify({ seen, forgotten: [] }))
    database.run("INSERT INTO data_files (id, kind, scope, path, sequence, rows, created_at) VALUES (?, 'base', 'crm/contacts', ?, ?, ?, 0)", path, path, database.next('data'), seen.length)
  }

  nextId = (): string => {
    this.ids += 1
    return `${this.ids.toString(16).padStart(8, '0')}-0000-7000-8000-${sha256Hex(`${this.seed} ${this.ids}`).slice(0, 12)}`
  }

  /** I1 in full, and I6: the chain, its rows, the file, and no value of a person in what is kept for others to read. */
  async checkWhole(): Promise<void> {
    const { process } = this
    if (!process?.alive) return
    this.invariants.checkFile(process.database)
    const verdict = await verifyState(process.database)
    for (const problem of verdict.problems) this.violate('I1', `the audit: ${problem.message}`)
    for (const { data } of process.database.all<{ data: string }>('SELECT data FROM audit')) this.checkWords('the audit', data)
    for (const { text } of process.database.all<{ text: string }>("SELECT path || ' ' || outcome || ' ' || coalesce(sent, '') || ' ' || coalesce(answer, '') AS text FROM requests")) this.checkWords('the request log', text)
    for (const { reason } of process.database.all<{ reason: string | null }>('SELECT reason FROM runs')) this.checkWords('the reason of a run', reason ?? '')
  }

  /** Looks at the files of a world without a process. */
  openedAside(): StateDatabase {
    return openDatabase(this.folder, 0)
  }

  /** Everything is let go of. */
  async end(): Promise<void> {
    if (this.process?.alive) this.process.release()
    await settle()
    for (const process of this.gone) process.release()
    rmSync(this.root, { recursive: true, force: true })
  }

  private checkWords(where: string, text: string): void {
    if (text.includes(token)) this.violate('I6', `a secret is in ${where}`)
    if (text.includes(personal) || text.includes('@people.example')) this.violate('I6', `a value of a person is in ${where}: ${text.slice(0, 200)}`)
  }

  private host(): Host {
    return {
      time: this.time,
      wall: this.wall,
      network: this.network,
      disk: this.disk,
      profile: this.profile,
      plans: this.plans,
      secretKnown: () => this.secretKnown,
      random: this.chance.fork(`process ${this.recoveries}`),
      nextId: this.nextId,
      logged: (text) => this.checkWords('the log', text),
      committed: (process) => {
        if (process.alive) this.invariants.committed(process.database)
      },
      leaving: (process, { path, body }) => {
        if (isWrite(path)) this.invariants.leaving(process.database, rowsOf(body).map((row) => row.trace), isUpload(path) ? 'accepted' : 'sent')
      },
      arriving: (_process, shown, asOf) => {
        if (shown) this.evidence.note(this.time.now, asOf, shown)
      },
      progressed: ({ runId, counts }) => this.note(`run ${runId.slice(0, 8)} ${shortCounts(counts)}`),
      crashed: (process, where, folder) => {
        this.fault(`crash ${where}`)
        this.gone.push(process)
        this.folder = folder
      },
    }
  }
}

function shortCounts(counts: Record<string, number>): string {
  return Object.entries(counts).filter(([, count]) => count > 0).map(([name, count]) => `${name} ${count}`).join(', ')
}

export { matchKeyOf }
