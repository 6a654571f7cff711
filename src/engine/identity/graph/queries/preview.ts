import type { IdentityDefinition } from '../../../../contract/identity.ts'
import { identityDefinition } from '../../../../contract/identity.ts'
import type { RulesPreview } from '../../../../contract/shapes.ts'
import { AppError } from '../../../../contract/errors.ts'
import type { Session } from '../../../session/session.ts'
import { openDuckDb, quoteText } from '../../../storage/duckdb.ts'
import type { DuckDb } from '../../../storage/duckdb.ts'
import { interruptible } from '../../../storage/interruptible.ts'
import { checkReferences } from '../../../workspace/cross-references.ts'
import { findDefinition } from '../../../workspace/find-definition.ts'
import { sameValue } from '../../../workspace/same-value.ts'
import { checkSchema } from '../../../workspace/schema-problems.ts'
import type { Definition, Workspace } from '../../../workspace/workspace.ts'
import { IdentityIndex } from '../../index/identity-index.ts'
import { columnsOf } from '../../key-table.ts'
import { resolveKeys } from '../../read-rules.ts'
import type { IdentityRules } from '../../read-rules.ts'
import { compareFiles } from './compare-files.ts'
import { removeFile } from '../run/index-file.ts'
import { matchFigures } from '../run/match-figures.ts'
import type { OpenIndex } from '../run/open-index.ts'
import type { IdentityGraph } from '../identity-graph.ts'
import { progressOf } from '../run/progress.ts'
import type { Progress } from '../run/progress.ts'
import { runRules, withLanguages } from '../run/graph-run.ts'
import { factsOf, readDecisions, survivorsOf } from '../decisions/stored-decisions.ts'

export interface PreviewRequest {
  session: Session
  graph: IdentityGraph
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
  const { session, graph, identity, value, signal } = request
  const workspace = await session.workspace()
  const current = findDefinition(workspace, 'identity', identity)
  const checked = checkSchema(current.path, { value, lineOf: () => undefined, lineOfKey: () => undefined }, identityDefinition)
  if ('problems' in checked) return { problems: checked.problems, change: null }
  const edited: Definition<'identity'> = { ...current, value: checked.value, lineOf: () => undefined }
  const problems = checkReferences(withEdited(workspace, edited)).filter(({ file }) => file === edited.path)
  if (problems.length > 0) return { problems, change: null }
  try {
    return { problems: [], change: await graph.reading(identity, (open) => new Preview(request, workspace, edited, open).change()) }
  } catch (error) {
    if (signal?.aborted) throw new AppError('cancelled', 'The preview was cancelled. Nothing was changed.', { cause: error })
    // What is wrong with the edit is known only once the sources are looked at.
    if (error instanceof AppError && error.place.file === edited.path) return { problems: [error.toBody()], change: null }
    throw error
  } finally {
    session.emit({ topic: 'preview', identity, phase: 'Done', done: 0, over: true })
  }
}

function withEdited(workspace: Workspace, edited: Definition<'identity'>): Workspace {
  return { ...workspace, broken: new Set(), definitions: { ...workspace.definitions, identity: new Map([[edited.id, edited]]) } }
}

class Preview {
  private readonly request: PreviewRequest
  private readonly workspace: Workspace
  private readonly edited: Definition<'identity'>
  private readonly open: OpenIndex
  private readonly progress: Progress

  constructor(request: PreviewRequest, workspace: Workspace, edited: Definition<'identity'>, open: OpenIndex) {
    this.request = request
    this.workspace = workspace
    this.edited = edited
    this.open = open
    this.progress = progressOf({ ...request, topic: 'preview' })
  }

  async change(): Promise<Change> {
    const { session } = this.request
    this.progress('Reading the definitions')
    const rules: IdentityRules = { file: this.edited.path, definition: withLanguages(this.edited.value, this.workspace), version: this.edited.hash, lineOf: () => undefined }
    const path = `${session.folders.temp}/preview-${session.ports.ids.next()}.duckdb`
    return this.isHeld(rules) ? this.inFile(path, (db) => this.overHeld(db, rules)) : this.readAnew(path)
  }

  /** Whether the newest run read all that these rules read, from the same places. */
  private isHeld(rules: IdentityRules): boolean {
    const { definition, known, columns } = this.open
    return sameValue(placesOf(definition), placesOf(rules.definition)) && columnsOf(resolveKeys(rules, known)).every((column) => columns.includes(column))
  }

  private async overHeld(db: DuckDb, rules: IdentityRules): Promise<Change> {
    const { open } = this
    this.progress('Reading the records of the last run')
    const index = await IdentityIndex.create(db, rules, open.known)
    const values = index.columns.map((column, at) => `, content.c${open.columns.indexOf(column)} AS c${at}`).join('')
    await db.run(`CREATE TABLE incoming AS SELECT reference, source${values} FROM published.record JOIN published.content AS content USING (number)`)
    this.progress('Matching')
    const decisions = readDecisions(this.request.session.database, open.identity)
    await index.run({ complete: true, facts: factsOf(decisions), survivors: survivorsOf(decisions) })
    this.progress('Comparing')
    const compared = await compareFiles(db, open)
    this.progress('Counting')
    const asOf = new Date(Math.max(...open.sources.map(({ readAt }) => readAt))).toISOString()
    return { ...compared, matchesBefore: open.run.matches, matchesAfter: await matchFigures(db, open.sources), rulesAfter: (await index.figures()).rules, asOf }
  }

  /** A whole run of its own, which nobody publishes. */
  private async readAnew(path: string): Promise<Change> {
    const { open, edited, workspace, progress } = this
    const { session, identity, graph, signal } = this.request
    const decisions = readDecisions(session.database, identity)
    const ran = await runRules({ session, identity, before: undefined, newest: undefined, path, decisions, readSince: graph.runs.restoredAt(), workspace, definition: edited, progress, ...(signal ? { signal } : {}) })
    return this.inFile(ran.path, async (db) => {
      progress('Comparing')
      const { run, rules } = ran.figures
      return { ...(await compareFiles(db, open)), matchesBefore: open.run.matches, matchesAfter: run.matches, rulesAfter: rules, asOf: run.at }
    })
  }

  /** Works in a file with the published one beside it; afterwards the file is gone. */
  private async inFile(path: string, work: (db: DuckDb) => Promise<Change>): Promise<Change> {
    const { session, signal } = this.request
    try {
      const db = await openDuckDb({ path, tempFolder: session.folders.temp, memoryLimitMb: MEMORY_MB })
      return await interruptible(db, signal, async () => {
        await db.run(`ATTACH ${quoteText(this.open.path)} AS published (READ_ONLY)`)
        return work(db)
      })
    } finally {
      await removeFile(session.ports.files, path)
    }
  }
}

/** Where values come from. What records are called changes nobody's entity. */
function placesOf({ records = [] }: IdentityDefinition): unknown {
  return records.map((source) => ({ ...source, label: undefined }))
}
