import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { client } from '../../app/client.ts'
import { OpenWorkspace } from '../../app/open-workspace.tsx'
import { RecentWorkspaces } from '../../app/recent-workspaces.tsx'
import { chooseDataFile } from '../../app/choose-data-file.ts'
import { ownDataAddress } from '../../app/use-commands.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { notifyDone } from '../../shared/notify.tsx'
import classes from './first-screen.module.css'

/** What is seen while no workspace is open: three ways in. */
export function FirstScreen() {
  const queries = useQueryClient()
  const router = useRouter()
  const sample = useMutation({
    mutationFn: async () => {
      // Where another workspace was left says nothing in this one, which shows as soon as it is there.
      router.history.push('/')
      await client.workspace.createSample({})
      return client.workspace.startSimulators()
    },
    onSuccess: async (simulators) => {
      await queries.invalidateQueries()
      notifyDone(simulators.words)
    },
  })
  const file = useMutation({
    mutationFn: () => chooseDataFile(),
    onSuccess: (path) => {
      if (path !== undefined) router.history.push(ownDataAddress(path))
    },
  })
  const failed = [sample, file].find((way) => way.isError)
  return (
    <div className={classes['screen']}>
      <div className={classes['inner']}>
        <div className={classes['ticks']} aria-hidden="true">
          <i />
          <i />
          <i />
          <i />
        </div>
        <h1>Lockstep</h1>
        <p className={classes['lead']}>Send decisions from your warehouse to the systems where work is done, and prove that every one of them acts on the same.</p>
        {failed !== undefined && <ErrorNotice error={failed.error} />}
        <RecentWorkspaces />
        <ul className={`surface ${classes['ways']}`}>
          <li>
            <h2>Explore the sample company</h2>
            <p>Harbour Mutual, an insurer with 20,000 customers and three simulated systems. Offline, no credentials.</p>
            <Button variant="filled" loading={sample.isPending} onClick={() => sample.mutate()}>
              Explore the sample company
            </Button>
            <p role="status" className={classes['status']}>
              {sample.isPending ? 'Making customers, policies and decisions, then starting the systems. This takes some seconds.' : ''}
            </p>
          </li>
          <li>
            <h2>Open a workspace</h2>
            <p>A folder that holds a lockstep.yaml.</p>
            <OpenWorkspace />
          </li>
          <li>
            <h2>Begin with a file of your own</h2>
            <p>Drop a DuckDB, Parquet or CSV file on this window, or choose one.</p>
            <Button loading={file.isPending} onClick={() => file.mutate()}>
              Choose a file…
            </Button>
          </li>
        </ul>
      </div>
    </div>
  )
}
