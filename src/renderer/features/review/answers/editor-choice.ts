import type { ReviewScope } from '../../../../contract/shapes.ts'

export type Editor = NonNullable<ReviewScope['editor']>

/** Who put a value there, as a choice; "anyone" does not narrow. */
export const editorChoices = [
  { value: 'anyone', label: 'anyone' },
  { value: 'person', label: 'a person' },
  { value: 'other system', label: 'another system' },
  { value: 'unknown', label: 'somebody unknown' },
  { value: 'us', label: 'Lockstep' },
]

/** The scope for a chosen field ("*" is every field) and editor. */
export function scopeOf(field: string, editor: string): ReviewScope {
  return { ...(field === '*' ? { all: true } : { field }), ...(editor === 'anyone' ? {} : { editor: editor as Editor }) }
}

/** The same as a saved policy takes it. */
export function policyScope({ field, editor, changedBy }: ReviewScope): { field?: string; editor?: Editor; changedBy?: string } {
  return { ...(field === undefined ? {} : { field }), ...(editor === undefined ? {} : { editor }), ...(typeof changedBy === 'string' ? { changedBy } : {}) }
}

/** Whether a policy can say the same of later plans: which field, and who changed it, and nothing about values or what was looked for. */
export function canBePolicy({ list, field: _field, editor: _editor, changedBy, ...rest }: ReviewScope): boolean {
  return (list === undefined || list === 'open conflicts' || list === 'conflicts') && changedBy !== null && Object.values(rest).every((value) => value === undefined)
}
