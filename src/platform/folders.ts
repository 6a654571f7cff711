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
