import type { ClusterSummary, Ratio } from '../contract/shapes.ts'
import { AppError } from '../contract/errors.ts'
import type { Caller } from './connect-engine.ts'
import { count, counted } from './table.ts'

/** The identity that a command is about: as named, or the only one of the workspace. */
export async function identityOf(caller: Caller, named: string | undefined): Promise<string> {
  if (named !== undefined) return named
  const open = await caller.workspace.current()
  const known = (open?.definitions ?? []).filter(({ kind }) => kind === 'identity').map(({ id }) => id)
  const [only, ...others] = known
  if (only === undefined) throw new AppError('not-found', 'This workspace has no rules of identity.', { field: 'identity', next: 'Write identity/people.yaml; samples/identity/README.md shows how.' })
  if (others.length > 0) throw new AppError('bad-usage', 'This workspace has several identities, and none was named.', { field: 'identity', next: `Name one of: ${known.join(', ')}.` })
  return only
}

/** 91.2% (18,240 of 20,000); without a denominator n/a. */
export function share({ numerator, denominator, value }: Ratio): string {
  return value === null ? 'n/a' : `${(value * 100).toFixed(1)}% (${count(numerator)} of ${count(denominator)})`
}

/** What the keys dropped, a line for each key and reason: nothing is dropped in silence. */
export function droppedText(keys: ClusterSummary['keys']): string[] {
  return keys.flatMap(({ key, dropped = [] }) =>
    dropped.map(({ reason, records, examples }) => {
      const shown = examples.map(({ value, records: having }) => `${value} (${count(having)})`).join(', ')
      return `${key}: ${counted(records, 'record has', 'records have')} a value that is no key, ${reason}${shown === '' ? '' : `: ${shown}`}.`
    }),
  )
}

/** The values that hold too much together, a line for each, with what to do. */
export function bridgesText(rules: ClusterSummary['rules']): string[] {
  return rules.flatMap(({ rule, bridges = [] }) =>
    bridges.map(({ key, value, records }) => {
      const agree = `${key} ${value}, in which ${counted(records, 'record agrees', 'records agree')},`
      return `${rule}: ${agree} holds together more records than one person may have. If it is nobody’s own, add it to 'blocked' of the key ${key}.`
    }),
  )
}

/** email ann@harbour.com, name ann lee: in what records agree. */
export function evidenceText(evidence: readonly { key: string; value: string }[]): string {
  return evidence.map(({ key, value }) => `${key} ${value}`).join(', ')
}
