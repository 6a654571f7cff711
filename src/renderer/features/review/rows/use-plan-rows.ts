import { useMemo } from 'react'
import type { FieldRow, PlanDetail, PlanFilter, RecordRow } from '../../../../contract/shapes.ts'
import { client, engine } from '../../../app/client.ts'
import type { PagedRows } from '../../../shared/grid/use-paged-rows.ts'
import { usePagedRows } from '../../../shared/grid/use-paged-rows.ts'
import { listsFields } from './plan-filters.ts'
import type { PlanSearch } from './plan-search.ts'

export type PlanRow = FieldRow | RecordRow
export type PlanRowList = {
  rows: PagedRows<PlanRow>
  /** The next conflict without an answer after an index, or simply the next row. */
  nextOpen: (index: number) => number
}

const LOOK_AHEAD = 300

/** The listed rows of a plan: fields or records, found, ordered and paged by the engine. */
export function usePlanRows(plan: PlanDetail, filter: PlanFilter, search: PlanSearch): PlanRowList {
  const asked = useMemo(
    () => ({
      plan: plan.planId,
      filter,
      ...(listsFields(filter) ? search.only : {}),
      ...(search.find === undefined ? {} : { search: search.find }),
      ...(search.by === undefined ? {} : { sort: { by: search.by, descending: search.down === true } }),
      ...((filter === 'blocked' || filter === 'left out') && search.cause !== undefined ? { cause: search.cause, ...(search.field === undefined ? {} : { causeField: search.field }) } : {}),
    }),
    [plan.planId, filter, search],
  )
  const fields = listsFields(filter)
  const queryKey = fields ? engine.plans.fieldRows.queryKey({ input: asked }) : engine.plans.recordRows.queryKey({ input: asked })
  const rows = usePagedRows<PlanRow>({
    queryKey,
    fetch: async (offset, limit, signal) => {
      const page = { ...asked, offset, limit }
      return fields ? client.plans.fieldRows(page, { signal }) : client.plans.recordRows(page, { signal })
    },
  })
  const nextOpen = (index: number) => {
    const last = Math.min(rows.total - 1, index + LOOK_AHEAD)
    for (let next = index + 1; next <= last; next++) {
      const row = rows.rowAt(next)
      if (row === undefined) break
      if ('class' in row && row.answer === undefined) return next
    }
    return Math.min(rows.total - 1, index + 1)
  }
  return { rows, nextOpen }
}
