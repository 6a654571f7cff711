import { z } from 'zod'
import { recordOperation, rowState, runCounts, runState, verification } from '../states.ts'
import { instant } from './instant.ts'

export const limitWait = z.object({ limit: z.string(), until: instant })

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
  paused: z.boolean(),
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

export const causeGroup = z.object({
  cause: z.string(),
  title: z.string(),
  fix: z.string(),
  field: z.string().optional(),
  fieldLabel: z.string().optional(),
  count: z.number().int(),
  example: z.string().optional(),
})
export type CauseGroup = z.infer<typeof causeGroup>
