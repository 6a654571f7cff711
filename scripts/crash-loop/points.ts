/** Where a process can be killed, in the order of a run. Each comes once or many times; the loop says at which time. */
export const crashPoints = [
  'before intent commit',
  'after intent commit',
  'request handed over',
  'request sent',
  'answer begins',
  'answer complete',
  'before job commit',
  'after job commit',
  'poll sent',
  'poll answered',
  'before outcome commit',
  'after outcome commit',
  'before doubt commit',
  'after doubt commit',
  'before repeat commit',
  'after repeat commit',
  'comparing',
  'reading back',
  'before proof commit',
  'after proof commit',
  'writing data file',
  'data file written',
  'writing receipts',
  'receipts written',
  'before end commit',
  'after end commit',
] as const
export type CrashPoint = (typeof crashPoints)[number]

/** Points that only come where a system works in jobs. */
export const jobPoints: ReadonlySet<CrashPoint> = new Set<CrashPoint>(['before job commit', 'after job commit', 'poll sent', 'poll answered'])

/** Points that only come where an earlier process, or an answer, was lost. */
export const doubtPoints: ReadonlySet<CrashPoint> = new Set<CrashPoint>(['before doubt commit', 'after doubt commit', 'before repeat commit', 'after repeat commit'])
