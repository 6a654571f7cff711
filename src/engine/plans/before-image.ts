import type { Raw } from '../../contract/states.ts'

/** What a delivered row replaced: enough to plan its way back. */
export interface BeforeImage {
  key: string
  label: string
  remoteId: string | undefined
  operation: 'create' | 'update' | 'remove'
  matchKey: string | undefined
  /** Destination field → value before the run. */
  before: Record<string, Raw>
  /** Destination field → value that the run sent. */
  sent: Record<string, Raw>
}
