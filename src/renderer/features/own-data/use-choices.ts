import { useState } from 'react'
import type { FileOptions } from '../../../contract/shapes.ts'

/** Everything a person decides about a file before it is loaded. */
export interface Choices {
  options: FileOptions
  name: string
  /** The columns by which rows are shown; absent: as proposed. */
  label?: string[]
}

interface Step {
  choices: Choices
  /** What was changed last, to be read after "You changed". */
  changed: string
}

export interface ChoiceHistory {
  choices: Choices
  /** What Undo would take back; absent where nothing was changed. */
  changed: string | undefined
  change: (changed: string, next: Partial<Choices>) => void
  set: (changed: string, options: Partial<FileOptions>) => void
  undo: () => void
}

/** The choices with all of their steps, so that each can be taken back. */
export function useChoices(first: Choices): ChoiceHistory {
  const [steps, setSteps] = useState<Step[]>([{ choices: first, changed: '' }])
  const last = steps.at(-1) ?? { choices: first, changed: '' }
  const change = (changed: string, next: Partial<Choices>) => setSteps((before) => withStep(before, { choices: { ...last.choices, ...next }, changed }))
  return {
    choices: last.choices,
    changed: steps.length > 1 ? last.changed : undefined,
    change,
    set: (changed, options) => change(changed, { options: { ...last.choices.options, ...options } }),
    undo: () => setSteps((before) => (before.length > 1 ? before.slice(0, -1) : before)),
  }
}

/** Letters typed into one field are one step. */
function withStep(steps: Step[], step: Step): Step[] {
  const typing = step.changed === NAME && steps.at(-1)?.changed === NAME
  return typing ? [...steps.slice(0, -1), step] : [...steps, step]
}

export const NAME = 'the name'

/** A column gets another type: what was said of the one before no longer holds. */
export function withType({ types, formats = {}, unfit = {} }: FileOptions, column: string, type: string): Partial<FileOptions> {
  const { [column]: _format, ...otherFormats } = formats
  const { [column]: _unfit, ...otherUnfit } = unfit
  return { types: { ...types, [column]: type }, formats: otherFormats, unfit: otherUnfit }
}
