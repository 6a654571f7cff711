import type { Notify } from '../engine/ports/ports.ts'

export type Notification = Parameters<Notify['show']>[0]

/** For shells without a place outside their window: the page shows what happened through the contract's events. */
export const noNotify: Notify = { show: () => {} }

/** Hands each notification to the shell, which knows how this machine shows one. */
export function notifyThrough(show: (notification: Notification) => void): Notify {
  return { show }
}
