/** The documents of the command line that the journey reads, as the description of the command line has them. */
export interface PlanDocument {
  planId: string
  planHash: string
  activation: string
  counts: Record<
    'source' | 'matched' | 'unmatched' | 'ambiguous' | 'invalid' | 'create' | 'update' | 'clear' | 'remove' | 'gone' | 'unchanged' | 'blocked' | 'conflicts' | 'conflictRecords' | 'drift' | 'driftRecords',
    number
  >
  readScope: { looked: number; of: number }
}

export interface Conflict {
  record: string
  field: string
  class: string
  base: { known: boolean; value: unknown }
  warehouse: unknown
  destination: unknown
  result: unknown
  editor: { kind: string; name: string } | null
  at: string | null
  answer: { take: string } | null
}

export interface RunDocument {
  runId: string
  state: string
  counts: Record<'planned' | 'pending' | 'sent' | 'accepted' | 'delivered' | 'rejected' | 'skipped' | 'quarantined' | 'unknown' | 'verified' | 'overridden' | 'unverifiable', number>
}

export interface ExportDocument {
  folder: string
  files: { name: string; sha256: string }[]
}

export interface VerdictDocument {
  ok: boolean
  entries: number
  head: string
  problems: { kind: string; seq: number }[]
}

export interface FailureDocument {
  error: { code: string; message: string; file?: string; line?: number; field?: string; value?: string; next?: string }
}
