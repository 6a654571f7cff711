import type { ContractRouterClient } from '@orpc/contract'
import type { WebSocket } from 'ws'
import type { Contract } from '../contract/contract.ts'

/** Every call of the contract. */
export type EngineClient = ContractRouterClient<Contract>

/** A message port as Electron and Node give it; silent until it is started. */
export interface EnginePort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  postMessage(message: unknown): void
  start(): void
  close(): void
}

/** An engine in this process, or the one of the shell that owns the workspace. */
export interface RunningEngine {
  client: EngineClient
  /** The socket is paused; it may be resumed once this settles. */
  serveSocket(socket: WebSocket): Promise<void>
  servePort(port: EnginePort): void
  close(): Promise<void>
}
