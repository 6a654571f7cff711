import { systemClock } from '../platform/clock.ts'
import { hostEngine } from '../platform/engine-host.ts'
import { createLog, logLevelFrom } from '../platform/log.ts'
import { runEngine } from '../platform/run-engine.ts'
import type { EngineClient } from '../platform/running-engine.ts'
import { isOwnerGone } from './owner-gone.ts'

/** Every call of the contract. */
export type Caller = EngineClient

export interface EngineConnection {
  /** Of the engine that was found last. */
  readonly caller: Caller
  /** The engine lives in this process and ends with it; otherwise it is another shell's. */
  readonly own: boolean
  /**
   * Asks for something that may be asked twice. When the shell that owns the workspace goes away meanwhile, its successor
   * is asked: another shell, or an engine of our own. `lost` is called each time.
   */
  persist<T>(act: (caller: Caller) => Promise<T>, lost?: () => void): Promise<T>
  close(): Promise<void>
}

/** Most commands end before another shell could want to share their engine. */
const REACHABLE_AFTER_MS = 200

/** A shell that closes lets go of the workspace first and of its socket a moment later. */
const successions = 40
const betweenSuccessionsMs = 250

/** The engine over a workspace: that of a shell which owns it already, else one of our own. Without a folder none is open. */
export async function connectEngine(workspace: string | undefined): Promise<EngineConnection> {
  let own = false
  const host = await hostEngine({
    ...(workspace === undefined ? {} : { workspace }),
    log: createLog({ name: 'cli', level: logLevelFrom(process.env, 'warn') }),
    reachableAfterMs: REACHABLE_AFTER_MS,
    startEngine: async () => {
      const engine = runEngine({ name: 'engine', logLevel: 'warn' })
      own = true
      return {
        ...engine,
        // Closed again when another shell was faster, which is used then.
        close: () => {
          own = false
          return engine.close()
        },
      }
    },
  })
  let caller: Caller
  async function persist<T>(act: (caller: Caller) => Promise<T>, lost?: () => void): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await act(caller)
      } catch (error) {
        // An engine of our own does not go away; what it says is so.
        if (own || attempt === successions || !isOwnerGone(error)) throw error
        lost?.()
        await systemClock.sleep(betweenSuccessionsMs)
        caller = await host.client()
      }
    }
  }
  try {
    caller = await host.client()
    return {
      get caller() {
        return caller
      },
      get own() {
        return own
      },
      persist,
      close: () => host.close(),
    }
  } catch (error) {
    await host.close()
    throw error
  }
}
