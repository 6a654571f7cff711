import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ActivationSummary } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { ProblemFiles } from '../../app/problem-files.tsx'
import { useUnsaved } from '../../app/use-definition-draft.ts'
import { useDefinitions } from '../../app/use-product.ts'
import { activationMeaning, activationStep, activationWord, stepsInWords } from '../../shared/activation-state.ts'
import { Entry, EntryActions, EntryList, EntryText } from '../../shared/entry-list.tsx'
import { formatNumber, formatShare } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { Page } from '../../shared/page.tsx'
import { EmptyState, ErrorState } from '../../shared/states.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import { StepStrip } from '../../shared/step-strip.tsx'
import { When } from '../../shared/when.tsx'
import classes from './activations.module.css'
import { PauseButton } from './pause-button.tsx'
import { PlanButton } from './plan-button.tsx'

/** Every activation, how it stands, and the one thing to do with it. */
export function ActivationsScreen() {
  const activations = useQuery(engine.activations.list.queryOptions())
  const products = useDefinitions('product')
  const unsaved = useUnsaved('activation')
  const navigate = useNavigate()
  const product = products[0]?.id
  const create = () => void navigate({ to: '/activations/new', search: {} })
  return (
    <Page
      title="Activations"
      context={activations.data === undefined ? undefined : `${formatNumber(activations.data.length)} in this workspace`}
      actions={
        <Button variant="filled" disabled={product === undefined} onClick={create}>
          {unsaved.includes('') ? 'Go on with the new activation' : 'New activation'}
        </Button>
      }
      scroll
    >
      <ProblemFiles kind="activation" />
      {activations.isPending && <Loading label="Reading the activations" rows={6} />}
      {activations.isError && <ErrorState error={activations.error} onRetry={() => void activations.refetch()} />}
      {activations.data?.length === 0 && (
        <EmptyState action={product === undefined ? <Link to="/own-data">Add your own data</Link> : <Button onClick={create}>Make the first activation</Button>}>
          An activation sends a segment to a destination. Nothing is sent before you have seen the plan.
        </EmptyState>
      )}
      {activations.data !== undefined && activations.data.length > 0 && (
        <EntryList label="Activations">
          {activations.data.map((activation) => (
            <ActivationRow key={activation.id} activation={activation} unsaved={unsaved.includes(activation.id)} />
          ))}
        </EntryList>
      )}
    </Page>
  )
}

function ActivationRow({ activation, unsaved }: { activation: ActivationSummary; unsaved: boolean }) {
  const segments = useDefinitions('segment')
  const products = useDefinitions('product')
  const audience = segments.find((entry) => entry.id === activation.segment)?.name ?? products.find((entry) => entry.id === activation.product)?.name ?? activation.product
  return (
    <Entry>
      <StepStrip steps={[activationStep(activation)]} summary={stepsInWords([activation])} />
      <EntryText
        name={
          <Link to="/activations/$activation" params={{ activation: activation.id }}>
            {activation.name}
          </Link>
        }
        beside={unsaved && <StatusWord meaning="needs you">Unsaved changes</StatusWord>}
      >
        <p>
          {audience} → {activation.destinationName}, {activation.object}
        </p>
      </EntryText>
      <div className={classes['rowState']}>
        <StatusWord meaning={activationMeaning(activation.state)}>{activationWord(activation.state)}</StatusWord>
        <p>{activation.because}</p>
      </div>
      <Verified activation={activation} />
      <EntryActions>
        <PauseButton activation={activation} />
        <PlanButton activation={activation} size="xs" />
      </EntryActions>
    </Entry>
  )
}

function Verified({ activation }: { activation: ActivationSummary }) {
  const { verified, audience, lastVerifiedAt } = activation
  return (
    <div className={classes['rowVerified']}>
      {verified === undefined || audience === undefined ? (
        <span className={classes['quiet']}>nothing read yet</span>
      ) : (
        <span>
          {formatNumber(verified)} of {formatNumber(audience)} in step, {formatShare(verified, audience)}
        </span>
      )}
      {lastVerifiedAt !== undefined && (
        <small>
          <When at={lastVerifiedAt} />
        </small>
      )}
    </div>
  )
}
