import type { ChangeEvent, RunProgress } from '../../contract/shapes.ts'
import type { Notify } from '../ports.ts'

/** Tells the person outside the window how a run ended: once per run, in counts, never with a record. */
export class RunNotices {
  private readonly notify: Notify
  private readonly told = new Set<string>()

  constructor(notify: Notify) {
    this.notify = notify
  }

  see(event: ChangeEvent): void {
    if (event.topic !== 'run' || this.told.has(event.runId)) return
    const title = endOf(event.progress)
    if (title === undefined) return
    this.told.add(event.runId)
    this.notify.show({ title, body: outcomeOf(event.progress), route: `/runs/${event.runId}` })
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
