import { AppError } from '../../../contract/errors.ts'
import { type Place, placeOf } from '../../destinations/address.ts'
import type { Connection } from '../../destinations/connect.ts'
import type { DestinationListing } from '../../destinations/destination.ts'
import type { Session } from '../../session/session.ts'
import type { StateDatabase } from '../../storage/database.ts'
import { parseDefinition } from '../../workspace/load-workspace.ts'
import type { PlanHeader, StoredPlan } from '../../plans/plan-store.ts'

type PlannedPlace = Pick<Place, 'destination' | 'address'>
type Planned = Pick<StoredPlan, 'connection'> & { header: Pick<PlanHeader, 'goesTo' | 'destinationName' | 'definitions'> }

/** Where a plan's connection went when the plan was made. Plans of before this was kept have a copy of the definition. */
export function plannedPlace(database: StateDatabase, { connection, header }: Planned, known: readonly DestinationListing[]): PlannedPlace | undefined {
  if (header.goesTo !== undefined) return { destination: header.destinationName, address: header.goesTo }
  const hash = header.definitions.find(({ kind, id }) => kind === 'connection' && id === connection)?.hash
  const copy = hash === undefined ? undefined : database.get<{ text: string }>('SELECT text FROM definition_copies WHERE hash = ?', hash)
  if (hash === undefined || copy === undefined) return undefined
  const read = parseDefinition('connection', connection, { path: `connections/${connection}.yaml`, hash, text: copy.text })
  return 'problems' in read ? undefined : placeOf(read.value, known)
}

/** Where a connection went by its newest plan. */
export function lastPlaceOf(database: StateDatabase, connection: string, known: readonly DestinationListing[]): string | undefined {
  const row = database.get<{ header: string }>('SELECT header FROM plans WHERE connection = ? ORDER BY number DESC LIMIT 1', connection)
  return row && plannedPlace(database, { connection, header: JSON.parse(row.header) as PlanHeader }, known)?.address
}

/** What is wrong where a connection is not the one that the plan was made for; undefined where it is. */
export function movedSince(planned: PlannedPlace | undefined, now: PlannedPlace | undefined): string | undefined {
  if (planned === undefined || (now?.address === planned.address && now.destination === planned.destination)) return undefined
  return `The plan was made for ${planned.destination} at ${planned.address}; the connection goes to ${now === undefined ? 'no place that can be told' : `${now.destination} at ${now.address}`} now.`
}

/**
 * The plan's connection, where it is still the one the plan was made for: nothing is sent to another system, and nothing it
 * says settles what became of the plan's records.
 */
export async function connectAsPlanned(session: Pick<Session, 'connect' | 'database' | 'destinations'>, plan: Planned): Promise<Connection> {
  const connected = await session.connect(plan.connection)
  const moved = movedSince(plannedPlace(session.database, plan, session.destinations), { destination: connected.declaration.name, address: connected.goesTo })
  if (moved === undefined) return connected
  throw new AppError('connection-changed', `${moved} Nothing was sent, and nothing is taken as settled.`, {
    file: `connections/${plan.connection}.yaml`,
    next: 'Put the connection back as it was; or cancel the run, say what became of its records, and make a new plan.',
  })
}
