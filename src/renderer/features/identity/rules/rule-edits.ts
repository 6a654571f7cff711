import type { IdentityDefinition, IdentityKey, IdentityRule, IdentityThreshold } from '../../../../contract/identity.ts'

/** Edits of a definition: each gives a new one. Absent settings stay absent, so that a file only says what somebody chose. */

type Definition = IdentityDefinition

/** The rule at one place stands at another; the order is the priority. */
export function moveRule(definition: Definition, from: number, to: number): Definition {
  const rules = [...definition.rules]
  const [moved] = rules.splice(from, 1)
  if (moved === undefined || to < 0 || to > rules.length) return definition
  rules.splice(to, 0, moved)
  return { ...definition, rules }
}

/** Adds a rule at the end, with a name that is free. */
export function addRule(definition: Definition): Definition {
  const taken = new Set(definition.rules.map(({ name }) => name))
  let number = definition.rules.length + 1
  while (taken.has(`rule ${String(number)}`)) number += 1
  return { ...definition, rules: [...definition.rules, { name: `rule ${String(number)}`, keys: [] }] }
}

export function removeRule(definition: Definition, at: number): Definition {
  return { ...definition, rules: definition.rules.filter((_, place) => place !== at) }
}

/** Changes settings of a rule; `undefined` or an empty list takes a setting away (but for the keys, which a rule must have). */
export function changeRule(definition: Definition, at: number, change: { [Setting in keyof IdentityRule]?: IdentityRule[Setting] | undefined }): Definition {
  const rules = definition.rules.map((rule, place) => (place === at ? withoutEmpty<IdentityRule>({ ...rule, ...change }, ['unlessDifferent']) : rule))
  return { ...definition, rules }
}

/** Changes what guards a key. */
export function changeKey(definition: Definition, name: string, change: { [Setting in keyof IdentityKey]?: IdentityKey[Setting] | undefined }): Definition {
  const key = definition.keys[name]
  if (key === undefined) return definition
  const changed = withoutEmpty<IdentityKey>({ ...key, ...change }, ['blocked'])
  // A strong key has one value per person by itself; the two settings would say it twice.
  const { perEntity: _one, ...strong } = changed
  return { ...definition, keys: { ...definition.keys, [name]: changed.strong === true ? strong : changed } }
}

/** A value of a key joins nobody any more. */
export function blockValue(definition: Definition, name: string, value: string): Definition {
  const before = definition.keys[name]?.blocked ?? []
  return before.includes(value) ? definition : changeKey(definition, name, { blocked: [...before, value] })
}

export function addThreshold(definition: Definition, threshold: IdentityThreshold): Definition {
  return { ...definition, thresholds: [...(definition.thresholds ?? []), threshold] }
}

export function changeThreshold(definition: Definition, at: number, threshold: IdentityThreshold): Definition {
  return { ...definition, thresholds: (definition.thresholds ?? []).map((other, place) => (place === at ? threshold : other)) }
}

export function removeThreshold(definition: Definition, at: number): Definition {
  const thresholds = (definition.thresholds ?? []).filter((_, place) => place !== at)
  const { thresholds: _before, ...rest } = definition
  return thresholds.length === 0 ? rest : { ...rest, thresholds }
}

function withoutEmpty<Value extends object>(value: object, lists: readonly string[]): Value {
  const kept = Object.entries(value).filter(([name, inner]) => inner !== undefined && inner !== false && !(lists.includes(name) && Array.isArray(inner) && inner.length === 0))
  return Object.fromEntries(kept) as Value
}
