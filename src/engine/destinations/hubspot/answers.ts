import { z } from 'zod'

/** The parts of HubSpot's answers that are read; whatever else they hold is ignored. */
const historyEntry = z.object({
  value: z.string().nullish(),
  timestamp: z.string().optional(),
  sourceType: z.string().optional(),
  sourceId: z.string().optional(),
  sourceLabel: z.string().optional(),
})
export type HistoryEntry = z.infer<typeof historyEntry>

const record = z.object({
  id: z.string(),
  properties: z.record(z.string(), z.string().nullable()),
  propertiesWithHistory: z.record(z.string(), z.array(historyEntry)).optional(),
  updatedAt: z.string().optional(),
  archived: z.boolean().optional(),
})
export type HubspotRecord = z.infer<typeof record>
export const oneRecord = record

/** Lists of text by name: `objectWriteTraceId`, `ids`, `propertyName` … */
const errorContext = z.record(z.string(), z.array(z.string())).catch({})

export const batchError = z.object({
  /** "error", or in place of it the number of an HTTP status. */
  status: z.union([z.string(), z.number()]).optional().catch(undefined),
  category: z.string().default(''),
  message: z.string().default(''),
  context: errorContext.default({}),
  errors: z.array(z.object({ code: z.string().optional(), message: z.string().optional(), context: errorContext.default({}) })).default([]),
})
export type BatchError = z.infer<typeof batchError>

export const batchRead = z.object({ results: z.array(record), errors: z.array(batchError).default([]) })

export const batchWrite = z.object({
  results: z.array(z.object({ id: z.string(), objectWriteTraceId: z.string().optional() })),
  errors: z.array(batchError).default([]),
})
export type BatchWrite = z.infer<typeof batchWrite>

export const page = z.object({
  results: z.array(record),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
})

export const properties = z.object({
  results: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      type: z.string(),
      fieldType: z.string().default(''),
      options: z.array(z.object({ label: z.string(), value: z.string() })).default([]),
      hasUniqueValue: z.boolean().default(false),
      calculated: z.boolean().default(false),
      hidden: z.boolean().default(false),
      modificationMetadata: z.object({ readOnlyValue: z.boolean().default(false) }).optional(),
    }),
  ),
})
export type HubspotProperty = z.infer<typeof properties>['results'][number]

export const validations = z.object({
  results: z.array(
    z.object({
      propertyName: z.string(),
      propertyValidationRules: z.array(z.object({ ruleType: z.string(), ruleArguments: z.array(z.string()).default([]) })),
    }),
  ),
})

export const account = z.object({ portalId: z.number(), uiDomain: z.string().optional() })
export const tokenInfo = z.object({ appId: z.union([z.number(), z.string()]).optional() })
