import { z } from 'zod'
import { instant } from './instant.ts'

export const auditEntry = z.object({
  seq: z.number().int(),
  at: instant,
  kind: z.string(),
  actor: z.string(),
  subject: z.string().optional(),
  /** The name of what it is about, where it has one: the activation of a plan or run, a definition. */
  about: z.string().optional(),
  /** One sentence for people. */
  words: z.string(),
  data: z.record(z.string(), z.unknown()),
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof auditEntry>

/** Which entries are wanted; what is left out does not narrow. */
export const auditFilter = z.object({
  kind: z.string().optional(),
  actor: z.string().optional(),
  /** `activation:tier-to-crm`, as {@link auditFacets} lists them. */
  object: z.string().optional(),
  /** Of one plan, run or definition. */
  subject: z.string().optional(),
  /** Batches stand with their run, so that a run is one line and not hundreds. */
  batches: z.boolean().default(true),
})
export type AuditFilter = z.infer<typeof auditFilter>

const facet = z.object({ value: z.string(), label: z.string(), entries: z.number().int() })
/** Who acted, what was done and what it was about, each with how many entries tell of it; the most first. */
export const auditFacets = z.object({ actors: z.array(facet), kinds: z.array(facet), objects: z.array(facet) })
export type AuditFacets = z.infer<typeof auditFacets>

/** A manifest names a handful of files; whatever is larger is another file that was chosen by mistake. */
export const largestManifestBytes = 1_000_000

/** `audit verify` of the command line: exactly these keys. */
export const auditVerdict = z.object({
  ok: z.boolean(),
  entries: z.number().int(),
  head: z.string(),
  problems: z.array(z.object({ kind: z.string(), seq: z.number().int(), message: z.string().optional() })),
  /** What can be said and what cannot, in words. */
  words: z.string(),
})
export type AuditVerdict = z.infer<typeof auditVerdict>

export const exportedFile = z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() })
export const exportResult = z.object({
  exportId: z.string(),
  /** Folder on this machine. */
  folder: z.string(),
  files: z.array(exportedFile),
  rows: z.number().int(),
  /** All files in one. */
  zip: exportedFile,
})
export type ExportResult = z.infer<typeof exportResult>
