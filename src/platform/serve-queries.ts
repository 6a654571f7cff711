import { Worker } from 'node:worker_threads'
import { QueryServer } from '../engine/sources/duckdb-kit/query-server.ts'
import type { QueryQuestion } from '../engine/sources/duckdb-kit/query-server.ts'
import type { FromQueries, ToQueries } from './query-processes.ts'

/** The engine, seen from the process that runs people's SQL. */
export interface QueryAsker {
  post(message: FromQueries): void
  onMessage(listener: (message: ToQueries) => void): void
  onGone(listener: () => void): void
}

/** Answers questions until the engine is gone. Ends itself above so much memory, whatever it does at that moment. */
export async function serveQueries(asker: QueryAsker, memoryMb: number): Promise<void> {
  const server = new QueryServer()
  asker.onGone(endNow)
  asker.onMessage(({ question, about }) => {
    server.answer(about as QueryQuestion).then(
      (text) => asker.post({ kind: 'answer', question, text }),
      (cause: unknown) => asker.post({ kind: 'failure', question, message: cause instanceof Error ? cause.message : String(cause) }),
    )
  })
  await watchMemory(memoryMb)
  asker.post({ kind: 'ready' })
}

/** Not even what waits to be done is done. */
function endNow(): void {
  process.kill(process.pid, 'SIGKILL')
}

/** A thread of its own: the others may be in the middle of one long value. */
function watchMemory(memoryMb: number): Promise<void> {
  const watcher = new Worker(`(${watch.toString()})()`, { eval: true, workerData: { most: memoryMb * 1024 * 1024, parent: process.ppid } })
  watcher.unref()
  return new Promise((ready, failed) => {
    watcher.once('online', ready)
    watcher.once('error', failed)
  })
}

/** Runs by its text alone, so that it is the same from the sources, from a bundle and from an archive. */
function watch(): void {
  const { workerData } = process.getBuiltinModule('node:worker_threads')
  const { most, parent } = workerData as { most: number; parent: number }
  setInterval(() => {
    if (process.memoryUsage.rss() > most || process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
  }, 25)
}
