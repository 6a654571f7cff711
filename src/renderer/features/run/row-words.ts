import type { RunRow } from '../../../contract/shapes.ts'
import { sentence } from '../../shared/format.ts'
import type { Meaning } from '../../shared/status-word.tsx'
import { stateWords } from './run-words.ts'

/** The state of one row as a status word; green only when its read-back agreed. */
export function rowWords(row: Pick<RunRow, 'state' | 'verification'>): { meaning: Meaning; words: string } {
  if (row.verification === 'verified') return { meaning: 'verified', words: 'Verified' }
  if (row.verification === 'overridden') return { meaning: 'problem', words: 'Changed back' }
  if (row.verification === 'unverifiable') return { meaning: 'accepted', words: 'Cannot be verified' }
  const words = stateWords[row.state]
  switch (row.state) {
    case 'pending':
    case 'skipped':
      return { meaning: 'quiet', words }
    case 'sent':
    case 'accepted':
    case 'delivered':
      return { meaning: 'accepted', words }
    case 'quarantined':
    case 'unknown':
      return { meaning: 'needs you', words }
    case 'rejected':
      return { meaning: 'problem', words }
  }
}

/** What came of one row, in a sentence: its own message, else what its state means. */
export function rowStory(row: Pick<RunRow, 'state' | 'verification' | 'message' | 'reason'>): string {
  if (row.message !== undefined) return row.message
  if (row.verification === 'verified') return 'The read-back agreed with what was sent.'
  if (row.verification === 'unverifiable') return 'It was taken, but cannot be read back.'
  switch (row.state) {
    case 'pending':
      return 'Not sent yet.'
    case 'sent':
      return 'Sent; the answer is awaited.'
    case 'accepted':
      return 'Accepted as a job; its result is awaited.'
    case 'delivered':
      return 'Taken; not read back yet.'
    default:
      return row.reason === undefined ? '' : `${sentence(row.reason)}.`
  }
}
