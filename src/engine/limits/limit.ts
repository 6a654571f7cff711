/**
 * One limit of the vendor. `name` is how requests and a connection's `limits` refer to it, `label` how
 * people read it. `counts` says which requests use it up: all of them (default), or those that name it.
 * Job limits count only requests that name them.
 */
export type Limit = { name: string; label: string; counts?: 'all' | 'named'; /** Set by a person: the vendor's headers may only lower it. */ fixed?: boolean } & (
  | { kind: 'window'; requests: number; perMs: number }
  | { kind: 'daily'; requests: number }
  | { kind: 'concurrency'; requests: number }
  | { kind: 'jobs'; jobs: number }
  /** How often each record may change; counts requests that say which `records` they change. */
  | { kind: 'record'; requests: number; perMs: number }
)

/** What one answer of the vendor told about one of its limits. */
export interface LimitSeen {
  limit: string
  /** The vendor's own number for this account. */
  allowed?: number
  remaining?: number
  resetsInMs?: number
  /** This answer means "not processed, over this limit", whatever its status. */
  refused?: boolean
}
