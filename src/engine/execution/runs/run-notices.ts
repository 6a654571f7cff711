import type { ChangeEvent, RunProgress } from '../../../contract/shapes.ts'
import type { Notify } from '../../ports/ports.ts'

/** Tells the person outside the window how a run ended, or that only they can help it on: once each, in counts, never with a record. */
export class RunNotices {
  private readonly notify: Notify
  private readonly told = new Set<string>()

  constructor(notify: Notify) {
    this.notify = notify
  }

  see(event: ChangeEvent): void {
    if (event.topic !== 'run') return
    this.tellHold(event.runId, event.progress)
    if (this.told.has(event.runId)) return
    const title = endOf(event.progress)
    if (title === undefined) return
    this.told.add(event.runId)
    this.notify.show({ title, body: outcomeOf(event.progress), route: `/runs/${event.runId}` })
  }

  /** A run that was resumed and is held again tells again. */
  private tellHold(runId: string, { hold, activationName, reason, next }: RunProgress): void {
    const held = `${runId} held`
    if (hold !== 'reconnect') return void this.told.delete(held)
    if (this.told.has(held)) return
    this.told.add(held)
    this.notify.show({ title: `${activationName} waits for you`, body: [reason, next].filter((part) => part !== undefined).join(' '), route: `/runs/${runId}` })
  }
}

function endOf({ state, activationName }: RunProgress): string | undefined {
  switch (state) {
    case 'approved':
    case 'applying':
    case 'verifying':
      return undefined
    case 'done':
      return `${activationName} is done`
    case 'stopped':
      return `${activationName} stopped`
    case 'failed':
      return `${activationName} failed`
  }
}

/** What a person would ask first: how much arrived and was proved, and what needs them. */
function outcomeOf({ counts, reason, destinationName }: RunProgress): string {
  const number = (count: number): string => count.toLocaleString('en-GB')
  const unwell = [
    [counts.rejected, 'rejected'],
    [counts.quarantined, 'quarantined'],
    [counts.unknown, 'unknown'],
    [counts.overridden, 'overridden by the destination'],
  ] as const
  const parts = [
    `${number(counts.delivered)} of ${number(counts.planned)} delivered to ${destinationName}, ${number(counts.verified)} verified`,
    ...unwell.filter(([count]) => count > 0).map(([count, words]) => `${number(count)} ${words}`),
  ]
  return [reason, `${parts.join(', ')}.`].filter((part) => part !== undefined).join(' ')
}
