import { Button } from '@mantine/core'
import { modKey } from '../../../shared/use-shortcuts.ts'
import classes from '../frame/identity.module.css'
import type { Decisions } from './use-decisions.ts'

/** What was decided last, said aloud, with the way back beside it. It stays until the next decision. */
export function LastDecisionBar({ decisions }: { decisions: Decisions }) {
  const { last, busy, undoLast, forget } = decisions
  return (
    <div role="status" className={classes['lastDecision']} data-shown={last !== undefined || undefined}>
      {last !== undefined && (
        <>
          <span>
            {last.id === undefined && <span className={classes['quiet']}>Being stored: </span>}
            {last.words}
          </span>
          {last.id !== undefined && !last.undone && (
            <Button size="xs" loading={busy} onClick={undoLast} rightSection={<kbd>{modKey} Z</kbd>}>
              Undo
            </Button>
          )}
          <Button size="xs" variant="subtle" onClick={forget}>
            Close
          </Button>
        </>
      )}
    </div>
  )
}
