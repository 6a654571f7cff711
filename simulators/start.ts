import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { onEndOfLife } from './kit/lifeline.ts'
import type { PaceName } from './kit/pace.ts'
import { readPace } from './kit/run-simulator.ts'

/** Where the sample company's simulators live and how fast. */
export type StartOptions = { readonly dir: string; readonly pace: PaceName; readonly stateDir?: string }

const NAMES = ['crm', 'support', 'marketing'] as const

type SimulatorName = (typeof NAMES)[number]

type Address = { readonly url: string; readonly token: string; readonly pace: PaceName; readonly email?: string }

export type SimulatorAddresses = Readonly<Record<SimulatorName, Address>>

export type StartedSimulators = {
  readonly simulators: SimulatorAddresses
  /** Settles when a simulator ends by itself, with its name. */
  readonly ended: Promise<string>
  stop(): Promise<void>
}

/** The account that the support desk's token is used with. */
const SUPPORT_EMAIL = 'lockstep@harbour-mutual.example'

type Running = { readonly url: string; readonly token: string }

/** Starts the three simulators as processes of their own and writes down where they are and their throw-away tokens. */
export async function startSimulators({ dir, pace, stateDir }: StartOptions): Promise<StartedSimulators> {
  const folder = join(resolve(dir), '.lockstep')
  const file = join(folder, 'simulators.json')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const children: ChildProcess[] = []
  const start = (name: SimulatorName): Promise<Running> => {
    const seedFile = join(folder, 'simulators', `${name}.seed.jsonl`)
    return startOne(name, ['--seed-file', seedFile, '--pace', pace, ...(stateDir === undefined ? [] : ['--state', resolve(stateDir)])], children)
  }
  try {
    const [crm, support, marketing] = await Promise.all([start('crm'), start('support'), start('marketing')])
    const simulators: SimulatorAddresses = {
      crm: { ...crm, pace },
      support: { ...support, pace, email: SUPPORT_EMAIL },
      marketing: { ...marketing, pace },
    }
    rmSync(file, { force: true })
    writeFileSync(file, `${JSON.stringify(simulators, null, 2)}\n`, { mode: 0o600 })
    return {
      simulators,
      ended: Promise.race(NAMES.map((name, index) => whenEnded(children[index]).then(() => name))),
      async stop() {
        rmSync(file, { force: true })
        await stopAll(children)
      },
    }
  } catch (cause) {
    await stopAll(children)
    throw cause
  }
}

/** Starts one simulator and waits until it says where it listens. */
function startOne(name: SimulatorName, args: readonly string[], children: ChildProcess[]): Promise<Running> {
  // Hexadecimal: a token that began with a dash would be taken for an option.
  const token = randomBytes(24).toString('hex')
  const script = fileURLToPath(new URL(`./${name}/server.ts`, import.meta.url))
  // Its input stays open for as long as this process lives; when it closes, the simulator stops.
  const child = spawn(process.execPath, [script, '--token', token, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  return new Promise((resolveRunning, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The ${name} simulator ended with code ${String(code)} before it was ready`)))
    if (!child.stdout) return
    createInterface({ input: child.stdout }).once('line', (line) => {
      const { url } = JSON.parse(line) as { url: string }
      resolveRunning({ url, token })
    })
  })
}

async function stopAll(children: readonly ChildProcess[]): Promise<void> {
  for (const child of children) child.kill('SIGTERM')
  await Promise.all(children.map(whenEnded))
}

function whenEnded(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolveEnded) => {
    child.once('exit', () => resolveEnded())
  })
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { dir: { type: 'string' }, pace: { type: 'string', default: 'vendor' }, state: { type: 'string' } },
  })
  const dir = values.dir ?? positionals[0]
  if (dir === undefined) throw new Error('Say which folder: --dir DIR')
  const started = await startSimulators({
    dir,
    pace: readPace(values.pace),
    ...(values.state === undefined ? {} : { stateDir: values.state }),
  })
  let stopping = false
  onEndOfLife(() => {
    stopping = true
    void started.stop().then(() => process.exit(0))
  })
  void started.ended.then((name) => {
    if (stopping) return undefined
    process.stderr.write(`The ${name} simulator ended; stopping the others\n`)
    return started.stop().then(() => process.exit(1))
  })
  const addresses = Object.fromEntries(Object.entries(started.simulators).map(([name, { url }]) => [name, { url }]))
  process.stdout.write(`${JSON.stringify(addresses)}\n`)
}

if (import.meta.main) {
  main().catch((cause: unknown) => {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`)
    process.exit(1)
  })
}
