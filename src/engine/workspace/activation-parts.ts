import type { DefinitionKind } from '../../contract/definitions.ts'
import { WORKSPACE_FILE } from './definition-files.ts'
import { findDefinition, problemError, problemsIn } from './find-definition.ts'
import type { Definition, FileText, Workspace } from './workspace.ts'

/** Everything one activation is made of. */
export interface ActivationParts {
  activation: Definition<'activation'>
  product: Definition<'product'>
  source: Definition<'source'>
  segment?: Definition<'segment'>
  connection: Definition<'connection'>
  /** The rules by which it recognises people. */
  identity?: Definition<'identity'>
  /** In order of their ids. */
  policies: Definition<'policy'>[]
}

/** The parts of an activation, whatever problems they have with each other. */
export function activationParts(workspace: Workspace, id: string): ActivationParts {
  const activation = findDefinition(workspace, 'activation', id)
  const { value } = activation
  const product = findDefinition(workspace, 'product', value.product)
  return {
    activation,
    product,
    source: findDefinition(workspace, 'source', product.value.source),
    ...(value.segment === undefined ? {} : { segment: findDefinition(workspace, 'segment', value.segment) }),
    connection: findDefinition(workspace, 'connection', value.destination.connection),
    ...(value.match.identity === undefined ? {} : { identity: findDefinition(workspace, 'identity', value.match.identity) }),
    policies: [...workspace.definitions.policy.values()].filter((policy) => policy.value.activation === id).sort((left, right) => (left.id < right.id ? -1 : 1)),
  }
}

/** The parts of an activation, those that it needs free of problems; throws the first problem that touches any of their files. */
export function requireActivation(workspace: Workspace, id: string): ActivationParts {
  const parts = activationParts(workspace, id)
  const { activation, product, source, segment, connection, identity } = parts
  // A policy over a field that is not mapped any more answers nothing, and nothing waits for it.
  const used = [activation, product, source, ...(segment ? [segment] : []), connection, ...(identity ? [identity] : [])]
  const [problem] = problemsIn(workspace, [...used.map(({ path }) => path), WORKSPACE_FILE])
  if (problem) throw problemError(problem)
  return parts
}

/** A definition as a plan keeps it: what it was, word for word. */
export interface PinnedDefinition extends FileText {
  kind: DefinitionKind | 'workspace' | 'sql'
  id: string
}

/** Content hash and copy of every definition that a plan of this activation uses, in a fixed order. */
export function pinnedDefinitions(workspace: Workspace, activationId: string): PinnedDefinition[] {
  const { activation, product, source, segment, connection, identity, policies } = activationParts(workspace, activationId)
  const pinned: PinnedDefinition[] = []
  if (workspace.header) pinned.push(pin('workspace', workspace.header.value.id, workspace.header))
  for (const definition of [source, product, ...(segment ? [segment] : []), connection, ...(identity ? [identity] : []), activation, ...policies]) {
    pinned.push(pin(definition.kind, definition.id, definition))
    if (definition.sql) pinned.push(pin('sql', definition.id, definition.sql))
  }
  return pinned
}

function pin(kind: PinnedDefinition['kind'], id: string, { path, hash, text }: FileText): PinnedDefinition {
  return { kind, id, path, hash, text }
}
