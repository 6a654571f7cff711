import type { Notify, Ports } from '../engine/ports/ports.ts'
import { createAnchors } from './anchors.ts'
import { systemClock } from './clock.ts'
import { nodeFiles } from './files.ts'
import { appDataFolder } from './folders.ts'
import { createHttp } from './http.ts'
import { createIds } from './ids.ts'
import { forkQueryChild } from './fork-query-child.ts'
import { createKeychain, noKeychain } from './keychain.ts'
import { createLog, logLevelFrom } from './log.ts'
import type { LogLevel } from './log.ts'
import { noNotify } from './notify.ts'
import { createQueryProcesses } from './query-processes.ts'
import type { StartQueryChild } from './query-processes.ts'
import { systemRandom } from './random.ts'
import { secretPlacesIn } from './secret-places.ts'
import { createSecretStore } from './secrets.ts'

export interface NodePortsOptions {
  /** Which process speaks in the log. */
  name: string
  /** What a quiet shell still wants to see. */
  logLevel?: LogLevel
  notify?: Notify
  /** How this shell starts a process for people's SQL; as a process of Node unless said. */
  startQueryChild?: StartQueryChild
  /** Where log lines go; standard error unless said. */
  writeLog?: (line: string) => void
  environment?: Record<string, string | undefined>
}

export interface NodePorts {
  ports: Ports
  /** Ends connections that are kept open, and the processes that were started. */
  close(): Promise<void>
}

/** Everything the engine takes from outside, on this machine. */
export function createNodePorts({ name, logLevel = 'info', notify = noNotify, startQueryChild = forkQueryChild, writeLog, environment = process.env }: NodePortsOptions): NodePorts {
  const log = createLog({ name, level: logLevelFrom(environment, logLevel), ...(writeLog ? { write: writeLog } : {}) })
  const http = createHttp()
  const keychain = environment['LOCKSTEP_KEYCHAIN'] === 'off' ? noKeychain : createKeychain()
  const queries = createQueryProcesses(startQueryChild, log)
  return {
    ports: {
      clock: systemClock,
      ids: createIds(),
      random: systemRandom,
      http,
      secrets: createSecretStore({ environment, keychain, places: secretPlacesIn(appDataFolder(environment)), seen: log.conceal }),
      anchors: createAnchors(keychain),
      log,
      notify,
      files: nodeFiles,
      queries,
    },
    close: () => {
      queries.close()
      return http.close()
    },
  }
}
