import { countsAsPerson, type FieldChange } from '../../plans/plan-rows.ts'

/**
 * Why a record is not preselected, in words; undefined when it is. What a person typed, or may have typed, is never
 * overwritten and nothing is emptied until somebody, or a saved policy, selects it (semantics §2).
 */
export function holdReason(fields: FieldChange[], labels: ReadonlyMap<string, string>, onlyWriter: boolean): string | undefined {
  const reasons: string[] = []
  const say = (words: string, held: FieldChange[]): void => {
    if (held.length > 0) reasons.push(`${words} ${held.map(({ field }) => labels.get(field) ?? field).join(', ')}`)
  }
  const touchesPerson = fields.filter((field) => (field.class === 'overwrite' || field.class === 'repair') && countsAsPerson(field.editor?.kind, onlyWriter))
  say('clears', fields.filter((field) => field.class === 'clear'))
  say('overwrites a person’s edit of', touchesPerson.filter((field) => field.editor?.kind === 'person'))
  say('overwrites what may be a person’s edit of', touchesPerson.filter((field) => field.editor?.kind !== 'person'))
  if (reasons.length === 0) return undefined
  const text = reasons.join('; ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
