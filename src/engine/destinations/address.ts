import { z } from 'zod'
import type { ConnectionDefinition } from '../../contract/definitions.ts'
import { AppError } from '../../contract/errors.ts'
import type { AnyDestination } from './destination.ts'

const onThisComputer = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Whether a host of an address is this machine itself. */
export function isLoopback(hostname: string): boolean {
  return onThisComputer.has(hostname)
}

/** The address of an API in the settings of a connection. */
export const apiAddress = z.url().superRefine((text, context) => {
  const problem = addressProblem(text)
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
})

/** Why an address cannot be one of an API: paths are put behind it, and secrets are sent there. */
export function addressProblem(text: string): string | undefined {
  const url = URL.parse(text)
  if (!url) return 'it is no address'
  if (url.username || url.password) return 'an address holds no user name and no password; secrets are set apart'
  if (/[?#]/.test(text)) return 'an address holds no ? and no #, behind which the paths of requests would be lost'
  if (/[\s\\]/.test(text)) return 'an address holds no space and no backslash'
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return undefined
  return 'an address begins with https://; http:// is only for this computer'
}

/** The address that a declaration makes of its settings, without a slash at its end. */
export function addressOf(declaration: AnyDestination, settings: unknown, id: string): string {
  const address = declaration.baseUrl(settings).replace(/\/+$/, '')
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
export function placeOf(definition: ConnectionDefinition, known: readonly AnyDestination[]): Place | undefined {
  const declaration = known.find(({ id }) => id === definition.destination)
  if (!declaration) return undefined
  const { name: destination } = declaration
  if (definition.simulator) return { destination, address: `simulator ${definition.simulator}`, local: true }
  const settings = declaration.settings.safeParse(definition.settings ?? {})
  if (!settings.success) return undefined
  const file = declaration.localPlace?.(settings.data)
  if (file !== undefined) return { destination, address: file, local: true }
  const address = declaration.baseUrl(settings.data)
  if (addressProblem(address) !== undefined) return undefined
  const { origin, hostname } = new URL(address)
  return { destination, address: origin, local: isLoopback(hostname) }
}
