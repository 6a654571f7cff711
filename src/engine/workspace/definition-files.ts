import type { z } from 'zod'
import { identityDefinition } from '../../contract/identity.ts'
import type { IdentityDefinition } from '../../contract/identity.ts'
import {
  activationDefinition,
  connectionDefinition,
  policyDefinition,
  productDefinition,
  segmentDefinition,
  workspaceDefinition,
} from '../../contract/definitions.ts'
import type {
  ActivationDefinition,
  ConnectionDefinition,
  DefinitionKind,
  PolicyDefinition,
  ProductDefinition,
  SegmentDefinition,
  SourceDefinition,
  WorkspaceDefinition,
} from '../../contract/definitions.ts'
import { sourceDefinitionSchema } from '../sources/definition-schema.ts'
import { sources as productSources } from '../sources/registry.ts'
import type { AnySource } from '../sources/source.ts'

export const WORKSPACE_FILE = 'lockstep.yaml'

/** What each kind of file parses to. */
export interface DefinitionValues {
  source: SourceDefinition
  connection: ConnectionDefinition
  product: ProductDefinition
  segment: SegmentDefinition
  identity: IdentityDefinition
  activation: ActivationDefinition
  policy: PolicyDefinition
}

const definitionSchemas: { [Kind in Exclude<DefinitionKind, 'source'>]: z.ZodType<DefinitionValues[Kind]> } = {
  connection: connectionDefinition,
  product: productDefinition,
  segment: segmentDefinition,
  identity: identityDefinition,
  activation: activationDefinition,
  policy: policyDefinition,
}

/** The schema of a kind of file. What a source's may say is a matter of the kinds of sources there are. */
export function definitionSchema<Kind extends DefinitionKind>(kind: Kind, sources: readonly AnySource[] = productSources): z.ZodType<DefinitionValues[Kind]> {
  const schemas: { [Each in DefinitionKind]: z.ZodType<DefinitionValues[Each]> } = { ...definitionSchemas, source: sourceDefinitionSchema(sources) }
  return schemas[kind]
}

export const workspaceSchema: z.ZodType<WorkspaceDefinition> = workspaceDefinition

/** Folder of each kind, in the order in which files refer to each other. */
export const definitionFolders: Record<DefinitionKind, string> = {
  source: 'sources',
  connection: 'connections',
  product: 'products',
  segment: 'segments',
  identity: 'identity',
  activation: 'activations',
  policy: 'policies',
}

export const definitionKinds = Object.keys(definitionFolders) as DefinitionKind[]

/** Path of a definition's file relative to the workspace. */
export function definitionPath(kind: DefinitionKind, id: string): string {
  return `${definitionFolders[kind]}/${id}.yaml`
}
