import { StatusWord } from '../../shared/status-word.tsx'
import { When } from '../../shared/when.tsx'
import type { CheckAnswer } from './use-check.ts'

/** What the last check said; never green without one. */
export function CheckStatus({ answer, checking, paused, missing }: { answer: CheckAnswer | undefined; checking: boolean; paused: boolean; missing: number }) {
  if (checking) return <StatusWord meaning="quiet">Checking</StatusWord>
  if (paused) return <StatusWord meaning="quiet">Paused</StatusWord>
  if (missing > 0) return <StatusWord meaning="needs you">{missing === 1 ? 'A secret has to be entered' : `${String(missing)} secrets have to be entered`}</StatusWord>
  if (answer === undefined) return <StatusWord meaning="quiet">Not checked yet</StatusWord>
  return (
    <StatusWord meaning={answer.ok ? 'verified' : 'problem'}>
      {answer.ok ? 'Answered' : 'Did not answer'} <When at={answer.at} />
    </StatusWord>
  )
}
