import { AppError } from '../../contract/errors.ts'
import { type Place, placeOf } from '../destinations/address.ts'
import type { DestinationListing } from '../destinations/destination.ts'
import { sourcePlace } from '../sources/source-cards.ts'
import type { AnySource } from '../sources/source.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** How far a person lets a workspace's folder reach. */
export type Reach = 'nowhere' | 'this computer' | 'anywhere'

/** The folders that a person trusts. Kept apart from them: nothing that comes with a folder can say it of itself. */
export interface TrustedFolders {
  reachOf(folder: string, workspaceId: string): Promise<Reach>
  trust(folder: string, workspaceId: string, reach: Exclude<Reach, 'nowhere'>): Promise<void>
}

/** A connection and where it goes. */
export interface NamedPlace extends Place {
  connection: string
  name: string
}

/** Where the connections of a workspace go, and what it reads on other machines; one whose settings are not right goes nowhere. */
export function placesOf({ definitions, sources }: Workspace, known: readonly DestinationListing[]): NamedPlace[] {
  const connections = [...definitions.connection.values()].flatMap(({ id, value }) => {
    const place = placeOf(value, known)
    return place ? [{ ...place, connection: id, name: value.name }] : []
  })
  const read = [...definitions.source.values()].flatMap(({ id, value }) => {
    const { kind, place, local } = sourcePlace(value, sources)
    return local ? [] : [{ connection: id, name: value.name ?? id, destination: kind.label, address: place, local }]
  })
  return [...connections, ...read]
}

/** The same kinds of sources; those that reach another machine open only while `requireTrust` does not throw. */
export function heldByTrust(sources: readonly AnySource[], requireTrust: () => void): AnySource[] {
  return sources.map((kind) => ({
    ...kind,
    async open(context) {
      if (!kind.local(context.settings)) requireTrust()
      return kind.open(context)
    },
  }))
}

/** Whether anything may connect. Trust for this computer ends where a connection leads to another. */
export function mayConnect(reach: Reach, places: readonly NamedPlace[]): boolean {
  return reach === 'anywhere' || (reach === 'this computer' && places.every(({ local }) => local))
}

/** Nothing connects before a person has said that the folder may. */
export function untrustedFolder(folder: string, places: readonly NamedPlace[]): AppError {
  const where = places.map(({ name, address }) => `${name} at ${address}`).join(', ')
  return new AppError('workspace-untrusted', `This folder is not trusted yet, so nothing connects${where === '' ? '' : `. It would connect to ${where}`}.`, {
    file: folder,
    next: 'If you know where it comes from, trust it in Lockstep.',
    command: 'lockstep workspace trust',
  })
}
