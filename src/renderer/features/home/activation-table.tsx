import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ActivationSummary } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { useLive } from '../../app/events.ts'
import { stepsInWords } from '../../shared/activation-state.ts'
import { formatNumber, formatShare, sharesWords } from '../../shared/format.ts'
import { notifyError } from '../../shared/notify.tsx'
import { Frame } from '../../shared/page.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import { StepStrip } from '../../shared/step-strip.tsx'
import { When } from '../../shared/when.tsx'
import { activationStateWords, byProduct, stepsOf } from './activation-words.ts'
import classes from './home.module.css'

/** Every activation under its data product; the strip of a product shows at a glance whether its systems agree. */
export function ActivationTable({ activations }: { activations: readonly ActivationSummary[] }) {
  const workspace = useQuery(engine.workspace.current.queryOptions())
  const nameOf = (product: string) => workspace.data?.definitions.find((entry) => entry.kind === 'product' && entry.id === product)?.name ?? product
  return (
    <Frame>
      <div className={classes['tableScroll']} tabIndex={0} role="region" aria-label="Activations">
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col">Activation</th>
              <th scope="col">
                <span className="visually-hidden">System</span>
              </th>
              <th scope="col">State</th>
              <th scope="col">Because</th>
              <th scope="col" data-align="end">
                In step
              </th>
              <th scope="col">Last read</th>
              <th scope="col">
                <span className="visually-hidden">Plan</span>
              </th>
            </tr>
          </thead>
          {byProduct(activations).map(([product, list]) => (
            <tbody key={product}>
              <tr className={classes['product']}>
                <th scope="rowgroup" colSpan={7}>
                  {nameOf(product)} <StepStrip steps={stepsOf(list)} summary={stepsInWords(list)} />
                </th>
              </tr>
              {list.map((activation) => (
                <ActivationRow key={activation.id} activation={activation} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </Frame>
  )
}

function ActivationRow({ activation }: { activation: ActivationSummary }) {
  const { meaning, words } = activationStateWords(activation)
  const { verified, audience, shares } = activation
  return (
    <tr>
      <th scope="row">
        <Link to="/activations/$activation" params={{ activation: activation.id }} className={classes['name']}>
          {activation.name}
        </Link>
      </th>
      <td>
        <StepStrip steps={stepsOf([activation])} summary={`${activation.destinationName}: ${activation.state}`} />
      </td>
      <td>
        <StatusWord meaning={meaning}>{words}</StatusWord>
      </td>
      <td className={classes['because']}>
        <Because activation={activation} />
      </td>
      <td data-align="end" title={shares === undefined ? undefined : sharesWords(shares)}>
        {verified === undefined || audience === undefined ? '—' : formatShare(verified, audience)}
      </td>
      <td className={classes['quiet']}>{activation.lastVerifiedAt === undefined ? '—' : <When at={activation.lastVerifiedAt} />}</td>
      <td data-align="end">
        <NextStep activation={activation} />
      </td>
    </tr>
  )
}

/** While it is planned: how far that is; else the sentence that explains the state. */
function Because({ activation }: { activation: ActivationSummary }) {
  const planning = useLive((state) => state.planning[activation.id])
  if (planning === undefined) return activation.because
  const { phase, done, of } = planning
  if (of === undefined) return done === 0 ? phase : `${phase}, ${formatNumber(done)}`
  return `${phase}, ${formatNumber(done)} of ${formatNumber(of)}`
}

/** Open what is under way, or plan. */
function NextStep({ activation }: { activation: ActivationSummary }) {
  const navigate = useNavigate()
  const create = useMutation(
    engine.plans.create.mutationOptions({
      onSuccess: (plan) => void navigate({ to: '/review/$plan', params: { plan: plan.planId }, search: {} }),
      onError: notifyError,
    }),
  )
  if (activation.state === 'running' && activation.lastRun !== undefined) {
    return (
      <Button size="xs" component={Link} to={`/runs/${activation.lastRun.id}`} aria-label={`Open the run of ${activation.name}`}>
        Open the run
      </Button>
    )
  }
  const waiting = activation.waitingPlan
  if (waiting !== undefined) {
    return (
      <Button size="xs" component={Link} to={`/review/${waiting}`} aria-label={`Review the plan of ${activation.name}`}>
        Review
      </Button>
    )
  }
  if (activation.state === 'off') return null
  return (
    <Button size="xs" loading={create.isPending} onClick={() => create.mutate({ activation: activation.id })} aria-label={`Plan ${activation.name}`}>
      Plan
    </Button>
  )
}
