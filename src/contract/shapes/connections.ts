import { z } from 'zod'
import { simulatorName, valueType } from '../definitions.ts'
import { instant } from './instant.ts'

export const secretStatus = z.object({
  field: z.string(),
  label: z.string(),
  origin: z.enum(['environment', 'keychain', 'session', 'simulator', 'missing']),
  last4: z.string().optional(),
  /** It is not sent, for it was given for another place; `givenFor` is absent where nobody said which. */
  elsewhere: z.object({ givenFor: z.string().optional() }).optional(),
})

export const destinationCard = z.object({
  id: z.string(),
  name: z.string(),
  category: z.string(),
  summary: z.string(),
  /** It gives a list of its records; where not, they are looked up by a field. */
  listsRecords: z.boolean(),
  /** Settings as a JSON schema, for the form. */
  settings: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.string()),
  /** The vendor's numbers as they are assumed; a connection may carry its own under the same name. */
  limits: z.array(z.object({ name: z.string(), label: z.string(), value: z.number() })).optional(),
  simulator: simulatorName.optional(),
})
export type DestinationCard = z.infer<typeof destinationCard>

export const connectionSummary = z.object({
  id: z.string(),
  name: z.string(),
  destination: z.string(),
  destinationName: z.string(),
  category: z.string(),
  address: z.string().optional(),
  /** Scheme, host and port, or the simulator or file it goes to; absent where its settings are not right. */
  goesTo: z.string().optional(),
  simulator: z.string().optional(),
  secrets: z.array(secretStatus),
  paused: z.boolean(),
  /** When it answered last while it was read or written; absent where it never was, it failed since, or it goes elsewhere now. */
  lastAnswered: instant.optional(),
  activations: z.number().int(),
})
export type ConnectionSummary = z.infer<typeof connectionSummary>

export const fieldDescription = z.object({
  name: z.string(),
  label: z.string(),
  type: valueType,
  access: z.enum(['read and write', 'read only', 'computed']),
  required: z.boolean(),
  unique: z.boolean(),
  maxLength: z.number().int().optional(),
  options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
})
export const objectDescription = z.object({
  name: z.string(),
  label: z.string(),
  noun: z.object({ one: z.string(), many: z.string() }),
  fields: z.array(fieldDescription),
  matchFields: z.array(z.string()),
  /** Set where the object is a list or audience: only who is in it can be changed, in the mode members. */
  membership: z.object({ field: z.string() }).optional(),
})
export type ObjectDescription = z.infer<typeof objectDescription>
