import { type ActivationDefinition, type ContractColumn, type FieldMapping, fieldMapping, type ProductDefinition, type ValueType } from '../../../contract/definitions.ts'
import { AppError } from '../../../contract/errors.ts'
import { rankOf } from '../../limits/criticality.ts'
import type { Connection } from '../../destinations/connect.ts'
import type { DestinationObject } from '../../destinations/destination.ts'
import type { DestinationField } from '../../values/destination-field.ts'
import type { MatchKeyForm } from '../../identity/forms/upload-form.ts'
import type { LinkEnds } from '../../identity/graph/run/row-links.ts'
import { sourceName } from '../../workspace/identity-references.ts'
import type { Session } from '../../session/session.ts'
import { sha256Hex } from '../../values/hash.ts'
import { canonicalJson } from '../../values/json.ts'
import { type CompiledMapping, compileMapping } from '../../values/mapping.ts'
import { type ActivationParts, type PinnedDefinition, pinnedDefinitions, requireActivation } from '../../workspace/activation-parts.ts'
import type { Workspace } from '../../workspace/workspace.ts'

/** Everything a plan is made from, read once at its start. */
export interface PlanSetup {
  activationId: string
  activation: ActivationDefinition
  product: ProductDefinition
  parts: ActivationParts
  workspace: Workspace
  pinned: PinnedDefinition[]
  connected: Connection
  object: DestinationObject
  /** In the order of the activation's fields. */
  mappings: CompiledMapping[]
  matchField: DestinationField
  /** How the value of the match column becomes the key that is looked for. */
  keyForm: MatchKeyForm
  /** Of the product's own key. */
  keyType: ValueType
  /** The rules by which people are recognised, and whose links they are. Absent: by the key alone. */
  identity?: { id: string; ends: LinkEnds }
  /**
   * No mapped field writes the key, and the destination does not change it: a linked row whose key became another one is
   * blocked. Not where the match column is the product's own key, under which the link itself is kept, nor where the key
   * is only what new records get.
   */
  keyStays: boolean
  /** Over all mappings; part of every source fingerprint. */
  mappingVersion: string
  schemaHash: string
}

/** Gathers and checks what the plan needs; the first thing that is wrong is said with its file and field. */
export async function preparePlan(session: Session, activationId: string, signal?: AbortSignal): Promise<PlanSetup> {
  const workspace = await session.workspace()
  const parts = requireActivation(workspace, activationId)
  const { path: file, value: activation } = parts.activation
  const product = parts.product.value
  if (!activation.enabled) {
    throw new AppError('bad-input', `${activation.name} is switched off.`, { file, field: 'enabled', next: 'Switch it on in the activation.' })
  }
  const connected = (await session.connect(parts.connection.id)).for({ owner: `plan of ${activationId}`, priority: rankOf(activation.criticality) })
  await connected.discover({ refresh: true, ...(signal ? { signal } : {}) })
  const object = await connected.object(activation.destination.object, signal)
  checkMode(object, activation, file)
  const mappings = mappingsOf(object, activation).map((mapping, index) => {
    const field = fieldOf(object, mapping.to, file, `fields.${index}.to`, parts.activation.lineOf(['fields', index, 'to']))
    if (field.access !== 'read and write') {
      throw new AppError('field-unknown', `${field.label} cannot be written: ${connected.declaration.name} keeps it itself.`, { file, field: `fields.${index}.to`, value: mapping.to, next: 'Map another field.' })
    }
    return compileMapping(mapping, mapping.from === undefined ? undefined : columnOf(product, mapping.from, file, `fields.${index}.from`), field, connected.declaration, workspace.header?.value.timezone)
  })
  const matchField = matchFieldOf(object, activation, file)
  const identity = identityOf(parts, object)
  return {
    activationId,
    activation,
    product,
    parts,
    workspace,
    pinned: pinnedDefinitions(workspace, activationId),
    connected,
    object,
    mappings,
    matchField,
    keyForm: { normalise: activation.match.normalise, form: matchField.keyForm, type: columnType(product, activation.match.column) },
    keyType: columnType(product, product.key),
    ...(identity === undefined ? {} : { identity }),
    keyStays: identity === undefined && (matchField.setOnce === true || matchField.access !== 'read and write') && activation.match.column !== product.key && mappings.every(({ field }) => field.name !== matchField.name),
    mappingVersion: sha256Hex(canonicalJson([activation.mode, activation.authority, parts.connection.value.onlyWriter ?? false, mappings.map((mapping) => mapping.version)])),
    schemaHash: schemaHashOf(object),
  }
}

/** What the contract promises of a column. */
export function columnType({ contract }: ProductDefinition, column: string): ValueType {
  return contract.find((one) => one.column === column)?.type ?? 'string'
}

/** Changes when any field of the object does. */
export function schemaHashOf(object: DestinationObject): string {
  return sha256Hex(canonicalJson(object.fields))
}

function fieldOf(object: DestinationObject, name: string, file: string, place: string, line: number | undefined): DestinationField {
  const field = object.fields.find((one) => one.name === name)
  if (field) return field
  throw new AppError('field-unknown', `${object.label} has no field ${name}.`, {
    file,
    field: place,
    value: name,
    ...(line === undefined ? {} : { line }),
    next: `It has: ${object.fields.slice(0, 12).map((one) => one.name).join(', ')}.`,
  })
}

function columnOf(product: ProductDefinition, name: string, file: string, place: string): ContractColumn {
  const column = product.contract.find((one) => one.column === name)
  if (column) return column
  throw new AppError('column-missing', `${product.name} has no column ${name}.`, { file, field: place, value: name, next: `Its contract has: ${product.contract.map((one) => one.column).join(', ')}.` })
}

function matchFieldOf(object: DestinationObject, activation: ActivationDefinition, file: string): DestinationField {
  const field = fieldOf(object, activation.match.field, file, 'match.field', undefined)
  if (object.matchFields.includes(field.name)) return field
  throw new AppError('field-unknown', `${object.label} cannot be found by ${field.label}.`, {
    file,
    field: 'match.field',
    value: field.name,
    next: `Match by one of: ${object.matchFields.join(', ')}.`,
  })
}

/** The sources between which the rules link; both must be among their records. */
function identityOf({ activation, product, identity }: ActivationParts, object: DestinationObject): PlanSetup['identity'] {
  if (identity === undefined) return undefined
  const ends = { from: product.id, to: `${activation.value.destination.connection}/${object.membership?.of ?? object.name}` }
  const known = (identity.value.records ?? []).map(sourceName)
  const absent = [ends.from, ends.to].find((source) => !known.includes(source))
  if (absent === undefined) return { id: identity.id, ends }
  throw new AppError('definition-invalid', `${identity.value.name} does not know the records of ${absent}, so ${activation.value.name} cannot recognise people by it.`, {
    file: identity.path,
    field: 'records',
    value: absent,
    next: `Add ${absent} to its records, or match by a single key.`,
  })
}

/** A list takes members and nothing else, and only a list does. */
function checkMode(object: DestinationObject, { mode, onRemove }: ActivationDefinition, file: string): void {
  if (mode === 'members' && !object.membership) {
    throw new AppError('bad-input', `${object.label} has no members to add or remove.`, { file, field: 'mode', value: mode, next: 'Choose a list or an audience of the destination, or another mode.' })
  }
  if (mode !== 'members' && object.membership) {
    throw new AppError('bad-input', `${object.label} is a list: it takes members, not values.`, { file, field: 'mode', value: mode, next: 'Use the mode members.' })
  }
  if (object.membership) return
  const { operations } = object
  if (mode !== 'update only' && !operations.includes('create')) {
    throw new AppError('bad-input', `No ${object.noun.many} can be made in the destination.`, { file, field: 'mode', value: mode, next: 'Use the mode update only.' })
  }
  // What a system calls removing is its own: one that only deletes never archives, and the other way round.
  if (mode === 'mirror' && (onRemove === 'archive' || onRemove === 'delete') && !operations.includes(onRemove)) {
    const can = operations.filter((operation) => operation === 'archive' || operation === 'delete')
    throw new AppError('bad-input', `The destination cannot ${onRemove} ${object.noun.many}.`, {
      file,
      field: 'onRemove',
      value: onRemove,
      next: `Use ${[...can, 'clear fields'].map((one) => `'${one}'`).join(' or ')}.`,
    })
  }
}

/** Of a list, the one field that says who is in it; nobody has to map it. */
function mappingsOf({ membership }: DestinationObject, { fields }: ActivationDefinition): FieldMapping[] {
  return membership ? [fieldMapping.parse({ value: 'in', to: membership.field })] : fields
}
