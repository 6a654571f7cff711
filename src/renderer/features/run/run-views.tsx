import { SegmentedControl } from '@mantine/core'
import type { RunSearch } from './run-search.ts'

/** What is listed beneath the counts: the rows of the run, or its requests. */
export function RunViews({ view, onView }: { view: RunSearch['view']; onView: (view: RunSearch['view']) => void }) {
  return (
    <SegmentedControl
      aria-label="What is listed"
      value={view ?? 'rows'}
      onChange={(next) => onView(next === 'requests' ? 'requests' : undefined)}
      data={[
        { value: 'rows', label: 'Rows' },
        { value: 'requests', label: 'Requests' },
      ]}
    />
  )
}
