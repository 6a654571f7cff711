import type { DuckDb } from './duckdb.ts'

/** Works with an instance until it is done or interrupted, and closes it. */
export async function interruptible<Result>(db: DuckDb, signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result> {
  const stop = (): void => db.interrupt()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    signal?.throwIfAborted()
    return await work()
  } finally {
    signal?.removeEventListener('abort', stop)
    db.closeInstance()
  }
}
