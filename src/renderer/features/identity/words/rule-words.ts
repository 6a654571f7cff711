import type { IdentityDefinition, IdentityKey, IdentityRule, KeyForm, KeyPart } from '../../../../contract/identity.ts'
import { formatNumber, plural } from '../../../shared/format.ts'

/** Rules and keys as people say them. Everything here is pure. */

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[], joint: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1) ?? ''}`
}

/** "the same email and name, unless birth differs, held back where more than 3 people share it". */
export function ruleWords(rule: Pick<IdentityRule, 'keys' | 'unlessDifferent' | 'mostEntities'>): string {
  const same = rule.keys.length === 0 ? 'nothing yet: choose what has to be the same' : `the same ${listed(rule.keys)}`
  const unless = rule.unlessDifferent === undefined || rule.unlessDifferent.length === 0 ? '' : `, unless ${listed(rule.unlessDifferent, 'or')} differs`
  const most = rule.mostEntities === undefined ? '' : `, held back where more than ${formatNumber(rule.mostEntities)} people share it`
  return `${same}${unless}${most}`
}

const formWords: Record<KeyForm, string> = {
  exact: 'exactly as it is',
  trimmed: 'without spaces around it',
  lower: 'in small letters',
  digits: 'digits only',
  code: 'as a code, without spaces and signs',
  email: 'as an email address',
  'hashed email': 'as a hashed email address',
  phone: 'as a phone number',
  'hashed phone': 'as a hashed phone number',
  device: 'as a device',
  name: 'as a name',
  'given name': 'as a given name',
  'family name': 'as a family name',
  generation: 'as junior or senior',
  organisation: 'as the name of an organisation',
  date: 'as a date',
  postcode: 'as a postcode',
  street: 'as a street',
  country: 'as a country',
}

/** The parts of a key, one or several. */
export function keyParts(key: Pick<IdentityKey, 'from'>): readonly KeyPart[] {
  return Array.isArray(key.from) ? key.from : [key.from]
}

/** "email as an email address, or email hash as a hashed email address". */
export function keyWords(key: Pick<IdentityKey, 'from'>): string {
  return keyParts(key)
    .map((part) => `${listed([part.column].flat().map((column) => column.replaceAll('_', ' ')))} ${formWords[part.as]}`)
    .join(', or ')
}

/** What keeps a key from joining too much, one phrase each; none where only the general limits hold. */
export function keyGuards(key: IdentityKey): string[] {
  const most = key.strong === true ? 1 : key.perEntity
  return [
    most === undefined ? undefined : most === 1 ? 'a person has only one' : `a person has at most ${formatNumber(most)}`,
    key.mostRecords === undefined ? undefined : `on more than ${formatNumber(key.mostRecords)} records it joins nobody`,
    key.blocked === undefined || key.blocked.length === 0 ? undefined : `${plural(key.blocked.length, { one: 'blocked value', many: 'blocked values' })}`,
  ].filter((words) => words !== undefined)
}

const refusals: Record<string, string> = {
  'blocked value': 'the value is blocked',
  'too many records': 'too many records have the value',
  'too many agree': 'too many records agree',
  'too many entities': 'too many people share it',
  'too large': 'the person would have too many records',
  'strong keys differ': 'a key that a person has only once differs',
  'values differ': 'something else about them differs',
  'kept apart by hand': 'somebody keeps them apart',
}

/** Why merges were held back, the most frequent first: "12 because something else about them differs". */
export function refusedWords(refused: Readonly<Record<string, number>>): { reason: string; count: number }[] {
  return Object.entries(refused)
    .filter(([, count]) => count > 0)
    .sort(([, one], [, other]) => other - one)
    .map(([reason, count]) => ({ reason: refusals[reason] ?? reason, count }))
}

/** Which rules use a key, so that nobody takes it away unawares. */
export function rulesWithKey(definition: Pick<IdentityDefinition, 'rules'>, key: string): string[] {
  return definition.rules.filter((rule) => rule.keys.includes(key) || rule.unlessDifferent?.includes(key) === true).map((rule) => rule.name)
}
