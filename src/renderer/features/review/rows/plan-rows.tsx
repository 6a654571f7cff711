import { useCallback, useMemo } from 'react'
import type { PlanDetail, PlanFilter } from '../../../../contract/shapes.ts'
import { Grid } from '../../../shared/grid/grid.tsx'
import type { GridChecks } from '../../../shared/grid/grid-types.ts'
import { EmptyState } from '../../../shared/states.tsx'
import { columnsFor } from './columns.tsx'
import type { PlanSearch } from './plan-search.ts'
import type { PlanRow, PlanRowList } from './use-plan-rows.ts'
import { useSelection } from './use-selection.ts'

type Props = {
  plan: PlanDetail
  filter: PlanFilter
  search: PlanSearch
  list: PlanRowList
  active: number
  onActive: (index: number) => void
  onSearch: (search: PlanSearch) => void
}

/** The table of the plan. Rows that are not preselected carry a checkbox. */
export function PlanRows({ plan, filter, search, list, active, onActive, onSearch }: Props) {
  const { destinationName, noun } = plan
  const columns = useMemo(() => columnsFor(filter, { destinationName, one: noun.one }), [filter, destinationName, noun.one])
  const { toggle, canSelect } = useSelection(plan)
  const choosable = canSelect && (filter === 'not preselected' || filter === 'drift' || filter === 'remove' || filter === 'clear')
  const checked = useCallback((row: PlanRow) => row.selected, [])
  const label = useCallback((row: PlanRow) => `Send ${row.label}`, [])
  const checks: GridChecks<PlanRow> | undefined = useMemo(
    () => (choosable ? { label, checked, onToggle: (rows, selected) => toggle([...new Set(rows.map(({ record }) => record))], selected), applies: (row) => !row.preselected } : undefined),
    [choosable, label, checked, toggle],
  )
  return (
    <Grid
      label={filter === 'left out' ? 'Values not taken' : `${filter} of the plan`}
      name={`plan-${filter}`}
      columns={columns}
      rows={list.rows}
      active={active}
      onActive={onActive}
      sort={search.by === undefined ? undefined : { by: search.by, descending: search.down === true }}
      onSort={(sort) => onSearch({ ...search, show: filter, by: sort?.by, down: sort?.descending })}
      {...(checks === undefined ? {} : { checks })}
      empty={<EmptyState>{emptyWords(plan, filter, search)}</EmptyState>}
    />
  )
}

function emptyWords(plan: PlanDetail, filter: PlanFilter, search: PlanSearch): string {
  if (search.only !== undefined) return 'Nothing here fits the filters. Take one away to see more.'
  if (search.find !== undefined) return `Nothing here contains “${search.find}”. Clear the search to see everything.`
  switch (filter) {
    case 'conflicts':
      return `No conflicts: nobody in ${plan.destinationName} changed what this plan would write.`
    case 'open conflicts':
      return 'Every conflict has an answer.'
    case 'drift':
      return `Nothing of ours was changed in ${plan.destinationName}, as far as was looked.`
    case 'blocked':
      return 'Nothing is blocked.'
    case 'not preselected':
      return 'Nothing waits to be selected.'
    case 'kept':
      return 'Nothing is kept against the warehouse.'
    case 'left out':
      return `${plan.destinationName} takes every value of this plan.`
    case 'create':
    case 'update':
    case 'clear':
    case 'remove':
    case 'gone':
    case 'unchanged':
      return `No ${plan.noun.many} here.`
  }
}
