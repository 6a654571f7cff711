import type { MissingCause } from '../../../../contract/shapes.ts'
import type { MissingChoice } from '../../../../contract/states.ts'
import { formatNumber, plural, type Noun } from '../../../shared/format.ts'

/** What people can choose about a record that is not where it was, by cause. */
export const choicesFor: Record<MissingCause, readonly MissingChoice[]> = { gone: ['re-create', 'forget'], moved: ['follow', 'forget'], forgotten: [] }

export function isMissingCause(cause: string | undefined): cause is MissingCause {
  return cause === 'gone' || cause === 'moved' || cause === 'forgotten'
}

/** What a button does: "Create 12 again", or "Create again" for the one that is open. */
export function choiceAction(choice: MissingChoice | 'take back', count?: number): string {
  const number = count === undefined ? '' : ` ${formatNumber(count)}`
  switch (choice) {
    case 're-create':
      return `Create${number} again`
    case 'follow':
      return `Follow${number}`
    case 'forget':
      return `Forget${number}`
    case 'take back':
      return `Take back${number}`
  }
}

/** What the next plan will do, as it is told once somebody has chosen. */
export function choiceOutcome(choice: MissingChoice | 'taken back', count: number, noun: Noun): string {
  switch (choice) {
    case 're-create':
      return `${plural(count, noun)} to be created again`
    case 'follow':
      return `${plural(count, noun)} to be followed`
    case 'forget':
      return `${plural(count, noun)} to be forgotten`
    case 'taken back':
      return `${plural(count, noun)} to be asked about again`
  }
}

/** What a choice comes to, before it is made. */
export function choiceConsequence(choice: MissingChoice, { count, noun, destinationName }: { count: number; noun: Noun; destinationName: string }): string {
  const who = plural(count, noun)
  const them = count === 1 ? 'it' : 'them'
  switch (choice) {
    case 're-create':
      return `The next plan creates ${who} in ${destinationName} with the values the warehouse has then. If the record or its key is there again by then, nothing is created twice.`
    case 'follow':
      return `The rows of ${who} then belong to the ${count === 1 ? 'record it was' : 'records they were'} merged into. The next plan compares with ${count === 1 ? 'that one' : 'those'}, and what was agreed before goes along.`
    case 'forget':
      return `${destinationName} gets nothing of ${who} from any activation of this product, and nobody is asked about ${them} any more, until that is taken back.`
  }
}

/** What is said of a record whose choice holds. */
export const chosenWords: Record<MissingChoice, string> = { 're-create': 'To be created again', follow: 'Follows the record it was merged into', forget: 'Forgotten' }

/** How many records of a cause are not where they were. */
export function causeWords(cause: MissingCause, count: number, destinationName: string): string {
  const number = formatNumber(count)
  if (cause === 'gone') return `${number} deleted in ${destinationName}`
  return cause === 'moved' ? `${number} merged in ${destinationName}` : `${number} forgotten`
}
