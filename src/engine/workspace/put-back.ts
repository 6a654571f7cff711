import { join } from 'node:path'
import type { DefinitionKind } from '../../contract/definitions.ts'
import { AppError } from '../../contract/errors.ts'
import type { Files } from '../ports/ports.ts'
import type { StateDatabase } from '../storage/database.ts'
import { sha256Hex } from '../values/hash.ts'
import { definitionPath } from './definition-files.ts'
import type { Definition } from './workspace.ts'

/** The files of a definition by path, each with the hash of the copy that is kept of it. */
export type RemovedFiles = Record<string, string>

/** Keeps the text of a definition that is about to be removed, to the letter; returns what the audit notes of it. */
export function keepRemoved(database: StateDatabase, { kind, id, definition, now }: { kind: DefinitionKind; id: string; definition: Definition; now: number }): RemovedFiles {
  const files = [definition, ...(definition.sql ? [definition.sql] : [])]
  return Object.fromEntries(
    files.map(({ path, text }) => {
      const hash = sha256Hex(text)
      database.run('INSERT INTO definition_copies (hash, kind, id, text, stored_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING', hash, kind, id, text, now)
      return [path, hash]
    }),
  )
}

/** Writes the files of the last removal of a definition again, as they were. Throws an AppError where there is none, or where something else has its place. */
export async function putBack({ database, files, folder, kind, id }: { database: StateDatabase; files: Files; folder: string; kind: DefinitionKind; id: string }): Promise<void> {
  const entry = database.get<{ files: string | null }>("SELECT data ->> '$.files' AS files FROM audit WHERE subject = ? AND kind = 'definition removed' AND data ->> '$.kind' = ? ORDER BY sequence DESC LIMIT 1", id, kind)
  const kept = Object.entries(JSON.parse(entry?.files ?? '{}') as RemovedFiles)
  if (kept.length === 0) throw new AppError('not-found', `No removed ${kind} '${id}' is kept.`, { value: id, next: 'Make it anew, or take its file from an earlier state of the folder.' })
  const texts = kept.map(([path, hash]) => ({ path, text: database.get<{ text: string }>('SELECT text FROM definition_copies WHERE hash = ?', hash)?.text }))
  for (const { path, text } of texts) {
    if (text === undefined) throw new AppError('not-found', `The text of ${path} is not kept any more.`, { file: path, next: 'Take it from an earlier state of the folder.' })
    if (await files.exists(join(folder, path))) throw new AppError('definition-changed', `${path} is there again.`, { file: path, next: `Open ${definitionPath(kind, id)}, or remove it first.` })
  }
  for (const { path, text } of texts) await files.writeText(join(folder, path), text ?? '')
}
