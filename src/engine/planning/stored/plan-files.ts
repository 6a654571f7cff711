import { type DuckDb, parquetOptions, quoteName, quoteText } from '../../storage/duckdb.ts'
import { createPageTable, type PageTableWriter, sqlTypeOf } from '../../storage/page-table.ts'
import { rawText } from '../../values/json.ts'
import type { Canonical } from '../../values/canonical.ts'
import type { ValueRefusal } from '../../values/mapping.ts'
import { storeFields, storeSending } from './stored-fields.ts'
import type { FieldChange, RecordChange } from '../../plans/plan-rows.ts'
import type { RecordOperation } from '../../../contract/states.ts'

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
  operation: 'plain text',
  cause: 'plain text',
  cause_field: 'text',
  cause_message: 'text',
  cause_value: 'text',
  preselected: 'true or false',
  hold: 'text',
  clears: 'true or false',
  conflicts: 'whole number',
  drift: 'whole number',
  changes: 'whole number',
  fp: 'plain text',
  created_by_us: 'true or false',
  /** The record's changes (stored-fields.ts), where there is something to decide, or both sides are told of later. */
  fields: 'plain text',
  /** What is sent where there is nothing to decide: all that apply reads of most records. Plans of before have no such column. */
  sends: 'plain text',
} as const

export const fieldColumns = {
  ordinal: 'whole number',
  field: 'text',
  class: 'plain text',
  case: 'whole number',
  drift: 'true or false',
  first_contact: 'true or false',
  write: 'true or false',
  base_known: 'true or false',
  base: 'plain text',
  base_read_at: 'text',
  base_assumed: 'true or false',
  warehouse: 'plain text',
  destination: 'plain text',
  editor_kind: 'plain text',
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
  operation: 'plain text',
  cause: 'plain text',
  cause_field: 'text',
  cause_message: 'text',
  cause_value: 'text',
} as const

/** A value that is not taken, in a record that goes on without it. */
export interface LeftOutValue extends Pick<RecordChange, 'key' | 'label' | 'remoteId' | 'matchKey' | 'operation'> {
  field: string
  refusal: ValueRefusal
}

/** What a plan writes to. */
export interface WrittenFields {
  /** Destination fields that are mapped. */
  mapped: readonly string[]
  /** The field by which records are found, and which a new one gets besides what is mapped. */
  key?: string
  /** All changes of every record are needed later (a revert), not only what is sent. */
  whole?: boolean
}

/** Writes the records and fields of a plan into its folder, part by part, so that a plan of any size needs little memory. */
export class PlanWriter {
  private readonly duckdb: DuckDb
  private readonly folder: string
  private readonly keyField: string | undefined
  private readonly whole: boolean
  /** Fields of which a new record can have a value, in the order of the files, with their places. */
  private readonly newFields: ReadonlyMap<string, number>
  private part: Part
  private parts = 0
  private leftOut = 0

  private constructor(duckdb: DuckDb, folder: string, part: Part, fields: WrittenFields) {
    this.duckdb = duckdb
    this.folder = folder
    this.keyField = fields.key
    this.whole = fields.whole ?? false
    this.newFields = new Map(newFieldsOf(fields).map((name, index) => [name, index]))
    this.part = part
  }

  static async open(duckdb: DuckDb, folder: string, fields: WrittenFields): Promise<PlanWriter> {
    return new PlanWriter(duckdb, folder, await openPart(duckdb), fields)
  }

  /** `fp`: source fingerprint, kept so that the record counts as settled once it is proved. `createdByUs`: by this activation, earlier. */
  add(change: RecordChange, fp: string | null, createdByUs: boolean): void {
    const conflicts = change.fields.filter((field) => field.class === 'conflict').length
    const drift = change.fields.filter((field) => field.drift).length
    const key = this.writtenKey(change)
    const fields = key === undefined ? change.fields : [...change.fields, key]
    const values = this.newValues(change.operation, fields)
    const sends = storeSending(change.fields)
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
      sends === undefined || this.whole ? storeFields(change.fields) : null,
      sends ?? null,
      values ?? null,
    ])
    if (values !== undefined) return
    for (const field of fields) {
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

  /**
   * The values of a new record as JSON, a pair of texts per field that it can have: its fields are all alike, so that their
   * rows are made of these by DuckDB. Undefined where anything else is to be said of one of them.
   */
  private newValues(operation: RecordOperation, fields: readonly FieldChange[]): string | undefined {
    if (operation !== 'create') return undefined
    const values: ([warehouse: string, d: Canonical] | null)[] = Array.from(this.newFields, () => null)
    for (const change of fields) {
      const place = this.newFields.get(change.field)
      if (place === undefined || !isNewValue(change)) return undefined
      values[place] = [rawText(change.warehouse), change.d]
    }
    return JSON.stringify(values)
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
    for (const table of [records, fields, leftOut]) await table.finish()
    for (const connection of connections) connection.close()
    const path = (name: string): string => quoteText(`${this.folder}/${name.replace('*', String(this.parts).padStart(6, '0'))}`)
    const { duckdb } = this
    // Records come in order, and nothing here puts them out of it: sorting them again would take longer than the rest.
    await duckdb.keepOrder(true)
    await duckdb.run(`COPY (SELECT ${Object.keys(recordColumns).map(quoteName).join(', ')} FROM plan_records) TO ${path(planFiles.records)} (${parquetOptions})`)
    await duckdb.run(`COPY (${this.fieldsQuery(fields.rowsWritten > 0)}) TO ${path(planFiles.fields)} (${parquetOptions})`)
    await duckdb.run(`COPY (SELECT * FROM plan_left_out) TO ${path(planFiles.leftOut)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)`)
    await duckdb.keepOrder(false)
    this.parts++
  }

  /** One row per field of the part, by record and field. `others`: not only values of new records. */
  private fieldsQuery(others: boolean): string {
    const ofRecord = 'key, label, remote_id, operation, preselected'
    const told: Partial<Record<keyof typeof fieldColumns, string>> = { ordinal: 'ordinal', field: 'name', class: "'fill'", case: '6', drift: 'false', first_contact: 'false', write: 'true', base_known: 'false', warehouse: 'v[1]', destination: "'null'", d: 'v[2]' }
    const columns = (Object.keys(fieldColumns) as (keyof typeof fieldColumns)[]).map((name) => `${told[name] ?? 'NULL'}::${sqlTypeOf(fieldColumns[name])} AS ${quoteName(name)}`)
    const newValues = `SELECT ${columns.join(', ')}, ${ofRecord} FROM (SELECT ordinal, ${ofRecord}, unnest([${[...this.newFields.keys()].map(quoteText).join(', ')}]::VARCHAR[]) AS name, unnest(from_json(new_values, '[["VARCHAR"]]')) AS v FROM plan_records WHERE new_values IS NOT NULL) WHERE v IS NOT NULL`
    if (!others) return newValues
    return `SELECT * FROM (SELECT f.*, r.key, r.label, r.remote_id, r.operation, r.preselected FROM plan_fields f JOIN plan_records r USING (ordinal) UNION ALL ${newValues}) ORDER BY ordinal, field`
  }
}

/** In the order of their rows. */
function newFieldsOf({ mapped, key }: WrittenFields): string[] {
  const names = new Set(key === undefined ? mapped : [...mapped, key])
  return [...names].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
}

/** A value where nothing was, of which nothing else is known: what a new record consists of. */
function isNewValue({ class: of, case: row, write, drift, firstContact, base, destination, a, editor }: FieldChange): boolean {
  return of === 'fill' && row === 6 && write && !drift && !firstContact && !base.known && destination === null && a === null && editor === undefined
}

/** The tables of one part, open for writing. */
interface Part {
  connections: DuckDb[]
  records: PageTableWriter
  fields: PageTableWriter
  leftOut: PageTableWriter
}

async function openPart(duckdb: DuckDb): Promise<Part> {
  const connections = [await duckdb.fork(), await duckdb.fork(), await duckdb.fork()] as const
  return {
    connections: [...connections],
    records: await createPageTable(connections[0], 'plan_records', { ...recordColumns, new_values: 'plain text' }),
    fields: await createPageTable(connections[1], 'plan_fields', fieldColumns),
    leftOut: await createPageTable(connections[2], 'plan_left_out', leftOutColumns),
  }
}
