import type { DuckDb, TableWriter } from '../../storage/duckdb.ts'
import { parquetOptions, quoteText } from '../../storage/duckdb.ts'
import { rawText } from '../../values/json.ts'
import type { ValueRefusal } from '../../values/mapping.ts'
import { storeFields, storeSending } from './stored-fields.ts'
import type { FieldChange, RecordChange } from '../../plans/plan-rows.ts'

/**
 * A plan's files, written once beside each other in its folder and never changed:
 *   source.parquet     the extraction it was made from, pinned (key, do_not_send, product columns)
 *   records-*.parquet  one row per record that is not simply unchanged, in ordinal order over all parts
 *   fields-*.parquet   one row per field of those records that is not in sync, for the grid
 *   left-out-*.parquet one row per value that is not taken and whose field is therefore left alone
 *   identity-*.parquet where people are recognised by identity: what it said of every row and record (identity-matches.ts)
 */
export const planFiles = { source: 'source.parquet', records: 'records-*.parquet', fields: 'fields-*.parquet', leftOut: 'left-out-*.parquet', identityRows: 'identity-rows.parquet', identityRecords: 'identity-records.parquet', identityApart: 'identity-apart.parquet' } as const

/** Records in one part; what waits to be written is never more. */
const recordsPerPart = 10_000

export const recordColumns = {
  ordinal: 'whole number',
  key: 'text',
  label: 'text',
  remote_id: 'text',
  match_key: 'text',
  operation: 'text',
  cause: 'text',
  cause_field: 'text',
  cause_message: 'text',
  cause_value: 'text',
  preselected: 'true or false',
  hold: 'text',
  clears: 'true or false',
  conflicts: 'whole number',
  drift: 'whole number',
  changes: 'whole number',
  fp: 'text',
  created_by_us: 'true or false',
  /** The record's changes (stored-fields.ts): what apply reads where there is something to decide. */
  fields: 'text',
  /** What is sent where there is nothing: all that apply reads of most records. Plans of before have no such column. */
  sends: 'text',
} as const

export const fieldColumns = {
  ordinal: 'whole number',
  field: 'text',
  class: 'text',
  case: 'whole number',
  drift: 'true or false',
  first_contact: 'true or false',
  write: 'true or false',
  base_known: 'true or false',
  base: 'text',
  base_read_at: 'text',
  base_assumed: 'true or false',
  warehouse: 'text',
  destination: 'text',
  editor_kind: 'text',
  editor_name: 'text',
  editor_at: 'text',
  d: 'text',
  a: 'text',
} as const

export const leftOutColumns = {
  ordinal: 'whole number',
  key: 'text',
  label: 'text',
  remote_id: 'text',
  match_key: 'text',
  operation: 'text',
  cause: 'text',
  cause_field: 'text',
  cause_message: 'text',
  cause_value: 'text',
} as const

/** A value that is not taken, in a record that goes on without it. */
export interface LeftOutValue extends Pick<RecordChange, 'key' | 'label' | 'remoteId' | 'matchKey' | 'operation'> {
  field: string
  refusal: ValueRefusal
}

/** Writes the records and fields of a plan into its folder, part by part, so that a plan of any size needs little memory. */
export class PlanWriter {
  private readonly duckdb: DuckDb
  private readonly folder: string
  private readonly keyField: string | undefined
  private part: Part
  private parts = 0
  private leftOut = 0

  private constructor(duckdb: DuckDb, folder: string, part: Part, keyField: string | undefined) {
    this.duckdb = duckdb
    this.folder = folder
    this.keyField = keyField
    this.part = part
  }

  /** `keyField`: the field by which records are found, and which a new one gets besides what is mapped. */
  static async open(duckdb: DuckDb, folder: string, keyField?: string): Promise<PlanWriter> {
    return new PlanWriter(duckdb, folder, await openPart(duckdb), keyField)
  }

  /** `fp`: source fingerprint, kept so that the record counts as settled once it is proved. `createdByUs`: by this activation, earlier. */
  add(change: RecordChange, fp: string | null, createdByUs: boolean): void {
    const conflicts = change.fields.filter((field) => field.class === 'conflict').length
    const drift = change.fields.filter((field) => field.drift).length
    const key = this.writtenKey(change)
    const writes = change.fields.filter((field) => field.write || field.class === 'conflict').length + (key === undefined ? 0 : 1)
    this.part.records.add([
      change.ordinal,
      change.key,
      change.label,
      change.remoteId ?? null,
      change.matchKey ?? null,
      change.operation,
      change.blocked?.cause ?? null,
      change.blocked?.field ?? null,
      change.blocked?.message ?? null,
      change.blocked?.value ?? null,
      change.preselected,
      change.hold ?? null,
      change.fields.some((field) => field.class === 'clear'),
      conflicts,
      drift,
      writes,
      fp,
      createdByUs,
      storeFields(change.fields),
      storeSending(change.fields) ?? null,
    ])
    for (const field of key === undefined ? change.fields : [...change.fields, key]) {
      this.part.fields.add([
        change.ordinal,
        field.field,
        field.class,
        field.case,
        field.drift,
        field.firstContact,
        field.write,
        field.base.known,
        field.base.known ? rawText(field.base.value) : null,
        field.base.known ? (field.base.at ?? null) : null,
        field.base.known ? (field.base.assumed ?? false) : null,
        rawText(field.warehouse),
        rawText(field.destination),
        field.editor?.kind ?? null,
        field.editor?.name ?? null,
        field.editor?.at ?? null,
        field.d,
        field.a,
      ])
    }
  }

  /** A new record is written with its key too: for people that is a value like the others. */
  private writtenKey({ operation, matchKey, fields }: RecordChange): FieldChange | undefined {
    const { keyField } = this
    if (operation !== 'create' || matchKey === undefined || keyField === undefined || fields.some(({ field }) => field === keyField)) return undefined
    return { field: keyField, class: 'fill', case: 6, write: true, drift: false, firstContact: false, destroys: false, base: { known: false }, warehouse: matchKey, destination: null, d: null, a: null }
  }

  addLeftOut({ field, refusal, ...record }: LeftOutValue): void {
    this.part.leftOut.add([this.leftOut++, record.key, record.label, record.remoteId ?? null, record.matchKey ?? null, record.operation, refusal.cause, field, refusal.message, refusal.value])
  }

  /** Call now and then while adding: writes a part when one is full. */
  async makeRoom(): Promise<void> {
    if (this.part.records.rowsWritten < recordsPerPart && this.part.leftOut.rowsWritten < recordsPerPart) return
    await this.storePart()
    this.part = await openPart(this.duckdb)
  }

  /** Writes what is left. A plan without records has one empty part. */
  async store(): Promise<void> {
    await this.storePart()
  }

  private async storePart(): Promise<void> {
    const { records, fields, leftOut, connections } = this.part
    records.finish()
    fields.finish()
    leftOut.finish()
    for (const connection of connections) connection.close()
    const path = (name: string): string => quoteText(`${this.folder}/${name.replace('*', String(this.parts).padStart(6, '0'))}`)
    await this.duckdb.run(`COPY (SELECT * FROM plan_records ORDER BY ordinal) TO ${path(planFiles.records)} (${parquetOptions})`)
    await this.duckdb.run(
      `COPY (SELECT f.*, r.key, r.label, r.remote_id, r.operation, r.preselected FROM plan_fields f JOIN plan_records r USING (ordinal) ORDER BY f.ordinal, f.field) TO ${path(planFiles.fields)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)`,
    )
    await this.duckdb.run(`COPY (SELECT * FROM plan_left_out ORDER BY ordinal) TO ${path(planFiles.leftOut)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)`)
    this.parts++
  }
}

/** The tables of one part, open for writing. */
interface Part {
  connections: DuckDb[]
  records: TableWriter
  fields: TableWriter
  leftOut: TableWriter
}

async function openPart(duckdb: DuckDb): Promise<Part> {
  const connections = [await duckdb.fork(), await duckdb.fork(), await duckdb.fork()] as const
  return {
    connections: [...connections],
    records: await connections[0].createTable('plan_records', recordColumns),
    fields: await connections[1].createTable('plan_fields', fieldColumns),
    leftOut: await connections[2].createTable('plan_left_out', leftOutColumns),
  }
}
