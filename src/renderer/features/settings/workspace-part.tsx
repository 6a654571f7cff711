import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client, engine } from '../../app/client.ts'
import { OpenWorkspace } from '../../app/open-workspace.tsx'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { plural } from '../../shared/format.ts'
import { notifyDone, notifyError } from '../../shared/notify.tsx'
import { Setting } from './setting.tsx'
import classes from './settings.module.css'

/** Which folder is open, whether its files are in order, and the way to another. */
export function WorkspacePart() {
  const queries = useQueryClient()
  const workspace = useQuery(engine.workspace.current.queryOptions())
  const options = { onSuccess: () => queries.invalidateQueries(), onError: notifyError }
  const close = useMutation(engine.workspace.close.mutationOptions(options))
  const simulators = useMutation({ mutationFn: () => client.workspace.startSimulators(), onSuccess: (started) => notifyDone(started.words), onError: notifyError })
  const open = workspace.data
  if (open === undefined || open === null) return null
  return (
    <div id="workspace">
      <Setting title={open.name} explain={open.folder}>
        <Button loading={close.isPending} onClick={() => close.mutate(undefined)}>
          Close
        </Button>
      </Setting>
      <Setting title="State" explain={`${open.stateFolder}, only readable by you. Times are shown in ${open.timezone}.`} />
      {open.simulated && (
        <Setting title="Simulated systems" explain="The CRM, support desk and marketing platform that only this machine plays.">
          <Button loading={simulators.isPending} onClick={() => simulators.mutate()}>
            Start the systems
          </Button>
        </Setting>
      )}
      {open.problems.length > 0 && (
        <div className={classes['problems']}>
          <p>{plural(new Set(open.problems.map(({ file }) => file)).size, { one: 'file has', many: 'files have' })} a problem. The rest of the workspace is usable.</p>
          {open.problems.map((problem) => (
            <ErrorNotice key={`${problem.file ?? ''} ${problem.line ?? 0} ${problem.message}`} error={problem} />
          ))}
        </div>
      )}
      <Setting title="Another workspace" explain="A folder that holds a lockstep.yaml. Runs of this one stop at a safe point and go on when it is opened again.">
        <OpenWorkspace />
      </Setting>
    </div>
  )
}
