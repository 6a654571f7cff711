import type { ActivationDefinition } from '../../../contract/definitions.ts'
import type { MappingProblem, ObjectDescription, TakenOver } from '../../../contract/shapes.ts'
import type { StepId } from './activation-words.ts'

/** The steps of the editor, in the order in which they depend on each other. */
export const steps: { id: StepId; title: string }[] = [
  { id: 'audience', title: 'Audience' },
  { id: 'destination', title: 'Destination' },
  { id: 'match', title: 'Match' },
  { id: 'fields', title: 'Fields' },
  { id: 'do-not-send', title: 'Do not send' },
  { id: 'mode', title: 'Mode' },
  { id: 'guards', title: 'Guards' },
  { id: 'review', title: 'Review' },
]

/** A field that another activation writes now, and that this one takes over with its next save. */
export interface TakeOver {
  field: string
  activation: string
  name: string
}

/** By activation, as the engine takes it; only fields that are still written here. */
export function takenOver(takeOvers: readonly TakeOver[], activation: Pick<ActivationDefinition, 'fields' | 'mode'>): TakenOver[] {
  const wanted = takeOvers.filter(({ field }) => activation.mode === 'members' || activation.fields.some(({ to }) => to === field))
  return [...Map.groupBy(wanted, (one) => one.activation)].map(([id, fields]) => ({ activation: id, fields: fields.map(({ field }) => field) }))
}

/** Why it should not be saved: a field that another activation writes. */
export function writtenElsewhere(problems: readonly MappingProblem[]): string | undefined {
  const claimed = problems.filter(({ writtenBy }) => writtenBy !== undefined)
  const [first] = claimed
  if (first?.writtenBy === undefined) return undefined
  return claimed.length === 1 ? `“${first.writtenBy.name}” writes one of these fields` : `Other activations write ${claimed.length} of these fields`
}

/** What a step still needs before the activation can be saved; undefined when it is complete. */
export function missingIn(step: StepId, activation: ActivationDefinition): string | undefined {
  switch (step) {
    case 'audience':
      if (activation.name.trim() === '') return 'Give the activation a name'
      return activation.product === '' ? 'Choose who is meant' : undefined
    case 'destination':
      if (activation.destination.connection === '') return 'Choose a destination'
      return activation.destination.object === '' ? 'Choose what to write there' : undefined
    case 'match':
      return activation.match.column === '' || activation.match.field === '' ? 'Choose the key by which records are found' : undefined
    case 'fields':
      if (activation.mode === 'members') return undefined
      if (activation.fields.length === 0) return 'Map at least one field'
      return activation.fields.some((mapping) => mapping.from === '' || mapping.to === '' || (mapping.from === undefined && mapping.value === '')) ? 'Finish the mapping that has no value yet' : undefined
    case 'do-not-send':
    case 'guards':
    case 'review':
      return undefined
    case 'mode':
      return activation.mode === 'mirror' && activation.onRemove === undefined ? 'Say what happens to people who leave' : undefined
  }
}

/** The first thing that stands in the way of saving. */
export function firstMissing(activation: ActivationDefinition): { step: StepId; words: string } | undefined {
  for (const { id } of steps) {
    const words = missingIn(id, activation)
    if (words !== undefined) return { step: id, words }
  }
  return undefined
}

/** What is written: another object starts the match and the fields over, and a list takes members and nothing else. */
export function withObject(activation: ActivationDefinition, connection: string, object: Pick<ObjectDescription, 'name' | 'membership'> | undefined): ActivationDefinition {
  const mode = object?.membership ? 'members' : activation.mode === 'members' ? 'upsert' : activation.mode
  const { onRemove, ...rest } = activation
  return { ...rest, ...(mode === 'members' || onRemove === undefined ? {} : { onRemove }), mode, destination: { connection, object: object?.name ?? '' }, match: { ...activation.match, field: '' }, fields: [] }
}

/** Problems of one step: the match key and the mode have their own, everything else belongs to the fields. */
export function problemsOf(step: StepId, activation: ActivationDefinition, problems: MappingProblem[]): MappingProblem[] {
  const ofMatch = (problem: MappingProblem): boolean => problem.field === 'match' || (problem.field === activation.match.field && !activation.fields.some((mapping) => mapping.to === problem.field))
  if (step === 'match') return problems.filter(ofMatch)
  if (step === 'mode') return problems.filter((problem) => problem.field === 'mode')
  if (step === 'fields') return problems.filter((problem) => !ofMatch(problem) && problem.field !== 'mode')
  return []
}

/** A new activation, before anything was chosen. */
export function emptyActivation(product: string, segment?: string): ActivationDefinition {
  return {
    name: 'New activation',
    product,
    ...(segment === undefined ? {} : { segment }),
    destination: { connection: '', object: '' },
    match: { column: '', field: '', normalise: 'exact' },
    mode: 'upsert',
    authority: 'review',
    fields: [],
    onConflict: 'skip record',
    guards: { removalShare: 0.05, removalCount: 100, updateShare: 0.3, createShare: 0.2, sizeChangeShare: 0.5, expiresAfterMinutes: 60 },
    driftRequestBudget: 2000,
    criticality: 'normal',
    enabled: true,
  }
}
