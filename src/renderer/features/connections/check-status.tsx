import { StatusWord } from '../../shared/status-word.tsx'
import { When } from '../../shared/when.tsx'
import type { CheckAnswer } from './use-check.ts'

type Props = { answer: CheckAnswer | undefined; checking: boolean; paused: boolean; missing: number; lastAnswered: string | undefined }

/** What the last check said, or that it answered since while it was in use; never green without one of them. */
export function CheckStatus({ answer, checking, paused, missing, lastAnswered }: Props) {
  if (checking) return <StatusWord meaning="quiet">Checking</StatusWord>
  if (paused) return <StatusWord meaning="quiet">Paused</StatusWord>
  if (missing > 0) return <StatusWord meaning="needs you">{missing === 1 ? 'A secret has to be entered' : `${String(missing)} secrets have to be entered`}</StatusWord>
  if (lastAnswered !== undefined && (answer === undefined || answer.at < lastAnswered)) {
    return (
      <StatusWord meaning="verified">
        In use, answered <When at={lastAnswered} />
      </StatusWord>
    )
  }
  if (answer === undefined) return <StatusWord meaning="quiet">Not checked yet</StatusWord>
  return (
    <StatusWord meaning={answer.ok ? 'verified' : 'problem'}>
      {answer.ok ? 'Answered' : 'Did not answer'} <When at={answer.at} />
    </StatusWord>
  )
}
