import type { ActivationDefinition } from '../../../../contract/definitions.ts'
import type { IdentityDefinition, KeyForm, RecordSource } from '../../../../contract/identity.ts'
import { columnWords } from '../../../shared/filter-builder/sentence.ts'

type Activation = Pick<ActivationDefinition, 'product' | 'destination' | 'match' | 'mode'>
/** As a file says it: what has a usual value may be left out. */
export type FirstRules = Pick<IdentityDefinition, 'name' | 'records' | 'keys' | 'rules'>

/**
 * Rules to begin with, from what the activations of a workspace match by already: the product that most of them send,
 * every destination it goes to, one key and one rule for each column that they match by. Undefined where there is none.
 * Connections whose system gives no list of its records look them up by the first of these columns.
 */
export function firstRules(activations: readonly Activation[], withoutList: readonly string[] = []): FirstRules | undefined {
  const fitting = activations.filter(({ mode }) => mode !== 'members')
  const product = mostFrequent(fitting.map((activation) => activation.product))
  const sending = fitting.filter((activation) => activation.product === product)
  if (product === undefined) return undefined
  const columns = new Map(sending.map(({ match }) => [match.column, formOf(match)]))
  const keys = [...columns].map(([column, as]) => ({ name: keyName(column), column, as }))
  return {
    name: 'People',
    records: [{ product }, ...destinations(sending, withoutList)],
    keys: Object.fromEntries(keys.map(({ name, column, as }) => [name, { from: { column, as, optional: true } }])),
    rules: keys.map(({ name }) => ({ name, keys: [name] })),
  }
}

function destinations(activations: readonly Activation[], withoutList: readonly string[]): RecordSource[] {
  const found = new Map<string, Extract<RecordSource, { connection: string }>>()
  for (const { destination, match, product } of activations) {
    const place = `${destination.connection}/${destination.object}`
    const lookUp = withoutList.includes(destination.connection) ? { lookUp: { field: match.field, product, column: match.column } } : {}
    const before = found.get(place) ?? { ...destination, columns: {}, ...lookUp }
    found.set(place, { ...before, columns: { ...before.columns, [match.column]: match.field } })
  }
  return [...found.values()]
}

function mostFrequent(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0]
}

function formOf({ normalise }: Activation['match']): KeyForm {
  return normalise === 'exact' ? 'trimmed' : normalise
}

/** A column as the name of a key: small letters, digits and spaces, beginning with a letter. */
function keyName(column: string): string {
  const words = columnWords(column).toLowerCase().replaceAll(/[^a-z0-9 _-]+/g, ' ').trim().slice(0, 40)
  return /^[a-z]/.test(words) ? words : `key ${words}`.trim()
}
