import type { Random } from '../engine/ports/ports.ts'

/** Chance for jitter; nothing secret depends on it. */
export const systemRandom: Random = { next: () => Math.random() }
