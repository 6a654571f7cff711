import { z } from 'zod'
import { missingChoice, raw, recordOperation, rowState, runCounts, runState, verification } from '../states.ts'
import { instant } from './instant.ts'
import { editorInfo } from './plans.ts'

/**
 * What a run waits for. `limit` completes "Waiting for …": "HubSpot’s limit of 190 requests in 10 seconds". `why` is one
 * sentence where there is more to say: who asked for the pause, or who goes first.
 */
export const limitWait = z.object({ limit: z.string(), until: instant, why: z.string().optional() })

export const runSummary = z.object({
  runId: z.string(),
  planId: z.string(),
  activation: z.string(),
  activationName: z.string(),
  connection: z.string(),
  destinationName: z.string(),
  object: z.string(),
  state: runState,
  /** Why it stopped or failed, one sentence. */
  reason: z.string().optional(),
  /** What the person can do about it, one sentence. */
  next: z.string().optional(),
  paused: z.boolean(),
  /**
   * Held back, with `reason` and `next` in words. 'reconnect': the destination refuses the credentials, the run has paused
   * itself and a person must connect it again. 'turn': another run writes the same records first; it goes on by itself.
   */
  hold: z.enum(['reconnect', 'turn']).optional(),
  counts: runCounts,
  startedAt: instant,
  finishedAt: instant.optional(),
})
export type RunSummary = z.infer<typeof runSummary>

/** Pushed at most 10 times a second while a run lives. */
export const runProgress = runSummary.extend({
  /** Rows a second over the last seconds. */
  rate: z.number(),
  /** Seconds left, low and high; absent while unknown. */
  eta: z.tuple([z.number(), z.number()]).optional(),
  waits: z.array(limitWait),
})
export type RunProgress = z.infer<typeof runProgress>

export const runRow = z.object({
  ordinal: z.number().int(),
  record: z.string(),
  label: z.string(),
  remoteId: z.string().optional(),
  operation: recordOperation,
  state: rowState,
  reason: z.string().optional(),
  message: z.string().optional(),
  detail: z.string().optional(),
  field: z.string().optional(),
  verification: verification.optional(),
  attempts: z.number().int(),
  settledAt: instant.optional(),
})
export type RunRow = z.infer<typeof runRow>

/** What the destination holds at this moment in fields of one row, beside what it was sent. */
export const heldNow = z.object({
  at: instant,
  /** The record is not there any more. */
  gone: z.boolean(),
  fields: z.array(z.object({ field: z.string(), fieldLabel: z.string(), sent: raw, held: raw, editor: editorInfo.optional() })),
})
export type HeldNow = z.infer<typeof heldNow>

export const causeGroup = z.object({
  cause: z.string(),
  title: z.string(),
  fix: z.string(),
  field: z.string().optional(),
  fieldLabel: z.string().optional(),
  count: z.number().int(),
  example: z.string().optional(),
  /** What the system itself said about one of them. */
  detail: z.string().optional(),
  /** How many of them a person has decided about in this plan, or taken back from it; the next one brings it. */
  decided: z.array(z.object({ choice: z.enum([...missingChoice.options, 'taken back']), count: z.number().int() })).optional(),
})
export type CauseGroup = z.infer<typeof causeGroup>

/**
 * A record of which nobody can say whether it arrived, with what a person needs to find out: what was sent, when, and
 * what was tried.
 */
export const unknownRow = z.object({
  ordinal: z.number().int(),
  record: z.string(),
  label: z.string(),
  remoteId: z.string().optional(),
  operation: recordOperation,
  /** In words: "Create", "Update", "Archive", "Delete". */
  action: z.string(),
  /** What was there before and what was sent, in the destination's own form. */
  sent: z.array(z.object({ field: z.string(), fieldLabel: z.string(), before: raw, value: raw })),
  /** The first and the last time it was sent. */
  firstSentAt: instant.optional(),
  sentAt: instant.optional(),
  attempts: z.number().int(),
  /** What happened and what was tried to find out, one sentence each, in order. */
  tried: z.array(z.string()),
  /** False: resuming the run may still find out; true: only a person can. */
  needsPerson: z.boolean(),
})
export type UnknownRow = z.infer<typeof unknownRow>

/** What a person says became of records that nobody could settle. */
export const settledAs = z.enum(['delivered', 'not delivered'])
export type SettledAs = z.infer<typeof settledAs>

/**
 * One request of a run and what came back (`runs.requests`): the last ones, and of those that failed more. Redacted: no
 * header, no secret, no id or key in the path, values of fields masked. Written in batches, so a crash may lose the last few.
 */
export const loggedRequest = z.object({
  id: z.number().int(),
  at: instant,
  method: z.string(),
  /** Path without query. */
  path: z.string(),
  /** What it was for, in words: "Update 100 contacts", "Read back 100 contacts". */
  purpose: z.string(),
  /** 1 for the first time. */
  attempt: z.number().int(),
  /** Records it was about. */
  records: z.number().int().optional(),
  /** Absent when no answer came. */
  status: z.number().int().optional(),
  /** What came back, one sentence: "Taken", "Too many requests; asked to wait 2 s", "No answer within 30 s". */
  outcome: z.string(),
  failed: z.boolean(),
  milliseconds: z.number().int(),
  /** The vendor's own name for the request, for its support. */
  vendorRequest: z.string().optional(),
  /** Redacted and cut at a size that can be shown; absent when it was not kept. */
  sent: z.string().optional(),
  answer: z.string().optional(),
})
export type LoggedRequest = z.infer<typeof loggedRequest>
