import { fork } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from './project-root.ts'
import { queryEnvironment } from './query-environment.ts'
import type { FromQueries, StartQueryChild } from './query-processes.ts'

const ENTRY = join(projectRoot, 'src', 'platform', 'query-child.ts')
/** Signals of a process that broke; everything else ended it because of its memory. */
const BROKE = new Set<string | null>(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE'])

/** Starts a process for people's SQL with Node. */
export const forkQueryChild: StartQueryChild = async (memoryMb) => {
  const child = fork(ENTRY, [String(memoryMb)], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
    env: queryEnvironment(),
  })
  child.unref()
  await new Promise((started, failed) => child.once('spawn', started).once('error', failed))
  return {
    pid: child.pid ?? 0,
    post: (message) => void child.send(message, () => undefined),
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromQueries)),
    onEnd: (listener) => void child.once('exit', (_code, signal) => listener(BROKE.has(signal) ? 'crashed' : 'memory')),
    hold: (held) => (held ? child.channel?.ref() : child.channel?.unref()),
    kill: () => void child.kill('SIGKILL'),
  }
}
