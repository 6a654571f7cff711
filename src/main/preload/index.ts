import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { EngineState, MenuCommand, ShellBridge } from '../../contract/shell.ts'
import { enginePortMessage } from '../../contract/shell.ts'
import { channels } from '../channels.ts'

/** Named functions only; the page never sees an IPC event or the IPC module. */
const bridge: ShellBridge = {
  kind: 'electron',
  chooseFile: (endings) => ipcRenderer.invoke(channels.chooseFile, endings) as Promise<string | undefined>,
  chooseFolder: () => ipcRenderer.invoke(channels.chooseFolder) as Promise<string | undefined>,
  saveExport: (exportId, name) => ipcRenderer.invoke(channels.saveExport, exportId, name) as Promise<string | undefined>,
  pathOfDropped: (file) => webUtils.getPathForFile(file),
  requestEnginePort: () => ipcRenderer.send(channels.requestEnginePort),
  onMenu: (listener) => subscribe<MenuCommand>(channels.menu, listener),
  onEngineState: (listener) => subscribe<EngineState>(channels.engineState, listener),
  onRoute: (listener) => subscribe<string>(channels.route, listener),
  setTheme: (theme) => void ipcRenderer.invoke(channels.setTheme, theme),
}

function subscribe<T>(channel: string, listener: (value: T) => void): () => void {
  const handler = (_event: unknown, value: T): void => listener(value)
  ipcRenderer.on(channel, handler)
  return () => ipcRenderer.off(channel, handler)
}

contextBridge.exposeInMainWorld('lockstepShell', bridge)

// A port cannot cross the bridge; it reaches the page as a message from its own window.
ipcRenderer.on(channels.enginePort, (event) => window.postMessage(enginePortMessage, window.location.origin, [...event.ports]))
