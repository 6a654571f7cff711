import { formValue } from './forms.ts'
import type { ResolvedKey } from './read-rules.ts'

/** Blocked values in any spelling that some part of the key brings to the same form, and as they stand: also what a bridge is called. */
export function blockedValues({ blocked, parts, forms }: ResolvedKey): string[] {
  const formed = blocked.flatMap((raw) =>
    parts.flatMap(({ part }) => {
      const value = formValue(raw, { part, ...forms })
      return value.ok ? value.values : []
    }),
  )
  return [...new Set([...blocked, ...formed])]
}
