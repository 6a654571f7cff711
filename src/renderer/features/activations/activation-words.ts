import type { ActivationDefinition, Authority, Criticality, FieldMapping, Guards, KeyNormaliser, SyncMode } from '../../../contract/definitions.ts'
import { columnWords } from '../../shared/filter-builder/sentence.ts'
import { formatDuration, formatNumber, plural } from '../../shared/format.ts'

/** What a choice of authority means for a field that somebody else may change. */
export const authorityWords: Record<Authority, { title: string; means: string }> = {
  warehouse: { title: 'Warehouse', means: 'The warehouse owns it. A value changed over there is written over; a person’s edit only after somebody selects it in Review.' },
  destination: { title: 'Destination', means: 'The destination owns it. A field that never had a value is filled once; whatever is there stays.' },
  'fill if empty': { title: 'Fill if empty', means: 'A field that never had a value is filled once. Later changes of the warehouse are not sent.' },
  review: { title: 'Review', means: 'Where both sides changed, a person decides in Review. Nothing is overwritten unasked.' },
  'latest wins': { title: 'Latest wins', means: 'Where both sides changed, the later change wins. Without a time on both sides, a person decides in Review.' },
}

/** The same in a few words, behind a field. */
const ownerWords: Record<Authority, string> = {
  warehouse: 'the warehouse owns it',
  destination: 'the destination owns it',
  'fill if empty': 'filled only if empty',
  review: 'a person decides conflicts',
  'latest wins': 'the later change wins',
}

/** Who goes first where several activations wait for the same system. */
export const criticalityWords: Record<Criticality, { title: string; means: string }> = {
  critical: { title: 'Critical', means: 'goes before everything else that waits for the same system' },
  normal: { title: 'Normal', means: 'takes turns with other activations' },
  low: { title: 'Low', means: 'waits until nothing else needs the system' },
}

export const modeWords: Record<SyncMode, { title: string; means: string }> = {
  upsert: { title: 'Create and update', means: 'People who are not there are created; people who are there are updated. Nobody is removed.' },
  'update only': { title: 'Update only', means: 'Only people who are there already are updated. Nobody is created or removed.' },
  'insert only': { title: 'Create only', means: 'Only people who are not there are created. Nobody is updated or removed.' },
  mirror: { title: 'Mirror', means: 'Create and update, and take back people this activation created once they leave the audience. Records found there are never deleted.' },
  members: { title: 'Members of a list', means: 'People who come into the audience are added; who leaves it is taken out. Only members this activation added are taken out, and nobody is put back unasked.' },
}

export const normaliserWords: Record<KeyNormaliser, { title: string; means: string }> = {
  exact: { title: 'Exactly', means: 'Every character counts.' },
  trimmed: { title: 'Without outer spaces', means: 'Spaces before and after do not count.' },
  lower: { title: 'Without case', means: 'Outer spaces and capitals do not count.' },
  email: { title: 'As an email address', means: 'Spaces and capitals do not count; what is no address never matches anybody.' },
  digits: { title: 'Digits only', means: 'Only digits count, so 0049 30-12 34 and 0049301234 are the same.' },
}

export const removeWords = {
  'clear fields': 'Empty the fields we own',
  archive: 'Archive the record',
  delete: 'Delete the record',
} as const

/** "A new person is created; one who is there …": the whole activation, one sentence per decision. */
export interface ActivationSentence {
  step: StepId
  words: string
  /** What the words announce, one line each. */
  lines?: string[]
}

export type StepId = 'audience' | 'destination' | 'match' | 'fields' | 'do-not-send' | 'mode' | 'guards' | 'review'

export interface ActivationNames {
  product: string
  segment: string | undefined
  /** The rules of identity that find the record. */
  identity?: string | undefined
  connection: string
  object: string
  /** Label of a destination field. */
  field: (name: string) => string
  /** The do-not-send condition as a sentence. */
  doNotSend: string | undefined
}

/** Everything an activation does, in words, in the order of its steps. */
export function activationSentences(activation: ActivationDefinition, names: ActivationNames): ActivationSentence[] {
  return [
    { step: 'audience', words: names.segment === undefined ? `Everyone in ${names.product}.` : `Everyone in the segment ${names.segment}, from ${names.product}.` },
    { step: 'destination', words: `Goes to ${names.object} in ${names.connection}.` },
    { step: 'match', words: matchWords(activation.match, names) },
    { step: 'fields', ...fieldsWords(activation, names) },
    { step: 'do-not-send', words: names.doNotSend === undefined ? 'Nobody is held back.' : `Holds back everyone for whom ${names.doNotSend}.` },
    { step: 'mode', words: `${modeWords[activation.mode].means}${activation.onRemove === undefined || !removes(activation.mode) ? '' : ` On leaving: ${removeWords[activation.onRemove].toLowerCase()}.`}${activation.criticality === 'normal' ? '' : ` It is ${activation.criticality}: it ${criticalityWords[activation.criticality].means}.`}` },
    { step: 'guards', words: guardsWords(activation.guards) },
  ]
}

function matchWords({ column, field, normalise, identity }: ActivationDefinition['match'], names: ActivationNames): string {
  if (identity !== undefined) return `Finds the record by the rules “${names.identity ?? identity}”. A new record gets the ${columnWords(column)} of the row as its ${names.field(field)}.`
  return `Finds the record whose ${names.field(field)} equals the ${columnWords(column)} of the row, compared ${normaliserWords[normalise].title.toLowerCase()}.`
}

/** Whether it has to be said what happens to who leaves; members are simply taken out. */
export function removes(mode: SyncMode): boolean {
  return mode === 'mirror'
}

function fieldsWords(activation: ActivationDefinition, names: ActivationNames): { words: string; lines?: string[] } {
  const { fields } = activation
  if (activation.mode === 'members') return { words: 'Writes no field: it only says who is in the list.' }
  if (fields.length === 0) return { words: 'No field is written yet.' }
  return { words: `Writes ${plural(fields.length, { one: 'field', many: 'fields' })}:`, lines: fields.map((mapping) => mappingWords(mapping, activation.authority, names.field)) }
}

/** "Tier from tier, owned by the warehouse". */
export function mappingWords(mapping: FieldMapping, standard: Authority, label: (name: string) => string): string {
  const from = mapping.from === undefined ? `always “${String(mapping.value ?? '')}”` : `from ${columnWords(mapping.from)}`
  const more = [
    ownerWords[mapping.authority ?? standard],
    mapping.values === undefined ? '' : `${plural(Object.keys(mapping.values).length, { one: 'value', many: 'values' })} translated`,
    mapping.clear ? 'emptied when the warehouse is empty' : '',
    mapping.onlyOnCreate === true ? 'only when created' : '',
  ].filter((part) => part !== '')
  return `${label(mapping.to)} ${from} (${more.join(', ')})`
}

function guardsWords(guards: Guards): string {
  const share = (part: number): string => `${formatNumber(part * 100)}%`
  const parts = [
    `removals pass ${share(guards.removalShare)} or ${formatNumber(guards.removalCount)}`,
    `updates pass ${share(guards.updateShare)}`,
    `creates pass ${share(guards.createShare)}`,
    guards.coverageFloor === undefined ? '' : `coverage falls under ${share(guards.coverageFloor)}`,
    guards.sizeMinimum === undefined ? '' : `the audience falls under ${formatNumber(guards.sizeMinimum)}`,
    guards.sizeMaximum === undefined ? '' : `the audience passes ${formatNumber(guards.sizeMaximum)}`,
    `the audience shrinks or grows by more than ${share(guards.sizeChangeShare)} at once`,
  ].filter((part) => part !== '')
  return `Stops before anything is sent when ${parts.join(', or ')}. A plan nobody opened is valid for ${formatDuration(guards.expiresAfterMinutes * 60)}.`
}
