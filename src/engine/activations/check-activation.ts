import type { ActivationDefinition } from '../../contract/definitions.ts'
import type { MappingProblem, TakenOver } from '../../contract/shapes.ts'
import type { Session } from '../session/session.ts'
import { checkMapping } from '../values/check-mapping.ts'
import { findDefinition } from '../workspace/find-definition.ts'
import { columnSamples } from './column-samples.ts'
import { writtenByOthers } from './taken-over.ts'

export interface Checked {
  /** Whose definition it is, where it has one. */
  activation?: string | undefined
  value: ActivationDefinition
  takesOver?: readonly TakenOver[] | undefined
}

/**
 * Checks an activation that is being edited against its product, the destination's fields as they are now and what other
 * activations write, and tries it on real values.
 */
export async function checkActivation(session: Session, { activation: id, value: activation, takesOver }: Checked): Promise<MappingProblem[]> {
  const workspace = await session.workspace()
  const product = findDefinition(workspace, 'product', activation.product).value
  const connected = await session.connect(activation.destination.connection)
  const object = await connected.object(activation.destination.object)
  const access = { workspace, ...session.ports, tempFolder: session.folders.temp }
  const samples = await columnSamples(access, activation.product, [...new Set(activation.fields.flatMap(({ from }) => from ?? []))])
  const problems: MappingProblem[] = writtenByOthers(workspace, id, activation, takesOver)
  if ((activation.mode === 'members') !== (object.membership !== undefined)) {
    problems.push({ field: 'mode', severity: 'error', message: object.membership ? `${object.label} is a list: use the mode members.` : `${object.label} has no members to add or remove. Choose a list, or another mode.` })
  }
  if (!object.matchFields.includes(activation.match.field)) {
    problems.push({ field: activation.match.field, severity: 'error', message: `${object.label} cannot be found by ${activation.match.field}. Match by one of: ${object.matchFields.join(', ')}.` })
  }
  if (!product.contract.some(({ column }) => column === activation.match.column)) {
    problems.push({ field: activation.match.field, severity: 'error', message: `The product has no column ${activation.match.column} to match by.` })
  }
  for (const [index, mapping] of activation.fields.entries()) {
    if (activation.fields.findIndex(({ to }) => to === mapping.to) !== index) problems.push({ field: mapping.to, severity: 'error', message: `${mapping.to} is mapped twice.` })
    const field = object.fields.find(({ name }) => name === mapping.to)
    const column = mapping.from === undefined ? undefined : product.contract.find((one) => one.column === mapping.from)
    if (mapping.from !== undefined && column === undefined) {
      problems.push({ field: mapping.to, severity: 'error', message: `The product has no column ${mapping.from}.` })
      continue
    }
    const tried = mapping.from === undefined ? undefined : samples.get(mapping.from)
    for (const { severity, message, next } of checkMapping({ mapping, column, field, declaration: connected, timezone: workspace.header?.value.timezone ?? 'UTC', ...(tried === undefined ? {} : { samples: tried }) })) {
      problems.push({ field: mapping.to, severity, message: `${message} ${next}` })
    }
  }
  for (const field of object.fields) {
    const mapped = activation.fields.some(({ to }) => to === field.name) || field.name === activation.match.field
    if (field.required && !mapped && activation.mode !== 'update only') problems.push({ field: field.name, severity: 'error', message: `${field.label} is required for a new ${object.noun.one} and is not mapped.` })
  }
  return problems
}
