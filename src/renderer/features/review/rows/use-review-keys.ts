import { useRef, useState } from 'react'
import { awaitForm } from '../../../shared/keys-taken.ts'
import { useShortcuts } from '../../../shared/use-shortcuts.ts'
import type { Answers } from '../answers/use-answers.ts'
import type { PlanRow } from './use-plan-rows.ts'

type Options = {
  current: PlanRow | undefined
  total: number
  active: number
  setActive: (index: number) => void
  answers: Answers
  advance: () => void
  onApply: (() => void) | undefined
}

/** J and K move; A, S and E answer; Ctrl or Cmd with Z takes back, with Enter opens the confirmation. */
export function useReviewKeys({ current, total, active, setActive, answers, advance, onApply }: Options) {
  const [editing, setEditing] = useState<string>()
  const conflict = current !== undefined && 'class' in current && current.class === 'conflict' && answers.open ? current : undefined
  const underWay = useRef(new Set<string>())
  const take = (kind: 'warehouse' | 'destination') => {
    if (conflict === undefined) return
    const id = `${conflict.record} ${conflict.field}`
    // Keys come faster than answers are stored: each goes to the row it was pressed on, and never to one twice.
    if (underWay.current.has(id)) return
    underWay.current.add(id)
    void answers.give(conflict, { take: kind }).finally(() => underWay.current.delete(id))
    advance()
  }
  const edit = (id: string) => {
    awaitForm()
    setEditing(id)
  }
  useShortcuts({
    j: () => setActive(Math.min(total - 1, active + 1)),
    k: () => setActive(Math.max(0, active - 1)),
    a: conflict === undefined ? undefined : () => take('warehouse'),
    s: conflict === undefined ? undefined : () => take('destination'),
    e: conflict === undefined ? undefined : () => edit(`${conflict.record} ${conflict.field}`),
    'mod+z': answers.undo,
    'mod+enter': onApply,
  })
  return { editing, setEditing }
}
