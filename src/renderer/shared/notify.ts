import { notifications } from '@mantine/notifications'
import { engineError } from './engine-error.ts'

const FAILURE = 'failure'

/** A failed action: what happened and what to do. It stays until it is closed, or the next one takes its place. */
export function notifyError(error: unknown): void {
  const { message, next } = engineError(error)
  notifications.hide(FAILURE)
  notifications.show({ id: FAILURE, color: 'red', title: message, message: next ?? '', autoClose: false, withBorder: true, closeButtonProps: { 'aria-label': 'Close' } })
}

/** Something that was done, in one sentence. */
export function notifyDone(message: string): void {
  notifications.show({ color: 'teal', message, withBorder: true, closeButtonProps: { 'aria-label': 'Close' } })
}
