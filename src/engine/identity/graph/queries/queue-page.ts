import type { QueueItem, QueueKind } from '../../../../contract/shapes.ts'

export interface QueueRequest {
  kind: QueueKind
  /** A product, or `connection/object`. */
  source?: string
  search?: string
  offset: number
  limit: number
}

export interface QueuePage {
  total: number
  items: QueueItem[]
}
