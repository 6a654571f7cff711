import { type Command, flag } from '../command.ts'
import { followRun } from '../follow-run.ts'

/** Executes exactly an approved plan, and waits for its end. */
export const apply: Command = {
  path: ['apply'],
  words: ['plan'],
  options: { strict: flag },
  connects: true,
  summary: 'Apply an approved plan and wait until it is verified.',
  async run(input) {
    const engine = await input.engine()
    // A plan that already has a run returns that run, so asking a successor again sends nothing twice.
    const { runId } = await engine.persist((caller) => caller.runs.start({ plan: input.words[0] ?? '' }))
    return followRun(runId, input)
  },
}

/** Plan, answers by policy, approval and apply in one, for schedules. */
export const run: Command = {
  path: ['run'],
  words: ['activation'],
  options: { strict: flag },
  connects: true,
  summary: 'Plan, answer by saved policies, approve and apply in one, without asking.',
  async run(input) {
    const { caller } = await input.engine()
    const { runId } = await caller.activations.run({ activation: input.words[0] ?? '' }, { signal: input.signal })
    return followRun(runId, input)
  },
}
