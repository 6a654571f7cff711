/**
 * Everything the engine takes from outside. The engine never touches time, chance, the network,
 * secrets or the log except through these, so that a seeded simulation replays the same trace.
 */

/** Wall time for records, monotonic time for durations and deadlines. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number
  /** Milliseconds that only ever grow; unaffected by clock changes. */
  monotonic(): number
  /** Resolves after `milliseconds`, or rejects with the signal's reason when aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
  /** Resolves once everything that is ready now has had its turn. Absent where time is made up. */
  turn?(): Promise<void>
}

/** New identifiers: sortable by time of issue, 128 bits, lower-case hex with hyphens (UUID v7 shape). */
export interface Ids {
  next(): string
}

/** A number in [0, 1), for jitter only, never for secrets. */
export interface Random {
  next(): number
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  headers?: Record<string, string>
  /** Sent as it is; the caller sets content-type. A function gives it in pieces, which are never held together. */
  body?: string | (() => AsyncIterable<string | Uint8Array>)
  /** The answer comes in pieces (`HttpResponse.pieces`), for whoever must not hold it. */
  inPieces?: boolean
  /** Total milliseconds until the answer is complete; in pieces, until it begins and each piece follows the one before. */
  timeoutMs: number
  signal?: AbortSignal
}

export interface HttpResponse {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  body: string
  /** In place of `body`, where it was asked for. Reading it may end with {@link HttpFailure}; whoever stops early ends it. */
  pieces?: AsyncIterable<Uint8Array>
}

/**
 * A request that got no complete answer. `sent` says whether the destination may have acted:
 * 'no' (refused connection, name not found: safe to repeat) or 'maybe' (timeout, reset, truncated).
 */
export class HttpFailure extends Error {
  readonly sent: 'no' | 'maybe'
  readonly reason: 'refused' | 'timeout' | 'reset' | 'truncated' | 'aborted' | 'name' | 'tls'

  constructor(sent: 'no' | 'maybe', reason: HttpFailure['reason'], message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'HttpFailure'
    this.sent = sent
    this.reason = reason
  }
}

/** The network. No redirects are followed. Throws only {@link HttpFailure}. */
export interface Http {
  request(request: HttpRequest): Promise<HttpResponse>
}

/** Where a secret was found, or that there is none. */
export type SecretOrigin = 'environment' | 'keychain' | 'session'

export interface KeptSecret {
  value: string
  origin: SecretOrigin
  /** The place it was given for (destinations/address.ts); absent where nobody has said yet. */
  givenFor?: string
}

/** Secrets by connection and field (semantics §7). Values never leave the engine process. */
export interface Secrets {
  get(connection: string, field: string): Promise<KeptSecret | undefined>
  /** Says where the value went: 'session' means it is gone when the app closes. */
  set(connection: string, field: string, value: string, givenFor: string): Promise<SecretOrigin>
  /** From now on the secret that `get` finds belongs to this place. */
  bind(connection: string, field: string, givenFor: string): Promise<void>
  remove(connection: string, field: string): Promise<void>
  /** Whether a keychain can be used, and if not why, in words for people. */
  keychain(): Promise<{ available: boolean; reason?: string }>
}

/** The secrets of every workspace on this machine; a workspace of the same name elsewhere never finds another's. */
export interface SecretStore {
  /** `folder` is the absolute folder of the workspace. The same folder always gives the same secrets. */
  forWorkspace(folder: string): Secrets
}

/**
 * Keeps one short text for each workspace where nobody who has only its folder can write: in the keychain, where there is
 * one. The audit keeps its head there.
 */
export interface Anchors {
  /** `folder` is the absolute folder of the workspace. Undefined where nothing is kept, or nothing can be. */
  read(folder: string): Promise<string | undefined>
  /** False where nothing can be kept. */
  write(folder: string, text: string): Promise<boolean>
}

/** Structured log. Fields carry counts, ids and codes, never values of records or secrets. */
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
}

/** Tells the person outside the window; at most one per run, without personal data. */
export interface Notify {
  show(notification: { title: string; body: string; route: string }): void
}

/** A process for people's SQL that ended before it answered. */
export class QueryProcessEnded extends Error {
  /** 'memory': it took more than it may. 'crashed': it broke. 'killed': we ended it. */
  readonly reason: 'memory' | 'crashed' | 'killed'

  constructor(reason: QueryProcessEnded['reason']) {
    super(`The process for people's SQL ended: ${reason}.`)
    this.name = 'QueryProcessEnded'
    this.reason = reason
  }
}

/** A process of its own in which SQL runs that a person wrote: what it takes too much of is not taken from the engine. */
export interface QueryProcess {
  /** The answer to one question, as text. Rejects with {@link QueryProcessEnded} when the process ends before. */
  ask(question: object): Promise<string>
  /** Ends it at once, whatever it does. */
  kill(): void
  /** Hands it back, for whoever needs one next. */
  release(): void
}

/** Processes for people's SQL. They end with the engine. */
export interface QueryProcesses {
  /** One that may hold so much memory; the system sees to it. */
  take(memoryMb: number): Promise<QueryProcess>
}

/** The disk that a path lies on. */
export interface Disk {
  /** 'network': other machines hold it. 'user space': a program provides it (FUSE), as cloud drives do. */
  kind: 'local' | 'network' | 'user space'
  /** What this person may still write. */
  freeBytes: number
}

/** What lies at a path; links are followed. */
export type FileKind = 'file' | 'folder' | 'pipe' | 'socket' | 'device'

/** The few file operations the engine needs outside its databases. Paths are absolute. */
export interface Files {
  /** Refuses what is no regular file: reading a pipe or a device may never end. */
  readText(path: string): Promise<string>
  /** Writes beside, syncs, then renames: readers see the old or the new content, never half. */
  writeText(path: string, text: string, mode?: number): Promise<void>
  exists(path: string): Promise<boolean>
  list(path: string): Promise<{ name: string; kind: 'file' | 'folder' }[]>
  stat(path: string): Promise<{ bytes: number; modifiedAt: number; kind: FileKind } | undefined>
  /** Undefined where the path does not exist. */
  disk(path: string): Promise<Disk | undefined>
  makeFolder(path: string, mode?: number): Promise<void>
  remove(path: string): Promise<void>
  copy(from: string, to: string): Promise<void>
  /** Calls `changed` (coalesced) when anything under the folder changes; returns the stop function. */
  watch(path: string, changed: (relativePath: string) => void): () => void
}

export interface Ports {
  clock: Clock
  ids: Ids
  random: Random
  http: Http
  secrets: SecretStore
  anchors: Anchors
  log: Log
  notify: Notify
  files: Files
  queries: QueryProcesses
}
