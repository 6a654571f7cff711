const DAY_MS = 86_400_000

/** Days as typed, as the instants that the engine takes; the last day counts whole. */
export function exportRange(from: string, to: string): { from?: string; to?: string } {
  return {
    ...(from === '' ? {} : { from: new Date(`${from}T00:00:00Z`).toISOString() }),
    ...(to === '' ? {} : { to: new Date(new Date(`${to}T00:00:00Z`).getTime() + DAY_MS).toISOString() }),
  }
}
