import { Button, PasswordInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ConnectionSummary } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import classes from './connections.module.css'
import type { SecretStatus } from './words.ts'
import { secretPlace } from './words.ts'

/** Says plainly, before anything is typed, where a secret will be kept. */
export function KeychainNote() {
  const keychain = useQuery(engine.connections.keychain.queryOptions())
  if (keychain.data === undefined) return null
  return (
    <p className={classes['quiet']}>
      {keychain.data.available
        ? 'It goes to this machine’s keychain, never into a file, and cannot be read back here.'
        : 'It is kept for this session only: this machine has no keychain. It never goes into a file; enter it again after a restart, or give it in the environment.'}
    </p>
  )
}

/** Write-only: what is typed is handed to the engine and never shown again. */
export function SecretInput({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <div className={classes['secretInput']}>
      <PasswordInput
        label={label}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': `Show or hide ${label}`, tabIndex: 0 }}
      />
      <KeychainNote />
    </div>
  )
}

/** The secrets of a connection: last four characters, where each is kept, and a way to replace it. */
export function Secrets({ connection }: { connection: ConnectionSummary }) {
  const keychain = useQuery(engine.connections.keychain.queryOptions())
  return (
    <ul className={`surface ${classes['secrets']}`}>
      {connection.secrets.map((secret) => (
        <SecretRow key={secret.field} connection={connection.id} goesTo={connection.goesTo} secret={secret} place={secretPlace(secret, keychain.data?.reason)} />
      ))}
    </ul>
  )
}

function SecretRow({ connection, goesTo, secret, place }: { connection: string; goesTo: string | undefined; secret: SecretStatus; place: string }) {
  const elsewhere = secret.elsewhere !== undefined
  const [replacing, setReplacing] = useState(secret.origin === 'missing' || elsewhere)
  const [value, setValue] = useState('')
  const queries = useQueryClient()
  const store = useMutation({
    mutationFn: () => client.connections.setSecret({ connection, field: secret.field, value, ...(goesTo === undefined ? {} : { goesTo }) }),
    onSuccess: () => {
      setValue('')
      setReplacing(false)
      void queries.invalidateQueries({ queryKey: engine.connections.key() })
    },
  })
  const confirm = useMutation({
    mutationFn: () => client.connections.confirmPlace({ connection, ...(goesTo === undefined ? {} : { goesTo }) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: engine.connections.key() }),
  })
  const fixed = secret.origin === 'environment' || secret.origin === 'simulator'
  return (
    <li>
      <div className={classes['secretHead']}>
        <strong>{secret.label}</strong>
        {secret.last4 === undefined ? null : <code>•••• {secret.last4}</code>}
        <StatusWord meaning={secret.origin === 'missing' || elsewhere ? 'needs you' : 'quiet'}>{place}</StatusWord>
        {!fixed && !replacing && (
          <Button size="xs" onClick={() => setReplacing(true)}>
            Replace
          </Button>
        )}
      </div>
      {elsewhere && (
        <p>
          This connection goes to <strong>{goesTo}</strong> now. {secret.origin === 'environment' ? 'If that is right, let the environment’s secret go there.' : `If that is right, enter the ${secret.label.toLowerCase()} for it.`}
        </p>
      )}
      {elsewhere && secret.origin === 'environment' && (
        <Button variant="filled" loading={confirm.isPending} onClick={() => confirm.mutate()}>
          Let it go to {goesTo}
        </Button>
      )}
      {confirm.error !== null && <ErrorNotice error={confirm.error} />}
      {replacing && !fixed && (
        <form
          className={classes['secretForm']}
          onSubmit={(event) => {
            event.preventDefault()
            store.mutate()
          }}
        >
          <SecretInput label={secret.origin === 'missing' ? secret.label : `New ${secret.label}`} value={value} onChange={setValue} />
          <Button type="submit" variant="filled" disabled={value === ''} loading={store.isPending}>
            Keep this secret
          </Button>
          {secret.origin !== 'missing' && <Button onClick={() => setReplacing(false)}>Leave it as it is</Button>}
        </form>
      )}
      {store.error !== null && <ErrorNotice error={store.error} />}
    </li>
  )
}
