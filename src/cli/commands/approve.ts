import { AppError } from '../../contract/errors.ts'
import { type Command, numberOf, text, textOf, wholeNumber } from '../command.ts'
import { moment } from '../table.ts'

/** Signs a plan with its answers and selection. */
export const approve: Command = {
  path: ['approve'],
  words: ['plan'],
  options: { 'confirm-count': wholeNumber('N'), 'lift-guard': text('GUARD'), reason: text('R') },
  connects: true,
  summary: 'Approve a plan with its answers; a large first load needs its count typed.',
  async run({ words, options, engine }) {
    const plan = words[0] ?? ''
    const guard = textOf(options, 'lift-guard')
    const reason = textOf(options, 'reason')
    if (guard !== undefined && reason === undefined) throw new AppError('bad-usage', 'A guard is lifted only with a reason.', { field: 'reason', next: 'Give --reason R.' })
    const confirmCount = numberOf(options, 'confirm-count')
    const { caller } = await engine()
    if (guard !== undefined) await caller.plans.liftGuard({ plan, guard, reason: reason ?? '' })
    const approval = await caller.plans.approve({ plan, ...(confirmCount === undefined ? {} : { confirmCount }) })
    return { json: approval, text: `Plan ${approval.planId} was approved by ${approval.approvedBy} at ${moment(approval.at)}.\nNext: lockstep apply ${approval.planId.slice(0, 8)}` }
  },
}
