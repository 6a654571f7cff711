import { formatNumber, sentence } from '../../shared/format.ts'

/** Labels that the name of a fact alone would not give. */
const labels: Record<string, string> = {
  planHash: 'Hash of the plan',
  decisionHash: 'Hash of the plan with its answers',
  outcomes: 'Hash over the outcome of every row',
  head: 'Hash of the last entry then',
  hash: 'Hash of the file',
  willSend: 'To send',
  skipped: 'Left out',
  quarantined: 'Set aside',
  overridden: 'Changed back by the destination',
  unverifiable: 'Cannot be verified',
  gone: 'Gone from the destination',
  source: 'Rows of the source',
  invalid: 'With an invalid key',
  create: 'To create',
  update: 'To update',
  clear: 'That clear a field',
  remove: 'To remove',
  conflictRecords: 'Records with a conflict',
  driftRecords: 'Records with drift',
  conflicts: 'Conflicts (fields)',
  drift: 'Drift (fields)',
  kept: 'Kept in',
  by: 'By',
  to: 'To',
}

/** "willSend" → "To send", "sourceRows" → "Source rows". */
export function factLabel(name: string): string {
  return labels[name] ?? sentence(name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase())
}

export type FactValue = { text: string; exact: boolean }

/** A value of an entry: counts with separators, hashes and ids exactly as they are. */
export function factValue(value: unknown): FactValue {
  if (typeof value === 'number') return { text: formatNumber(value), exact: false }
  if (typeof value === 'boolean') return { text: value ? 'yes' : 'no', exact: false }
  if (typeof value === 'string') return { text: value, exact: /^[0-9a-f]{8}(-|[0-9a-f]{24})/.test(value) }
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return { text: value.join(', '), exact: false }
  return { text: JSON.stringify(value), exact: true }
}
