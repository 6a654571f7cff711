import { ActionIcon, Menu, Select } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconBoxMultiple, IconDots, IconX } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { useEffect, useRef } from 'react'
import type { FilterOperator } from '../../../contract/definitions.ts'
import { useBuilder } from './builder-context.ts'
import classes from './filter-builder.module.css'
import { ConditionValue } from './condition-value.tsx'
import { typeWords } from './filter-columns.ts'
import type { DraftCondition, DraftGroup } from './filter-draft.ts'
import { addPart, deepestLevel, levelOf, movePart, removePart, setCondition } from './filter-draft.ts'
import { operatorChoice, operatorsFor, valueFor } from './operators.ts'
import { PartCounts } from './part-counts.tsx'
import { columnWords } from './sentence.ts'

/** One condition: column, operator, value; its counts; what can be done with it. */
export function FilterConditionEditor({ condition, group, index }: { condition: DraftCondition; group: DraftGroup; index: number }) {
  const builder = useBuilder()
  const row = useRef<HTMLDivElement>(null)
  const column = builder.columns.find((candidate) => candidate.name === condition.column)
  const name = column === undefined ? `Condition ${String(index + 1)}` : `Condition about ${columnWords(column.name)}`
  const { focus, setFocus } = builder
  useEffect(() => {
    if (focus !== condition.id) return
    row.current?.querySelector('input')?.focus()
    setFocus(undefined)
  }, [focus, condition.id, setFocus])

  const set = (next: Partial<DraftCondition>) => builder.change(setCondition(builder.root, condition.id, { ...condition, ...next }))
  const setColumn = (chosen: string) => {
    const type = builder.columns.find((candidate) => candidate.name === chosen)?.type ?? 'string'
    const operators = operatorsFor(type)
    const operator = type === column?.type && operators.includes(condition.operator) ? condition.operator : (operators[0] ?? 'is')
    set({ column: chosen, operator, value: undefined })
  }
  const addAfter = () => {
    const part = builder.newCondition()
    setFocus(part.id)
    builder.change(addPart(builder.root, group.id, part, condition.id))
  }
  const remove = () => {
    setFocus((group.parts[index + 1] ?? group.parts[index - 1])?.id)
    builder.change(removePart(builder.root, condition.id))
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) addAfter()
    else if (event.altKey && event.key === 'ArrowUp') builder.change(movePart(builder.root, condition.id, -1))
    else if (event.altKey && event.key === 'ArrowDown') builder.change(movePart(builder.root, condition.id, 1))
    else return
    event.preventDefault()
  }
  const operators = operatorsFor(column?.type ?? 'string')
  return (
    <div ref={row} role="group" aria-label={name} className={classes['condition']} onKeyDownCapture={keys}>
      <div className={classes['fields']}>
      <Select
        className={classes['column']}
        aria-label="Column"
        placeholder="Choose a column"
        searchable
        nothingFoundMessage="No column is called that"
        data={builder.columns.map((candidate) => ({ value: candidate.name, label: columnWords(candidate.name) }))}
        renderOption={({ option }) => {
          const shown = builder.columns.find((candidate) => candidate.name === option.value)
          return (
            <span className={classes['option']}>
              <span>{option.label}</span>
              <small>{shown === undefined ? '' : typeWords[shown.type]}</small>
            </span>
          )
        }}
        value={condition.column === '' ? null : condition.column}
        onChange={(chosen) => chosen !== null && setColumn(chosen)}
        error={condition.column !== '' && column === undefined ? 'This column is not in the product' : undefined}
      />
      <Select
        className={classes['operator']}
        aria-label="Comparison"
        data={operators.map((operator) => ({ value: operator, label: operatorChoice(operator) }))}
        value={condition.operator}
        disabled={column === undefined}
        onChange={(operator) => operator !== null && set({ operator: operator as FilterOperator, value: valueFor(operator as FilterOperator, condition.value) })}
      />
      <div className={classes['value']}>{column !== undefined && <ConditionValue condition={condition} column={column} onChange={(value) => set({ value })} />}</div>
      </div>
      <PartCounts id={condition.id} narrowing={group.kind === 'all'} />
      <span className={classes['tools']}>
        <ConditionMenu condition={condition} index={index} last={index === group.parts.length - 1} name={name} />
        <ActionIcon size={24} aria-label={`Remove: ${name}`} onClick={remove}>
          <IconX size={15} aria-hidden="true" />
        </ActionIcon>
      </span>
    </div>
  )
}

function ConditionMenu({ condition, index, last, name }: { condition: DraftCondition; index: number; last: boolean; name: string }) {
  const { root, change, newGroup, newCondition, setFocus } = useBuilder()
  const group = () => {
    const around = newGroup()
    const added = newCondition()
    setFocus(added.id)
    change(replaceBy(root, condition, { ...around, parts: [{ ...condition, id: `${condition.id}-in` }, added] } as DraftGroup))
  }
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size={24} aria-label={`More for ${name}`}>
          <IconDots size={15} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowUp size={14} />} disabled={index === 0} onClick={() => change(movePart(root, condition.id, -1))}>
          Move up
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowDown size={14} />} disabled={last} onClick={() => change(movePart(root, condition.id, 1))}>
          Move down
        </Menu.Item>
        <Menu.Item leftSection={<IconBoxMultiple size={14} />} disabled={levelOf(root, condition.id) > deepestLevel} onClick={group}>
          Offer an alternative (new group)
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Puts a group where a condition stood. */
function replaceBy(root: DraftGroup, condition: DraftCondition, by: DraftGroup): DraftGroup {
  return {
    ...root,
    parts: root.parts.map((part) => {
      if (part.id === condition.id) return by
      return 'parts' in part ? replaceBy(part, condition, by) : part
    }),
  }
}
