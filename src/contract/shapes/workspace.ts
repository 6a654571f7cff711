import { z } from 'zod'
import { definitionKind, identifier } from '../definitions.ts'
import { errorBody } from '../errors.ts'
import { instant } from './instant.ts'

/** Something wrong in a definition file; the rest of the workspace stays usable. */
export const problem = errorBody
export type Problem = z.infer<typeof problem>

export const definitionEntry = z.object({
  kind: definitionKind,
  id: z.string(),
  name: z.string(),
  /** Relative to the workspace. */
  path: z.string(),
  hash: z.string(),
})
export type DefinitionEntry = z.infer<typeof definitionEntry>

export const workspaceInfo = z.object({
  id: z.string(),
  name: z.string(),
  timezone: z.string(),
  folder: z.string(),
  stateFolder: z.string(),
  sample: z.boolean(),
  /** A connection goes to a simulated system on this computer. */
  simulated: z.boolean(),
  definitions: z.array(definitionEntry),
  problems: z.array(problem),
  /** Nothing connects before a person has said that the folder is trusted. */
  trusted: z.boolean(),
  /** Where its connections go. */
  places: z.array(z.object({ connection: identifier, name: z.string(), destination: z.string(), address: z.string(), local: z.boolean() })),
})
export type WorkspaceInfo = z.infer<typeof workspaceInfo>

export const definitionDocument = z.object({
  kind: definitionKind,
  id: z.string(),
  path: z.string(),
  hash: z.string(),
  text: z.string(),
  /** Parsed by the schema of its kind; absent when the file has a problem. */
  value: z.unknown().optional(),
  /** The SQL beside a product. */
  sql: z.string().optional(),
  problems: z.array(problem),
  /** Who saved it last in Lockstep, where the file is as they left it. */
  saved: z.object({ by: z.string(), at: instant }).optional(),
})
export type DefinitionDocument = z.infer<typeof definitionDocument>

/** A workspace that was opened on this machine before. */
export const recentWorkspace = z.object({
  folder: z.string(),
  name: z.string(),
  /** Absent where it was opened before this was remembered. */
  openedAt: instant.optional(),
  /** There is no workspace in that folder now. */
  missing: z.boolean(),
})
export type RecentWorkspace = z.infer<typeof recentWorkspace>

/** A copy of the state of a workspace (`workspace.backUp`, `workspace.backups`, `workspace.restore`). */
export const backup = z.object({
  id: z.string(),
  at: instant,
  /** Why it was made, in words: "Asked for by Ines", "Before an upgrade". */
  reason: z.string(),
  path: z.string(),
  bytes: z.number().int(),
  /** Why it cannot be put back, in a sentence; absent when it can. */
  problem: z.string().optional(),
})
export type Backup = z.infer<typeof backup>
