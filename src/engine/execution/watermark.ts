/** Rows that were read from the plan and are not in the journal yet, known by their first ordinal. */
export interface Unit {
  first: number
}

/**
 * The ordinal below which everything is in the journal, while several batches fill and fly out of order. A restart reads
 * the plan from there.
 */
export class Watermark {
  private readonly open = new Set<Unit>()
  private seen: number

  constructor(from: number) {
    this.seen = from - 1
  }

  saw(ordinal: number): void {
    this.seen = ordinal
  }

  begin(first: number): Unit {
    const unit = { first }
    this.open.add(unit)
    return unit
  }

  /** The unit's rows are about to be journalled, in the transaction that stores the answer. */
  end(unit: Unit): number {
    this.open.delete(unit)
    let lowest = this.seen + 1
    for (const other of this.open) lowest = Math.min(lowest, other.first)
    return lowest
  }
}
