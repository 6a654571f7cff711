import type { ConnectionDefinition } from '../../contract/definitions.ts'
import { AppError } from '../../contract/errors.ts'
import { addressProblem, isLoopback } from '../drivers/api-address.ts'
import type { DestinationListing, HttpTransport } from './destination.ts'

/** The address that a transport makes of its settings, without a slash at its end. */
export function addressOf(transport: HttpTransport<unknown>, settings: unknown, id: string): string {
  const address = transport.baseUrl(settings).replace(/\/+$/, '')
  const problem = addressProblem(address)
  if (problem === undefined) return address
  throw new AppError('definition-invalid', `The address of connection ${id} cannot be used: ${problem}.`, { file: `connections/${id}.yaml`, field: 'settings', next: 'Correct the address in the connection.' })
}

/** Where a connection goes, as far as its definition tells: what secrets are given for, and what plans pin. */
export interface Place {
  destination: string
  /** Scheme, host and port; the simulator of the workspace, whatever its port; or the place of a file. */
  address: string
  /** No other machine is reached. */
  local: boolean
}

/** Undefined where the definition does not say: an unknown destination, or settings that are not right. */
export function placeOf(definition: ConnectionDefinition, known: readonly DestinationListing[]): Place | undefined {
  const listing = known.find(({ id }) => id === definition.destination)
  if (!listing) return undefined
  const { name: destination } = listing
  if (definition.simulator) return { destination, address: `simulator ${definition.simulator}`, local: true }
  const settings = listing.settings.safeParse(definition.settings ?? {})
  if (!settings.success) return undefined
  const { transport } = listing
  if (transport.kind === 'driver') return { destination, address: transport.place(settings.data), local: true }
  const address = transport.baseUrl(settings.data)
  if (addressProblem(address) !== undefined) return undefined
  const { origin, hostname } = new URL(address)
  const signsIn = signInOrigin(transport, settings.data)
  if (signsIn === undefined) return undefined
  const there = signsIn === origin ? origin : `${origin}, which signs in at ${signsIn}`
  return { destination, address: there, local: isLoopback(hostname) && isLoopback(new URL(signsIn).hostname) }
}

/** Where the secrets of a sign-in go: what goes to another host is given for both. Undefined where it is no usable address. */
function signInOrigin({ authenticate, baseUrl }: HttpTransport<unknown>, settings: unknown): string | undefined {
  const address = typeof authenticate === 'function' ? baseUrl(settings) : authenticate.tokenAddress(settings)
  return addressProblem(address) === undefined ? new URL(address).origin : undefined
}
