import { useEffect, useRef, useState } from 'react'
import type { QueueItem } from '../../../../contract/shapes.ts'
import type { PagedRows } from '../../../shared/grid/use-paged-rows.ts'
import type { Decisions } from '../decisions/use-decisions.ts'
import { useDecisions } from '../decisions/use-decisions.ts'

/** Where the list goes as soon as a case is decided, and back to where it was if that failed. */
type Moves = { goOn: () => void; comeBack: () => void }

/** The list moves on with the press that decides; a decided case says so until it is read again without it. */
export function useDecidedCases(identity: string) {
  const decisions = useDecisions(identity)
  const [decided, setDecided] = useState<ReadonlyMap<string, string>>(new Map())
  const mark = (id: string, words: string | undefined) =>
    setDecided((before) => new Map([...before].filter(([other]) => other !== id).concat(words === undefined ? [] : [[id, words]])))
  const about = async ({ id }: QueueItem, words: string, { goOn, comeBack }: Moves, act: () => Promise<boolean>): Promise<boolean> => {
    mark(id, words)
    goOn()
    const done = await act()
    if (!done) comeBack()
    else await decisions.refreshed().catch(() => undefined)
    mark(id, undefined)
    return done
  }
  const decisionsAbout = (item: QueueItem, moves: Moves): Decisions => ({
    ...decisions,
    decide: (action, reason) => about(item, action.done, moves, () => decisions.decide(action, reason)),
    undo: (decision, words, reason) => about(item, words, moves, () => decisions.undo(decision, words, reason)),
  })
  return { decisions, decided, decisionsAbout }
}

/** Stays on the case that is shown when cases before it leave the list. */
export function useSameCase(rows: PagedRows<QueueItem>, at: number, setActive: (at: number) => void): void {
  const shown = useRef<{ at: number; id: string }>(undefined)
  const id = rows.rowAt(at)?.id
  const before = at > 0 ? rows.rowAt(at - 1)?.id : undefined
  useEffect(() => {
    const last = shown.current
    const slipped = last !== undefined && last.at === at && last.id !== id && last.id === before
    if (slipped) setActive(at - 1)
    shown.current = slipped ? { at: at - 1, id: last.id } : id === undefined ? last : { at, id }
  }, [at, id, before, setActive])
}
