import { identityDefinition } from '../../../../contract/identity.ts'
import type { Problem } from '../../../../contract/shapes.ts'

/** What is wrong with an edited definition, by the place of the setting: `rules.2.keys`. */
export type SettingProblems = ReadonlyMap<string, string>

/** Checks an edit as the engine will when it is saved. The first problem of a setting is enough. */
export function definitionProblems(value: unknown): SettingProblems {
  const checked = identityDefinition.safeParse(value)
  const problems = new Map<string, string>()
  if (checked.success) return problems
  for (const { path, message } of checked.error.issues) {
    // Of a list, the setting is the list.
    const place = (path[0] === 'rules' ? path.slice(0, 3) : path[0] === 'keys' ? path.slice(0, 3) : path.slice(0, 2)).map(String).join('.')
    if (!problems.has(place)) problems.set(place, inWords(path, message))
  }
  return problems
}

function inWords(path: readonly PropertyKey[], message: string): string {
  if (path[0] === 'rules' && path[2] === 'keys' && path.length === 3) return 'Choose at least one key that has to be the same.'
  if (path[0] === 'rules' && path.length === 1) return 'There has to be at least one rule.'
  if (path[0] === 'rules' && path[2] === 'name' && message.startsWith('Too small')) return 'Give the rule a name.'
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${message.endsWith('.') ? '' : '.'}`
}

/** Where the engine found a problem, as {@link SettingProblems} names it: its fields are written `rules[2].keys` or `rules.2.keys`. */
export function engineProblems(problems: readonly Problem[]): SettingProblems {
  return new Map(problems.map((problem) => [placeOf(problem.field ?? ''), problem.next === undefined ? problem.message : `${problem.message} ${problem.next}`]))
}

function placeOf(field: string): string {
  const parts = field.replaceAll('[', '.').replaceAll(']', '').split('.').filter((part) => part !== '')
  return parts.slice(0, parts[0] === 'thresholds' ? 2 : 3).join('.')
}
