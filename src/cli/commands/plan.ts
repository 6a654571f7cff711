import type { PlanDetail } from '../../contract/shapes.ts'
import { AppError } from '../../contract/errors.ts'
import { type Command, type CommandInput, type CommandResult, numberOf, text, textOf, wholeNumber } from '../command.ts'
import type { Caller } from '../connect-engine.ts'
import { planText } from '../plan-text.ts'

/** Reads warehouse and destination, and stores what a run would do. Sends nothing. */
export const plan: Command = {
  path: ['plan'],
  words: ['activation'],
  options: { limit: wholeNumber('N'), keys: text('a,b') },
  connects: true,
  summary: 'Store a plan of everything a run would do; nothing is sent.',
  async run(input) {
    const { caller } = await input.engine()
    const limit = numberOf(input.options, 'limit')
    const keys = keysOf(textOf(input.options, 'keys'))
    if (limit !== undefined && keys !== undefined) throw new AppError('bad-usage', 'plan: --limit and --keys were both given.', { next: 'Give one of them.' })
    if (limit === 0) throw new AppError('bad-usage', 'plan: --limit takes a number from 1.', { field: 'limit', value: '0' })
    const stopShowing = await showPhases(caller, input)
    try {
      const made = await caller.plans.create({ activation: input.words[0] ?? '', ...(limit === undefined ? {} : { limit }), ...(keys === undefined ? {} : { keys }) }, { signal: input.signal })
      return planResult(made, input)
    } finally {
      stopShowing()
    }
  },
}

/** A stored plan as a result: exactly the keys of architecture §8; 1 when a guard stopped it. */
export function planResult(made: PlanDetail, { say }: Pick<CommandInput, 'say'>): CommandResult {
  const { planId, planHash, activation, counts, readScope, expiresAt } = made
  for (const guard of made.guards) say(`${guard.message} ${guard.next}`)
  return {
    json: { planId, planHash, activation, counts, readScope, expiresAt },
    text: planText(made),
    exit: made.state === 'stopped by a guard' ? 1 : 0,
  }
}

function keysOf(words: string | undefined): string[] | undefined {
  if (words === undefined) return undefined
  const keys = words.split(',').map((key) => key.trim()).filter((key) => key !== '')
  if (keys.length === 0) throw new AppError('bad-usage', 'plan: --keys names no key.', { field: 'keys', value: words, next: 'Give keys of the product, as in --keys a,b.' })
  return keys
}

/** Says on a terminal what the engine is busy with. */
async function showPhases(caller: Caller, { say, signal }: CommandInput): Promise<() => void> {
  if (!process.stderr.isTTY) return () => {}
  const leaving = new AbortController()
  const events = await caller.events(undefined, { signal: AbortSignal.any([leaving.signal, signal]) })
  const follow = async (): Promise<void> => {
    let shown = ''
    for await (const event of events) {
      if (event.topic !== 'planning' || event.phase === shown) continue
      shown = event.phase
      say(`${event.phase} …`)
    }
  }
  // The list of phases is a courtesy: the plan does not depend on it.
  follow().catch(() => {})
  return () => leaving.abort()
}
