import { readFileSync } from 'node:fs'

/** Milliseconds that only grow. */
export function now(): number {
  return performance.now()
}

/** The value that so great a share of the measurements does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** The middle of several measurements. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The most memory this process ever held, in MiB, as the kernel counts it; elsewhere what Node knows. */
export function peakMemory(): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
    return Math.round(Number(kilobytes) / 1024)
  } catch {
    return Math.round(process.resourceUsage().maxRSS / 1024)
  }
}

/** Wall time and processor time in milliseconds; the second says more where other programs run beside. */
export interface Spent {
  ms: number
  cpuMs: number
}

/** Starts to measure; call the result for what was spent since. */
export function stopwatch(): () => Spent {
  const start = now()
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return { ms: now() - start, cpuMs: (user + system) / 1000 }
  }
}

/** What each phase took, in the order they came; a phase that comes again adds to what it took. */
export class PhaseTimes {
  readonly phases: Record<string, Spent> = {}
  private phase: string | undefined
  private spent = stopwatch()

  enter(phase: string): void {
    if (phase === this.phase) return
    this.end()
    this.phase = phase
  }

  end(): void {
    if (this.phase !== undefined) this.phases[this.phase] = sum([this.phases[this.phase] ?? { ms: 0, cpuMs: 0 }, this.spent()])
    this.spent = stopwatch()
    this.phase = undefined
  }
}

/** Adds up. */
export function sum(parts: readonly Spent[]): Spent {
  return { ms: parts.reduce((total, { ms }) => total + ms, 0), cpuMs: parts.reduce((total, { cpuMs }) => total + cpuMs, 0) }
}
