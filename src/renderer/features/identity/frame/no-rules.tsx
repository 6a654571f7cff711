import { Button } from '@mantine/core'
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ActivationDefinition } from '../../../../contract/definitions.ts'
import { client, engine } from '../../../app/client.ts'
import { useDefinitions } from '../../../app/use-product.ts'
import { notifyError } from '../../../shared/notify.tsx'
import { EmptyState } from '../../../shared/states.tsx'
import { firstRules } from './first-rules.ts'

const FIRST_ID = 'people'

/** Connections whose system gives no list of its records. */
function useWithoutList(): string[] {
  const connections = useQuery(engine.connections.list.queryOptions())
  const cards = useQuery(engine.connections.destinations.queryOptions())
  const lists = new Set(cards.data?.filter(({ listsRecords }) => listsRecords).map(({ id }) => id))
  return (connections.data ?? []).filter(({ destination }) => !lists.has(destination)).map(({ id }) => id)
}

/** A workspace without rules of identity: they begin with what the activations match by. */
export function NoRules() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const activations = useDefinitions('activation')
  const documents = useQueries({ queries: activations.map(({ id }) => engine.definitions.read.queryOptions({ input: { kind: 'activation', id } })) })
  const rules = firstRules(
    documents.flatMap(({ data }) => (data?.value === undefined ? [] : [data.value as ActivationDefinition])),
    useWithoutList(),
  )
  const make = useMutation({
    mutationFn: () => client.definitions.save({ kind: 'identity', id: FIRST_ID, value: rules }),
    onSuccess: async () => {
      await queries.invalidateQueries()
      void navigate({ to: '/identity/rules', search: { of: FIRST_ID } })
    },
    onError: notifyError,
  })
  return (
    <EmptyState
      action={
        rules === undefined ? (
          <Link to="/activations">Go to the activations</Link>
        ) : (
          <Button variant="filled" loading={make.isPending} onClick={() => make.mutate()}>
            Begin with what the activations match by
          </Button>
        )
      }
    >
      No rules say yet which records of your systems are one person.{rules === undefined && ' They begin with what your activations match by; make an activation first.'}
    </EmptyState>
  )
}
