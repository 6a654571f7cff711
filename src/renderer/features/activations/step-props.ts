import type { ActivationDefinition } from '../../../contract/definitions.ts'
import type { MappingProblem } from '../../../contract/shapes.ts'
import type { TakeOver } from './steps.ts'

export interface StepProps {
  activation: ActivationDefinition
  onChange: (activation: ActivationDefinition) => void
  problems: MappingProblem[]
}

/** Fields that are taken over from other activations with the next save. */
export interface TakeOverProps {
  takeOvers: readonly TakeOver[]
  onTakeOvers: (takeOvers: readonly TakeOver[]) => void
}
