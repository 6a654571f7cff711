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
export function policyScope(scope: ReviewScope): { field?: string; editor?: Editor } {
  return { ...(scope.field === undefined ? {} : { field: scope.field }), ...(scope.editor === undefined ? {} : { editor: scope.editor }) }
}
