import type { Command } from '../command.ts'
import { table } from '../table.ts'

/** What works on this machine and in this workspace, and what does not. */
export const doctor: Command = {
  path: ['doctor'],
  words: [],
  options: {},
  connects: 'if it may',
  summary: 'Look at this machine, the workspace, its sources, connections and secrets.',
  async run({ engine }) {
    const { caller } = await engine()
    const checks = await caller.home.doctor()
    const ok = checks.every(({ state }) => state !== 'problem')
    const text = table([{ title: 'Check', atMost: 60 }, { title: 'State' }, { title: 'Finding', atMost: 200 }], checks.map(({ name, state, message, next }) => [name, state, next === undefined ? message : `${message} ${next}`]))
    return { json: { ok, checks }, text, exit: ok ? 0 : 1 }
  },
}
