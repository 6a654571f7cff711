import type { Sql } from '../../storage/sql.ts'
import { quoteText } from '../../storage/duckdb.ts'
import { stopOf } from '../reading-stopped.ts'
import type { SourceContext } from '../source.ts'
import { QueryDatabase } from './query-database.ts'

interface Opening {
  threads: number
  /** Makes visible what is read; gives the files that statements may reach from then on. */
  attach(db: Sql): Promise<string[]>
}

/** What a locked database needs of the source that it is for. */
export type Reading = Pick<SourceContext, 'queries' | 'tempFolder' | 'limits' | 'ownLimits' | 'memoryLimitMb' | 'writable' | 'begin'>

/** A DuckDB in a process of its own, in which nothing but what was attached can be reached, and no setting changed. */
export async function lockedDatabase(reading: Reading, { threads, attach }: Opening): Promise<QueryDatabase> {
  const { queries, tempFolder, limits, ownLimits, memoryLimitMb, writable } = reading
  // A source that was given more (or less) uses it; otherwise each step of the engine knows what it needs.
  const planned = ownLimits ? undefined : memoryLimitMb
  const db = await QueryDatabase.open(queries, limits.memoryMb, { tempFolder, memoryLimitMb: planned ?? Math.floor(limits.memoryMb / 2), threads })
  const signal = reading.begin()
  const stop = (): void => db.interrupt(stopOf(signal))
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    await db.run("SET TimeZone = 'UTC'; SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    // People expect the first rows of a file first; a big extraction rather saves the memory that order costs.
    if (writable === undefined) await db.run('SET preserve_insertion_order = true')
    const allowed = await attach(db)
    if (allowed.length > 0) await db.run(`SET allowed_paths = [${allowed.map(quoteText).join(', ')}]`)
    await db.run('SET enable_external_access = false')
    await db.run('SET lock_configuration = true')
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}
