/**
 * What a shell gives the renderer besides the contract. In Electron the preload exposes it as
 * `window.lockstepShell` and posts the engine's MessagePort to the page
 * (`window.postMessage(enginePortMessage, origin, [port])`, again after every engine restart).
 * On the web shell `window.lockstepShell` is absent: the renderer opens a WebSocket at `/rpc`,
 * uploads dropped files to `POST /upload` (answer `{path}`) and downloads exports from
 * `GET /exports/<exportId>/<name>`.
 */
export const enginePortMessage = 'lockstep:engine-port'

/** Commands of the native menu; the renderer's own palette has the same. */
export type MenuCommand =
  | 'open workspace'
  | 'open file'
  | 'create sample'
  | 'settings'
  | 'go home'
  | 'go review'
  | 'go activations'
  | 'command palette'
  | 'keyboard shortcuts'
  | 'toggle theme'
  | 'stop everything'
  | 'export audit'

export type EngineState = 'starting' | 'ready' | 'restarting'

export interface ShellBridge {
  kind: 'electron'
  /** Native dialog for files that end so (`.csv`); undefined when cancelled. */
  chooseFile(endings: readonly string[]): Promise<string | undefined>
  chooseFolder(): Promise<string | undefined>
  /** Native save dialog for one file of an export; returns where it went. */
  saveExport(exportId: string, name: string): Promise<string | undefined>
  /** Path of a file dropped on the window. */
  pathOfDropped(file: File): string
  /** Asks for a new engine port, e.g. after a reload. */
  requestEnginePort(): void
  onMenu(listener: (command: MenuCommand) => void): () => void
  onEngineState(listener: (state: EngineState) => void): () => void
  /** Route asked for from outside: notification, second instance. */
  onRoute(listener: (route: string) => void): () => void
  setTheme(theme: 'light' | 'dark' | 'system'): void
}
