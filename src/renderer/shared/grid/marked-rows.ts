/** Rows marked together: from where it began to where it is now, both included. */
export type Marked = { from: number; to: number }

/** The rows that are marked after moving with Shift: from where the first step began. */
export function markedTo(marked: Marked | undefined, active: number, to: number): Marked {
  return { from: marked?.from ?? Math.max(0, active), to }
}

export function isMarked(marked: Marked | undefined, index: number): boolean {
  return marked !== undefined && index >= Math.min(marked.from, marked.to) && index <= Math.max(marked.from, marked.to)
}

/** The marked rows that are here, or the one row that is active; `missing` are not loaded. */
export function rowsOf<Row>(marked: Marked | undefined, active: number, rowAt: (index: number) => Row | undefined): { rows: Row[]; missing: number } {
  const { from, to } = marked ?? { from: active, to: active }
  const rows: Row[] = []
  let missing = 0
  for (let index = Math.max(0, Math.min(from, to)); index <= Math.max(from, to); index++) {
    const row = rowAt(index)
    if (row === undefined) missing++
    else rows.push(row)
  }
  return { rows, missing }
}
