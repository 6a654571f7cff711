import type { FieldRow } from '../../../contract/shapes.ts'
import { isEmpty } from '../format.ts'

/** + comes, ~ changes, − goes, ◇ somebody else changed it, = stays. */
export type DiffSign = '+' | '~' | '−' | '◇' | '='

const words: Record<DiffSign, string> = { '+': 'added', '~': 'changed', '−': 'cleared', '◇': 'changed by somebody else', '=': 'not changed' }

export function signWords(sign: DiffSign): string {
  return words[sign]
}

/** The sign of a field: what would happen to what the destination holds. */
export function signOf(row: Pick<FieldRow, 'class' | 'drift' | 'write' | 'destination' | 'warehouse' | 'result'>): DiffSign {
  if (row.class === 'conflict' || row.drift) return '◇'
  if (!row.write) return '='
  const after = row.result === undefined ? row.warehouse : row.result
  if (isEmpty(after)) return isEmpty(row.destination) ? '=' : '−'
  return isEmpty(row.destination) ? '+' : '~'
}
