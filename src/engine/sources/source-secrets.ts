import { AppError } from '../../contract/errors.ts'
import type { SecretStore, Secrets } from '../ports/ports.ts'
import { secretMask } from '../drivers/masking.ts'
import type { AnySource } from './source.ts'

/** Whose secrets they are. */
export interface SecretsOf {
  /** The source's id in its workspace. */
  id: string
  folder: string
  /** Where it reads, as it is now. */
  place: string
}

/** The name under which the keychain has the secrets of a source. No connection can have it. */
export function secretOwner(id: string): string {
  return `source/${id}`
}

/** What the source's functions get. A secret goes only where it was given for: who changes a file does not lead it elsewhere. */
export async function sourceSecrets({ secrets }: AnySource, store: SecretStore | undefined, of: SecretsOf): Promise<Record<string, string>> {
  const fields = Object.entries(secrets)
  const kept = fields.length === 0 ? undefined : store?.forWorkspace(of.folder)
  return Object.fromEntries(await Promise.all(fields.map(async ([field, name]) => [field, await secretOf(kept, { ...of, field, name: name.toLowerCase() })])))
}

async function secretOf(kept: Secrets | undefined, { id, place, field, name }: SecretsOf & { field: string; name: string }): Promise<string> {
  const found = await kept?.get(secretOwner(id), field)
  const at = { file: `sources/${id}.yaml`, field }
  if (kept === undefined || found === undefined || found.value === '') throw new AppError('secret-missing', `The source '${id}' has no ${name}.`, { ...at, next: `Enter the ${name} in the source, under Connections.` })
  if (found.givenFor === undefined && found.origin === 'keychain') throw elsewhere(`The ${name} of the source '${id}' was kept without the place it is for.`)
  if (found.givenFor !== undefined && found.givenFor !== place) throw elsewhere(`The source '${id}' reads ${place} now, and its ${name} was given for ${found.givenFor}. It was not sent.`)
  if (found.givenFor === undefined) await kept.bind(secretOwner(id), field, place)
  return found.value

  function elsewhere(message: string): AppError {
    return new AppError('secret-for-another-address', message, { ...at, next: `If ${place} is right, enter the ${name} again in the source.` })
  }
}

/** A failure in which no secret stands, in whatever form a driver wrote it. */
export function withoutSecrets(cause: unknown, secrets: Readonly<Record<string, string>>): unknown {
  const { text } = secretMask(Object.values(secrets))
  if (Object.keys(secrets).length === 0 || !(cause instanceof Error)) return cause
  if (!(cause instanceof AppError)) return withText(cause, text)
  const { cause: deeper, ...place } = cause.place
  const masked = Object.fromEntries(Object.entries(place).map(([name, value]) => [name, typeof value === 'string' ? text(value) : value]))
  return new AppError(cause.code, text(cause.message), { ...masked, ...(deeper === undefined ? {} : { cause: withoutSecrets(deeper, secrets) }) })
}

function withText(cause: Error, text: (given: string) => string): Error {
  const masked = new Error(text(cause.message))
  masked.name = cause.name
  masked.stack = text(cause.stack ?? '')
  return masked
}
