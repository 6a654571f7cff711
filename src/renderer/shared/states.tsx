import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { leadsNowhere } from './engine-error.ts'
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

/** A screen that could not be read: what happened, what to do, one action: the way `back` where its address leads nowhere. */
export function ErrorState({ error, onRetry, back }: { error: unknown; onRetry?: () => void; back?: ReactNode }) {
  const retry = onRetry === undefined ? undefined : <Button onClick={onRetry}>Try again</Button>
  return (
    <div className={classes['errorState']}>
      <ErrorNotice error={error} action={back !== undefined && leadsNowhere(error) ? back : retry} />
    </div>
  )
}
