import { z } from 'zod'
import type { ConnectionSummary, DestinationCard } from '../../contract/shapes.ts'
import type { Secrets } from '../ports/ports.ts'
import type { Definition, Workspace } from '../workspace/workspace.ts'
import { placeOf } from './address.ts'
import type { DestinationListing } from './destination.ts'
import { mayBeSent } from './secret-use.ts'

/** What can be connected, with the form of its settings. */
export function destinationCards(destinations: readonly DestinationListing[]): DestinationCard[] {
  return destinations.map((listing) => ({
    id: listing.id,
    name: listing.name,
    category: listing.category,
    summary: listing.summary,
    listsRecords: listing.lists,
    settings: z.toJSONSchema(listing.settings, { io: 'input' }) as Record<string, unknown>,
    secrets: { ...listing.secrets },
    limits: listing.profile.limits.map((limit) => ({ name: limit.name, label: sentence(limit.label), value: limit.kind === 'jobs' ? limit.jobs : limit.requests })),
    ...(listing.simulator === undefined ? {} : { simulator: listing.simulator }),
  }))
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Enough to tell a secret from another, of one that is long enough to give that much away. */
export function last4Of(secret: string): { last4?: string } {
  return secret.length >= 12 ? { last4: secret.slice(-4) } : {}
}

function addressFrom({ transport }: DestinationListing, settings: unknown): string {
  return transport.kind === 'http' ? transport.baseUrl(settings) : transport.place(settings)
}

interface Use {
  secrets: Secrets
  paused: boolean
  /** Where it went by its newest plan, and when it answered there. */
  lastWentTo: string | undefined
  lastAnswered: number | undefined
}

/** One connection as screens show it; a secret is never more than its last four characters. */
export async function summariseConnection(definition: Definition<'connection'>, workspace: Workspace, destinations: readonly DestinationListing[], { secrets, paused, lastWentTo, lastAnswered }: Use): Promise<ConnectionSummary> {
  const { id, value } = definition
  const listing = destinations.find((one) => one.id === value.destination)
  const place = placeOf(value, destinations)
  const statuses = []
  for (const [field, label] of Object.entries(listing?.secrets ?? {})) {
    const found = await secrets.get(id, field)
    const elsewhere = found !== undefined && place !== undefined && mayBeSent(found, { goesTo: place.address, lastWentTo }) === 'ask'
    if (found && !(elsewhere && value.simulator !== undefined)) statuses.push({ field, label, origin: found.origin, ...last4Of(found.value), ...(elsewhere ? { elsewhere: found.givenFor === undefined ? {} : { givenFor: found.givenFor } } : {}) })
    else statuses.push({ field, label, origin: value.simulator === undefined ? ('missing' as const) : ('simulator' as const) })
  }
  const settings = value.settings === undefined ? undefined : listing?.settings.safeParse(value.settings)
  return {
    id,
    name: value.name,
    destination: value.destination,
    destinationName: listing?.name ?? value.destination,
    category: listing?.category ?? 'Other',
    ...(listing !== undefined && value.simulator === undefined && settings?.success ? { address: addressFrom(listing, settings.data) } : {}),
    ...(place === undefined ? {} : { goesTo: place.address }),
    ...(value.simulator === undefined ? {} : { simulator: value.simulator }),
    secrets: statuses,
    paused,
    ...(lastAnswered === undefined || place?.address !== lastWentTo ? {} : { lastAnswered: new Date(lastAnswered).toISOString() }),
    activations: [...workspace.definitions.activation.values()].filter((activation) => activation.value.destination.connection === id).length,
  }
}
