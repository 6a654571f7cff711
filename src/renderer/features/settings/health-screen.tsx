import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Backup, DoctorCheck } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { formatBytes, plural } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { notifyDone, notifyError } from '../../shared/notify.tsx'
import { Frame, Page, Section } from '../../shared/page.tsx'
import { ErrorState } from '../../shared/states.tsx'
import { BackupList } from './backup-list.tsx'
import { DoctorChecks } from './doctor-checks.tsx'
import { unwell } from './health-words.ts'
import { RestoreDialog } from './restore-dialog.tsx'
import classes from './settings.module.css'

/** What is healthy, what is not and what to do about it, with the action; backups, and the way back to one. */
export function HealthScreen() {
  const checks = useQuery(engine.home.doctor.queryOptions({ staleTime: 0 }))
  const backups = useQuery(engine.workspace.backups.queryOptions())
  const [restoring, setRestoring] = useState<Backup>()
  const backUp = useBackUp()
  const navigate = useNavigate()
  const newest = backups.data?.find((backup) => backup.problem === undefined)
  const act = ({ does }: NonNullable<DoctorCheck['action']>) => {
    if ('route' in does) void navigate({ to: does.route })
    else if (does.call === 'back up') backUp.mutate(undefined)
    else if (newest !== undefined) setRestoring(newest)
  }
  return (
    <Page
      title="Health"
      context={
        <>
          <Link to="/settings">Settings</Link> {checks.data === undefined ? '' : contextWords(checks.data)}
        </>
      }
      actions={
        <>
          <Button loading={checks.isFetching} onClick={() => void checks.refetch()}>
            Check again
          </Button>
          <Button variant="filled" loading={backUp.isPending} onClick={() => backUp.mutate(undefined)}>
            Back up now
          </Button>
        </>
      }
      scroll
    >
      <div className={classes['wide']}>
        <Section title="Checks" aside="the same as the command doctor">
          {checks.isPending && <Loading label="Checking" rows={6} />}
          {checks.isError && <ErrorState error={checks.error} onRetry={() => void checks.refetch()} />}
          {checks.data !== undefined && (
            <Frame>
              <DoctorChecks checks={checks.data} onAct={act} />
            </Frame>
          )}
        </Section>
        <Section title="Backups" aside="of the state of this workspace; definitions are files of yours, for git">
          {backups.isPending && <Loading label="Looking for backups" rows={3} />}
          {backups.isError && <ErrorState error={backups.error} onRetry={() => void backups.refetch()} />}
          {backups.data !== undefined && <BackupList backups={backups.data} onRestore={setRestoring} onBackUp={() => backUp.mutate(undefined)} />}
        </Section>
      </div>
      {restoring !== undefined && <RestoreDialog backup={restoring} onClose={() => setRestoring(undefined)} />}
    </Page>
  )
}

function contextWords(checks: readonly DoctorCheck[]): string {
  const count = unwell(checks).length
  return count === 0 ? '· everything is in order' : `· ${plural(count, { one: 'check needs', many: 'checks need' })} you`
}

function useBackUp() {
  const queries = useQueryClient()
  return useMutation(
    engine.workspace.backUp.mutationOptions({
      onSuccess: (backup) => {
        notifyDone(`Backed up, ${formatBytes(backup.bytes)}`)
        void queries.invalidateQueries({ queryKey: engine.workspace.backups.key() })
        void queries.invalidateQueries({ queryKey: engine.home.key() })
      },
      onError: notifyError,
    }),
  )
}
