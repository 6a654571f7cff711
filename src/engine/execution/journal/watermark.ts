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

  /** What it will be once the unit's rows are in the journal: for the transaction that puts them there. */
  without(unit: Unit): number {
    let lowest = this.seen + 1
    for (const other of this.open) if (other !== unit) lowest = Math.min(lowest, other.first)
    return lowest
  }

  /** The unit's rows are in the journal. */
  end(unit: Unit): void {
    this.open.delete(unit)
  }
}
