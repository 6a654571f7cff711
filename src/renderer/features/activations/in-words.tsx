import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ActivationDefinition } from '../../../contract/definitions.ts'
import { engine } from '../../app/client.ts'
import { useDefinitions } from '../../app/use-product.ts'
import { plainText, sentenceOf } from '../../shared/filter-builder/sentence.ts'
import { useNow, useZone } from '../../shared/when.tsx'
import classes from './activations.module.css'
import type { StepId } from './activation-words.ts'
import { activationSentences } from './activation-words.ts'
import { steps } from './steps.ts'
import { useObjects } from './use-objects.ts'

/** The whole activation as sentences; each leads to the step that says so. */
export function InWords({ activation, id }: { activation: ActivationDefinition; id: string | undefined }) {
  const segments = useDefinitions('segment')
  const products = useDefinitions('product')
  const identities = useDefinitions('identity')
  const connections = useQuery(engine.connections.list.queryOptions())
  const { object } = useObjects(activation.destination.connection, activation.destination.object)
  const zone = useZone()
  const now = useNow()
  const connection = connections.data?.find((candidate) => candidate.id === activation.destination.connection)
  const sentences = activationSentences(activation, {
    product: products.find((entry) => entry.id === activation.product)?.name ?? activation.product,
    segment: activation.segment === undefined ? undefined : (segments.find((entry) => entry.id === activation.segment)?.name ?? activation.segment),
    identity: identities.find((entry) => entry.id === activation.match.identity)?.name,
    connection: connection === undefined ? activation.destination.connection : `${connection.name} (${connection.destinationName})`,
    object: object?.label ?? activation.destination.object,
    field: (name) => object?.fields.find((field) => field.name === name)?.label ?? name,
    doNotSend: activation.doNotSend === undefined ? undefined : plainText(sentenceOf(activation.doNotSend, { today: now, zone })),
  })
  return (
    <dl className={classes['words']}>
      {sentences.map((sentence) => (
        <div key={sentence.step}>
          <dt>
            <StepLink id={id} step={sentence.step} />
          </dt>
          <dd>
            {sentence.words}
            {sentence.lines !== undefined && (
              <ul>
                {sentence.lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function StepLink({ id, step }: { id: string | undefined; step: StepId }) {
  const title = steps.find((candidate) => candidate.id === step)?.title ?? step
  if (id === undefined) {
    return (
      <Link to="/activations/new" search={{ step }}>
        {title}
      </Link>
    )
  }
  return (
    <Link to="/activations/$activation/edit" params={{ activation: id }} search={{ step }}>
      {title}
    </Link>
  )
}
