import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { createClock } from './clock.ts'
import { FaultList } from './faults.ts'
import { createSimulatorServer } from './http-server.ts'
import { onEndOfLife } from './lifeline.ts'
import { createPace } from './pace.ts'
import type { PaceName } from './pace.ts'
import { RequestLog } from './request-log.ts'
import { loadSeed } from './seed.ts'
import type { Simulator, SimulatorSetting } from './simulator.ts'
import { openStateLog } from './state-log.ts'

/** Everything a running simulator can be told. */
export type RunOptions = {
  readonly pace: PaceName
  readonly token: string
  readonly port?: number
  readonly seedFile?: string
  readonly schemaFile?: string
  readonly stateDir?: string
  readonly limits?: Readonly<Record<string, number>>
  /** Epoch milliseconds that the simulator's clock starts at. */
  readonly startAt?: number
}

export type RunningSimulator = { readonly url: string; close(): Promise<void> }

type CreateSimulator = (setting: SimulatorSetting) => Simulator

/** Serves a simulator on 127.0.0.1 until it is closed. */
export async function runSimulator(create: CreateSimulator, options: RunOptions): Promise<RunningSimulator> {
  const clock = createClock(options.startAt)
  const simulator = create({
    clock,
    pace: createPace(options.pace),
    token: options.token,
    limits: options.limits ?? {},
    schema: options.schemaFile === undefined ? undefined : JSON.parse(readFileSync(options.schemaFile, 'utf8')),
  })
  const seed = async (): Promise<void> => {
    if (options.seedFile !== undefined) await loadSeed(options.seedFile, simulator.objects)
  }
  await seed()
  const state =
    options.stateDir === undefined ? undefined : await openStateLog(options.stateDir, simulator.name, simulator.objects)

  restoreAll(simulator)
  simulator.onBackgroundWork?.(() => state?.flush())
  const reset = async (): Promise<void> => {
    simulator.reset()
    for (const { table } of simulator.objects.values()) table.clear()
    state?.clear()
    await seed()
    restoreAll(simulator)
  }
  const server = createSimulatorServer({
    simulator,
    clock,
    faults: new FaultList(),
    log: new RequestLog(),
    reset,
    afterRequest: () => state?.flush(),
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  // The address of a listening TCP server is always of this form.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      simulator.close()
      state?.flush()
      state?.close()
    },
  }
}

function restoreAll(simulator: Simulator): void {
  for (const control of simulator.objects.values()) {
    if (control.restore) for (const record of control.table.records) control.restore(record)
  }
}

/** The main function of a simulator process: says where it listens in one line and runs until its end of life. */
export async function main(create: CreateSimulator): Promise<void> {
  const running = await runSimulator(create, readOptions(process.argv.slice(2)))
  onEndOfLife(() => void running.close().then(() => process.exit(0)))
  process.stdout.write(`${JSON.stringify({ url: running.url })}\n`)
}

function readOptions(args: string[]): RunOptions {
  const { values } = parseArgs({
    args,
    options: {
      'seed-file': { type: 'string' },
      port: { type: 'string', default: '0' },
      pace: { type: 'string', default: 'vendor' },
      token: { type: 'string' },
      state: { type: 'string' },
      schema: { type: 'string' },
      limits: { type: 'string' },
      now: { type: 'string' },
    },
  })
  if (values.token === undefined) throw new Error('--token is missing')
  return {
    pace: readPace(values.pace),
    token: values.token,
    port: Number(values.port),
    ...(values['seed-file'] === undefined ? {} : { seedFile: values['seed-file'] }),
    ...(values.schema === undefined ? {} : { schemaFile: values.schema }),
    ...(values.state === undefined ? {} : { stateDir: values.state }),
    ...(values.limits === undefined ? {} : { limits: JSON.parse(values.limits) as Record<string, number> }),
    ...(values.now === undefined ? {} : { startAt: Date.parse(values.now) }),
  }
}

/** Reads the pace of a command line. */
export function readPace(text: string): PaceName {
  if (text === 'vendor' || text === 'fast') return text
  throw new Error(`--pace is vendor or fast, not ${text}`)
}
