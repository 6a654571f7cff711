import { z } from 'zod'

/** A value as a destination reads and writes it, or as JSON shows it. */
export type Raw = null | string | number | boolean | Raw[] | { [key: string]: Raw }
export const raw: z.ZodType<Raw> = z.lazy(() =>
  z.union([z.null(), z.string(), z.number(), z.boolean(), z.array(raw), z.record(z.string(), raw)]),
)

/** What became of one field when base, warehouse and destination were compared (semantics §2). */
export const fieldClass = z.enum([
  'in sync',
  'kept',
  'left',
  'clear',
  'keep',
  'fill',
  'repair',
  'overwrite',
  'accept',
  'update',
  'conflict',
])
export type FieldClass = z.infer<typeof fieldClass>

/** What a plan would do with one record (semantics §3). `gone` and `remove` have no source row. */
export const recordOperation = z.enum(['create', 'update', 'unchanged', 'blocked', 'remove', 'gone'])
export type RecordOperation = z.infer<typeof recordOperation>

/** How a source row found its record in the destination. */
export const matchState = z.enum(['matched', 'unmatched', 'ambiguous', 'invalid'])
export type MatchState = z.infer<typeof matchState>

/** Why a record is blocked. Each has words and a fix in {@link blockedCauses}. */
export const blockedCause = z.enum([
  'key missing',
  'key invalid',
  'key shared',
  'several matches',
  'link shared',
  'held back',
  'same person twice',
  'key of another',
  'somebody else',
  'not there',
  'gone',
  'moved',
  'forgotten',
  'value invalid',
  'value too long',
  'not in picklist',
  'required missing',
  'do not send',
  'key cannot change',
  'suppressed',
])
export type BlockedCause = z.infer<typeof blockedCause>

/** The words and the fix for each cause, shown wherever blocked rows are grouped. */
export const blockedCauses: Record<BlockedCause, { title: string; fix: string }> = {
  'key missing': { title: 'No match key', fix: 'Fill the key in the warehouse, or match by another column.' },
  'key invalid': { title: 'The match key is not usable', fix: 'Correct the value in the warehouse; placeholder values never match anybody.' },
  'key shared': { title: 'Several warehouse rows share one match key', fix: 'Decide which row stands for the person, or match by a key of their own.' },
  'several matches': { title: 'Several records match in the destination', fix: 'Merge the records in the destination, choose one of them under Identity, or match by a unique key.' },
  'link shared': { title: 'Two warehouse rows lead to one record', fix: 'Split the rows, or let only one of them match.' },
  'held back': { title: 'Perhaps the same person, held back by a guard rail', fix: 'Decide under Identity: link the records, or say that they are never the same.' },
  'same person twice': { title: 'Several warehouse rows are one person', fix: 'Decide which row stands for the person, or split them under Identity.' },
  'key of another': { title: 'The match key belongs to somebody else in the destination', fix: 'Link the two under Identity, or correct the key in the warehouse.' },
  'somebody else': { title: 'The linked record is another person by now', fix: 'Decide under Identity: link the row to its right record, or take back what keeps the two apart.' },
  'not there': { title: 'Not in the destination', fix: 'Nothing to do if only records that are there should change; an activation in the mode upsert makes the others.' },
  gone: { title: 'The linked record was deleted in the destination', fix: 'Choose whether to create it again or to forget it.' },
  moved: { title: 'The linked record was merged into another', fix: 'Choose whether to follow it to that record or to forget it.' },
  forgotten: { title: 'Forgotten by a person', fix: 'Left out of the destination until somebody takes that back.' },
  'value invalid': { title: 'A value has the wrong type', fix: 'Correct the value in the warehouse, or map it to one the field takes.' },
  'value too long': { title: 'A value is too long for its field', fix: 'Shorten the value in the warehouse, or map another column.' },
  'not in picklist': { title: 'A value is not in the field’s list', fix: 'Add it to the value map, or to the list in the destination.' },
  'required missing': { title: 'A required field has no value', fix: 'Fill the value in the warehouse, or map a fixed one.' },
  'do not send': { title: 'Do not send', fix: 'Held back by this activation’s condition; nothing to do.' },
  'key cannot change': { title: 'The key of a linked record cannot change', fix: 'Change the key in the destination, or restore it in the warehouse.' },
  suppressed: { title: 'Unsubscribed or suppressed in the destination', fix: 'Nobody is put back into a list after unsubscribing; nothing to do.' },
}

/** Why the rules leave open which record a row of a product reaches: several there, several rows that are one person, or a merge with one there that was held back. */
export const linkCause = z.enum(['several there', 'several here', 'held back'])
export type LinkCause = z.infer<typeof linkCause>

/** What blocks such a row in a plan; Identity, the forecast and the plan say it in the same words. */
export const causeOfLink: Record<LinkCause, BlockedCause> = { 'several there': 'several matches', 'several here': 'same person twice', 'held back': 'held back' }

/** What a person decides about a linked record that is gone, or was merged into another (semantics §3). */
export const missingChoice = z.enum(['re-create', 'follow', 'forget'])
export type MissingChoice = z.infer<typeof missingChoice>

/** The records of a plan. Balance: semantics §3 "Counts". All are whole numbers of records unless said. */
export const planCounts = z.object({
  source: z.number().int(),
  matched: z.number().int(),
  unmatched: z.number().int(),
  ambiguous: z.number().int(),
  invalid: z.number().int(),
  create: z.number().int(),
  update: z.number().int(),
  /** Records in update with at least one cleared field. */
  clear: z.number().int(),
  remove: z.number().int(),
  gone: z.number().int(),
  unchanged: z.number().int(),
  blocked: z.number().int(),
  /** Fields. */
  conflicts: z.number().int(),
  conflictRecords: z.number().int(),
  /** Fields. */
  drift: z.number().int(),
  driftRecords: z.number().int(),
})
export type PlanCounts = z.infer<typeof planCounts>

export const planState = z.enum(['in review', 'approved', 'applying', 'applied', 'stale', 'expired', 'stopped by a guard'])
export type PlanState = z.infer<typeof planState>

/** In how many of the linked records drift was looked for, and when (semantics §3 "Read scope"). */
export const readScope = z.object({
  looked: z.number().int(),
  of: z.number().int(),
  asOf: z.iso.datetime(),
  how: z.enum(['changed since', 'full', 'only changed rows']),
})
export type ReadScope = z.infer<typeof readScope>

/** One row of a run (semantics §5). */
export const rowState = z.enum(['pending', 'sent', 'accepted', 'delivered', 'rejected', 'skipped', 'quarantined', 'unknown'])
export type RowState = z.infer<typeof rowState>

export const verification = z.enum(['verified', 'overridden', 'unverifiable'])
export type Verification = z.infer<typeof verification>

export const skipReason = z.enum(['not selected', 'kept', 'skip for now', 'moved', 'cancelled', 'expired', 'nothing left to send'])
export type SkipReason = z.infer<typeof skipReason>

/** planned = pending + sent + accepted + delivered + rejected + skipped + quarantined + unknown, at every instant. */
export const runCounts = z.object({
  planned: z.number().int(),
  pending: z.number().int(),
  sent: z.number().int(),
  accepted: z.number().int(),
  delivered: z.number().int(),
  rejected: z.number().int(),
  skipped: z.number().int(),
  quarantined: z.number().int(),
  unknown: z.number().int(),
  /** The next three are parts of delivered. */
  verified: z.number().int(),
  overridden: z.number().int(),
  unverifiable: z.number().int(),
})
export type RunCounts = z.infer<typeof runCounts>

export const runState = z.enum(['approved', 'applying', 'verifying', 'done', 'stopped', 'failed'])
export type RunState = z.infer<typeof runState>

/** A choice about one conflict. `value` pins another value as an override. */
export const answerKind = z.enum(['warehouse', 'destination', 'value', 'skip'])
export type AnswerKind = z.infer<typeof answerKind>

export const planPrefix = z.string().regex(/^[0-9a-f][0-9a-f-]{7,35}$/, 'give the whole id or at least its first 8 characters')
