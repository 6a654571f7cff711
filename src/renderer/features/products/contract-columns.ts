import { labelColumns } from '../../../contract/definitions.ts'
import type { ContractColumn, ProductDefinition, ValueType } from '../../../contract/definitions.ts'

export interface DataColumn {
  name: string
  type: ValueType
}

/** What the contract promises and the data does not have, and the other way round. */
export interface ContractGap {
  /** Promised, but not in the data. */
  absent: string[]
  /** In the data, but not promised: nothing can use it yet. */
  unpromised: DataColumn[]
  /** Promised with another type than the data has. */
  retyped: { column: string; promised: ValueType; data: ValueType }[]
}

/** Compares a contract with the columns the definition really gives. */
export function contractGap(contract: ContractColumn[], data: DataColumn[]): ContractGap {
  const byName = new Map(data.map((column) => [column.name, column]))
  const promised = new Set(contract.map((column) => column.column))
  return {
    absent: contract.filter((column) => !byName.has(column.column)).map((column) => column.column),
    unpromised: data.filter((column) => !promised.has(column.name)),
    retyped: contract.flatMap((column) => {
      const found = byName.get(column.column)
      return found === undefined || found.type === column.type ? [] : [{ column: column.column, promised: column.type, data: found.type }]
    }),
  }
}

/** Promises everything the data has; what was described before stays as it is. */
export function withColumns(contract: ContractColumn[], data: DataColumn[]): ContractColumn[] {
  const promised = new Set(contract.map((column) => column.column))
  return [...contract, ...data.filter((column) => !promised.has(column.name)).map((column) => ({ column: column.name, type: column.type, nullable: true }))]
}

/** Takes a column out of the contract, and out of everything that names it. */
export function withoutColumn(product: ProductDefinition, name: string): ProductDefinition {
  const { changedAt, ...others } = product
  const rest = withLabel(others, labelColumns(product.label).filter((column) => column !== name))
  return {
    ...rest,
    ...(changedAt === undefined || changedAt === name ? {} : { changedAt }),
    contract: product.contract.filter((column) => column.column !== name),
    decisions: product.decisions.filter((decision) => decision !== name),
  }
}

/** Names rows by these columns, one after the other; by the key where there are none. */
export function withLabel(product: ProductDefinition, columns: readonly string[]): ProductDefinition {
  const { label: _before, ...rest } = product
  const [first, ...more] = columns
  if (first === undefined) return rest
  return { ...rest, label: more.length === 0 ? first : [...columns] }
}

/** Says whether systems act on a column, keeping the order of the contract. */
export function withDecision(product: ProductDefinition, name: string, decision: boolean): ProductDefinition {
  const chosen = new Set(product.decisions.filter((column) => column !== name))
  if (decision) chosen.add(name)
  return { ...product, decisions: product.contract.map((column) => column.column).filter((column) => chosen.has(column)) }
}

/** A column that could be the key: named like one, and text or number. */
export function likelyKey(data: DataColumn[]): string {
  const fits = data.filter((column) => column.type === 'string' || column.type === 'number')
  return (fits.find((column) => /(^|_)(id|key|number|no)$/i.test(column.name)) ?? fits[0] ?? data[0])?.name ?? ''
}
