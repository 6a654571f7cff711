import { Button } from '@mantine/core'
import type { DoctorCheck } from '../../../contract/shapes.ts'
import { StatusWord } from '../../shared/status-word.tsx'
import { checkWords, inOrder } from './health-words.ts'
import classes from './settings.module.css'

/** What the doctor finds, with what to do and the action that helps. */
export function DoctorChecks({ checks, onAct }: { checks: readonly DoctorCheck[]; onAct: (action: NonNullable<DoctorCheck['action']>) => void }) {
  return (
    <ul>
      {inOrder(checks).map((check) => {
        const { meaning, words } = checkWords[check.state]
        const { action } = check
        return (
          <li key={check.name} className={classes['check']}>
            <span className={classes['checkState']}>
              <StatusWord meaning={meaning}>{words}</StatusWord>
            </span>
            <h3 className={classes['checkName']}>{check.name}</h3>
            <p className={classes['checkText']}>
              {check.message}
              {check.next !== undefined && <strong> {check.next}</strong>}
            </p>
            {action !== undefined && (
              <Button size="xs" onClick={() => onAct(action)} aria-label={`${action.label}: ${check.name}`}>
                {action.label}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
