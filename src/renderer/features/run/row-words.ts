import type { RunRow } from '../../../contract/shapes.ts'
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
