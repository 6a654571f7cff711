import { labelColumns } from '../../../../contract/definitions.ts'
import type { IdentityDefinition, RecordSource } from '../../../../contract/identity.ts'
import { AppError } from '../../../../contract/errors.ts'
import type { Connection } from '../../../destinations/connect.ts'
import type { DestinationObject } from '../../../destinations/destination.ts'
import { rankOf } from '../../../limits/criticality.ts'
import type { Session } from '../../../session/session.ts'
import { findDefinition } from '../../../workspace/find-definition.ts'
import { sourceName } from '../../../workspace/identity-references.ts'
import { suggestWord } from '../../../values/nearest-word.ts'
import type { Definition, Workspace } from '../../../workspace/workspace.ts'

interface SourceBase {
  /** `customer-360`, or `crm/contacts`. */
  source: string
  /** As people know it: "Customer 360", or "Sales CRM, Contacts". */
  name: string
  /** Column of the rules → column here. Only those that are there. */
  columns: ReadonlyMap<string, string>
  /** Columns here that make the label; without any, a record is called by its id. */
  label: readonly string[]
}

export interface ProductSource extends SourceBase {
  kind: 'product'
  product: Definition<'product'>
}

export interface SystemSource extends SourceBase {
  kind: 'destination'
  connected: Connection
  object: DestinationObject
  /** Where the system gives no list: the field by which records are asked for, and whose values. */
  lookUp?: { field: string; product: Definition<'product'>; column: string }
}

/** A source of records, ready to be read. */
export type OpenSource = ProductSource | SystemSource

/** A system that cannot be reached now and that nobody waits for: what is held of it stays as it was read. */
export interface UnreachedSystem {
  kind: 'unreached'
  source: string
  error: AppError
}

export interface OpeningSources {
  /** Only this system has to answer; absent: all. */
  needed?: string
  signal?: AbortSignal
}

/** Opens every source of a definition; the first that cannot be used is said with its file and field. */
export async function openSources(session: Session, workspace: Workspace, definition: Definition<'identity'>, { needed, signal }: OpeningSources): Promise<(OpenSource | UnreachedSystem)[]> {
  const sources: (OpenSource | UnreachedSystem)[] = []
  for (const [at, records] of (definition.value.records ?? []).entries()) {
    sources.push('product' in records ? openProduct(workspace, records) : await openSystem(session, workspace, { definition, at, records }, signal).catch((error: unknown) => unreached(sourceName(records), error, needed)))
  }
  return sources
}

function unreached(source: string, error: unknown, needed: string | undefined): UnreachedSystem {
  if (canWait(source, error, needed)) return { kind: 'unreached', source, error }
  throw error
}

/** Whether a failure is of a system that nobody waits for, and may pass. */
export function canWait(source: string, error: unknown, needed: string | undefined): error is AppError {
  const passing = ['destination-unreachable', 'unauthorised', 'rate-limited', 'secret-missing']
  return needed !== undefined && source !== needed && error instanceof AppError && passing.includes(error.code)
}

/** Columns that some source has, under the names that the rules use; of a system that does not answer, those of before. */
export function knownColumns(sources: readonly (OpenSource | UnreachedSystem)[], before: readonly string[]): string[] {
  return [...new Set(sources.flatMap((source) => (source.kind === 'unreached' ? before : [...source.columns.keys()])))].sort()
}

function openProduct(workspace: Workspace, records: Extract<RecordSource, { product: string }>): ProductSource {
  const product = findDefinition(workspace, 'product', records.product)
  const label = records.label ?? labelColumns(product.value.label)
  return { kind: 'product', source: records.product, name: product.value.name, product, label, columns: columnsHere(product.value.contract.map(({ column }) => column), records.columns) }
}

interface SystemPlace {
  definition: Definition<'identity'>
  at: number
  records: Extract<RecordSource, { connection: string }>
}

async function openSystem(session: Session, workspace: Workspace, place: SystemPlace, signal?: AbortSignal): Promise<SystemSource> {
  const { definition, records } = place
  // Nobody waits for it: people's plans and runs go first.
  const connected = (await session.connect(records.connection)).for({ owner: `identity ${definition.id}`, priority: rankOf('low'), ...(signal ? { signal } : {}) })
  await connected.discover({ refresh: true, ...(signal ? { signal } : {}) })
  const object = await connected.object(records.object, signal)
  requireFields(place, object)
  const { lookUp } = records
  if (!connected.declaration.list && !lookUp) {
    throw problemAt(place, ['object'], {
      code: 'destination-refused',
      value: records.object,
      message: `${connected.declaration.name} gives no list of its records.`,
      next: 'Say by which field they are looked up: lookUp: { field: …, product: …, column: … }.',
    })
  }
  return {
    kind: 'destination',
    source: sourceName(records),
    name: `${connected.name}, ${object.label}`,
    connected,
    object,
    label: records.label ?? [],
    columns: columnsHere(object.fields.map(({ name }) => name), records.columns),
    ...(lookUp ? { lookUp: { field: lookUp.field, product: findDefinition(workspace, 'product', lookUp.product), column: lookUp.column } } : {}),
  }
}

/** What is not named stands under its own name. */
function columnsHere(own: readonly string[], named: Readonly<Record<string, string>> = {}): Map<string, string> {
  return new Map([...own.map((column) => [column, column] as const), ...Object.entries(named)])
}

function requireFields(place: SystemPlace, object: DestinationObject): void {
  const { columns = {}, label = [], lookUp } = place.records
  const known = object.fields.map(({ name }) => name)
  const named: [path: PropertyKey[], field: string][] = [
    ...Object.entries(columns).map(([column, field]): [PropertyKey[], string] => [['columns', column], field]),
    ...label.map((field, at): [PropertyKey[], string] => [['label', at], field]),
    ...(lookUp ? [[['lookUp', 'field'], lookUp.field] as [PropertyKey[], string]] : []),
  ]
  for (const [path, field] of named) {
    if (!known.includes(field)) {
      throw problemAt(place, path, { code: 'field-unknown', value: field, message: `${object.label} has no field '${field}'.`, next: suggestWord(field, known) ?? `It has: ${known.slice(0, 12).join(', ')}.` })
    }
  }
  if (lookUp && !object.matchFields.includes(lookUp.field)) {
    throw problemAt(place, ['lookUp', 'field'], { code: 'field-unknown', value: lookUp.field, message: `${object.label} cannot be found by '${lookUp.field}'.`, next: `Look up by one of: ${object.matchFields.join(', ')}.` })
  }
}

function problemAt({ definition, at }: SystemPlace, path: readonly PropertyKey[], said: { code: 'field-unknown' | 'destination-refused'; message: string; value: string; next: string }): AppError {
  const full = ['records', at, ...path]
  const line = definition.lineOf(full)
  return new AppError(said.code, said.message, { file: definition.path, ...(line === undefined ? {} : { line }), field: full.join('.'), value: said.value, next: said.next })
}

/** Goes up with every change of how values become comparable: what an earlier version stored is then read anew. */
const FORMS = 2

/** What of a definition decides who is with whom: a change of anything else asks for no record to be looked at again. */
export function decisiveParts({ records, keys, rules, largestEntity, mostRecords, placeholders, languages }: IdentityDefinition): object {
  return { forms: FORMS, records: records ?? [], keys, rules, largestEntity, mostRecords, placeholders: placeholders ?? null, languages: languages ?? null }
}
