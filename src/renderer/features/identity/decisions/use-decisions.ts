import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { client, engine } from '../../../app/client.ts'
import { whileActing } from '../../../shared/keys-taken.ts'
import { notifyError } from '../../../shared/notify.tsx'
import type { DecisionAction } from './decision-actions.ts'

/** What was decided last; while it is being applied there is no id yet, and nothing to take back. */
export type LastDecision = { id: string | undefined; words: string; undone: boolean }

export type Decisions = {
  decide: (action: DecisionAction, reason: string) => Promise<boolean>
  /** Takes a decision back; without a reason of its own, that it was done at once is the reason. */
  undo: (decision: string, words: string, reason?: string) => Promise<boolean>
  undoLast: () => void
  last: LastDecision | undefined
  forget: () => void
  busy: boolean
  /** What is listed was read again after the last decision. */
  refreshed: () => Promise<void>
}

const AT_ONCE = 'Taken back right after it was made'

/** Decides, and takes back. Each is applied to the records at once; what is listed is read again. */
export function useDecisions(identity: string): Decisions {
  const queries = useQueryClient()
  const [last, setLast] = useState<LastDecision>()
  const [busy, setBusy] = useState(false)
  const reading = useRef<Promise<void>>(Promise.resolve())
  const attempt = async (words: string, work: () => Promise<LastDecision>): Promise<boolean> => {
    setBusy(true)
    setLast({ id: undefined, words, undone: false })
    try {
      setLast(await whileActing(work))
      // Nobody waits until all of it is read again: what was just decided can be taken back at once.
      reading.current = queries.invalidateQueries({ queryKey: engine.identity.key() })
      return true
    } catch (error) {
      setLast(undefined)
      notifyError(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  const undo = (decision: string, words: string, reason = AT_ONCE) =>
    attempt(words, async () => {
      await client.identity.undo({ identity, decision, reason })
      return { id: decision, words, undone: true }
    })
  return {
    last,
    busy,
    forget: () => setLast(undefined),
    refreshed: () => reading.current,
    decide: ({ kind, parts, column, done }, reason) =>
      attempt(done, async () => {
        const { decision } = await client.identity.decide({ identity, kind, parts, ...(column === undefined ? {} : { column }), reason })
        return { id: decision.id, words: done, undone: false }
      }),
    undo,
    undoLast: () => {
      if (last?.id !== undefined && !last.undone && !busy) void undo(last.id, `Taken back: ${last.words}`)
    },
  }
}
