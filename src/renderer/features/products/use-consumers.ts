import { useQueries, useQuery } from '@tanstack/react-query'
import type { ActivationSummary, DefinitionEntry } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { useDefinitions } from '../../app/use-product.ts'

/** What uses a product: the segments over it and the activations that send it. */
export function useConsumers(product: string): { activations: ActivationSummary[]; segments: DefinitionEntry[] } {
  const activations = useQuery(engine.activations.list.queryOptions())
  const segments = useDefinitions('segment')
  const documents = useQueries({ queries: segments.map((segment) => engine.definitions.read.queryOptions({ input: { kind: 'segment', id: segment.id } })) })
  return {
    activations: (activations.data ?? []).filter((activation) => activation.product === product),
    segments: segments.filter((_, index) => (documents[index]?.data?.value as { product?: string } | undefined)?.product === product),
  }
}
