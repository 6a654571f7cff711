import type { IdentityGraph } from '../../identity/graph/identity-graph.ts'
import { type LinkEnds, type LinkFiles, storeRowLinks } from '../../identity/graph/run/row-links.ts'
import type { Actor, Session } from '../../session/session.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import { openIdentityLinks } from '../narrow/identity-matches.ts'
import { planFiles } from '../stored/plan-files.ts'
import type { PlanHeader } from '../../plans/plan-store.ts'
import type { PlanSetup } from './prepare.ts'

export interface Recognising {
  session: Session
  graph: IdentityGraph
  setup: PlanSetup
  /** Of the plan: what the index says of every row stays beside it. */
  folder: string
  actor: Actor
  signal?: AbortSignal
}

/** Brings the rules up to date with the records as they are, and takes the links of the activation's rows into the plan. */
export async function recognise({ session, graph, setup, folder, actor, signal }: Recognising, duckdb: DuckDb): Promise<PlanHeader['identity']> {
  const { identity } = setup
  if (identity === undefined) return undefined
  await graph.upToDate(identity.id, identity.ends.to, actor, signal)
  const files = linkFilesIn(folder)
  const run = await takeLinks({ session, graph }, identity, files)
  await openIdentityLinks(duckdb, files)
  return { id: identity.id, run, from: identity.ends.from, to: identity.ends.to }
}

/** Writes what the newest run of an identity says of all rows; returns its number. */
export async function takeLinks({ session, graph }: Pick<Recognising, 'session' | 'graph'>, identity: { id: string; ends: LinkEnds }, files: LinkFiles): Promise<number> {
  const index = await graph.open(identity.id)
  try {
    const overruled = session.database.all<{ id: string }>('SELECT id FROM identity_decisions WHERE identity = ? AND overruled = 1', identity.id).map(({ id }) => id)
    await storeRowLinks(index.db, identity.ends, { files, overruled })
    return index.run.run
  } finally {
    index.close()
  }
}

export function linkFilesIn(folder: string): LinkFiles {
  return { rows: `${folder}/${planFiles.identityRows}`, records: `${folder}/${planFiles.identityRecords}`, apart: `${folder}/${planFiles.identityApart}` }
}
