import type { Refusal, RowAnswer } from './destination.ts'

/**
 * What an answer to a write is worth (semantics §5, "Answers are testimony, not proof"). Pure, and the same for every
 * destination: its folder reports what the vendor said of each row, as often as it said it; here it is judged.
 */

/** A row as it was sent. */
export interface SentRow {
  /** Its place in the request. */
  position: number
  /** The record that it changes or removes; absent: it makes one. */
  id?: string
}

/** Why nobody can rest on what was said of a row. */
export type Doubt = 'said nothing' | 'said both' | 'no id' | 'another id' | 'id twice' | 'id of another' | 'may have arrived'

export type Judged =
  | { outcome: 'delivered'; id: string | undefined; existed?: boolean }
  | { outcome: 'rejected'; refusal: Refusal }
  /** `refusal`: it was refused in words after which it may have arrived all the same. */
  | { outcome: 'unknown'; doubt: Doubt; refusal?: Refusal }

/** One sentence for people. */
export const doubtWords: Record<Doubt, string> = {
  'said nothing': 'The destination did not say what became of this record.',
  'said both': 'The destination said of this record that it was taken and that it was not.',
  'no id': 'The destination did not say which record it changed.',
  'another id': 'The destination answered with another record than the one that was sent.',
  'id twice': 'The destination answered with one record for several that were sent.',
  'id of another': 'The destination answered with the record of somebody else.',
  'may have arrived': 'The destination refused this record, and may have taken it all the same.',
}

/**
 * Judges what was said of each row, in the order sent. `isOfAnother`: the id is known as the record of another row.
 * What is in doubt is settled as a lost answer is: by looking, where somebody can look.
 */
export function judgeAnswers(sent: readonly SentRow[], answers: readonly RowAnswer[], isOfAnother: (id: string, position: number) => boolean = () => false): Judged[] {
  const said = new Map<number, RowAnswer[]>()
  for (const answer of answers) {
    const known = said.get(answer.position)
    if (known) known.push(answer)
    else said.set(answer.position, [answer])
  }
  const judged = sent.map((row) => judgeRow(row, said.get(row.position) ?? [], isOfAnother))
  const holders = new Map<string, number>()
  for (const one of judged) if (one.outcome === 'delivered' && one.id !== undefined) holders.set(one.id, (holders.get(one.id) ?? 0) + 1)
  return judged.map((one) => (one.outcome === 'delivered' && one.id !== undefined && (holders.get(one.id) ?? 0) > 1 ? { outcome: 'unknown', doubt: 'id twice' } : one))
}

function judgeRow(row: SentRow, said: readonly RowAnswer[], isOfAnother: (id: string, position: number) => boolean): Judged {
  const [first] = said
  if (first === undefined) return { outcome: 'unknown', doubt: 'said nothing' }
  if (said.some(({ outcome }) => outcome !== first.outcome)) return { outcome: 'unknown', doubt: 'said both' }
  if (first.outcome === 'rejected') return judgeRefusals(row, said.flatMap((one) => (one.outcome === 'rejected' ? [one.refusal] : [])), first.refusal)
  if (said.some((one) => one.outcome === 'delivered' && one.id !== first.id)) return { outcome: 'unknown', doubt: 'id twice' }
  if (row.id !== undefined && first.id !== row.id) return { outcome: 'unknown', doubt: first.id === undefined ? 'no id' : 'another id' }
  if (first.id !== undefined && row.id === undefined && isOfAnother(first.id, row.position)) return { outcome: 'unknown', doubt: 'id of another' }
  return { outcome: 'delivered', id: first.id, ...(first.existed === undefined ? {} : { existed: first.existed }) }
}

function judgeRefusals(row: SentRow, refusals: readonly Refusal[], first: Refusal): Judged {
  const doubtful = refusals.find((refusal) => mayHaveArrived(row, refusal))
  if (doubtful) return { outcome: 'unknown', doubt: 'may have arrived', refusal: doubtful }
  return { outcome: 'rejected', refusal: refusals.find(({ retryable }) => !retryable) ?? first }
}

/** It was compared just before, so a new record that is there by now may be the one that was sent. */
export function mayHaveArrived({ id }: Pick<SentRow, 'id'>, refusal: Refusal): boolean {
  return refusal.mayHaveArrived === true || (id === undefined && refusal.code === 'already-there')
}
