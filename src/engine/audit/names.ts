import type { DefinitionKind } from '../../contract/definitions.ts'
import type { StateDatabase } from '../storage/database.ts'

/** What a plan or run was about, by the names of that time. */
export interface WorkNames {
  activation: string
  destination: string
}

/** Names of things that the entries of the audit know by their ids. */
export interface Names {
  /** Of a plan or run, by its id. */
  work(id: string): WorkNames | undefined
  definition(kind: DefinitionKind, id: string): string | undefined
}

/** Nothing has a name: entries are told by what they hold themselves. */
export const noNames: Names = { work: () => undefined, definition: () => undefined }

/** Names as the state and the open definitions know them; each is looked up once. */
export function namesFrom(database: StateDatabase, definition: Names['definition'] = () => undefined): Names {
  const known = new Map<string, WorkNames | undefined>()
  return {
    work(id) {
      if (!known.has(id)) known.set(id, workNames(database, id))
      return known.get(id)
    },
    definition: (kind, id) => definition(kind, id) ?? (kind === 'activation' ? lastNameOf(database, id) : undefined),
  }
}

function workNames(database: StateDatabase, id: string): WorkNames | undefined {
  const row = database.get<{ activation: string | null; destination: string | null }>(
    `SELECT header ->> '$.activationName' AS activation, header ->> '$.destinationName' AS destination FROM plans WHERE id = coalesce((SELECT plan FROM runs WHERE id = ?), ?)`,
    id,
    id,
  )
  return row?.activation && row.destination ? { activation: row.activation, destination: row.destination } : undefined
}

/** What a deleted activation was called in its last plan. */
function lastNameOf(database: StateDatabase, activation: string): string | undefined {
  return database.get<{ name: string | null }>(`SELECT header ->> '$.activationName' AS name FROM plans WHERE activation = ? ORDER BY number DESC LIMIT 1`, activation)?.name ?? undefined
}
