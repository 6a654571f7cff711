import type { PlanDetail, PlanFilter } from '../../../../contract/shapes.ts'
import { FindBox } from '../../../shared/find-box.tsx'
import { formatNumber } from '../../../shared/format.ts'
import { countTiles } from '../rows/plan-filters.ts'
import classes from '../review.module.css'
import type { PlanSearch } from '../rows/plan-search.ts'

/** The numbers of the plan; each one filters the table. */
export function PlanCountsBar({ plan, filter, search, onSearch }: { plan: PlanDetail; filter: PlanFilter; search: PlanSearch; onSearch: (search: PlanSearch) => void }) {
  const shown: PlanFilter = filter === 'clear' ? 'update' : filter === 'open conflicts' ? 'conflicts' : filter
  return (
    <div className={classes['counts']}>
      <div role="group" aria-label="What the plan would do" className={classes['tiles']}>
        {countTiles(plan).map((tile) => (
          <button
            key={tile.filter}
            type="button"
            className={classes['tile']}
            aria-pressed={shown === tile.filter}
            data-tone={tile.tone}
            data-apart={tile.apart}
            onClick={() => onSearch({ show: tile.filter })}
          >
            <b>{formatNumber(tile.count)}</b>
            <span>{tile.label}</span>
          </button>
        ))}
      </div>
      <FindBox label={`Find a ${plan.noun.one}, key or value`} value={search.find} onFind={(find) => onSearch({ ...search, show: filter, find })} />
    </div>
  )
}
