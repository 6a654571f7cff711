/**
 * Who takes a key that is pressed. Keys are only ever meant for what a person sees: while an act is under way nobody takes
 * them, a form that opens takes all of what is typed from the press on that opened it, and a letter in the middle of a
 * word is not a command.
 */

/** Letters closer together than this are a word that somebody types. */
const WITHIN_A_WORD_MS = 700
/** A form that has not come by then will not come. */
const FORM_COMES_WITHIN_MS = 3000

let acts = 0
let awaited: { since: number; typed: string } | undefined
let lettersAt = Number.NEGATIVE_INFINITY

/** Keeps every key from becoming a command until the act is over, however it ends. */
export async function whileActing<Result>(act: () => Promise<Result>): Promise<Result> {
  acts += 1
  try {
    return await act()
  } finally {
    acts -= 1
  }
}

/** Something was pressed that opens a form: what is typed before the form is there belongs to it. */
export function awaitForm(now: number = performance.now()): void {
  awaited = { since: now, typed: '' }
}

/** The form is there and has the focus: gives what was typed for it. */
export function claimTyped(): string {
  const typed = awaited?.typed ?? ''
  awaited = undefined
  return typed
}

export type PressedKey = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'timeStamp'>

/** What becomes of a key outside of any field: a command may take it, or it was kept for a form, or it is nobody's. */
export function takerOf(event: PressedKey, isCommand: boolean): 'command' | 'form' | 'nobody' {
  const letter = [...event.key].length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
  if (awaited !== undefined && event.timeStamp - awaited.since > FORM_COMES_WITHIN_MS) awaited = undefined
  if (awaited !== undefined && (letter || event.key === 'Backspace')) {
    awaited.typed = letter ? awaited.typed + event.key : [...awaited.typed].slice(0, -1).join('')
    return 'form'
  }
  if (acts > 0) {
    if (letter) lettersAt = event.timeStamp
    return 'nobody'
  }
  if (!letter) return 'command'
  const word = event.timeStamp - lettersAt < WITHIN_A_WORD_MS
  if (word || !isCommand) lettersAt = event.timeStamp
  return word ? 'nobody' : 'command'
}
