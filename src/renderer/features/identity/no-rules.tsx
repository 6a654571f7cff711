import { EmptyState } from '../../shared/states.tsx'

/** A workspace without rules of identity. */
export function NoRules() {
  return <EmptyState>No rules say yet which records of your systems are one person: put a file with rules into the folder “identity” of the workspace, and this screen follows.</EmptyState>
}
