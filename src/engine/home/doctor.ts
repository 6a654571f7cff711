import type { DoctorCheck } from '../../contract/shapes.ts'
import { AppError } from '../../contract/errors.ts'
import type { ServedEngine } from '../services/served-engine.ts'
import type { OpenSession } from '../services/open-session.ts'
import { identityChecks } from './doctor-identity.ts'
import { heldRuns, runChecks } from './doctor-runs.ts'
import { untrustedFolder } from '../session/trust.ts'
import { stateChecks } from './doctor-state.ts'

/** What is healthy, what is not, and what to do about it. */
export async function examine(engine: ServedEngine): Promise<DoctorCheck[]> {
  const { session } = engine.workspace()
  return [await definitions(session), ...(await stateChecks(session)), ...runChecks(session.database), ...(await heldRuns(session)), ...(await identityChecks(session)), background(engine), await keychain(session), ...(await connections(session))]
}

async function definitions(session: OpenSession): Promise<DoctorCheck> {
  const { problems, files } = await session.workspace()
  const [first] = problems
  if (!first) return { name: 'Definitions', state: 'healthy', message: `${files} files, no problem.` }
  return { name: 'Definitions', state: 'problem', message: `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}; the first in ${first.file}: ${first.message}`, next: first.next ?? 'Correct the file.' }
}

/** Services that ended by a fault do nothing until the workspace is opened again. */
function background(engine: Pick<ServedEngine, 'background'>): DoctorCheck {
  const services = engine.background()
  const failed = services.flatMap(({ name, state }) => (state.kind === 'failed' ? [`${name} stopped: ${state.reason.replace(/\.$/, '')}`] : []))
  const name = 'Work in the background'
  if (failed.length > 0) return { name, state: 'problem', message: `${failed.join('; ')}.`, next: 'Close the workspace and open it again; if it lasts, report it.' }
  const running = services.filter(({ state }) => state.kind === 'running').map((service) => service.name)
  return { name, state: 'healthy', message: running.length === 0 ? 'Nothing works in the background.' : `Working: ${running.join(', ')}.` }
}

async function keychain({ ports, folder }: OpenSession): Promise<DoctorCheck> {
  const found = await ports.secrets.forWorkspace(folder).keychain()
  if (found.available) return { name: 'Keychain', state: 'healthy', message: 'Secrets are kept in the keychain of this computer.' }
  return { name: 'Keychain', state: 'needs you', message: `This computer has no keychain that can be used${found.reason ? `: ${found.reason.replace(/\.$/, '')}` : ''}. Secrets are kept for this session only.`, next: 'Install a keyring, or give secrets through the environment.' }
}

async function connections(session: OpenSession): Promise<DoctorCheck[]> {
  const workspace = await session.workspace()
  const { definitions } = workspace
  if (!session.trust.holds(workspace)) return [{ name: 'Trust', state: 'needs you', message: untrustedFolder(session.folder, session.trust.places(workspace)).message, next: 'If you know where it comes from, trust it.', action: { label: 'Look at it', does: { route: '/connections' } } }]
  return Promise.all(
    [...definitions.connection.values()].map(async ({ id, value }): Promise<DoctorCheck> => {
      const name = `Connection ${value.name}`
      try {
        const { account } = await (await session.connect(id)).check()
        const origins = await secretOrigins(session, id)
        return { name, state: 'healthy', message: `Answered as ${account}. Secrets from: ${origins}.` }
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        return { name, state: 'problem', message: error.message, ...(error.place.next === undefined ? {} : { next: error.place.next }), action: { label: 'Open the connection', does: { route: `/connections/${id}` } } }
      }
    }),
  )
}

async function secretOrigins(session: OpenSession, connection: string): Promise<string> {
  const connected = await session.connect(connection)
  const secrets = session.ports.secrets.forWorkspace(session.folder)
  const found = await Promise.all(Object.keys(connected.declaration.secrets).map(async (field) => (await secrets.get(connection, field))?.origin ?? (connected.simulated ? 'the simulator' : 'nowhere')))
  return [...new Set(found)].join(', ') || 'none needed'
}
