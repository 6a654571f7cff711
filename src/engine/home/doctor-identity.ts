import type { DoctorCheck } from '../../contract/shapes.ts'
import { StoredIdentityRuns } from '../identity/graph/run/stored-identity-runs.ts'
import type { Session } from '../session/session.ts'
import type { Definition } from '../workspace/workspace.ts'

const day = 24 * 60 * 60_000
/** After this what the systems hold may be something else entirely. */
const oldRecords = 7 * day

/** Whether the records of every identity were read lately, and whether the last try ended. */
export async function identityChecks(session: Session): Promise<DoctorCheck[]> {
  const runs = new StoredIdentityRuns(session.database)
  const { definitions } = await session.workspace()
  return [...definitions.identity.values()].map((identity) => check(identity, runs, session.ports.clock.now()))
}

function check({ id, value }: Definition<'identity'>, runs: StoredIdentityRuns, now: number): DoctorCheck {
  const name = `Identity ${value.name}`
  const action = { label: 'Open Identity', does: { route: `/identity?of=${id}` } }
  const failure = runs.failure(id)
  if (failure) return { name, state: 'problem', message: `The last run, at ${moment(failure.at)}, failed: ${failure.message}`, next: failure.next ?? 'Correct that, then run the rules again.', action }
  const newest = runs.newest(id)?.run
  if (!newest) return { name, state: 'quiet', message: 'The rules have not been run yet.', next: 'Run them under Identity.', action }
  const [oldest] = newest.sources.flatMap(({ name: source, readAt }) => (readAt === undefined ? [] : [{ source, readAt: Date.parse(readAt) }])).sort((one, other) => one.readAt - other.readAt)
  if (oldest && now - oldest.readAt > oldRecords) {
    return { name, state: 'needs you', message: `The records of ${oldest.source} were last read at ${moment(oldest.readAt)}. Who is matched may have changed since.`, next: 'Run the rules under Identity.', action }
  }
  return { name, state: 'healthy', message: `${newest.records.toLocaleString('en-GB')} records are ${newest.entities.toLocaleString('en-GB')} people as of ${moment(Date.parse(newest.at))}.` }
}

function moment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
