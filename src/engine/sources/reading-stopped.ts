/** Why a reading was ended: by us after its time or on request, or because of what it did. */
export type Stop = { because: 'time'; seconds: number } | { because: 'cancelled' } | { because: 'memory'; memoryMb?: number } | { because: 'crashed' }

/** A reading that did not come to its end. */
export class ReadingStopped extends Error {
  readonly stop: Stop

  constructor(stop: Stop, cause?: unknown) {
    super(`reading stopped: ${stop.because}`, { cause })
    this.name = 'ReadingStopped'
    this.stop = stop
  }
}

/** Why a signal ended. */
export function stopOf({ reason }: AbortSignal): Stop {
  return reason instanceof ReadingStopped ? reason.stop : { because: 'cancelled' }
}

/** The text of a failure when an answer would be longer than it may. */
export const ANSWER_TOO_LONG = 'Answer Too Long'
