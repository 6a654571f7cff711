import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import type { FieldRow, PlanDetail, ReviewScope } from '../../../../contract/shapes.ts'
import type { AnswerKind } from '../../../../contract/states.ts'
import { client, engine } from '../../../app/client.ts'
import { plural } from '../../../shared/format.ts'
import { notifyDone, notifyError } from '../../../shared/notify.tsx'

export type Answer = { take: AnswerKind; value?: string | undefined; reason?: string | undefined; expires?: string | undefined }
export type AnswerTarget = Pick<FieldRow, 'record' | 'field' | 'answer'>
export type Answers = {
  give: (target: AnswerTarget, answer: Answer) => Promise<boolean>
  /** The same for a form that shows itself what is wrong: throws it. */
  pin: (target: AnswerTarget, answer: Answer) => Promise<void>
  giveAll: (scope: ReviewScope, answer: Answer) => Promise<boolean>
  undo: () => void
  /** Answers are taken only while the plan is under review. */
  open: boolean
}

type Undo = { words: string; run: () => Promise<unknown> }
const NOUN = { one: 'answer', many: 'answers' }

function input(answer: Answer) {
  const { take, value, reason, expires } = answer
  return { take, ...(value === undefined ? {} : { value }), ...(reason === undefined ? {} : { reason }), ...(expires === undefined ? {} : { expires }) }
}

/** Gives answers and takes them back. Undo restores what was there before, including an earlier answer. */
export function useAnswers(plan: PlanDetail): Answers {
  const queries = useQueryClient()
  const past = useRef<Undo[]>([])
  const { planId } = plan
  const refresh = useCallback(() => queries.invalidateQueries({ queryKey: engine.plans.key() }), [queries])
  const attempt = useCallback(
    async (work: () => Promise<unknown>): Promise<boolean> => {
      try {
        await work()
        await refresh()
        return true
      } catch (error) {
        notifyError(error)
        return false
      }
    },
    [refresh],
  )

  const resolve = async (target: AnswerTarget, answer: Answer): Promise<void> => {
    const scope = { record: target.record, field: target.field }
    await client.plans.resolve({ plan: planId, scope, ...input(answer) })
    const before = target.answer
    const earlier = before && { ...before, value: before.value === undefined ? undefined : String(before.value) }
    past.current.push({
      words: 'The last answer was taken back.',
      run: () => (earlier === undefined ? client.plans.unresolve({ plan: planId, scope }) : client.plans.resolve({ plan: planId, scope, ...input(earlier) })),
    })
  }
  const give = (target: AnswerTarget, answer: Answer) => attempt(() => resolve(target, answer))
  const pin = async (target: AnswerTarget, answer: Answer) => {
    await resolve(target, answer)
    await refresh()
  }

  const giveAll = (scope: ReviewScope, answer: Answer) =>
    attempt(async () => {
      const open = await openBefore(planId, scope)
      const given = await client.plans.resolve({ plan: planId, scope: { ...scope, openOnly: true }, ...input(answer) })
      if (open !== undefined) past.current.push({ words: `${plural(given.answered, NOUN)} taken back.`, run: () => takeBack(planId, open) })
      notifyDone(`${plural(given.answered, NOUN)} given; ${given.open === 0 ? 'none is' : plural(given.open, { one: 'conflict is', many: 'conflicts are' })} open.`)
    })

  const undo = () => {
    const last = past.current.pop()
    if (last !== undefined) void attempt(last.run).then((done) => (done ? notifyDone(last.words) : past.current.push(last)))
  }
  return { give, pin, giveAll, undo, open: plan.state === 'in review' || plan.state === 'approved' || plan.state === 'stopped by a guard' }
}

type Place = { record: string; field: string }
const MOST_TO_TAKE_BACK = 1000
const PAGE_ROWS = 500

/** The open conflicts of a scope, so that exactly these can be taken back; undefined when there are too many to keep. */
async function openBefore(plan: string, { all: _, record: __, records: ___, openOnly: ____, list, ...narrowing }: ReviewScope): Promise<Place[] | undefined> {
  const open: FieldRow[] = []
  for (let offset = 0; offset <= MOST_TO_TAKE_BACK; offset += PAGE_ROWS) {
    const page = await client.plans.fieldRows({ plan, filter: 'open conflicts', ...narrowing, offset, limit: PAGE_ROWS })
    if (page.total > MOST_TO_TAKE_BACK) return undefined
    open.push(...page.rows)
    if (open.length >= page.total) break
  }
  return open.filter((row) => list !== 'drift' || row.drift).map(({ record, field }) => ({ record, field }))
}

/** Takes back exactly the answers that a bulk answer gave. */
async function takeBack(planId: string, places: readonly Place[]): Promise<void> {
  for (const scope of places) await client.plans.unresolve({ plan: planId, scope })
}
