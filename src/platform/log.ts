import type { Log } from '../engine/ports/ports.ts'
import { redact } from './redaction.ts'

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

export interface LogOptions {
  /** Less important lines are dropped. */
  level?: LogLevel
  /** Added to every line: which process speaks. */
  name: string
  write?: (line: string) => void
}

/** A log that also learns which values must never appear in it. */
export interface NodeLog extends Log {
  /** From now on this value is replaced wherever it would appear. */
  conceal(secret: string): void
}

/** One JSON object per line on standard error; secrets and personal data are replaced before they are written. */
export function createLog({ level = 'info', name, write = (line) => process.stderr.write(line) }: LogOptions): NodeLog {
  const concealed = new Set<string>()
  const threshold = logLevels.indexOf(level)
  const at =
    (importance: LogLevel) =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      if (logLevels.indexOf(importance) < threshold) return
      const safe = redact({ message, ...fields }, concealed)
      write(`${JSON.stringify({ time: new Date().toISOString(), level: importance, name, ...safe })}\n`)
    }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    conceal: (secret) => {
      if (secret.length >= SHORTEST_SECRET) concealed.add(secret)
    },
  }
}

/** Replacing shorter values would tear ordinary words apart. */
const SHORTEST_SECRET = 4

/** The level asked for in the environment, else the shell's own. */
export function logLevelFrom(environment: Record<string, string | undefined>, fallback: LogLevel): LogLevel {
  return logLevels.find((level) => level === environment['LOCKSTEP_LOG']) ?? fallback
}
