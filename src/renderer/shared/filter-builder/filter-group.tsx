import { ActionIcon, Button, Select } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { FilterConditionEditor } from './filter-condition.tsx'
import { useBuilder } from './builder-context.ts'
import classes from './filter-builder.module.css'
import type { DraftGroup, GroupKind } from './filter-draft.ts'
import { addPart, deepestLevel, isGroup, removePart, setKind } from './filter-draft.ts'
import { PartCounts } from './part-counts.tsx'

const kinds: { value: GroupKind; label: string }[] = [
  { value: 'all', label: 'All of these hold' },
  { value: 'any', label: 'At least one of these holds' },
  { value: 'none', label: 'None of these holds' },
]

const joins: Record<GroupKind, string> = { all: 'and', any: 'or', none: 'nor' }

/** A group of conditions, with groups inside down to the third level. */
export function FilterGroupEditor({ group, level, parent }: { group: DraftGroup; level: number; parent?: DraftGroup }) {
  const builder = useBuilder()
  const label = kinds.find((kind) => kind.value === group.kind)?.label ?? ''
  const add = (part: ReturnType<typeof builder.newCondition>) => {
    builder.setFocus(isGroup(part) ? part.parts[0]?.id : part.id)
    builder.change(addPart(builder.root, group.id, part))
  }
  return (
    <div role="group" aria-label={label} className={classes['group']} data-level={level}>
      <div className={classes['groupHead']}>
        <Select
          aria-label="How the conditions hold together"
          className={classes['kind']}
          data={kinds}
          value={group.kind}
          onChange={(kind) => kind !== null && builder.change(setKind(builder.root, group.id, kind as GroupKind))}
        />
        <span className={classes['grow']} />
        {level > 1 && (
          <>
            <PartCounts id={group.id} narrowing={parent?.kind === 'all'} />
            <span className={classes['tools']}>
              <ActionIcon size={24} aria-label={`Remove this group: ${label}`} onClick={() => builder.change(removePart(builder.root, group.id))}>
                <IconX size={15} aria-hidden="true" />
              </ActionIcon>
            </span>
          </>
        )}
        {level === 1 && group.parts.length > 0 && group.kind === 'all' && (
          <span className={classes['countHead']} aria-hidden="true">
            <span>alone</span>
            <span>left over</span>
          </span>
        )}
      </div>
      <div className={classes['parts']}>
        {group.parts.map((part, index) => (
          <div key={part.id} className={classes['part']}>
            <span className={classes['join']}>{index === 0 ? '' : joins[group.kind]}</span>
            {isGroup(part) ? <FilterGroupEditor group={part} level={level + 1} parent={group} /> : <FilterConditionEditor condition={part} group={group} index={index} />}
          </div>
        ))}
      </div>
      <div className={classes['add']}>
        <Button size="xs" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => add(builder.newCondition())}>
          Condition
        </Button>
        {level < deepestLevel && (
          <Button size="xs" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => add(builder.newGroup())}>
            Group
          </Button>
        )}
      </div>
    </div>
  )
}
