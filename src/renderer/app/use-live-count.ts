import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { FilterGroup } from '../../contract/definitions.ts'
import type { SegmentCount } from '../../contract/shapes.ts'
import { engine } from './client.ts'

const pause = 250

export interface LiveCount {
  count: SegmentCount | undefined
  /** The filter that `count` belongs to. */
  countedFilter: FilterGroup
  /** True while a newer filter waits for its count. */
  counting: boolean
  error: unknown
}

/** Counts a filter shortly after the last edit; a newer edit cancels the count before it. */
export function useLiveCount(product: string, filter: FilterGroup, enabled = true): LiveCount {
  // The text, not the object, decides whether anything changed.
  const text = JSON.stringify(filter)
  const [settled] = useDebouncedValue(text, pause)
  const counted = useMemo(() => JSON.parse(settled) as FilterGroup, [settled])
  const query = useQuery({
    ...engine.segments.count.queryOptions({ input: { product, filter: counted } }),
    enabled: enabled && product !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  const current = settled === text && !query.isPlaceholderData
  return { count: query.data, countedFilter: current ? counted : nothing, counting: query.isFetching || settled !== text, error: query.error }
}

const nothing: FilterGroup = { all: [] }
