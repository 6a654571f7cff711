import { basename, join } from 'node:path'
import type { WorkspaceInfo } from '../../contract/shapes.ts'
import { appendAudit } from '../audit/audit.ts'
import type { OpenWorkspace } from '../services/open-workspace.ts'
import type { ServedEngine } from '../services/served-engine.ts'
import { backUpNow, backupsIn } from '../home/backups.ts'
import type { CallBuilder } from './call-builder.ts'
import type { Actor } from '../session/session.ts'
import { WORKSPACE_FILE } from '../workspace/definition-files.ts'
import { validateWorkspace } from '../validation/validate-workspace.ts'

async function describe({ session }: OpenWorkspace): Promise<WorkspaceInfo> {
  const workspace = await session.workspace()
  const { header, definitions, problems } = workspace
  return {
    id: header?.value.id ?? basename(session.folder),
    name: header?.value.name ?? basename(session.folder),
    timezone: header?.value.timezone ?? 'UTC',
    folder: session.folder,
    stateFolder: session.folders.state,
    sample: header?.value.sample ?? false,
    simulated: [...definitions.connection.values()].some(({ value }) => value.simulator !== undefined),
    definitions: Object.values(definitions).flatMap((kind) => [...kind.values()].map(({ kind: name, id, path, hash, value }) => ({ kind: name, id, name: value.name ?? id, path, hash }))),
    problems,
    trusted: session.trust.holds(workspace),
    places: session.trust.places(workspace),
  }
}

/** A folder of that name that is not taken. */
async function freeFolder(engine: ServedEngine, name: string): Promise<string> {
  const { ports, workspacesFolder } = engine.options
  for (let number = 1; ; number++) {
    const folder = join(workspacesFolder, number === 1 ? name : `${name} ${number}`)
    if (!(await ports.files.exists(folder))) return folder
  }
}

export function workspaceCalls(build: CallBuilder, engine: ServedEngine) {
  const { files, clock, queries } = engine.options.ports
  const { workspace: call } = build
  const onboarding = () => ({ files, clock, queries, sources: engine.sources, tempFolder: engine.scratchFolder() })
  const created = async (folder: string, actor: Actor, { made = true } = {}): Promise<WorkspaceInfo> => {
    const open = await engine.open(folder, { made })
    const info = await describe(open)
    appendAudit(open.session, { kind: 'workspace created', actor: actor.name, subject: info.id, data: { name: info.name } })
    return info
  }
  return {
    workspace: build.workspace.router({
      current: call.current.handler(() => (engine.current ? describe(engine.workspace()) : null)),
      open: call.open.handler(async ({ input }) => describe(await engine.open(input.folder))),
      close: call.close.handler(async () => {
        await engine.close()
        engine.emit({ topic: 'workspace' })
        return { ok: true as const }
      }),
      recent: call.recent.handler(async () => (await engine.options.recentWorkspaces?.list()) ?? []),
      forget: call.forget.handler(async ({ input }) => {
        await engine.options.recentWorkspaces?.forget(input.folder)
        return { ok: true as const }
      }),
      trust: call.trust.handler(async ({ input, context }) => describe(await engine.trust(input.reach, context.actor))),
      createSample: call.createSample.handler(async ({ input, context }) => {
        const { folder = await freeFolder(engine, 'Harbour Mutual'), ...size } = input
        const { createSample } = await import('../sample/create-sample.ts')
        await createSample({ folder, files, ...size })
        return created(folder, context.actor)
      }),
      startSimulators: call.startSimulators.handler(async () => {
        const running = await engine.startSimulators()
        return { running, words: running ? 'The simulated systems run on this computer.' : 'Lockstep cannot start programs here. Somebody who works with the command line can start the simulated systems: lockstep simulators start <folder>' }
      }),
      inspectFile: call.inspectFile.handler(async ({ input }) => {
        const { inspectFile } = await import('../onboarding/inspect-file.ts')
        return inspectFile({ ...input, ...onboarding() })
      }),
      initialise: call.initialise.handler(async ({ input, context }) => {
        const { initialiseWorkspace } = await import('../onboarding/initialise-workspace.ts')
        const open = engine.current
        if (open && input.folder === undefined) {
          await initialiseWorkspace({ ...input, folder: open.session.folder, ...onboarding() })
          engine.emit({ topic: 'workspace' })
          return describe(open)
        }
        const folder = input.folder ?? (await freeFolder(engine, basename(input.file).replace(/\.[^.]+$/, '')))
        // A file put into a workspace that somebody sent makes it no workspace of ours.
        const made = !(await files.exists(join(folder, WORKSPACE_FILE)))
        await initialiseWorkspace({ ...input, folder, ...onboarding() })
        return created(folder, context.actor, { made })
      }),
      validate: call.validate.handler(async () => {
        const { session } = engine.workspace()
        const workspace = await session.workspace()
        const access = { workspace, ...session.ports, tempFolder: session.folders.temp }
        const problems = await validateWorkspace(access, engine.destinations)
        return { ok: problems.length === 0, files: workspace.files, problems }
      }),
      backUp: call.backUp.handler(({ context }) => backUpNow(engine.workspace().session, context.actor)),
      backups: call.backups.handler(async ({ input }) => backupsIn(input?.folder === undefined ? engine.workspace().session.folders.state : await engine.stateFolderOf(input.folder))),
      restore: call.restore.handler(async ({ input, context }) => describe(await engine.restore(input.folder ?? engine.workspace().session.folder, input.id, context.actor))),
    }),
  }
}
