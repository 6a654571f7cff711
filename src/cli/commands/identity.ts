import type { ClusterSummary } from '../../contract/shapes.ts'
import { AppError } from '../../contract/errors.ts'
import { type Command, flag, text, textOf, texts, textsOf } from '../command.ts'
import { bridgesText, droppedText, share } from '../identity-words.ts'
import { count, counted, table } from '../table.ts'

/** Clusters files of records by a rule file, without a workspace: to try rules, and to score them. */
export const identityCluster: Command = {
  path: ['identity', 'cluster'],
  words: [],
  options: { records: texts('FILE.csv'), rules: text('FILE.yaml'), out: text('FILE.csv'), 'id-column': text('NAME'), verbose: flag },
  summary: 'Say which records of CSV files are one entity, by a rule file.',
  async run({ options, engine, resolvePath }) {
    const records = textsOf(options, 'records')
    const [rules, out] = [required(options, 'rules'), required(options, 'out')]
    if (records.length === 0) throw missing('records')
    const idColumn = textOf(options, 'id-column')
    const { caller } = await engine('none')
    const summary = await caller.identity.cluster({ records: records.map(resolvePath), rules: resolvePath(rules), out: resolvePath(out), ...(idColumn === undefined ? {} : { idColumn }) })
    return { json: summary, text: summaryText(summary, options['verbose'] === true) }
  },
}

function required(options: Parameters<typeof textOf>[0], name: string): string {
  const value = textOf(options, name)
  if (value === undefined) throw missing(name)
  return value
}

function missing(name: string): AppError {
  return new AppError('bad-usage', `identity cluster: --${name} is missing.`, { field: name, next: 'Use: lockstep identity cluster --records FILE.csv --rules FILE.yaml --out clusters.csv' })
}

function summaryText(summary: ClusterSummary, verbose: boolean): string {
  const { records, entities, linkedShare, ambiguous, duplication, out } = summary
  const head = [
    `${counted(records, 'record', 'records')} are ${counted(entities, 'entity', 'entities')}.`,
    `Linked ${share(linkedShare)}, duplication ${share(duplication)}, ambiguous ${share(ambiguous)}.`,
    `Written to ${out}.`,
  ]
  const rules = table(
    [{ title: 'Rule', atMost: 48 }, { title: 'Match' }, { title: 'Ambiguous' }, { title: 'Unmatched' }, { title: 'Entities less' }],
    summary.rules.map(({ rule, match, ambiguous: held, unmatched, merged }) => [rule, share(match), share(held), share(unmatched), count(merged)]),
  )
  const keys = table(
    [{ title: 'Key', atMost: 48 }, { title: 'Valid' }, { title: 'Invalid' }, { title: 'Match' }, { title: 'Ambiguous' }],
    summary.keys.map(({ key, valid, invalid, match, ambiguous: held }) => [key, share(valid), share(invalid), share(match), share(held)]),
  )
  const noted = [...droppedText(summary.keys), ...bridgesText(summary.rules)]
  return [...head, '', rules, ...(noted.length > 0 ? ['', ...noted] : []), ...(verbose ? ['', keys] : [])].join('\n')
}
