import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ObjectDescription } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { plural } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { EmptyState, ErrorState } from '../../shared/states.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import classes from './activations.module.css'
import type { StepProps } from './step-props.ts'
import { withObject } from './steps.ts'
import { useObjects } from './use-objects.ts'

/** Which system, and which of its objects. */
export function DestinationStep({ activation, onChange }: StepProps) {
  const connections = useQuery(engine.connections.list.queryOptions())
  const navigate = useNavigate()
  const connect = <Button onClick={() => void navigate({ to: '/connections/new', search: {} })}>Connect a destination</Button>
  const { connection } = activation.destination
  const choose = (next: string) => {
    if (next !== connection) onChange(withObject(activation, next, undefined))
  }
  if (connections.isPending) return <Loading label="Reading the connections" rows={4} />
  if (connections.isError) return <ErrorState error={connections.error} onRetry={() => void connections.refetch()} />
  if (connections.data.length === 0) return <EmptyState action={connect}>No destination is connected yet. This draft stays as it is.</EmptyState>
  return (
    <div className={classes['body']}>
      <div className={classes['form']}>
        <fieldset className={classes['choices']}>
          <legend>Destination</legend>
          {connections.data.map((candidate) => (
            <label key={candidate.id} className={`surface ${classes['choice']}`} data-checked={candidate.id === connection || undefined}>
              <input type="radio" name="destination" checked={candidate.id === connection} onChange={() => choose(candidate.id)} />
              <span className={classes['choiceText']}>
                <strong>{candidate.name}</strong>
                <span>
                  {candidate.destinationName}, {candidate.category}
                  {candidate.simulator === undefined ? '' : ', simulator on this computer'}
                </span>
              </span>
              {candidate.paused && <StatusWord meaning="quiet">Paused</StatusWord>}
            </label>
          ))}
        </fieldset>
        {activation.fields.length > 0 && <p className={classes['quiet']}>Another destination starts the match and the fields over.</p>}
        {connection !== '' && <Objects activation={activation} onChange={onChange} />}
      </div>
    </div>
  )
}

function Objects({ activation, onChange }: Pick<StepProps, 'activation' | 'onChange'>) {
  const { connection, object } = activation.destination
  const { objects, reading, error, retry } = useObjects(connection, object)
  if (reading) return <Loading label="Asking the destination for its objects" rows={2} />
  if (error !== null) return <ErrorNotice error={error} action={<Button onClick={retry}>Ask again</Button>} />
  const records = (objects ?? []).filter(({ membership }) => membership === undefined)
  const lists = (objects ?? []).filter(({ membership }) => membership !== undefined)
  const choose = (name: string | null) => {
    const chosen = objects?.find((candidate) => candidate.name === name)
    if (chosen !== undefined && name !== object) onChange(withObject(activation, connection, chosen))
  }
  return (
    <>
      <RecordObjects objects={records} chosen={object} onChoose={choose} />
      {lists.length > 0 && (
        <Select
          label="Or who is in a list"
          description="People are added to the list and taken out again; none of their fields is written"
          placeholder="Choose a list"
          searchable
          data={lists.map((list) => ({ value: list.name, label: list.label }))}
          value={lists.some(({ name }) => name === object) ? object : null}
          onChange={choose}
        />
      )}
    </>
  )
}

function RecordObjects({ objects, chosen, onChoose }: { objects: readonly ObjectDescription[]; chosen: string; onChoose: (name: string) => void }) {
  return (
    <fieldset className={classes['choices']}>
      <legend>What is written there?</legend>
      {objects.map((candidate) => (
        <label key={candidate.name} className={`surface ${classes['choice']}`} data-checked={candidate.name === chosen || undefined}>
          <input type="radio" name="object" checked={candidate.name === chosen} onChange={() => onChoose(candidate.name)} />
          <span className={classes['choiceText']}>
            <strong>{candidate.label}</strong>
            <span>
              {plural(candidate.fields.length, { one: 'field', many: 'fields' })}, found by {candidate.matchFields.join(' or ')}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
