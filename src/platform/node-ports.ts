import type { Notify, Ports } from '../engine/ports.ts'
import { systemClock } from './clock.ts'
import { nodeFiles } from './files.ts'
import { createHttp } from './http.ts'
import { createIds } from './ids.ts'
import { createKeychain, noKeychain } from './keychain.ts'
import { createLog, logLevelFrom } from './log.ts'
import type { LogLevel } from './log.ts'
import { noNotify } from './notify.ts'
import { systemRandom } from './random.ts'
import { createSecretStore } from './secrets.ts'

export interface NodePortsOptions {
  /** Which process speaks in the log. */
  name: string
  /** What a quiet shell still wants to see. */
  logLevel?: LogLevel
  notify?: Notify
  /** Where log lines go; standard error unless said. */
  writeLog?: (line: string) => void
  environment?: Record<string, string | undefined>
}

export interface NodePorts {
  ports: Ports
  /** Ends connections that are kept open. */
  close(): Promise<void>
}

/** Everything the engine takes from outside, on this machine. */
export function createNodePorts({ name, logLevel = 'info', notify = noNotify, writeLog, environment = process.env }: NodePortsOptions): NodePorts {
  const log = createLog({ name, level: logLevelFrom(environment, logLevel), ...(writeLog ? { write: writeLog } : {}) })
  const http = createHttp()
  const keychain = environment['LOCKSTEP_KEYCHAIN'] === 'off' ? noKeychain : createKeychain()
  return {
    ports: {
      clock: systemClock,
      ids: createIds(),
      random: systemRandom,
      http,
      secrets: createSecretStore({ environment, keychain, seen: log.conceal }),
      log,
      notify,
      files: nodeFiles,
    },
    close: () => http.close(),
  }
}
