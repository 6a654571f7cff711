import { useDebouncedValue } from '@mantine/hooks'
import { useQueries } from '@tanstack/react-query'
import type { RecordCard } from '../../contract/shapes.ts'
import { engine } from './client.ts'
import { useDefinitions } from './use-product.ts'

const WAIT_MS = 200
const SHORTEST = 2
const MOST = 8

/** Records whose label, key or value of a key begins with what is typed, from every set of rules of identity. */
export function useFoundPeople(typed: string): { identity: string; record: RecordCard }[] {
  const [text] = useDebouncedValue(typed.trim(), WAIT_MS)
  const identities = useDefinitions('identity')
  const found = useQueries({
    queries: identities.map(({ id }) => ({ ...engine.identity.find.queryOptions({ input: { identity: id, text: text || '-', limit: MOST } }), enabled: text.length >= SHORTEST, retry: false })),
  })
  if (text.length < SHORTEST) return []
  return identities.flatMap(({ id }, at) => (found[at]?.data ?? []).map((record) => ({ identity: id, record }))).slice(0, MOST)
}
