import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Criticality } from '../../contract/definitions.ts'
import type { AppError } from '../../contract/errors.ts'
import type { RunProgress } from '../../contract/shapes.ts'
import { appendAudit } from '../audit/audit.ts'
import { balances } from '../plans/run-counts.ts'
import { Runs } from '../execution/runs/runs.ts'
import { openDatabase } from '../storage/database.ts'
import type { StateDatabase } from '../storage/database.ts'
import { createFakeClock } from './fake-clock.ts'
import type { FakeClock } from './fake-clock.ts'
import { silentLog } from './connect-to.ts'
import type { FakeDestination } from './fake-destination.ts'
import type { FakePlan } from './fake-plan.ts'

/** Runs over a real database, a fake destination and a fake clock. */
export class RunScene {
  readonly clock: FakeClock
  readonly folder: string
  readonly database: StateDatabase
  readonly runs: Runs
  readonly destination: FakeDestination
  readonly plans: Map<string, FakePlan>
  readonly ports: { clock: FakeClock }
  /** Set when any picture or commit did not balance. */
  unbalanced = false
  readonly pictures: RunProgress[] = []
  /** Failures that were logged. */
  readonly logged: string[] = []
  /** Set: the connection cannot be opened. */
  refuseToConnect: AppError | undefined
  /** By activation; the others are normal. */
  readonly criticality = new Map<string, Criticality>()
  private static ids = 0

  private constructor(folder: string, destination: FakeDestination, plans: Map<string, FakePlan>, clock: FakeClock) {
    this.folder = folder
    this.clock = clock
    this.ports = { clock }
    this.destination = destination
    this.plans = plans
    for (const name of ['data', 'temp']) mkdirSync(join(folder, name), { recursive: true })
    this.database = openDatabase(folder, clock.now())
    this.runs = new Runs({
      session: {
        database: this.database,
        ports: {
          clock,
          ids: { next: () => `${String((RunScene.ids += 1)).padStart(8, '0')}-0000-7000-8000-000000000000` },
          random: { next: () => 0.5 },
          log: { ...silentLog, error: (message: string, fields?: Record<string, unknown>) => void this.logged.push(`${message} ${Object.values(fields ?? {}).join(' ')}`) },
        } as never,
        folders: { data: join(folder, 'data'), temp: join(folder, 'temp') },
        connect: async () => {
          if (this.refuseToConnect) throw this.refuseToConnect
          return destination
        },
        emit: (event) => {
          if (event.topic !== 'run') return
          this.pictures.push(event.progress)
          if (!balances(event.progress.counts)) this.unbalanced = true
        },
      },
      referenceKey: 'key',
      criticalityOf: async (activation) => this.criticality.get(activation) ?? 'normal',
      openPlan: async (id) => {
        const plan = plans.get(id)
        if (!plan) throw new Error(`no plan ${id}`)
        return plan
      },
    })
  }

  static open(destination: FakeDestination, ...plans: FakePlan[]): RunScene {
    const folder = mkdtempSync(join(tmpdir(), 'lockstep-run-'))
    const scene = new RunScene(folder, destination, new Map(plans.map((plan) => [plan.id, plan])), createFakeClock())
    for (const plan of plans) scene.store(plan)
    return scene
  }

  /** Over a state folder that somebody else wrote; its plans are stored already. */
  static over(folder: string, destination: FakeDestination, ...plans: FakePlan[]): RunScene {
    return new RunScene(folder, destination, new Map(plans.map((plan) => [plan.id, plan])), createFakeClock())
  }

  /** Over a folder that is there already. */
  static reopen(folder: string, destination: FakeDestination, ...plans: FakePlan[]): RunScene {
    return new RunScene(folder, destination, new Map(plans.map((plan) => [plan.id, plan])), createFakeClock())
  }

  /** What a restart after `kill -9` finds: a copy of the files as they are now. */
  copyAfterCrash(): RunScene {
    const folder = mkdtempSync(join(tmpdir(), 'lockstep-run-'))
    cpSync(this.folder, folder, { recursive: true })
    return new RunScene(folder, this.destination, this.plans, this.clock)
  }

  /** Makes the plan known to the state. */
  store(plan: FakePlan): void {
    const header = JSON.stringify({ activationName: plan.activationName, destinationName: 'Fake', noun: { one: 'contact', many: 'contacts' } })
    this.database.run(
      "INSERT INTO plans (id, activation, connection, object, kind, state, plan_hash, header, counts, read_scope, guards, number, created_at, expires_at, folder) VALUES (?, ?, ?, ?, 'ordinary', 'approved', ?, ?, '{}', '{}', '[]', 0, 0, 9e15, '')",
      plan.id, plan.activation, plan.connection, plan.object, plan.planHash, header,
    )
    appendAudit({ database: this.database, ports: this.ports }, { kind: 'plan stored', actor: 'Anna', subject: plan.id, data: { activation: plan.activation, planHash: plan.planHash } })
  }

  /** Lets time pass until the promise settles. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let settled = false
    const done = (): void => {
      settled = true
    }
    promise.then(done, done)
    while (!settled) {
      await new Promise((resolve) => setImmediate(resolve))
      if (this.clock.sleepers() > 0) await this.clock.advance(500)
    }
    return promise
  }

  async apply(plan: FakePlan): Promise<RunProgress> {
    const { runId } = await this.runs.start(plan.id, { name: 'Anna' })
    return this.until(this.runs.whenEnded(runId))
  }

  async close(): Promise<void> {
    await this.until(this.runs.close())
    if (this.database.sqlite.open) this.database.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
