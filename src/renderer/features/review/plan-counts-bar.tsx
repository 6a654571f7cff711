import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { PlanDetail, PlanFilter } from '../../../contract/shapes.ts'
import { formatNumber } from '../../shared/format.ts'
import { countTiles } from './plan-filters.ts'
import classes from './review.module.css'
import type { PlanSearch } from './plan-search.ts'

const TYPING_PAUSE_MS = 250

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
      <FindBox value={search.find} noun={plan.noun.one} onFind={(find) => onSearch({ ...search, show: filter, find })} />
    </div>
  )
}

function FindBox({ value, noun, onFind }: { value: string | undefined; noun: string; onFind: (find: string | undefined) => void }) {
  const [text, setText] = useState(value ?? '')
  useEffect(() => {
    const wanted = text.trim() === '' ? undefined : text.trim()
    if (wanted === value) return
    const timer = setTimeout(() => onFind(wanted), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  })
  return (
    <TextInput
      className={classes['find']}
      aria-label={`Find a ${noun}, key or value`}
      placeholder="Find"
      type="search"
      leftSection={<IconSearch size={14} aria-hidden="true" />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  )
}
