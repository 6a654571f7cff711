import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { engineError } from './engine-error.ts'

const FAILURE = 'failure'

/** Long enough to be read twice. */
const READ_MS = 20_000

/** A failed action: what happened and what to do. It goes by itself, with the screen it was about, or when the next act succeeds. */
export function notifyError(error: unknown): void {
  const { message, next } = engineError(error)
  forgetFailure()
  notifications.show({ id: FAILURE, color: 'red', title: message, message: next ?? '', autoClose: READ_MS, withBorder: true, closeButtonProps: { 'aria-label': 'Close' } })
}

/** Something that was done, in one sentence. */
export function notifyDone(message: string): void {
  forgetFailure()
  notifications.show({ role: 'status', color: 'teal', message, withBorder: true, closeButtonProps: { 'aria-label': 'Close' } })
}

/** What failed is over: another screen was opened, or it was done after all. */
export function forgetFailure(): void {
  notifications.hide(FAILURE)
}

/** Something that was done and can be taken back, at once and by one press. */
export function notifyUndoable(message: string, undo: () => Promise<void>): void {
  forgetFailure()
  const id = notifications.show({
    role: 'status',
    color: 'teal',
    withBorder: true,
    autoClose: READ_MS,
    closeButtonProps: { 'aria-label': 'Close' },
    message: (
      <>
        {message}{' '}
        <Button
          variant="subtle"
          onClick={() => {
            notifications.hide(id)
            undo().catch(notifyError)
          }}
        >
          Undo
        </Button>
      </>
    ),
  })
}
