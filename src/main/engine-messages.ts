import type { Notification } from '../platform/notify.ts'

/** What the main process says to the engine's process. A connection's port travels beside the message. */
export type ToEngine =
  | { kind: 'connect' }
  /** Its own port travels beside the message. */
  | { kind: 'query process'; request: number; pid: number }
  | { kind: 'query process ended'; pid: number; code: number }
  | { kind: 'find export'; request: number; exportId: string; name: string }
  | { kind: 'close' }

/** What the engine's process says to the main process. */
export type FromEngine =
  | { kind: 'ready' }
  | { kind: 'start query process'; request: number; memoryMb: number }
  | { kind: 'notification'; notification: Notification }
  | { kind: 'workspace'; folder: string | undefined }
  | { kind: 'export found'; request: number; path: string | undefined }
