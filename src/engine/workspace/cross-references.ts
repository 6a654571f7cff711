import { labelColumns } from '../../contract/definitions.ts'
import type { DefinitionKind, FilterGroup, ValueType } from '../../contract/definitions.ts'
import { checkFilter, typeWords } from './check-filter.ts'
import { canBeKey } from '../values/product-key.ts'
import { entryText } from '../values/value-map.ts'
import { definitionFolders, definitionPath } from './definition-files.ts'
import { refusedClaims } from './field-claims.ts'
import { checkIdentity } from './identity-references.ts'
import { nearestWord } from '../values/nearest-word.ts'
import { fieldName } from './schema-problems.ts'
import type { Definition, Problem, Workspace } from './workspace.ts'

/** Checks what definitions say of each other. Those that exist but could not be read are not missing. */
export function checkReferences(workspace: Workspace): Problem[] {
  const { definitions } = workspace
  const check = new ReferenceCheck(workspace)
  for (const product of definitions.product.values()) check.product(product)
  for (const segment of definitions.segment.values()) check.segment(segment)
  for (const identity of definitions.identity.values()) check.identity(identity)
  for (const activation of definitions.activation.values()) check.activation(activation)
  for (const policy of definitions.policy.values()) check.policy(policy)
  return [...check.problems, ...fieldsClaimedTwice(workspace)]
}

class ReferenceCheck {
  readonly problems: Problem[] = []
  private readonly workspace: Workspace

  constructor(workspace: Workspace) {
    this.workspace = workspace
  }

  product(product: Definition<'product'>): void {
    const { value } = product
    this.find(product, 'source', value.source, ['source'])
    const columns = new Set<string>()
    value.contract.forEach(({ column }, index) => {
      if (columns.has(column)) this.add(product, ['contract', index, 'column'], column, `The contract names '${column}' twice.`, 'Keep one of the two.')
      columns.add(column)
    })
    this.contractColumn(product, columns, value.key, ['key'])
    this.keyColumn(product, product, value.key, ['key'])
    labelColumns(value.label).forEach((column, index) => this.contractColumn(product, columns, column, typeof value.label === 'string' ? ['label'] : ['label', index]))
    if (value.changedAt !== undefined) this.contractColumn(product, columns, value.changedAt, ['changedAt'])
    value.decisions.forEach((decision, index) => this.contractColumn(product, columns, decision, ['decisions', index]))
  }

  segment(segment: Definition<'segment'>): void {
    const product = this.find(segment, 'product', segment.value.product, ['product'])
    if (product) this.filter(segment, segment.value.filter, product, ['filter'])
  }

  identity(identity: Definition<'identity'>): void {
    checkIdentity(identity, {
      product: (id, path) => this.find(identity, 'product', id, path),
      connection: (id, path) => this.find(identity, 'connection', id, path),
      column: (product, column, path) => this.contractColumn(identity, new Set(contractTypes(product).keys()), column, path, product.id),
      add: (path, value, message, next) => this.add(identity, path, value, message, next),
    })
  }

  activation(activation: Definition<'activation'>): void {
    const { value } = activation
    this.find(activation, 'connection', value.destination.connection, ['destination', 'connection'])
    this.audience(activation)
    this.recognition(activation)
    this.mapping(activation)
    this.valueMaps(activation)
    if (value.mode === 'members') {
      if (value.fields.length > 0) this.add(activation, ['fields'], '', 'Who only adds and removes members maps no fields.', 'Remove the fields, or choose another mode.')
      if (value.onRemove !== undefined) this.add(activation, ['onRemove'], value.onRemove, 'Members are taken out of the list; their records stay.', 'Remove onRemove.')
    } else if (value.fields.length === 0) {
      this.add(activation, ['fields'], '', 'The activation sends no field.', 'Map at least one field.')
    }
    if (value.mode === 'mirror' && value.onRemove === undefined) {
      this.add(activation, ['mode'], value.mode, 'A mirror must say what happens to records that leave the audience.', "Add onRemove: 'clear fields', 'archive' or 'delete'.")
    }
  }

  private audience(activation: Definition<'activation'>): void {
    const { value } = activation
    const product = this.find(activation, 'product', value.product, ['product'])
    if (value.segment !== undefined) {
      const segment = this.find(activation, 'segment', value.segment, ['segment'])
      if (segment && segment.value.product !== value.product) {
        const message = `The segment '${value.segment}' is over '${segment.value.product}', but this activation sends '${value.product}'.`
        this.add(activation, ['segment'], value.segment, message, 'Choose a segment over the same product.')
      }
    }
    if (!product) return
    const columns = new Set(contractTypes(product).keys())
    this.contractColumn(activation, columns, value.match.column, ['match', 'column'])
    this.keyColumn(activation, product, value.match.column, ['match', 'column'])
    value.fields.forEach((field, index) => {
      if (field.from !== undefined) this.contractColumn(activation, columns, field.from, ['fields', index, 'from'])
    })
    if (value.doNotSend) this.filter(activation, value.doNotSend, product, ['doNotSend'])
    this.latestWins(activation, product)
  }

  /** Rules can only lead to records that they know; of a list, those of the object whose records its members are. */
  private recognition(activation: Definition<'activation'>): void {
    const { value } = activation
    if (value.match.identity === undefined) return
    const identity = this.find(activation, 'identity', value.match.identity, ['match', 'identity'])
    if (!identity) return
    const records = identity.value.records ?? []
    const { connection, object } = value.destination
    const known = value.mode === 'members' ? records.some((one) => 'connection' in one && one.connection === connection) : records.some((one) => 'connection' in one && one.connection === connection && one.object === object)
    const absent = records.some((one) => 'product' in one && one.product === value.product) ? (known ? undefined : value.mode === 'members' ? connection : `${connection}/${object}`) : value.product
    if (absent === undefined) return
    this.add(activation, ['match', 'identity'], value.match.identity, `The rules '${identity.id}' do not know the records of '${absent}'.`, `Add it to the records in ${identity.path}, or match by the key alone.`)
  }

  private latestWins(activation: Definition<'activation'>, product: Definition<'product'>): void {
    if (product.value.changedAt !== undefined) return
    activation.value.fields.forEach((field, index) => {
      if ((field.authority ?? activation.value.authority) !== 'latest wins') return
      const path = field.authority === undefined ? ['authority'] : ['fields', index, 'authority']
      const message = `'latest wins' needs to know when a row changed, but the product '${product.id}' does not say.`
      this.add(activation, path, 'latest wins', message, `Add changedAt to ${product.path}, or choose another authority.`)
    })
  }

  private mapping(activation: Definition<'activation'>): void {
    const seen = new Set<string>()
    activation.value.fields.forEach(({ to }, index) => {
      if (seen.has(to)) this.add(activation, ['fields', index, 'to'], to, `The field '${to}' is mapped twice.`, 'Keep one of the two.')
      seen.add(to)
    })
  }

  /** An entry that no value of the column can have, and two that mean one value, are mistakes that nobody would see. */
  private valueMaps(activation: Definition<'activation'>): void {
    const product = this.workspace.definitions.product.get(activation.value.product)
    if (!product) return
    const types = contractTypes(product)
    activation.value.fields.forEach(({ from, values }, index) => {
      const type = from === undefined ? undefined : types.get(from)
      if (type === undefined || values === undefined) return
      const known = new Map<string, string>()
      for (const entry of Object.keys(values)) {
        const path = ['fields', index, 'values', entry]
        const text = entryText(type, entry)
        const first = text === undefined ? undefined : known.get(text)
        if (text === undefined) this.add(activation, path, entry, `The value map names '${entry}', but '${from ?? ''}' is ${typeWords[type]}.`, 'Correct the entry, or remove it.')
        else if (first !== undefined) this.add(activation, path, entry, `The value map names one value twice: '${first}' and '${entry}'.`, 'Keep one of the two.')
        else known.set(text, entry)
      }
    })
  }

  policy(policy: Definition<'policy'>): void {
    const activation = this.find(policy, 'activation', policy.value.activation, ['activation'])
    const { field } = policy.value
    if (!activation || field === undefined) return
    const fields = activation.value.fields.map(({ to }) => to)
    if (!fields.includes(field)) {
      this.add(policy, ['field'], field, `The activation '${activation.id}' does not map the field '${field}'.`, didYouMean(field, fields) ?? 'Name a field it maps.')
    }
  }

  private filter(owner: Definition, filter: FilterGroup, product: Definition<'product'>, at: string[]): void {
    const types = contractTypes(product)
    for (const problem of checkFilter(filter, types)) {
      const near = problem.kind === 'column' && problem.value !== undefined ? didYouMean(problem.value, [...types.keys()]) : undefined
      this.problems.push({
        code: problem.kind === 'column' ? 'column-missing' : 'definition-invalid',
        file: owner.path,
        ...line(owner, [...at, ...problem.path]),
        field: fieldName([...at, ...problem.path]),
        ...(problem.value === undefined ? {} : { value: problem.value }),
        message: problem.message,
        next: near ?? problem.next,
      })
    }
  }

  /** Rows and records are known by one text. */
  private keyColumn(owner: Definition, product: Definition<'product'>, column: string, path: PropertyKey[]): void {
    const type = contractTypes(product).get(column)
    if (type === undefined || canBeKey(type)) return
    this.add(owner, path, column, `'${column}' is a ${type === 'json' ? 'JSON value' : type}, which cannot be a key.`, 'Choose a column with one value, such as text or a number.')
  }

  private contractColumn(owner: Definition, columns: ReadonlySet<string>, column: string, path: PropertyKey[], product = owner.kind === 'activation' ? (owner as Definition<'activation'>).value.product : owner.id): void {
    if (columns.has(column)) return
    const whose = owner.kind === 'product' ? 'The contract' : `The product '${product}'`
    this.problems.push({
      code: 'column-missing',
      file: owner.path,
      ...line(owner, path),
      field: fieldName(path),
      value: column,
      message: `${whose} has no column '${column}'.`,
      next: didYouMean(column, [...columns]) ?? 'Choose a column of the product, or add it to the product’s contract.',
    })
  }

  /** The definition referred to, or a problem unless its own file has one. */
  private find<Kind extends DefinitionKind>(owner: Definition, kind: Kind, id: string, path: PropertyKey[]): Definition<Kind> | undefined {
    const found = this.workspace.definitions[kind].get(id)
    if (found || this.workspace.broken.has(`${kind}/${id}`)) return found
    const known = [...this.workspace.definitions[kind].keys()]
    const next = didYouMean(id, known) ?? (known.length === 0 ? `Create ${definitionPath(kind, id)}.` : `In ${definitionFolders[kind]}: ${known.slice(0, 20).join(', ')}.`)
    this.add(owner, path, id, `There is no ${kind} '${id}'.`, next)
    return undefined
  }

  private add(owner: Definition, path: PropertyKey[], value: string, message: string, next: string): void {
    this.problems.push({ code: 'definition-invalid', file: owner.path, ...line(owner, path), field: fieldName(path), value, message, next })
  }
}

/** Column → type, as a product promises them. */
export function contractTypes(product: Definition<'product'>): Map<string, ValueType> {
  return new Map(product.value.contract.map(({ column, type }) => [column, type]))
}

/** The problem is that of the activation that came later; the other one is right as it is. */
function fieldsClaimedTwice(workspace: Workspace): Problem[] {
  return refusedClaims(workspace).flatMap(({ activation: id, field, index, holder }) => {
    const activation = workspace.definitions.activation.get(id)
    if (activation === undefined) return []
    const first = definitionPath('activation', holder)
    const { connection, object } = activation.value.destination
    const path = index === undefined ? ['mode'] : ['fields', index, 'to']
    const unreadable = workspace.broken.has(`activation/${holder}`) ? ` ${first} cannot be read at the moment.` : ''
    return [{
      code: 'field-claimed-twice',
      file: activation.path,
      ...line(activation, path),
      field: fieldName(path),
      value: field,
      message: `${first} and ${activation.path} both write '${field}' of ${object} in '${connection}'. The first did so before and goes on.${unreadable}`,
      next: `Remove the field here, or from ${first}; or switch one of them off with enabled: false.`,
    }]
  })
}

function didYouMean(typed: string, known: readonly string[]): string | undefined {
  const near = nearestWord(typed, known)
  return near === undefined ? undefined : `Did you mean '${near}'?`
}

function line(owner: Definition, path: readonly PropertyKey[]): { line?: number } {
  const found = owner.lineOf(path)
  return found === undefined ? {} : { line: found }
}
