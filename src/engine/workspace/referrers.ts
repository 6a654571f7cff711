import type { DefinitionKind } from '../../contract/definitions.ts'
import type { RecordSource } from '../../contract/identity.ts'
import type { Workspace } from './workspace.ts'

/** Files of the definitions that name this one. */
export function referrersOf({ definitions }: Workspace, kind: DefinitionKind, id: string): string[] {
  const paths = (found: Iterable<{ path: string; names: boolean }>) => [...found].flatMap(({ path, names }) => (names ? [path] : []))
  const activations = [...definitions.activation.values()]
  const identities = (names: (records: RecordSource) => boolean) => [...definitions.identity.values()].map(({ path, value }) => ({ path, names: value.records?.some(names) ?? false }))
  switch (kind) {
    case 'source':
      return paths([...definitions.product.values()].map(({ path, value }) => ({ path, names: value.source === id })))
    case 'product':
      return paths([
        ...[...definitions.segment.values()].map(({ path, value }) => ({ path, names: value.product === id })),
        ...activations.map(({ path, value }) => ({ path, names: value.product === id })),
        ...identities((records) => ('product' in records ? records.product === id : records.lookUp?.product === id)),
      ])
    case 'segment':
      return paths(activations.map(({ path, value }) => ({ path, names: value.segment === id })))
    case 'connection':
      return paths([
        ...activations.map(({ path, value }) => ({ path, names: value.destination.connection === id })),
        ...identities((records) => 'connection' in records && records.connection === id),
      ])
    case 'identity':
      return paths(activations.map(({ path, value }) => ({ path, names: value.match.identity === id })))
    case 'activation':
      return paths([...definitions.policy.values()].map(({ path, value }) => ({ path, names: value.activation === id })))
    case 'policy':
      return []
  }
}
