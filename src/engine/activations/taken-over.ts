import type { ActivationDefinition } from '../../contract/definitions.ts'
import type { MappingProblem, TakenOver } from '../../contract/shapes.ts'
import { refusedClaims } from '../workspace/field-claims.ts'
import type { Definition, Workspace } from '../workspace/workspace.ts'

/** Sorts after every id there can be: what is only being drafted comes last. */
const draftId = '\uffff'

/** An activation that leaves fields to another one. One that would write nothing any more is switched off as it is. */
export function withoutFields(value: ActivationDefinition, fields: readonly string[]): ActivationDefinition {
  const left = value.fields.filter(({ to }) => !fields.includes(to))
  return left.length === 0 || value.mode === 'members' ? { ...value, enabled: false } : { ...value, fields: left }
}

/** Fields of an activation being edited that another one wrote before it. `id`: whose definition it is, where it has one. */
export function writtenByOthers(workspace: Workspace, id: string | undefined, value: ActivationDefinition, takesOver: readonly TakenOver[] = []): MappingProblem[] {
  const activation = new Map(workspace.definitions.activation)
  for (const { activation: other, fields } of takesOver) {
    const definition = activation.get(other)
    if (definition) activation.set(other, { ...definition, value: withoutFields(definition.value, fields) })
  }
  const draft: Definition<'activation'> = { kind: 'activation', id: id ?? draftId, path: '', text: '', hash: '', value, lineOf: () => undefined }
  activation.set(draft.id, draft)
  return refusedClaims({ ...workspace, definitions: { ...workspace.definitions, activation } }).flatMap(({ activation: refused, field, holder }) => {
    if (refused !== draft.id) return []
    const name = activation.get(holder)?.value.name ?? holder
    return [{ field, severity: 'error', message: `“${name}” writes this. Only one activation can write a field.`, writtenBy: { activation: holder, name } }]
  })
}
