import type { MessagePortMain, ParentPort } from 'electron'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hostEngine } from '../platform/engine-host.ts'
import type { EngineHost } from '../platform/engine-host.ts'
import { nodeFiles } from '../platform/files.ts'
import { createLog, logLevelFrom } from '../platform/log.ts'
import { toFileToo } from '../platform/log-file.ts'
import { notifyThrough } from '../platform/notify.ts'
import { recentWorkspace, rememberWorkspace } from '../platform/recent-workspace.ts'
import { runEngine } from '../platform/run-engine.ts'
import type { FromEngine, ToEngine } from './engine-messages.ts'
import { askForQueryChildren } from './query-children.ts'

/** The engine's own process: serves the contract on every port that the main process hands over. */
const parent: ParentPort = process.parentPort
const { values } = parseArgs({ options: { workspace: { type: 'string', short: 'w' }, log: { type: 'string' } }, strict: false })
const writeLog = toFileToo(String(values.log))
const log = createLog({ name: 'engine', level: logLevelFrom(process.env, 'info'), write: writeLog })

function tell(message: FromEngine): void {
  parent.postMessage(message)
}

const queryChildren = askForQueryChildren(tell)

function startHost(workspace: string | undefined): Promise<EngineHost> {
  return hostEngine({
    ...(workspace ? { workspace } : {}),
    startEngine: async () => runEngine({ name: 'engine', writeLog, startQueryChild: queryChildren.start, notify: notifyThrough((notification) => tell({ kind: 'notification', notification })) }),
    log,
    startSimulators: true,
    onWorkspace(open) {
      tell({ kind: 'workspace', folder: open?.folder })
      rememberWorkspace(open).catch((error: unknown) => log.warn('The open workspace is not remembered', { cause: error }))
    },
  })
}

async function findExport(host: EngineHost, exportId: string, name: string): Promise<string | undefined> {
  const folder = await host.exportFolder()
  const path = folder && join(folder, exportId, name)
  return path && (await nodeFiles.exists(path)) ? path : undefined
}

async function start(): Promise<void> {
  const wanted = typeof values.workspace === 'string' ? values.workspace : await recentWorkspace()
  const host = await startHost(wanted).catch((error: unknown) => {
    log.warn('The workspace cannot be opened', { cause: error })
    return startHost(undefined)
  })

  parent.on('message', ({ data, ports }: { data: ToEngine; ports: MessagePortMain[] }) => {
    switch (data.kind) {
      case 'connect':
        for (const port of ports) host.servePort(port)
        return
      case 'query process':
      case 'query process ended':
        return queryChildren.hear(data, ports[0])
      case 'find export':
        void findExport(host, data.exportId, data.name)
          .catch(() => undefined)
          .then((path) => tell({ kind: 'export found', request: data.request, path }))
        return
      case 'close':
        void host.close().finally(() => process.exit(0))
    }
  })
  tell({ kind: 'ready' })
}

start().catch((error: unknown) => {
  log.error('The engine could not start', { cause: error })
  process.exit(1)
})
