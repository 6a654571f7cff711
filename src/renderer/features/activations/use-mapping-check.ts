import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ActivationDefinition } from '../../../contract/definitions.ts'
import { activationDefinition } from '../../../contract/definitions.ts'
import { engine } from '../../app/client.ts'
import type { MappingProblem } from '../../../contract/shapes.ts'
import type { TakeOver } from './steps.ts'
import { takenOver } from './steps.ts'

const pause = 300
const none: MappingProblem[] = []

/** Checks the draft against the product and the destination, shortly after the last edit. */
export function useMappingCheck(id: string | undefined, draft: ActivationDefinition | undefined, takeOvers: readonly TakeOver[]): { problems: MappingProblem[]; checking: boolean; error: unknown } {
  const text = JSON.stringify(draft ?? null)
  const [settled] = useDebouncedValue(text, pause)
  const value = useMemo(() => activationDefinition.safeParse(JSON.parse(settled)).data, [settled])
  const usable = value !== undefined && value.destination.object !== '' && value.match.field !== ''
  const check = useQuery({
    ...engine.activations.check.queryOptions({ input: { value: value ?? ({} as ActivationDefinition), ...(id === undefined ? {} : { activation: id }), ...(value === undefined ? {} : { takesOver: takenOver(takeOvers, value) }) } }),
    enabled: usable,
    placeholderData: keepPreviousData,
  })
  return { problems: usable ? (check.data?.problems ?? none) : none, checking: check.isFetching || settled !== text, error: check.error }
}
