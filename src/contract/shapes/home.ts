import { z } from 'zod'
import { instant } from './instant.ts'
import { activationSummary } from './activations.ts'
import { runProgress } from './runs.ts'

/** One thing that waits for a person, with the one action that helps. */
export const needsYou = z.object({
  kind: z.enum(['conflicts', 'approval', 'guard', 'rejected', 'unknown', 'overridden', 'problem', 'secret', 'paused', 'ambiguous', 'handed over', 'identity']),
  severity: z.enum(['problem', 'needs you']),
  title: z.string(),
  detail: z.string(),
  action: z.string(),
  route: z.string(),
})
export type NeedsYou = z.infer<typeof needsYou>

export const homeSummary = z.object({
  needsYou: z.array(needsYou),
  activations: z.array(activationSummary),
  running: z.number().int(),
  pausedAll: z.boolean(),
  sourceReadAt: instant.optional(),
  asOf: instant,
})
export type HomeSummary = z.infer<typeof homeSummary>

export const doctorCheck = z.object({
  name: z.string(),
  state: z.enum(['healthy', 'needs you', 'problem', 'quiet']),
  message: z.string(),
  next: z.string().optional(),
  /** What helps, where the app can do it or go there: "Back up now", "Open the connection". */
  action: z.object({ label: z.string(), does: z.union([z.object({ call: z.enum(['back up', 'restore']) }), z.object({ route: z.string() })]) }).optional(),
})
export type DoctorCheck = z.infer<typeof doctorCheck>

/** Something changed; screens read again what it touches. */
export const changeEvent = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('workspace') }),
  z.object({ topic: z.literal('connections') }),
  z.object({ topic: z.literal('plan'), planId: z.string(), activation: z.string() }),
  z.object({
    topic: z.literal('planning'),
    activation: z.string(),
    /** Words for the step strip: "Reading the warehouse", "Reading HubSpot" … */
    phase: z.string(),
    done: z.number().int(),
    of: z.number().int().optional(),
    /** The planning ended, with a plan or without one. */
    over: z.literal(true).optional(),
  }),
  /** Phases as of a plan; `over` with the end of the run, and after every decision. */
  z.object({ topic: z.literal('identity'), identity: z.string(), phase: z.string(), done: z.number().int(), of: z.number().int().optional(), over: z.literal(true).optional() }),
  /** Edited rules are tried: phases as of a run of the rules. Nothing that anybody else sees changes with its end. */
  z.object({ topic: z.literal('preview'), identity: z.string(), phase: z.string(), done: z.number().int(), of: z.number().int().optional(), over: z.literal(true).optional() }),
  z.object({ topic: z.literal('run'), runId: z.string(), progress: runProgress }),
  z.object({ topic: z.literal('audit') }),
])
export type ChangeEvent = z.infer<typeof changeEvent>
