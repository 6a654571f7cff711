import type { IdentityDefinition } from '../../contract/identity.ts'
import type { ClusterInput, NumberedRule } from './clusters/types.ts'

/** The rules of a definition with keys as places in its list of keys. */
export function numberRules({ keys, rules, largestEntity, mostRecords }: IdentityDefinition): Pick<ClusterInput, 'rules' | 'limits' | 'largestEntity'> {
  const places = new Map(Object.keys(keys).map((name, at) => [name, at]))
  const placeOf = (name: string): number => {
    const place = places.get(name)
    if (place === undefined) throw new Error(`the rules were not checked: there is no key ${name}`)
    return place
  }
  return {
    rules: rules.map(
      (rule): NumberedRule => ({
        keys: rule.keys.map(placeOf),
        unlessDifferent: (rule.unlessDifferent ?? []).map(placeOf),
        mostRecords,
        mostEntities: rule.mostEntities ?? Number.POSITIVE_INFINITY,
      }),
    ),
    limits: Object.entries(keys).flatMap(([name, { strong, perEntity }]) => {
      const most = strong ? 1 : perEntity
      return most === undefined ? [] : [{ key: placeOf(name), most }]
    }),
    largestEntity,
  }
}
