import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Log } from '../engine/ports/ports.ts'
import { projectRoot } from './project-root.ts'

const SCRIPT = join(projectRoot, 'simulators', 'start.ts')
const LOOK_MS = 1000

export interface SimulatorStarter {
  /** Starts the simulators of a sample workspace, unless they answer already. */
  start(folder: string): Promise<void>
  stop(): Promise<void>
}

/** Runs the sample's simulators as processes of their own; undefined where that cannot be done (an installed app). */
export function createSimulatorStarter(log: Log): SimulatorStarter | undefined {
  const node = nodeProgram()
  if (!node || !existsSync(SCRIPT)) return undefined
  const running = new Map<string, { child: ChildProcess; ready: Promise<void> }>()
  return {
    async start(folder) {
      if (!running.has(folder) && (await answers(folder))) return
      // Asked for twice at the same moment, they are started once, and both wait until they are ready.
      const started = running.get(folder)
      if (started) return started.ready
      const child = spawn(node, [SCRIPT, '--dir', folder, '--pace', 'fast', '--state', join(folder, '.lockstep', 'simulators', 'state')], {
        // Its input stays open for as long as this process lives; when it closes, the simulators stop.
        stdio: ['pipe', 'pipe', 'pipe'],
      })
      const begun = { child, ready: ready(child, log) }
      running.set(folder, begun)
      child.once('exit', () => running.delete(folder))
      await begun.ready
    },
    async stop() {
      await Promise.all([...running.values()].map(({ child }) => stopChild(child)))
    },
  }
}

/** A Node that runs the sources: this one, or in Electron the one that the project brings. */
function nodeProgram(): string | undefined {
  if (!process.versions['electron']) return process.execPath
  const brought = join(projectRoot, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(brought) ? brought : undefined
}

function ready(child: ChildProcess, log: Log): Promise<void> {
  const said: string[] = []
  return new Promise((isReady, failed) => {
    if (child.stdout) createInterface({ input: child.stdout }).once('line', () => isReady())
    if (child.stderr) {
      createInterface({ input: child.stderr }).on('line', (line) => {
        said.push(line)
        log.warn('A simulator said', { line })
      })
    }
    child.on('error', failed)
    child.once('exit', () => failed(new Error(said.at(-1) ?? 'The simulators ended before they were ready.')))
  })
}

async function stopChild(child: ChildProcess): Promise<void> {
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await ended
}

/** Whether the simulators that were started here before, by whomever, still answer. */
async function answers(folder: string): Promise<boolean> {
  try {
    const { crm } = JSON.parse(await readFile(join(folder, '.lockstep', 'simulators.json'), 'utf8')) as { crm: { url: string } }
    const { ok } = await fetch(`${crm.url}/_sim/log`, { signal: AbortSignal.timeout(LOOK_MS) })
    return ok
  } catch {
    return false
  }
}
