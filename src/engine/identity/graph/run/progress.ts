import type { ChangeEvent } from '../../../../contract/shapes.ts'
import type { Session } from '../../../session/session.ts'

/** Told what is going on, with how much is done; throws once it was cancelled. */
export type Progress = (phase: string, done?: number, of?: number) => void

interface Work {
  session: Pick<Session, 'emit'>
  /** A run of the rules, or a preview of edited ones. */
  topic: Extract<ChangeEvent['topic'], 'identity' | 'preview'>
  identity: string
  signal?: AbortSignal | undefined
}

/** Progress as every shell hears of it. */
export function progressOf({ session, topic, identity, signal }: Work): Progress {
  return (phase, done = 0, of) => {
    signal?.throwIfAborted()
    session.emit({ topic, identity, phase, done, ...(of === undefined ? {} : { of }) })
  }
}
