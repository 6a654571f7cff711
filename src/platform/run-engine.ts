import { mkdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { RPCHandler as PortHandler } from '@orpc/server/message-port'
import { RPCHandler as SocketHandler } from '@orpc/server/ws'
import manifest from '../../package.json' with { type: 'json' }
import { createEngine } from '../engine/engine.ts'
import type { CallContext } from '../engine/calls/call-builder.ts'
import { createRouter } from '../engine/calls/router.ts'
import { appDataFolder, statesFolder, workspacesFolder } from './folders.ts'
import { thisProcess } from './holder.ts'
import { createNodePorts } from './node-ports.ts'
import type { NodePortsOptions } from './node-ports.ts'
import { forgetWorkspace, recentWorkspaces } from './recent-workspace.ts'
import type { RunningEngine } from './running-engine.ts'
import { createSimulatorStarter } from './simulator-starter.ts'
import { trustedFolders } from './trusted-folders.ts'

/** Starts the engine in this process, with everything of this machine that it needs. */
export function runEngine(options: NodePortsOptions): RunningEngine {
  const { ports, close } = createNodePorts(options)
  const simulators = createSimulatorStarter(ports.log)
  const engine = createEngine({
    ports,
    holder: thisProcess,
    version: manifest.version,
    workspacesFolder: workspacesFolder(),
    statesFolder: statesFolder(),
    temporaryFolder: privateFolder('temp'),
    trustedFolders: trustedFolders(),
    recentWorkspaces: { list: () => recentWorkspaces(), forget: (folder) => forgetWorkspace(folder) },
    ...(simulators ? { startSimulators: (folder) => simulators.start(folder) } : {}),
  })
  const context: CallContext = { actor: { name: personName() } }
  const router = createRouter(engine)
  const overSockets = new SocketHandler(router)
  const overPorts = new PortHandler(router)
  return {
    client: createRouterClient(router, { context }),
    serveSocket: (socket) => overSockets.upgrade(socket, { context }),
    servePort(port) {
      overPorts.upgrade(port, { context })
      port.start()
    },
    async close() {
      await engine.close()
      await simulators?.stop()
      await close()
    },
  }
}

/** Rows of a file that is only looked at may spill there; nobody else may read them. */
function privateFolder(name: string): string {
  const folder = join(appDataFolder(), name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

/** Who asks, as this machine knows the person. */
function personName(): string {
  try {
    return process.env['LOCKSTEP_PERSON'] ?? userInfo().username
  } catch {
    return 'somebody without a name on this machine'
  }
}
