import { Button } from '@mantine/core'
import { IconShieldQuestion } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { WorkspaceInfo } from '../../contract/shapes.ts'
import { ErrorNotice } from '../shared/error-notice.tsx'
import { notifyError } from '../shared/notify.tsx'
import { client } from './client.ts'
import classes from './trust-panel.module.css'

/** A simulator has no address of its own to speak of. */
function placeHere(address: string): string {
  return address.startsWith('simulator ') ? 'simulated on this computer' : `${address}, on this computer`
}

/** A folder that came from elsewhere: what it would connect to, and the one act that lets it. */
export function TrustPanel({ workspace }: { workspace: WorkspaceInfo }) {
  const queries = useQueryClient()
  const trust = useMutation({
    mutationFn: () => client.workspace.trust({ reach: 'anywhere' }),
    onSuccess: () => {
      if (workspace.simulated) client.workspace.startSimulators().catch(notifyError)
      return queries.invalidateQueries()
    },
  })
  if (workspace.trusted) return null
  return (
    <section className={classes['panel']} aria-labelledby="trust">
      <IconShieldQuestion size={18} stroke={1.7} aria-hidden="true" />
      <div className={classes['text']}>
        <h2 id="trust">Do you trust this folder?</h2>
        <p>
          {workspace.folder} was not made here. You can look at what is in it; until you trust it nothing connects: no check, no plan, and no run goes on.
        </p>
        {workspace.places.length === 0 ? (
          <p>It has no connection yet.</p>
        ) : (
          <>
            <p>It would connect to:</p>
            <ul>
              {workspace.places.map(({ connection, name, destination, address, local }) => (
                <li key={`${destination} ${connection}`}>
                  <strong>{name}</strong>: {destination}, {local ? placeHere(address) : address}
                </li>
              ))}
            </ul>
          </>
        )}
        {trust.error !== null && <ErrorNotice error={trust.error} />}
        <Button variant="filled" loading={trust.isPending} onClick={() => trust.mutate()}>
          Trust this folder
        </Button>
      </div>
    </section>
  )
}
