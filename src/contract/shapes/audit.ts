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
})
export type ExportResult = z.infer<typeof exportResult>
