import { type Command, flag, text, textOf } from '../command.ts'
import { followRun, runResult } from '../follow-run.ts'
import { moment, table } from '../table.ts'
import { planResult } from './plan.ts'

export const runsList: Command = {
  path: ['runs', 'list'],
  words: [],
  options: { activation: text('A') },
  summary: 'List the latest runs.',
  async run({ options, engine }) {
    const { caller } = await engine()
    const activation = textOf(options, 'activation')
    const runs = await caller.runs.list(activation === undefined ? {} : { activation })
    const columns = [{ title: 'Run' }, { title: 'Activation' }, { title: 'State' }, { title: 'Planned', align: 'right' as const }, { title: 'Delivered', align: 'right' as const }, { title: 'Verified', align: 'right' as const }, { title: 'Started' }]
    const rows = runs.map((run) => [run.runId, run.activation, run.state, run.counts.planned, run.counts.delivered, run.counts.verified, moment(run.startedAt)])
    return { json: { runs }, text: rows.length === 0 ? 'Nothing was run yet.' : table(columns, rows) }
  },
}

export const runsShow: Command = {
  path: ['runs', 'show'],
  words: ['run'],
  options: {},
  summary: 'Show one run.',
  async run({ words, engine }) {
    const { caller } = await engine()
    const run = await caller.runs.get({ run: words[0] ?? '' })
    return { json: run, text: runResult(run, false).text }
  },
}

export const runsResume: Command = {
  path: ['runs', 'resume'],
  words: ['run'],
  options: { strict: flag },
  connects: true,
  summary: 'Let a run go on with what it left open, and wait for its end.',
  async run(input) {
    const { caller } = await input.engine()
    const { runId } = await caller.runs.resume({ run: input.words[0] ?? '' })
    return followRun(runId, input)
  },
}

export const runsCancel: Command = {
  path: ['runs', 'cancel'],
  words: ['run'],
  options: {},
  connects: true,
  summary: 'Send nothing more of a run; what was sent is settled and verified.',
  async run(input) {
    const { caller } = await input.engine()
    const { runId } = await caller.runs.cancel({ run: input.words[0] ?? '' })
    // It was asked for, so a run that ends as cancelled is no failure.
    return { ...(await followRun(runId, input)), exit: 0 }
  },
}

export const runsRevert: Command = {
  path: ['runs', 'revert'],
  words: ['run'],
  options: {},
  connects: true,
  summary: 'Make a plan that puts back what a run changed; review and apply it like any other.',
  async run(input) {
    const { caller } = await input.engine()
    return planResult(await caller.runs.revert({ run: input.words[0] ?? '' }, { signal: input.signal }), input)
  },
}
