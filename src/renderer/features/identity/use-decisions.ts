import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, engine } from '../../app/client.ts'
import { notifyError } from '../../shared/notify.ts'
import type { DecisionAction } from './decision-actions.ts'

export type LastDecision = { id: string; words: string; undone: boolean }

export type Decisions = {
  decide: (action: DecisionAction, reason: string) => Promise<boolean>
  /** Takes a decision back; without a reason of its own, that it was done at once is the reason. */
  undo: (decision: string, words: string, reason?: string) => Promise<boolean>
  undoLast: () => void
  last: LastDecision | undefined
  forget: () => void
  busy: boolean
}

const AT_ONCE = 'Taken back right after it was made'

/** Decides, and takes back. Each is applied to the records at once; what is listed is read again. */
export function useDecisions(identity: string): Decisions {
  const queries = useQueryClient()
  const [last, setLast] = useState<LastDecision>()
  const [busy, setBusy] = useState(false)
  const attempt = async (work: () => Promise<LastDecision>): Promise<boolean> => {
    setBusy(true)
    try {
      setLast(await work())
      // Nobody waits until all of it is read again: what was just decided can be taken back at once.
      void queries.invalidateQueries({ queryKey: engine.identity.key() })
      return true
    } catch (error) {
      notifyError(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  const undo = (decision: string, words: string, reason = AT_ONCE) =>
    attempt(async () => {
      await client.identity.undo({ identity, decision, reason })
      return { id: decision, words, undone: true }
    })
  return {
    last,
    busy,
    forget: () => setLast(undefined),
    decide: ({ kind, parts, column, done }, reason) =>
      attempt(async () => {
        const { decision } = await client.identity.decide({ identity, kind, parts, ...(column === undefined ? {} : { column }), reason })
        return { id: decision.id, words: done, undone: false }
      }),
    undo,
    undoLast: () => {
      if (last !== undefined && !last.undone && !busy) void undo(last.id, `Taken back: ${last.words}`)
    },
  }
}
