import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CommandLine } from './command-line.ts'
import type { Conflict, ExportDocument } from './documents.ts'

/** All conflicts of a plan, page after page. */
export async function conflictsOf(lockstep: CommandLine, plan: string): Promise<Conflict[]> {
  const conflicts: Conflict[] = []
  for (let after: string | null = ''; after !== null; ) {
    const page: { conflicts: Conflict[]; next: string | null } = await lockstep.done('review', 'list', plan, '--limit', '100', ...(after === '' ? [] : ['--after', after]))
    conflicts.push(...page.conflicts)
    after = page.next
  }
  return conflicts
}

/** The product keys of a plan's rows in one state, from the exported file, each with why it is blocked, if it is. */
export async function recordsIn(lockstep: CommandLine, plan: string, state: string): Promise<Map<string, string | undefined>> {
  const { folder } = await lockstep.done<ExportDocument>('rows', 'export', plan, '--state', state)
  const lines = (await readFile(join(folder, 'rows.jsonl'), 'utf8')).split('\n').filter((line) => line !== '')
  return new Map(lines.map((line) => JSON.parse(line) as { record: string; cause?: string }).map(({ record, cause }) => [record, cause]))
}
