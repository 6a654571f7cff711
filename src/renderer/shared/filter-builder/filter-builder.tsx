import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { FilterGroup } from '../../../contract/definitions.ts'
import type { SegmentCount } from '../../../contract/shapes.ts'
import { sameValue } from '../definition-draft/draft-state.ts'
import type { BuilderContext, PartCount } from './builder-context.ts'
import { Builder } from './builder-context.ts'
import classes from './filter-builder.module.css'
import type { FilterColumn, LoadValues } from './filter-columns.ts'
import type { DraftCondition, DraftGroup } from './filter-draft.ts'
import { countable, createIds, draftOf } from './filter-draft.ts'
import { FilterGroupEditor } from './filter-group.tsx'
import { operatorsFor } from './operators.ts'

export interface FilterBuilderProps {
  filter: FilterGroup
  onChange: (filter: FilterGroup) => void
  columns: FilterColumn[]
  loadValues: LoadValues
  valuesOf: string
  /** The last count, for exactly `countedFilter`. */
  count: SegmentCount | undefined
  countedFilter: FilterGroup
  counting: boolean
}

const undoSteps = 50
const newId = createIds()

/** Conditions and groups by pointing, clicking and keys; unfinished conditions stay on screen and are left out of the filter. */
export function FilterBuilder({ filter, onChange, columns, loadValues, valuesOf, count, countedFilter, counting }: FilterBuilderProps) {
  const [root, setRoot] = useState<DraftGroup>(() => draftOf(filter, newId))
  const [focus, setFocus] = useState<string>()
  const before = useRef<DraftGroup[]>([])
  const now = useMemo(() => countable(root), [root])

  useEffect(() => {
    // The file changed outside, or the draft was undone: what is on screen follows.
    setRoot((shown) => (sameValue(countable(shown).filter, filter) ? shown : draftOf(filter, newId)))
  }, [filter])

  const apply = (next: DraftGroup) => {
    setRoot(next)
    const changed = countable(next).filter
    if (!sameValue(changed, filter)) onChange(changed)
  }
  const change = (next: DraftGroup) => {
    before.current = [...before.current, root].slice(-undoSteps)
    apply(next)
  }
  const undo = () => {
    const previous = before.current.pop()
    if (previous !== undefined) apply(previous)
  }
  const counts = useMemo(() => countsById(now.positions, count, sameValue(countedFilter, now.filter)), [now, count, countedFilter])
  const newCondition = (): DraftCondition => ({ id: newId(), column: '', operator: operatorsFor('string')[0] ?? 'is' })
  const context: BuilderContext = {
    columns,
    loadValues,
    valuesOf,
    counts,
    total: count?.total,
    counting,
    root,
    change,
    newCondition,
    newGroup: () => ({ id: newId(), kind: root.kind === 'any' ? 'all' : 'any', parts: [newCondition()] }),
    focus,
    setFocus,
  }
  return (
    <Builder value={context}>
      <div className={classes['builder']}>
        <FilterGroupEditor group={root} level={1} />
        <div className={classes['foot']}>
          <span>
            <kbd>Ctrl</kbd> <kbd>Enter</kbd> adds a condition, <kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd> moves one
          </span>
          {now.unfinished.length > 0 && <span>{now.unfinished.length === 1 ? 'One condition is not finished and is left out.' : `${String(now.unfinished.length)} conditions are not finished and are left out.`}</span>}
          <span className={classes['grow']} />
          {before.current.length > 0 && (
            <Button size="xs" variant="subtle" color="gray" leftSection={<IconArrowBackUp size={14} aria-hidden="true" />} onClick={undo}>
              Undo
            </Button>
          )}
        </div>
      </div>
    </Builder>
  )
}

/** Counts belong to positions in the filter that was counted; after an edit they wait for the next answer. */
function countsById(positions: Record<string, string>, count: SegmentCount | undefined, current: boolean): Map<string, PartCount> {
  if (count === undefined || !current) return new Map()
  const byPosition = new Map(count.conditions.map((condition) => [condition.at, condition]))
  return new Map(
    Object.entries(positions).flatMap(([id, at]) => {
      const found = byPosition.get(at)
      return found === undefined ? [] : [[id, { alone: found.alone, together: found.together }] as const]
    }),
  )
}
