import { z } from 'zod'
import { authority, syncMode } from '../definitions.ts'
import { planState, runState } from '../states.ts'
import { instant } from './instant.ts'

/** What the last evidence says of an activation. Green only from a read-back. */
export const activationState = z.enum(['never run', 'verified', 'accepted, not verified', 'needs you', 'problem', 'running', 'paused', 'off'])
export type ActivationState = z.infer<typeof activationState>

/** Each record of the audience in exactly one of five; they add up to it. */
export const activationShares = z.object({
  /** The last read showed what the warehouse says. */
  inStep: z.number().int(),
  /** A standing answer or an override keeps another value. */
  kept: z.number().int(),
  blocked: z.number().int(),
  /** A read-back found another value. */
  overridden: z.number().int(),
  /** Sent or accepted, waiting, or unreadable: nothing proved it. */
  notSeen: z.number().int(),
})
export type ActivationShares = z.infer<typeof activationShares>

export const activationSummary = z.object({
  id: z.string(),
  name: z.string(),
  product: z.string(),
  segment: z.string().optional(),
  connection: z.string(),
  destination: z.string(),
  destinationName: z.string(),
  object: z.string(),
  mode: syncMode,
  authority: authority,
  state: activationState,
  /** One sentence that explains the state. */
  because: z.string(),
  paused: z.boolean(),
  /** Records of the audience of which the last read showed what the warehouse says. */
  verified: z.number().int().optional(),
  audience: z.number().int().optional(),
  shares: activationShares.optional(),
  lastVerifiedAt: instant.optional(),
  /** The plan that somebody has to answer, approve or apply. */
  waitingPlan: z.string().optional(),
  lastPlan: z.object({ id: z.string(), state: planState, at: instant }).optional(),
  lastRun: z.object({ id: z.string(), state: runState, at: instant }).optional(),
})
export type ActivationSummary = z.infer<typeof activationSummary>

/** Fields that an activation leaves to another one; who is in a list is a field of that list. */
export const takenOver = z.object({ activation: z.string(), fields: z.array(z.string()).min(1) })
export type TakenOver = z.infer<typeof takenOver>

export const mappingProblem = z.object({
  field: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  /** The activation that writes the field already. */
  writtenBy: z.object({ activation: z.string(), name: z.string() }).optional(),
})
export type MappingProblem = z.infer<typeof mappingProblem>
