import { AppError } from '../../contract/errors.ts'
import type { DestinationDeclaration } from './destination.ts'
import { braze } from './braze/index.ts'
import { hubspot } from './hubspot/index.ts'
import { localFile } from './local-file/index.ts'
import { zendesk } from './zendesk/index.ts'
import type { AnyDestination } from './destination.ts'

/** Every destination there is. To add one: a folder of its own, a line here, and its run of the conformance suite. */
export const destinations: readonly AnyDestination[] = [forgetSettings(hubspot), forgetSettings(zendesk), forgetSettings(braze), forgetSettings(localFile)]

/** Each is asked only with settings and a context of its own. */
export function forgetSettings<Settings, Context>(declaration: DestinationDeclaration<Settings, Context>): AnyDestination {
  return declaration as unknown as AnyDestination
}

/** The declaration with this id. */
export function destinationById(id: string, connection: string, among: readonly AnyDestination[] = destinations): AnyDestination {
  const found = among.find((declaration) => declaration.id === id)
  if (found) return found
  throw new AppError('definition-invalid', `Connection ${connection} names the destination ${id}, which is not known.`, {
    file: `connections/${connection}.yaml`,
    field: 'destination',
    value: id,
    next: `Known destinations are: ${among.map((declaration) => declaration.id).join(', ')}.`,
  })
}
