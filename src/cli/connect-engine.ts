import { hostEngine } from '../platform/engine-host.ts'
import { createLog, logLevelFrom } from '../platform/log.ts'
import { runEngine } from '../platform/run-engine.ts'
import type { EngineClient } from '../platform/running-engine.ts'

/** Every call of the contract. */
export type Caller = EngineClient

export interface EngineConnection {
  caller: Caller
  /** The engine lives in this process and ends with it; otherwise it is another shell's. */
  own: boolean
  close(): Promise<void>
}

/** The engine over a workspace: that of a shell which owns it already, else one of our own. Without a folder none is open. */
export async function connectEngine(workspace: string | undefined): Promise<EngineConnection> {
  let own = false
  const host = await hostEngine({
    ...(workspace === undefined ? {} : { workspace }),
    log: createLog({ name: 'cli', level: logLevelFrom(process.env, 'warn') }),
    startEngine: async () => {
      own = true
      return runEngine({ name: 'engine', logLevel: 'warn' })
    },
  })
  try {
    return { caller: await host.client(), own, close: () => host.close() }
  } catch (error) {
    await host.close()
    throw error
  }
}
