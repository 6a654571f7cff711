import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { ErrorNotice } from './error-notice.tsx'
import classes from './states.module.css'

/** Nothing here yet: one sentence, one action. */
export function EmptyState({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes['empty']}>
      <p>{children}</p>
      {action}
    </div>
  )
}

/** A screen that could not be read: what happened, what to do, one action. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div className={classes['errorState']}>
      <ErrorNotice error={error} action={onRetry === undefined ? undefined : <Button onClick={onRetry}>Try again</Button>} />
    </div>
  )
}
