import { AppError } from '../../contract/errors.ts'
import type { KeptSecret, Secrets } from '../ports/ports.ts'

/** What a secret may be used for, and what is known of where it belongs. */
export interface SecretUse {
  connection: { id: string; name: string }
  field: string
  /** "private app token". */
  label: string
  /** Where the connection goes now (`Place.address`). */
  goesTo: string
  /** Where it went by its newest plan. */
  lastWentTo: string | undefined
}

/**
 * A secret goes only where it was given for. One from the environment, or of this session, is taken for the place where it is
 * used first; one that was kept before places were remembered, for the place that the connection had last.
 */
export function mayBeSent({ origin, givenFor }: KeptSecret, { goesTo, lastWentTo }: Pick<SecretUse, 'goesTo' | 'lastWentTo'>): 'use' | 'bind' | 'ask' {
  if (givenFor !== undefined) return givenFor === goesTo ? 'use' : 'ask'
  if (origin !== 'keychain') return 'bind'
  return lastWentTo === goesTo ? 'bind' : 'ask'
}

/** The value, or undefined where there is none; throws where it was given for another place, before anything is sent. */
export async function secretFor(secrets: Secrets, use: SecretUse): Promise<string | undefined> {
  const kept = await secrets.get(use.connection.id, use.field)
  if (kept === undefined || kept.value === '') return undefined
  const decision = mayBeSent(kept, use)
  if (decision === 'ask') throw givenForAnother(kept, use)
  if (decision === 'bind') await secrets.bind(use.connection.id, use.field, use.goesTo)
  return kept.value
}

function givenForAnother({ origin, givenFor }: KeptSecret, { connection, field, label, goesTo }: SecretUse): AppError {
  const was = givenFor === undefined ? `was kept before Lockstep remembered where it belongs` : `was given for ${givenFor}`
  const command = origin === 'environment' ? `lockstep connection confirm ${connection.id}` : `lockstep connection set-secret ${connection.id} ${field}`
  const act = origin === 'environment' ? 'say so in the connection' : `enter the ${label} again in the connection`
  return new AppError('secret-for-another-address', `${connection.name} goes to ${goesTo} now, and its ${label} ${was}. It was not sent.`, {
    file: `connections/${connection.id}.yaml`,
    field,
    next: `If ${goesTo} is right, ${act}.`,
    command,
  })
}
