import type { DefinitionKind } from '../../contract/definitions.ts'
import { activationParts } from './activation-parts.ts'
import type { FileText, Workspace } from './workspace.ts'

/** A definition as a plan keeps it: what it was, word for word. */
export interface PinnedDefinition extends FileText {
  kind: DefinitionKind | 'workspace' | 'sql'
  id: string
}

/** Content hash and copy of every definition that a plan of this activation uses, in a fixed order. */
export function pinnedDefinitions(workspace: Workspace, activationId: string): PinnedDefinition[] {
  const { activation, product, source, segment, connection, policies } = activationParts(workspace, activationId)
  const pinned: PinnedDefinition[] = []
  if (workspace.header) pinned.push(pin('workspace', workspace.header.value.id, workspace.header))
  for (const definition of [source, product, ...(segment ? [segment] : []), connection, activation, ...policies]) {
    pinned.push(pin(definition.kind, definition.id, definition))
    if (definition.sql) pinned.push(pin('sql', definition.id, definition.sql))
  }
  return pinned
}

function pin(kind: PinnedDefinition['kind'], id: string, { path, hash, text }: FileText): PinnedDefinition {
  return { kind, id, path, hash, text }
}
