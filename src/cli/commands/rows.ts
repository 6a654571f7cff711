import { z } from 'zod'
import { AppError } from '../../contract/errors.ts'
import { planFilter } from '../../contract/shapes.ts'
import { rowState, verification } from '../../contract/states.ts'
import { type Command, text, textOf } from '../command.ts'
import type { Caller } from '../connect-engine.ts'
import { exportText } from '../export-text.ts'

const runStates = z.union([rowState, verification])

/** Rows of a plan or a run as files. */
export const rowsExport: Command = {
  path: ['rows', 'export'],
  words: ['plan|run'],
  options: { state: text('blocked|rejected|…') },
  summary: 'Write the rows of a plan or run in one state to files: JSONL exact, CSV safe for spreadsheets.',
  async run({ words, options, engine }) {
    const state = textOf(options, 'state') ?? ''
    const filter = planFilter.safeParse(state)
    if (!filter.success && !runStates.safeParse(state).success) {
      const known = [...planFilter.options, ...rowState.options, ...verification.options].join(', ')
      throw new AppError('bad-usage', state === '' ? 'No state was given.' : `There is no state “${state}”.`, { field: 'state', value: state, next: `Give --state with one of: ${known}.` })
    }
    const { caller } = await engine()
    const { planId, runId } = await planAndRun(caller, words[0] ?? '')
    if (!filter.success && runId === undefined) throw new AppError('bad-input', `The plan has not been applied, so no row of it is ${state}.`, { field: 'state', value: state, next: 'Apply the plan first.' })
    const result = filter.success ? await caller.plans.exportRows({ plan: planId, filter: filter.data }) : await caller.runs.exportRows({ run: runId ?? '', state })
    return { json: result, text: exportText(result) }
  },
}

/** Either id leads to both: the state decides which of them is asked. */
async function planAndRun(caller: Caller, id: string): Promise<{ planId: string; runId?: string }> {
  try {
    const { planId, runId } = await caller.runs.get({ run: id })
    return { planId, runId }
  } catch (error) {
    if ((error as { data?: { code?: unknown } }).data?.code !== 'not-found') throw error
  }
  const { planId, run } = await caller.plans.get({ plan: id })
  return { planId, ...(run ? { runId: run.runId } : {}) }
}
