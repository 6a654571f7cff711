import type { CauseGroup } from '../../contract/shapes.ts'

/** Causes with the destination's own words for their fields. */
export function labelledCauses(causes: readonly CauseGroup[], labels: ReadonlyMap<string, string>): CauseGroup[] {
  return causes.map((group) => {
    const fieldLabel = group.field === undefined ? undefined : labels.get(group.field)
    return fieldLabel === undefined ? group : { ...group, fieldLabel }
  })
}
