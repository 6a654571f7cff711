import { sourceLimits } from '../../contract/definitions.ts'
import type { SourceDefinition } from '../../contract/definitions.ts'
import type { Clock, Files, QueryProcesses, SecretStore } from '../ports/ports.ts'
import { guardedSource } from './guarded-source.ts'
import { ReadingStopped } from './reading-stopped.ts'
import { sourceById } from './registry.ts'
import { ownSettings } from './definition-schema.ts'
import { sourceSecrets } from './source-secrets.ts'
import type { AnySource, OpenSource, SourceContext, SqlDialect } from './source.ts'

/** What reading may use of the machine, and where. */
export interface SessionLimits {
  /** Absolute; DuckDB spills there. */
  tempFolder: string
  /** Where what people wrote runs. */
  queries: QueryProcesses
  /** What DuckDB plans with. What it really takes is held by the source's own limits. */
  memoryLimitMb?: number
  threads?: number
}

export interface SourceRequest extends SessionLimits {
  definition: SourceDefinition
  /** Every kind there is; absent: the product's own. */
  sources?: readonly AnySource[]
  /** Its id in the workspace, by which its secrets are kept and messages call it. */
  id?: string
  /** Secrets are kept there; absent: there are none. */
  secrets?: SecretStore
  /** The workspace folder, against which the source's path is resolved. */
  folder: string
  files: Files
  clock: Clock
  /** The only files that statements of this session may write (COPY … TO). With them it may take the time of a plan, without that of a look. */
  writable?: readonly string[]
  /** Ends the session in the middle of what it does. */
  signal?: AbortSignal
}

/** A source that is open, its name for messages, and what else may be opened for it under the same limits. */
export interface OpenedSource extends OpenSource {
  /** "Reading shop.duckdb". */
  what: string
  dialect: SqlDialect
  context: SourceContext
}

/** Opens a source by its declaration. Its time, its cancellation and what it says are watched here, the same for every kind. */
export async function openSource(request: SourceRequest): Promise<OpenedSource> {
  const { definition } = request
  const declaration = sourceById(definition.type, request.sources)
  const settings = declaration.settings.parse(ownSettings(declaration, definition))
  const time = readingTime(request)
  const place = declaration.place(settings)
  const what = `Reading ${place}`
  try {
    const secrets = await sourceSecrets(declaration, request.secrets, { id: request.id ?? '', folder: request.folder, place })
    const context = contextOf(request, { settings, secrets, time })
    return { ...(await guardedSource(declaration, context, { what, ended: () => time.end() })), what, context, dialect: declaration.dialect }
  } catch (cause) {
    time.end()
    throw cause
  }
}

function contextOf(request: SourceRequest, { settings, secrets, time }: { settings: unknown; secrets: Record<string, string>; time: ReadingTime }): SourceContext {
  const { definition, id, folder, files, clock, queries, tempFolder, memoryLimitMb, threads, writable, signal } = request
  return {
    settings,
    called: id === undefined ? 'The source' : `The source '${id}'`,
    folder,
    secrets,
    files,
    clock,
    queries,
    tempFolder,
    limits: sourceLimits.parse(definition.limits ?? {}),
    ownLimits: definition.limits !== undefined,
    begin: () => time.begin(),
    ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }),
    ...(threads === undefined ? {} : { threads }),
    ...(writable === undefined ? {} : { writable }),
    ...(signal === undefined ? {} : { cancelled: signal }),
  }
}

interface ReadingTime {
  begin(): AbortSignal
  end(): void
}

/** The time that a reading may take, from when it begins. */
function readingTime({ definition, clock, writable, signal }: SourceRequest): ReadingTime {
  const limits = sourceLimits.parse(definition.limits ?? {})
  const seconds = writable === undefined ? limits.previewSeconds : limits.planMinutes * 60
  const stop = new AbortController()
  const finished = new AbortController()
  let begun = false
  const cancel = (): void => stop.abort(new ReadingStopped({ because: 'cancelled' }))
  return {
    begin() {
      if (begun) return stop.signal
      begun = true
      clock.sleep(seconds * 1000, finished.signal).then(
        () => stop.abort(new ReadingStopped({ because: 'time', seconds })),
        () => undefined,
      )
      signal?.addEventListener('abort', cancel, { once: true })
      if (signal?.aborted) cancel()
      return stop.signal
    },
    end() {
      signal?.removeEventListener('abort', cancel)
      finished.abort()
    },
  }
}
