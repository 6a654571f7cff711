import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { doctorCheck } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { ErrorState } from '../../shared/states.tsx'
import { Loading } from '../../shared/loading.tsx'
import type { Meaning } from '../../shared/status-word.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import classes from './settings.module.css'

const words: Record<z.infer<typeof doctorCheck>['state'], { meaning: Meaning; words: string }> = {
  healthy: { meaning: 'quiet', words: 'In order' },
  'needs you': { meaning: 'needs you', words: 'Needs you' },
  problem: { meaning: 'problem', words: 'Problem' },
  quiet: { meaning: 'quiet', words: 'For information' },
}

/** What the doctor finds, with what to do. */
export function DoctorChecks() {
  const checks = useQuery(engine.home.doctor.queryOptions({ staleTime: 0 }))
  if (checks.isPending) return <Loading label="Checking" rows={4} />
  if (checks.isError) return <ErrorState error={checks.error} onRetry={() => void checks.refetch()} />
  return (
    <>
      <ul>
        {checks.data.map((check) => (
          <li key={check.name} className={classes['check']}>
            <div>
              <p>{check.name}</p>
              <p className={classes['quiet']}>{check.message}</p>
              {check.next !== undefined && <p className={classes['quiet']}>{check.next}</p>}
            </div>
            <StatusWord meaning={words[check.state].meaning}>{words[check.state].words}</StatusWord>
          </li>
        ))}
      </ul>
      <div className={classes['again']}>
        <Button loading={checks.isFetching} onClick={() => void checks.refetch()}>
          Check again
        </Button>
      </div>
    </>
  )
}
