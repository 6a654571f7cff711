import type { IdentityDefinition } from '../../../contract/identity.ts'
import { identityDefinition } from '../../../contract/identity.ts'
import type { RulesPreview } from '../../../contract/shapes.ts'
import { AppError } from '../../../contract/errors.ts'
import type { Session } from '../../session.ts'
import { openDuckDb, quoteText } from '../../storage/duckdb.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import { checkReferences } from '../../workspace/cross-references.ts'
import { findDefinition } from '../../workspace/find-definition.ts'
import { sameValue } from '../../workspace/same-value.ts'
import { checkSchema } from '../../workspace/schema-problems.ts'
import type { Definition, Workspace } from '../../workspace/workspace.ts'
import { IdentityIndex } from '../index/identity-index.ts'
import { columnsOf } from '../key-table.ts'
import { resolveKeys } from '../read-rules.ts'
import type { IdentityRules } from '../read-rules.ts'
import { compareFiles } from './compare-files.ts'
import { removeFile } from './index-file.ts'
import { matchFigures } from './match-figures.ts'
import type { OpenIndex } from './open-index.ts'
import type { IdentityRegister } from './register.ts'
import { runRules } from './register-run.ts'
import { factsOf, readDecisions, survivorsOf } from './stored-decisions.ts'

export interface PreviewRequest {
  session: Session
  register: IdentityRegister
  identity: string
  /** The edited definition, as an editor has it. */
  value: unknown
  signal?: AbortSignal | undefined
}

type Change = NonNullable<RulesPreview['change']>

/** Beside what JavaScript needs for the numbers; the rest spills. */
const MEMORY_MB = 512

/**
 * What an edited definition would gain and lose. The records are those of the newest run; where the edit reads what was
 * not read then (other sources, other columns), all sources are read anew. Nothing of it stays.
 */
export async function previewRules(request: PreviewRequest): Promise<RulesPreview> {
  const { session, register, identity, value } = request
  const workspace = await session.workspace()
  const current = findDefinition(workspace, 'identity', identity)
  const checked = checkSchema(current.path, { value, lineOf: () => undefined, lineOfKey: () => undefined }, identityDefinition)
  if ('problems' in checked) return { problems: checked.problems, change: null }
  const edited: Definition<'identity'> = { ...current, value: checked.value, lineOf: () => undefined }
  const problems = checkReferences(withEdited(workspace, edited), new Set()).filter(({ file }) => file === edited.path)
  if (problems.length > 0) return { problems, change: null }
  try {
    return { problems: [], change: await register.reading(identity, (open) => new Preview(request, workspace, edited, open).change()) }
  } catch (error) {
    // What is wrong with the edit is known only once the sources are looked at.
    if (error instanceof AppError && error.place.file === edited.path) return { problems: [error.toBody()], change: null }
    throw error
  }
}

function withEdited(workspace: Workspace, edited: Definition<'identity'>): Workspace {
  return { ...workspace, definitions: { ...workspace.definitions, identity: new Map([[edited.id, edited]]) } }
}

class Preview {
  private readonly request: PreviewRequest
  private readonly workspace: Workspace
  private readonly edited: Definition<'identity'>
  private readonly open: OpenIndex

  constructor(request: PreviewRequest, workspace: Workspace, edited: Definition<'identity'>, open: OpenIndex) {
    this.request = request
    this.workspace = workspace
    this.edited = edited
    this.open = open
  }

  async change(): Promise<Change> {
    const { session, signal } = this.request
    const rules: IdentityRules = { file: this.edited.path, definition: this.edited.value, version: this.edited.hash, lineOf: () => undefined }
    const path = `${session.folders.temp}/preview-${session.ports.ids.next()}.duckdb`
    if (!this.isHeld(rules)) return this.readAnew(path)
    const db = await openDuckDb({ path, tempFolder: session.folders.temp, memoryLimitMb: MEMORY_MB })
    const stop = (): void => db.interrupt()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      await this.attach(db)
      return await this.overHeld(db, rules)
    } finally {
      signal?.removeEventListener('abort', stop)
      db.closeInstance()
      await removeFile(session.ports.files, path)
    }
  }

  /** Whether the newest run read all that these rules read, from the same places. */
  private isHeld(rules: IdentityRules): boolean {
    const { definition, known, columns } = this.open
    return sameValue(placesOf(definition), placesOf(rules.definition)) && columnsOf(resolveKeys(rules, known)).every((column) => columns.includes(column))
  }

  private async overHeld(db: DuckDb, rules: IdentityRules): Promise<Change> {
    const { open } = this
    const index = await IdentityIndex.create(db, rules, open.known)
    const values = index.columns.map((column, at) => `, content.c${open.columns.indexOf(column)} AS c${at}`).join('')
    await db.run(`CREATE TABLE incoming AS SELECT reference, source${values} FROM published.record JOIN published.content AS content USING (number)`)
    const decisions = readDecisions(this.request.session.database, open.identity)
    await index.run({ complete: true, facts: factsOf(decisions), survivors: survivorsOf(decisions) })
    const asOf = new Date(Math.max(...open.sources.map(({ readAt }) => readAt))).toISOString()
    return { ...(await compareFiles(db, open)), matchesBefore: open.run.matches, matchesAfter: await matchFigures(db, open.sources), rulesAfter: (await index.figures()).rules, asOf }
  }

  /** A whole run of its own, which nobody publishes. */
  private async readAnew(path: string): Promise<Change> {
    const { open, edited, workspace, request } = this
    const { session, identity, register, signal } = request
    const decisions = readDecisions(session.database, identity)
    const ran = await runRules({ session, identity, before: undefined, newest: undefined, path, decisions, readSince: register.runs.restoredAt(), workspace, definition: edited, ...(signal ? { signal } : {}) }).finally(() => session.emit({ topic: 'identity', identity, phase: 'Done', done: 0, over: true }))
    try {
      const db = await openDuckDb({ path: ran.path, tempFolder: session.folders.temp, memoryLimitMb: MEMORY_MB })
      try {
        await this.attach(db)
        const { run, rules } = ran.figures
        return { ...(await compareFiles(db, open)), matchesBefore: open.run.matches, matchesAfter: run.matches, rulesAfter: rules, asOf: run.at }
      } finally {
        db.closeInstance()
      }
    } finally {
      await removeFile(session.ports.files, ran.path)
    }
  }

  private attach(db: DuckDb): Promise<void> {
    return db.run(`ATTACH ${quoteText(this.open.path)} AS published (READ_ONLY)`)
  }
}

/** Where values come from. What records are called changes nobody's entity. */
function placesOf({ records = [] }: IdentityDefinition): unknown {
  return records.map((source) => ({ ...source, label: undefined }))
}
