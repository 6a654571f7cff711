import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeFiles } from './files.ts'

/** Where secrets from the environment belong: they say only what they are, and whoever sets them cannot say it each time. */
export interface SecretPlaces {
  get(workspace: string, connection: string, field: string): Promise<string | undefined>
  set(workspace: string, connection: string, field: string, place: string): Promise<void>
}

const FILE = 'secret-places.json'

/** In this person's own data and by the folder's real path: nothing that comes with a workspace can say it. */
export function secretPlacesIn(folder: string): SecretPlaces {
  const file = join(folder, FILE)
  const keyOf = async (workspace: string, connection: string, field: string): Promise<string> => JSON.stringify([await realpath(workspace).catch(() => workspace), connection, field])
  async function read(): Promise<Record<string, string>> {
    try {
      return JSON.parse(await nodeFiles.readText(file)) as Record<string, string>
    } catch {
      return {}
    }
  }
  return {
    get: async (workspace, connection, field) => (await read())[await keyOf(workspace, connection, field)],
    async set(workspace, connection, field, place) {
      const known = { ...(await read()), [await keyOf(workspace, connection, field)]: place }
      await nodeFiles.makeFolder(folder, 0o700)
      await nodeFiles.writeText(file, `${JSON.stringify(known, undefined, 2)}\n`, 0o600)
    },
  }
}
