import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ActivationDefinition } from '../../../contract/definitions.ts'
import { AppError } from '../../../contract/errors.ts'
import type { ActivationSummary } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { useDefinitionDraft } from '../../app/use-definition-draft.ts'
import { activationMeaning, activationStep, activationWord, stepsInWords } from '../../shared/activation-state.ts'
import { BadFile } from '../../shared/definition-draft/bad-file.tsx'
import { formatNumber, formatShare, sharesWords } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { Page, Section } from '../../shared/page.tsx'
import { ErrorState } from '../../shared/states.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import { StepStrip } from '../../shared/step-strip.tsx'
import { When } from '../../shared/when.tsx'
import classes from './activations.module.css'
import { History } from './history.tsx'
import { InWords } from './in-words.tsx'
import { PauseButton } from './pause-button.tsx'
import { PlanButton } from './plan-button.tsx'

/** One activation: how it stands, what it does in words, and what it did. */
export function ActivationScreen({ id }: { id: string }) {
  const editor = useDefinitionDraft<ActivationDefinition>('activation', id)
  const summary = useQuery(engine.activations.get.queryOptions({ input: { activation: id } }))
  const navigate = useNavigate()
  if (editor.reading || summary.isPending) return <Page title="Activation">{<Loading label="Reading the activation" rows={6} />}</Page>
  const { document } = editor
  const definition = document?.value as ActivationDefinition | undefined
  if (definition === undefined || summary.data === undefined) {
    return (
      <Page title={id} context={<Link to="/activations">All activations</Link>} scroll>
        {document !== undefined && document.problems.length > 0 ? <BadFile document={document} /> : <ErrorState error={editor.readError ?? summary.error ?? new AppError('not-found', 'This activation is not in the workspace.')} onRetry={() => void summary.refetch()} back={<Link to="/activations">All activations</Link>} />}
      </Page>
    )
  }
  return (
    <Page
      title={definition.name}
      context={<Link to="/activations">All activations</Link>}
      actions={
        <>
          {editor.changed && <StatusWord meaning="needs you">Unsaved changes</StatusWord>}
          <PauseButton activation={summary.data} size="sm" />
          <Button onClick={() => void navigate({ to: '/activations/$activation/edit', params: { activation: id }, search: {} })}>Edit</Button>
          <PlanButton activation={summary.data} variant="filled" />
        </>
      }
      scroll
    >
      <div className={classes['overview']}>
        <div>
          <Standing activation={summary.data} />
          <Section title="What it does">
            <InWords activation={definition} id={id} />
          </Section>
        </div>
        <History id={id} />
      </div>
    </Page>
  )
}

function Standing({ activation }: { activation: ActivationSummary }) {
  const { verified, audience, shares, lastVerifiedAt, lastPlan, lastRun } = activation
  return (
    <section className={`surface ${classes['standing']}`} aria-label="How it stands">
      <p className={classes['standingState']}>
        <StepStrip steps={[activationStep(activation)]} summary={stepsInWords([activation])} />
        <StatusWord meaning={activationMeaning(activation.state)}>{activationWord(activation.state)}</StatusWord>
      </p>
      <p>{activation.because}</p>
      <dl>
        <dt>In step</dt>
        <dd>{verified === undefined || audience === undefined ? 'nothing yet' : `${formatNumber(verified)} of ${formatNumber(audience)}, ${formatShare(verified, audience)}`}</dd>
        {shares !== undefined && verified !== audience && (
          <>
            <dt>The audience</dt>
            <dd>{sharesWords(shares)}</dd>
          </>
        )}
        <dt>Last read</dt>
        <dd>{lastVerifiedAt === undefined ? 'never' : <When at={lastVerifiedAt} />}</dd>
        <dt>Latest plan</dt>
        <dd>
          {lastPlan === undefined ? (
            'none'
          ) : (
            <Link to="/review/$plan" params={{ plan: lastPlan.id }}>
              {lastPlan.state}
            </Link>
          )}
        </dd>
        <dt>Latest run</dt>
        <dd>
          {lastRun === undefined ? (
            'none'
          ) : (
            <Link to="/runs/$run" params={{ run: lastRun.id }}>
              {lastRun.state}
            </Link>
          )}
        </dd>
      </dl>
    </section>
  )
}
