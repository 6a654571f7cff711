import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useState } from 'react'
import type { ConnectionDefinition } from '../../../contract/definitions.ts'
import type { DestinationCard } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import { useDefinitions } from '../../app/use-product.ts'
import { identifierFrom } from '../../shared/definition-draft/identifier.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { Loading } from '../../shared/loading.tsx'
import { notifyError } from '../../shared/notify.tsx'
import { Page, Section } from '../../shared/page.tsx'
import { ErrorState } from '../../shared/states.tsx'
import classes from './connections.module.css'
import { SecretInput } from './secret-fields.tsx'
import type { SettingValues } from './settings-form.ts'
import { settingFields, settingProblems, storedSettings } from './settings-form.ts'
import { SettingInputs } from './setting-inputs.tsx'

/** Choose a destination, then fill the form it declares. */
export function NewConnectionScreen({ destination }: { destination: string | undefined }) {
  const cards = useQuery(engine.connections.destinations.queryOptions())
  const chosen = cards.data?.find((card) => card.id === destination)
  return (
    <Page title={chosen === undefined ? 'Connect a destination' : `Connect ${chosen.name}`} context={<Link to="/connections">All connections</Link>} scroll>
      {cards.isPending && <Loading label="Reading the destinations" rows={5} />}
      {cards.isError && <ErrorState error={cards.error} onRetry={() => void cards.refetch()} />}
      {cards.data !== undefined && (chosen === undefined ? <Catalogue cards={cards.data} /> : <ConnectForm card={chosen} />)}
    </Page>
  )
}

function Catalogue({ cards }: { cards: DestinationCard[] }) {
  return (
    <ul className={classes['cards']}>
      {cards.map((card) => (
        <li key={card.id}>
          <Link to="/connections/new" search={{ destination: card.id }} className={`surface ${classes['card']}`}>
            <span className={classes['mark']} aria-hidden="true">
              {card.name.slice(0, 2)}
            </span>
            <span>
              <strong>{card.name}</strong>
              <small>{card.category}</small>
            </span>
            <span className={classes['cardText']}>{card.summary}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

type Draft = { name: string; simulated: boolean; settings: SettingValues; secrets: Record<string, string> }

function ConnectForm({ card }: { card: DestinationCard }) {
  const fields = settingFields(card.settings)
  const [draft, setDraft] = useState<Draft>({
    name: card.name,
    simulated: false,
    settings: Object.fromEntries(fields.flatMap((field) => (field.standard === undefined ? [] : [[field.name, field.standard] as const]))),
    secrets: {},
  })
  const [tried, setTried] = useState(false)
  const connect = useConnect(card)
  const problems = draft.simulated ? {} : settingProblems(fields, draft.settings)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(problems).length === 0 && draft.name.trim() !== '') connect.mutate(draft)
  }
  return (
    <form className={classes['form']} onSubmit={submit} noValidate>
      <TextInput label="Name" description="As your team calls it" required value={draft.name} error={tried && draft.name.trim() === '' ? 'A connection needs a name' : undefined} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })} />
      {card.simulator !== undefined && <SimulatorChoice card={card} simulated={draft.simulated} onChange={(simulated) => setDraft({ ...draft, simulated })} />}
      {!draft.simulated && (
        <>
          <Section title="Settings">
            <SettingInputs fields={fields} values={draft.settings} problems={tried ? problems : {}} onChange={(settings) => setDraft({ ...draft, settings })} />
          </Section>
          <Section title="Secrets">
            {Object.entries(card.secrets).map(([field, label]) => (
              <SecretInput key={field} label={label} value={draft.secrets[field] ?? ''} onChange={(value) => setDraft({ ...draft, secrets: { ...draft.secrets, [field]: value } })} />
            ))}
          </Section>
        </>
      )}
      {connect.error !== null && <ErrorNotice error={connect.error} />}
      <div className={classes['formActions']}>
        <Button type="submit" variant="filled" loading={connect.isPending}>
          Connect {card.name}
        </Button>
        <Link to="/connections/new" search={{}}>
          Choose another destination
        </Link>
      </div>
    </form>
  )
}

function SimulatorChoice({ card, simulated, onChange }: { card: DestinationCard; simulated: boolean; onChange: (simulated: boolean) => void }) {
  return (
    <fieldset className={classes['choice']}>
      <legend>Which {card.name}?</legend>
      <label>
        <input type="radio" name="which" checked={!simulated} onChange={() => onChange(false)} />
        <span>
          The real one <small>with your account’s address and secrets</small>
        </span>
      </label>
      <label>
        <input type="radio" name="which" checked={simulated} onChange={() => onChange(true)} />
        <span>
          Simulator, on this computer <small>behaves like {card.name}; nothing leaves this machine</small>
        </span>
      </label>
    </fieldset>
  )
}

/** Writes the file first, then hands over the secrets, which are never part of it. */
function useConnect(card: DestinationCard) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const taken = useDefinitions('connection').map((entry) => entry.id)
  return useMutation({
    mutationFn: async (draft: Draft) => {
      const simulated = draft.simulated && card.simulator !== undefined
      const value: ConnectionDefinition = { name: draft.name.trim(), destination: card.id, ...(simulated ? { simulator: card.simulator } : { settings: storedSettings(draft.settings) }) }
      const saved = await client.definitions.save({ kind: 'connection', id: identifierFrom(draft.name, taken), value })
      const given = simulated ? [] : Object.entries(draft.secrets).filter(([, secret]) => secret !== '')
      for (const [field, secret] of given) await client.connections.setSecret({ connection: saved.id, field, value: secret })
      // A system that is played on this computer has to run before it can be checked.
      if (simulated) await client.workspace.startSimulators().catch(notifyError)
      return saved
    },
    onSuccess: (saved) => {
      void queries.invalidateQueries()
      void navigate({ to: '/connections/$connection', params: { connection: saved.id } })
    },
  })
}
