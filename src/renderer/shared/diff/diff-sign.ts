import type { FieldRow } from '../../../contract/shapes.ts'
import type { Raw } from '../../../contract/states.ts'
import { isEmpty } from '../format.ts'

/** + comes, ~ changes, − goes, ◇ somebody else changed it, = stays. */
export type DiffSign = '+' | '~' | '−' | '◇' | '='

const words: Record<DiffSign, string> = { '+': 'added', '~': 'changed', '−': 'cleared', '◇': 'changed by somebody else', '=': 'not changed' }

export function signWords(sign: DiffSign): string {
  return words[sign]
}

/** What would be written if the row is sent: also for rows that nobody has selected yet, whose result is what is there now. */
export function valueIfSent(row: Pick<FieldRow, 'warehouse' | 'result' | 'selected' | 'write' | 'answer'>): Raw | undefined {
  if (!row.selected && row.answer === undefined && row.write) return row.warehouse
  return row.result === undefined ? row.warehouse : row.result
}

/** The sign of a field: what would happen to what the destination holds. */
export function signOf(row: Pick<FieldRow, 'class' | 'drift' | 'write' | 'destination' | 'warehouse' | 'result' | 'selected' | 'answer'>): DiffSign {
  if (row.class === 'conflict' || row.drift) return '◇'
  if (!row.write) return '='
  const after = valueIfSent(row)
  if (isEmpty(after)) return isEmpty(row.destination) ? '=' : '−'
  return isEmpty(row.destination) ? '+' : '~'
}
