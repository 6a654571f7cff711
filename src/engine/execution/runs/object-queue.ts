/** A run's place in the line for one destination object. */
export interface Turn {
  /** Higher goes first. */
  rank: number
  /** As people know it, for who waits behind it. */
  name: string
  /** Called whenever it is this run's turn: at first, and again after it had let another go first. */
  start: () => void
}

interface Line {
  working: Turn | undefined
  /** Those that let a more critical one go first, and those that have not begun, in the order in which they came. */
  waiting: Turn[]
}

/**
 * One applying run per destination object. The most critical goes first, then who came first. A run that is at work lets
 * a more critical one pass between two batches, and goes on when that one has ended.
 */
export class ObjectQueue {
  private readonly lines = new Map<string, Line>()

  enter(place: string, turn: Turn): void {
    const line = this.lines.get(place) ?? { working: undefined, waiting: [] }
    this.lines.set(place, line)
    line.waiting.push(turn)
    this.next(line)
  }

  /** Whether the run must not begin another batch: it is not its turn, or a more critical one waits. */
  mustWait(place: string, turn: Turn): boolean {
    const line = this.lines.get(place)
    return line !== undefined && (line.working !== turn || this.first(line, turn) !== turn)
  }

  /** Nothing of the run is on its way: a more critical one may go first. */
  letPass(place: string, turn: Turn): void {
    const line = this.lines.get(place)
    if (line?.working !== turn || this.first(line, turn) === turn) return
    // It came before everybody who waits with the same rank.
    line.waiting.unshift(turn)
    line.working = undefined
    this.next(line)
  }

  /** The run has ended, whether it was its turn or not. */
  leave(place: string, turn: Turn): void {
    const line = this.lines.get(place)
    if (!line) return
    line.waiting = line.waiting.filter((other) => other !== turn)
    if (line.working === turn) line.working = undefined
    this.next(line)
    if (line.working === undefined && line.waiting.length === 0) this.lines.delete(place)
  }

  /** Whom the run waits for. */
  ahead(place: string, turn: Turn): Turn | undefined {
    const line = this.lines.get(place)
    return line?.working === turn ? undefined : line?.working
  }

  private next(line: Line): void {
    if (line.working !== undefined) return
    const [first] = line.waiting
    if (!first) return
    const turn = this.first(line, first)
    line.waiting = line.waiting.filter((other) => other !== turn)
    line.working = turn
    turn.start()
  }

  private first(line: Line, among: Turn): Turn {
    return line.waiting.reduce((best, other) => (other.rank > best.rank ? other : best), among)
  }
}
