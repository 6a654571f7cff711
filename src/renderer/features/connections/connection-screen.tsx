import { Button, Checkbox, Tabs, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ConnectionDefinition } from '../../../contract/definitions.ts'
import { AppError } from '../../../contract/errors.ts'
import type { ConnectionSummary, DestinationCard } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import type { DefinitionEditor } from '../../app/use-definition-draft.ts'
import { RemoveDefinition } from '../../app/remove-definition.tsx'
import { useDefinitionDraft } from '../../app/use-definition-draft.ts'
import { BadFile } from '../../shared/definition-draft/bad-file.tsx'
import { OutsideChange } from '../../shared/definition-draft/outside-change.tsx'
import { SaveActions } from '../../shared/definition-draft/save-actions.tsx'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { Loading } from '../../shared/loading.tsx'
import { Page, Section } from '../../shared/page.tsx'
import { ErrorState } from '../../shared/states.tsx'
import { CheckStatus } from './check-status.tsx'
import { PauseButton } from './connections-screen.tsx'
import classes from './connections.module.css'
import { LimitInputs } from './limit-inputs.tsx'
import { ObjectBrowser } from './object-browser.tsx'
import { Secrets } from './secret-fields.tsx'
import { settingFields, settingProblems, storedSettings } from './settings-form.ts'
import { SettingInputs } from './setting-inputs.tsx'
import { useCheck } from './use-check.ts'
import { missingSecrets, placeOf } from './words.ts'

/** One connection: whether it answers, its settings and secrets, its limits, its objects and fields. */
export function ConnectionScreen({ id }: { id: string }) {
  const editor = useDefinitionDraft<ConnectionDefinition>('connection', id)
  const connections = useQuery(engine.connections.list.queryOptions())
  const cards = useQuery(engine.connections.destinations.queryOptions())
  const connection = connections.data?.find((candidate) => candidate.id === id)
  const navigate = useNavigate()
  const activations = useQuery(engine.activations.list.queryOptions())
  const usedBy = (activations.data ?? []).filter((activation) => activation.connection === id).map((activation) => activation.name)
  const { draft, document } = editor
  if (editor.reading || connections.isPending || cards.isPending) return <Page title="Connection">{<Loading label="Reading the connection" rows={6} />}</Page>
  const card = cards.data?.find((candidate) => candidate.id === draft?.value.destination)
  if (draft === undefined || connection === undefined || card === undefined) {
    return (
      <Page title={id} context={<Link to="/connections">All connections</Link>} scroll>
        {document !== undefined && document.problems.length > 0 ? <BadFile document={document} /> : <ErrorState error={editor.readError ?? connections.error ?? new AppError('not-found', 'This connection is not in the workspace.')} onRetry={editor.retry} back={<Link to="/connections">All connections</Link>} />}
      </Page>
    )
  }
  return (
    <Page
      title={draft.value.name}
      context={<Link to="/connections">All connections</Link>}
      actions={
        <>
          <PauseButton connection={connection} size="sm" />
          <SaveActions changed={editor.changed} saving={editor.saving} isNew={false} blocked={blocked(draft.value, card)} onSave={() => void editor.save(id)} onDiscard={editor.discard} />
          <RemoveDefinition editor={editor} noun="connection" name={draft.value.name} usedBy={usedBy} onRemoved={() => void navigate({ to: '/connections' })} />
        </>
      }
    >
      <OutsideChange draft={draft} onMine={editor.takeMine} onTheirs={editor.takeTheirs} onBoth={editor.keepBoth} />
      <Parts connection={connection} card={card} editor={editor} value={draft.value} />
    </Page>
  )
}

function blocked(value: ConnectionDefinition, card: DestinationCard): string | undefined {
  if (value.name.trim() === '') return 'Give the connection a name first'
  if (value.simulator !== undefined) return undefined
  return Object.values(settingProblems(settingFields(card.settings), value.settings ?? {}))[0]
}

type PartsProps = { connection: ConnectionSummary; card: DestinationCard; editor: DefinitionEditor<ConnectionDefinition>; value: ConnectionDefinition }

function Parts({ connection, card, editor, value }: PartsProps) {
  const [tab, setTab] = useState<string | null>('settings')
  return (
    <Tabs value={tab} onChange={setTab} className={classes['tabs']} classNames={{ panel: classes['panel'] ?? '' }}>
      <Tabs.List>
        <Tabs.Tab value="settings">Settings and secrets</Tabs.Tab>
        <Tabs.Tab value="limits">Limits</Tabs.Tab>
        <Tabs.Tab value="objects">Objects and fields</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="settings">
        {editor.saveError !== null && <ErrorNotice error={editor.saveError} />}
        <Answer connection={connection} />
        <SettingsPart connection={connection} card={card} editor={editor} value={value} />
      </Tabs.Panel>
      <Tabs.Panel value="limits">
        <LimitInputs card={card} value={value} onChange={editor.set} />
      </Tabs.Panel>
      <Tabs.Panel value="objects">{tab === 'objects' && <ObjectBrowser connection={connection} />}</Tabs.Panel>
    </Tabs>
  )
}

function Answer({ connection }: { connection: ConnectionSummary }) {
  const { answer, checking, check } = useCheck(connection.id)
  return (
    <section className={`surface ${classes['answer']}`} aria-label="Check">
      <div>
        <CheckStatus answer={answer} checking={checking} paused={connection.paused} missing={missingSecrets(connection).length} lastAnswered={connection.lastAnswered} />
        <p aria-live="polite">{answer === undefined ? `${connection.destinationName}, ${placeOf(connection)}. A check asks it who we are and sends nothing else.` : answer.words}</p>
      </div>
      <Button loading={checking} onClick={check}>
        Check connection
      </Button>
      {answer?.error !== undefined && (
        <div className={classes['answerError']}>
          <ErrorNotice error={answer.error} />
        </div>
      )}
    </section>
  )
}

function SettingsPart({ connection, card, editor, value }: PartsProps) {
  const fields = settingFields(card.settings)
  const settings = value.settings ?? {}
  return (
    <div className={classes['form']}>
      <TextInput label="Name" value={value.name} onChange={(event) => editor.set({ ...value, name: event.currentTarget.value })} />
      <Section title="Settings">
        {value.simulator === undefined ? (
          <SettingInputs fields={fields} values={settings} problems={settingProblems(fields, settings)} onChange={(next) => editor.set({ ...value, settings: storedSettings(next) })} />
        ) : (
          <p className={classes['quiet']}>Simulator, on this computer. Its address changes with every start and is found by itself{connection.address === undefined ? '' : `; now ${connection.address}`}.</p>
        )}
      </Section>
      <Section title="Secrets">
        <Secrets connection={connection} />
      </Section>
      <Checkbox
        label="Only Lockstep writes the fields we map"
        description="Then a change by somebody unknown is not counted as a person’s edit. Leave it off where people work in the destination."
        checked={value.onlyWriter === true}
        onChange={(event) => {
          const { onlyWriter: _before, ...rest } = value
          editor.set(event.currentTarget.checked ? { ...rest, onlyWriter: true } : rest)
        }}
      />
    </div>
  )
}
