import type { IdentityOverview, IdentityRun } from '../../contract/shapes.ts'
import { AppError } from '../../contract/errors.ts'
import { type Command, type CommandInput, flag } from '../command.ts'
import type { Caller } from '../connect-engine.ts'
import { bridgesText, droppedText, identityOf, share } from '../identity-words.ts'
import { count, counted, moment, table } from '../table.ts'

/** Reads all records and applies the rules to what changed. */
export const identityRun: Command = {
  path: ['identity', 'run'],
  words: ['identity?'],
  options: {},
  connects: true,
  summary: 'Read the records of all sources and say who is one person.',
  async run(input) {
    const { caller } = await input.engine()
    const identity = await identityOf(caller, input.words[0])
    const stopShowing = await showPhases(caller, identity, input)
    try {
      const run = await caller.identity.run({ identity }, { signal: input.signal })
      return { json: run, text: runText(run) }
    } finally {
      stopShowing()
    }
  },
}

/** The figures of the newest run, against what is wanted. */
export const identityRates: Command = {
  path: ['identity', 'rates'],
  words: ['identity?'],
  options: { verbose: flag },
  summary: 'Show match, ambiguous, unmatched, invalid and duplication as of the last run.',
  async run({ engine, words, options }) {
    const { caller } = await engine()
    const overview = await caller.identity.overview({ identity: await identityOf(caller, words[0]) })
    if (!overview.run) throw new AppError('not-found', 'These rules have not been run yet.', { value: overview.identity, next: `Use: lockstep identity run ${overview.identity}` })
    return { json: overview, text: ratesText(overview, overview.run, options['verbose'] === true) }
  },
}

function runText(run: IdentityRun): string {
  const { records, entities, changed, gone, affected, how } = run
  const looked = how === 'full' ? 'All were looked at.' : `${counted(changed, 'record is', 'records are')} new or changed, ${count(gone)} gone; ${counted(affected, 'was', 'were')} looked at again.`
  return [`${counted(records, 'record is', 'records are')} ${counted(entities, 'entity', 'entities')}. ${looked}`, '', ...figureTables(run)].join('\n')
}

function figureTables({ matches, sources }: IdentityRun): string[] {
  const rates = table(
    [{ title: 'Product' }, { title: 'System' }, { title: 'Match' }, { title: 'Ambiguous' }, { title: 'Unmatched' }, { title: 'Invalid' }],
    matches.map(({ fromName, toName, match, ambiguous, unmatched, invalid }) => [fromName, toName, share(match), share(ambiguous), share(unmatched), share(invalid)]),
  )
  const read = table(
    [{ title: 'Source' }, { title: 'Records', align: 'right' }, { title: 'Invalid' }, { title: 'Duplication' }, { title: 'Read' }],
    sources.map(({ name, records, invalid, duplication, readAt }) => [name, records, share(invalid), share(duplication), readAt === undefined ? undefined : moment(readAt)]),
  )
  return [...(matches.length === 0 ? [] : [rates, '']), read]
}

function ratesText({ name, alerts, queues, rules, keys, rulesChanged }: IdentityOverview, run: IdentityRun, verbose: boolean): string {
  const rulesTable = table(
    [{ title: 'Rule', atMost: 48 }, { title: 'Match' }, { title: 'Ambiguous' }, { title: 'Unmatched' }, { title: 'Entities less', align: 'right' }],
    rules.map(({ rule, match, ambiguous, unmatched, merged }) => [rule, share(match), share(ambiguous), share(unmatched), merged]),
  )
  const keysTable = table(
    [{ title: 'Key', atMost: 48 }, { title: 'Valid' }, { title: 'Invalid' }, { title: 'Match' }, { title: 'Ambiguous' }],
    keys.map(({ key, valid, invalid, match, ambiguous }) => [key, share(valid), share(invalid), share(match), share(ambiguous)]),
  )
  return [
    `${name}, as of ${moment(run.at)}: ${counted(run.records, 'record is', 'records are')} ${counted(run.entities, 'entity', 'entities')}.`,
    ...(rulesChanged ? ['The rules were changed since; run them again.'] : []),
    ...alerts.map(({ words }) => words),
    '',
    ...figureTables(run),
    ...(verbose ? ['', rulesTable, '', keysTable] : []),
    ...droppedText(keys),
    ...bridgesText(rules),
    '',
    `Waiting for a person: ${counted(queues.ambiguous, 'ambiguous merge', 'ambiguous merges')}, ${counted(queues.duplicates, 'group of duplicates', 'groups of duplicates')}, ${counted(queues.unmatched, 'unmatched row', 'unmatched rows')}, ${counted(queues.toFix, 'key to fix', 'keys to fix')}.`,
  ].join('\n')
}

/** Says on a terminal what the engine is busy with; the run does not depend on it. */
async function showPhases(caller: Caller, identity: string, { say, signal }: CommandInput): Promise<() => void> {
  if (!process.stderr.isTTY) return () => {}
  const leaving = new AbortController()
  const events = await caller.events(undefined, { signal: AbortSignal.any([leaving.signal, signal]) })
  const follow = async (): Promise<void> => {
    let shown = ''
    for await (const event of events) {
      if (event.topic !== 'identity' || event.identity !== identity || event.over || event.phase === shown) continue
      shown = event.phase
      say(`${event.phase} …`)
    }
  }
  follow().catch(() => {})
  return () => leaving.abort()
}
