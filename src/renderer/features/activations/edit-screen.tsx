import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { ActivationDefinition } from '../../../contract/definitions.ts'
import { EditorNotices, NothingToEdit } from '../../app/definition-screen.tsx'
import { RemoveDefinition } from '../../app/remove-definition.tsx'
import { useDefinitionDraft } from '../../app/use-definition-draft.ts'
import { useDefinitions } from '../../app/use-product.ts'
import { identifierFrom } from '../../shared/definition-draft/identifier.ts'
import { SaveActions } from '../../shared/definition-draft/save-actions.tsx'
import { Page } from '../../shared/page.tsx'
import classes from './activations.module.css'
import type { StepId } from './activation-words.ts'
import { AudienceStep } from './audience-step.tsx'
import { DestinationStep } from './destination-step.tsx'
import { DoNotSendStep } from './do-not-send-step.tsx'
import { FieldsStep } from './fields-step.tsx'
import { GuardsStep } from './guards-step.tsx'
import { MatchStep } from './match-step.tsx'
import { ModeStep } from './mode-step.tsx'
import { ReviewStep } from './review-step.tsx'
import { StepList } from './step-list.tsx'
import type { TakeOver } from './steps.ts'
import { emptyActivation, firstMissing, problemsOf, steps, takenOver, writtenElsewhere } from './steps.ts'
import { useMappingCheck } from './use-mapping-check.ts'
import type { StepProps } from './step-props.ts'
import type { TakeOverProps } from './step-props.ts'

/** The editor: one step at a time, each checked against the product and the destination as they are now. */
export function EditScreen({ id, step }: { id: string | undefined; step: StepId }) {
  const product = useDefinitions('product')[0]?.id
  const fresh = useMemo(() => (product === undefined ? undefined : emptyActivation(product)), [product])
  const editor = useDefinitionDraft<ActivationDefinition>('activation', id, fresh)
  const taken = useDefinitions('activation').map((entry) => entry.id)
  const navigate = useNavigate()
  const { draft } = editor
  const [takeOvers, setTakeOvers] = useState<readonly TakeOver[]>([])
  const check = useMappingCheck(id, draft?.value, takeOvers)
  const go = (to: StepId) => void navigate(id === undefined ? { to: '/activations/new', search: { step: to } } : { to: '/activations/$activation/edit', params: { activation: id }, search: { step: to } })
  if (draft === undefined) return <NothingToEdit editor={editor} noun="activation" all={<Link to="/activations">All activations</Link>} action={<Button onClick={() => void navigate({ to: '/activations' })}>Go to activations</Button>} />
  const save = async (): Promise<string | undefined> => {
    const saved = await editor.save(id ?? identifierFrom(draft.value.name, taken), takenOver(takeOvers, draft.value))
    if (saved !== undefined) setTakeOvers([])
    if (saved !== undefined && id === undefined) void navigate({ to: '/activations/$activation/edit', params: { activation: saved.id }, search: { step }, replace: true })
    return saved?.id
  }
  const discard = () => {
    editor.discard()
    setTakeOvers([])
    if (id === undefined) void navigate({ to: '/activations' })
  }
  return (
    <Page
      title={draft.value.name}
      context={
        id === undefined ? (
          <Link to="/activations">All activations</Link>
        ) : (
          <Link to="/activations/$activation" params={{ activation: id }}>
            Back to the activation
          </Link>
        )
      }
      actions={
        <>
          <SaveActions changed={editor.changed} saving={editor.saving} isNew={id === undefined} blocked={firstMissing(draft.value)?.words ?? writtenElsewhere(check.problems)} onSave={() => void save()} onDiscard={discard} />
          <RemoveDefinition editor={editor} noun="activation" name={draft.value.name} usedBy={[]} onRemoved={() => void navigate({ to: '/activations' })} />
        </>
      }
    >
      <EditorNotices editor={editor} draft={draft} />
      <StepList id={id} current={step} activation={draft.value} problems={check.problems} />
      <StepBody id={id} step={step} activation={draft.value} onChange={editor.set} problems={check.problems} checking={check.checking} changed={editor.changed} onSave={save} takeOvers={takeOvers} onTakeOvers={setTakeOvers} />
      <StepFoot step={step} onGo={go} />
    </Page>
  )
}

interface StepBodyProps extends StepProps, TakeOverProps {
  id: string | undefined
  step: StepId
  checking: boolean
  changed: boolean
  onSave: () => Promise<string | undefined>
}

function StepBody({ id, step, activation, onChange, problems, checking, changed, onSave, takeOvers, onTakeOvers }: StepBodyProps) {
  const props = { activation, onChange, problems: problemsOf(step, activation, problems) }
  switch (step) {
    case 'audience':
      return <AudienceStep {...props} />
    case 'destination':
      return <DestinationStep {...props} />
    case 'match':
      return <MatchStep id={id} {...props} changed={changed} />
    case 'fields':
      return <FieldsStep {...props} checking={checking} takeOvers={takeOvers} onTakeOvers={onTakeOvers} />
    case 'do-not-send':
      return <DoNotSendStep {...props} />
    case 'mode':
      return <ModeStep {...props} />
    case 'guards':
      return <GuardsStep {...props} />
    case 'review':
      return <ReviewStep id={id} activation={activation} problems={problems} changed={changed} onSave={onSave} />
  }
}

function StepFoot({ step, onGo }: { step: StepId; onGo: (step: StepId) => void }) {
  const index = steps.findIndex((candidate) => candidate.id === step)
  const before = steps[index - 1]
  const after = steps[index + 1]
  return (
    <footer className={classes['foot']}>
      {before !== undefined && <Button onClick={() => onGo(before.id)}>Back to {before.title.toLowerCase()}</Button>}
      <span className={classes['grow']} />
      {after !== undefined && (
        <Button variant="outline" onClick={() => onGo(after.id)}>
          Next: {after.title.toLowerCase()}
        </Button>
      )}
    </footer>
  )
}
