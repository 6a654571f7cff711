import { ORPCError } from '@orpc/client'

/** The owner ended its work before what it was asked for was over; its successor can go on. */
export class OwnerGone extends Error {}

/** Whether a call failed because the shell that owned the workspace went away, and not because of what was asked. */
export function isOwnerGone(error: unknown): boolean {
  // What the engine itself says crosses as an ORPCError; anything else is the connection.
  if (!(error instanceof ORPCError)) return true
  const code = (error.data as { code?: unknown } | undefined)?.code
  return code === 'workspace-missing' || code === 'object-busy'
}
