/** How fast a simulator lives: `vendor` keeps the real windows and delays, `fast` divides all of them by 100. */
export type PaceName = 'vendor' | 'fast'

/** Turns a vendor's duration into this simulator's duration. Shapes (counts, headers, bodies) never change. */
export type Pace = {
  readonly name: PaceName
  scale(milliseconds: number): number
}

const DIVISOR: Record<PaceName, number> = { vendor: 1, fast: 100 }

export function createPace(name: PaceName): Pace {
  const divisor = DIVISOR[name]
  return { name, scale: (milliseconds) => milliseconds / divisor }
}
