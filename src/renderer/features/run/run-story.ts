import type { RunProgress } from '../../../contract/shapes.ts'
import { formatNumber, formatUntil, plural, sentence } from '../../shared/format.ts'

const records = { one: 'record', many: 'records' }

/** "Waiting for HubSpot’s limit of 190 requests in 10 seconds, goes on at 14:05:12 UTC". */
export function waitSentence(wait: RunProgress['waits'][number], now: Date, zone: string): string {
  return `Waiting for ${wait.limit}, goes on at ${formatUntil(wait.until, now, zone)}${wait.why === undefined ? '' : `. ${sentence(wait.why)}`}`
}

/** What is done already, for a run that is paused, held back or over before its end. */
export function doneSentence({ counts, destinationName, state }: Pick<RunProgress, 'counts' | 'destinationName' | 'state'>): string {
  const over = state === 'stopped' || state === 'failed'
  const { planned, pending, delivered, verified, skipped } = counts
  const underWay = counts.sent + counts.accepted
  const parts = [
    delivered === 0 ? `Nothing ${over ? 'was' : 'is'} delivered` : `${formatNumber(delivered)} of ${plural(planned, records)} ${delivered === 1 ? 'is' : 'are'} in ${destinationName}${verified === 0 ? '' : `, ${formatNumber(verified)} read back`}`,
    underWay === 0 ? '' : `${formatNumber(underWay)} under way`,
    pending === 0 ? '' : `${formatNumber(pending)} not sent yet`,
    over && skipped > 0 ? `${formatNumber(skipped)} left out` : '',
  ].filter((part) => part !== '')
  return `${parts.join('; ')}.`
}

/**
 * What the comparison before the write cannot rule out; empty where nothing was delivered. No system that is connected
 * today takes a condition with a write, so the moment between the two stays open, and is said.
 */
export function comparisonSentence({ counts, destinationName }: Pick<RunProgress, 'counts' | 'destinationName'>): string {
  if (counts.delivered === 0) return ''
  if (counts.unverifiable === counts.delivered) return `${destinationName} cannot be read: nothing was compared before it was written, and what arrived cannot be verified.`
  return `Every record was compared once more just before it left. ${destinationName} cannot refuse an edit that somebody makes in the seconds between; it would show in its own history.`
}

/** Whether what is done already needs saying. */
export function isCutShort(run: Pick<RunProgress, 'state' | 'paused' | 'hold'>): boolean {
  return run.state === 'stopped' || run.state === 'failed' || run.paused || run.hold !== undefined
}
