import { closeSync, createReadStream, existsSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { RecordInput, StoredRecord } from './record.ts'
import type { ObjectControl } from './simulator.ts'

/** Changed records on disk, so that a restarted simulator goes on where it stopped. The last line of a record counts. */
export type StateLog = {
  flush(): void
  clear(): void
  close(): void
}

type SavedLine = RecordInput & { readonly object: string }

/** Loads what an earlier process saved over the seed and follows all further changes. */
export async function openStateLog(folder: string, name: string, objects: ReadonlyMap<string, ObjectControl>): Promise<StateLog> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `${name}.state.jsonl`)
  if (existsSync(file)) await replay(file, objects)
  const descriptor = openSync(file, 'a', 0o600)
  // A line that a crash cut short must not swallow the next one.
  writeSync(descriptor, '\n')
  const dirty = new Map<StoredRecord, string>()
  for (const [object, { table }] of objects) table.onChange((record) => dirty.set(record, object))
  return {
    flush() {
      if (dirty.size === 0) return
      const lines = Array.from(dirty, ([record, object]) => `${JSON.stringify({ object, ...saved(record) })}\n`)
      dirty.clear()
      writeSync(descriptor, lines.join(''))
    },
    clear() {
      dirty.clear()
      ftruncateSync(descriptor, 0)
    },
    close() {
      closeSync(descriptor)
    },
  }
}

async function replay(file: string, objects: ReadonlyMap<string, ObjectControl>): Promise<void> {
  for await (const text of createInterface({ input: createReadStream(file) })) {
    const line = parseLine(text)
    if (line) objects.get(line.object)?.table.load(line)
  }
}

/** The last line may be cut short by a crash; it was never answered for, so it is left out. */
function parseLine(text: string): SavedLine | undefined {
  try {
    return JSON.parse(text) as SavedLine
  } catch {
    return undefined
  }
}

function saved(record: StoredRecord): RecordInput {
  const { position: _position, ...input } = record
  return input
}
