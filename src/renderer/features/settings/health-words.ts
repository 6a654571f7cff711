import type { DoctorCheck } from '../../../contract/shapes.ts'
import type { Meaning } from '../../shared/status-word.tsx'

/** Healthy is quiet: green is for what a read-back proved. */
export const checkWords: Record<DoctorCheck['state'], { meaning: Meaning; words: string }> = {
  problem: { meaning: 'problem', words: 'Problem' },
  'needs you': { meaning: 'needs you', words: 'Needs you' },
  healthy: { meaning: 'quiet', words: 'In order' },
  quiet: { meaning: 'quiet', words: 'For information' },
}

const order: DoctorCheck['state'][] = ['problem', 'needs you', 'healthy', 'quiet']

/** What needs somebody first; within that, as the doctor says it. */
export function inOrder(checks: readonly DoctorCheck[]): DoctorCheck[] {
  return [...checks].sort((left, right) => order.indexOf(left.state) - order.indexOf(right.state))
}

/** The checks that ask for something. */
export function unwell(checks: readonly DoctorCheck[]): DoctorCheck[] {
  return checks.filter((check) => check.state === 'problem' || check.state === 'needs you')
}
