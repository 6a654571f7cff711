import type { ExportResult } from '../../contract/shapes.ts'
import type { Clock, Ids } from '../ports/ports.ts'
import { GrowingFile, makePrivateFolder } from '../storage/growing-file.ts'
import { zipFiles } from '../storage/zip-files.ts'
import { csvLine } from './safe-csv.ts'
import type { Cell } from './safe-csv.ts'

/** Where exports are written; a session is one. */
export interface ExportPlace {
  ports: { clock: Clock; ids: Ids }
  folders: { exports: string }
}

interface ManifestFile {
  name: string
  /** What to trust the file for. */
  form: string
  rows?: number
  bytes: number
  sha256: string
}

const exactForm = 'exact'
const safeForm = 'spreadsheet-safe: text that a spreadsheet could run begins with an apostrophe; the .jsonl beside it is exact'

/** Everything of an export in one file. */
const zipName = 'lockstep-export.zip'

/** How many rows are written before others get their turn. */
const rowsBetweenTurns = 5000

/** One export: a folder of its own with files and, last, the manifest that lists them with their hashes. */
export class ExportFolder {
  readonly id: string
  readonly path: string
  private readonly place: ExportPlace
  private readonly files: ManifestFile[] = []

  constructor(place: ExportPlace) {
    this.place = place
    this.id = place.ports.ids.next()
    this.path = `${place.folders.exports}/${this.id}`
    makePrivateFolder(this.path)
  }

  /** The same rows twice: `<name>.jsonl` is exact, `<name>.csv` is for spreadsheets. Returns how many there were. */
  async writeTable<Row extends Record<string, unknown>>(name: string, columns: readonly (keyof Row & string)[], rows: AsyncIterable<Row> | Iterable<Row>): Promise<number> {
    const exact = new GrowingFile(`${this.path}/${name}.jsonl`)
    const safe = new GrowingFile(`${this.path}/${name}.csv`)
    safe.write(csvLine(columns))
    let count = 0
    for await (const row of rows) {
      exact.write(`${JSON.stringify(row)}\n`)
      safe.write(csvLine(columns.map((column) => toCell(row[column]))))
      count += 1
      if (count % rowsBetweenTurns === 0) await this.place.ports.clock.sleep(0)
    }
    this.files.push({ name: `${name}.jsonl`, form: exactForm, rows: count, ...exact.finish() })
    this.files.push({ name: `${name}.csv`, form: safeForm, rows: count, ...safe.finish() })
    return count
  }

  writeText(name: string, text: string): void {
    const file = new GrowingFile(`${this.path}/${name}`)
    file.write(text)
    this.files.push({ name, form: exactForm, ...file.finish() })
  }

  /** Writes manifest.json over everything so far, and all of it once more as one zip. */
  async finish(facts: Record<string, unknown>, rows: number): Promise<ExportResult> {
    const now = this.place.ports.clock.now()
    const manifest = new GrowingFile(`${this.path}/manifest.json`)
    manifest.write(`${JSON.stringify({ format: 'lockstep export', formatVersion: 1, exportId: this.id, exportedAt: new Date(now).toISOString(), timezone: 'UTC', ...facts, files: this.files }, null, 2)}\n`)
    const listed = [...this.files, { name: 'manifest.json', ...manifest.finish() }]
    const files = listed.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }))
    const zip = { name: zipName, ...(await zipFiles(this.path, files.map(({ name }) => name), { name: zipName, at: now })) }
    return { exportId: this.id, folder: this.path, rows, files, zip }
  }
}

function toCell(value: unknown): Cell {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'undefined':
      return value
    default:
      return value === null ? null : JSON.stringify(value)
  }
}
