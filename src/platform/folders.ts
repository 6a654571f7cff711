import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where this person's programs keep their data, by the custom of the system. */
export function appDataFolder(environment: Record<string, string | undefined> = process.env, platform = process.platform): string {
  const home = homedir()
  if (environment['LOCKSTEP_DATA']) return environment['LOCKSTEP_DATA']
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Lockstep')
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Lockstep')
  return join(environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'lockstep')
}

/** Where the state of workspaces goes that lie on network drives or in synced folders. */
export function statesFolder(): string {
  return join(appDataFolder(), 'states')
}

/** Where new workspaces go when a person names no folder: visible, among their own documents. */
export function workspacesFolder(environment: Record<string, string | undefined> = process.env): string {
  if (environment['LOCKSTEP_DATA']) return join(environment['LOCKSTEP_DATA'], 'workspaces')
  const documents = join(homedir(), 'Documents')
  return existsSync(documents) ? join(documents, 'Lockstep') : join(homedir(), 'Lockstep')
}
