import { type DuckDb, quoteName, type SqlValue } from './duckdb.ts'

/**
 * Rows on their way into a DuckDB table as text, a page at a time. DuckDB takes a page apart in threads of its own, which
 * for many columns of text costs a fraction of handing over value by value, and half of the same as JSON.
 *
 * Values are kept apart by control characters; an empty text is NULL. A text that has one of these, is empty or begins
 * with a quotation mark travels as JSON.
 */
export type PageKind = 'text' | 'plain text' | 'whole number' | 'true or false'

/** `plain text`: never empty and without control characters, such as words of ours, hashes and JSON. */
const sqlTypes: Record<PageKind, string> = { text: 'VARCHAR', 'plain text': 'VARCHAR', 'whole number': 'BIGINT', 'true or false': 'BOOLEAN' }

const betweenValues = '\u001f'
const betweenRows = '\u001e'
/** Enough to be worth a statement, few enough to be little. */
const rowsPerPage = 1000
/** So that what statements have freed does not pile up while a big table is filled. */
const pagesBeforeGivingBack = 50

/** Columns of the table, in the order of a row's values. */
export type PageColumns = Record<string, PageKind>

/** Creates the table and returns a writer that fills it. */
export async function createPageTable(duckdb: DuckDb, name: string, columns: PageColumns): Promise<PageTableWriter> {
  const list = Object.entries(columns).map(([column, kind]) => `${quoteName(column)} ${sqlTypes[kind]}`)
  await duckdb.run(`CREATE OR REPLACE TABLE ${quoteName(name)} (${list.join(', ')})`)
  const insert = await duckdb.connection.prepare(`INSERT INTO ${quoteName(name)} ${pageRowsSql(columns)}`)
  let pages = 0
  return new PageTableWriter(columns, async (page) => {
    insert.bindVarchar(1, page)
    await insert.run()
    if (++pages % pagesBeforeGivingBack === 0) await duckdb.giveBack()
  })
}

/** The rows of a page, which is parameter 1, in DuckDB's SQL. */
function pageRowsSql(columns: PageColumns): string {
  const values = Object.values(columns).map((kind, index) => {
    const value = `r[${index + 1}]`
    if (kind !== 'text') return `nullif(${value}, '')::${sqlTypes[kind]}`
    return `CASE WHEN ${value} = '' THEN NULL WHEN starts_with(${value}, '"') THEN ${value}::JSON ->> '$' ELSE ${value} END`
  })
  return `SELECT ${values.join(', ')} FROM (SELECT string_split(unnest(string_split($1, chr(30))), chr(31)) AS r)`
}

/** One text with the rows of a query in SQLite, which has the columns by name and `ordinal` for their order. */
export function pageOfRowsSqlite(columns: PageColumns): string {
  const values = Object.entries(columns).map(([column, kind]) => {
    if (kind !== 'text') return `coalesce(${column}, '')`
    return `CASE WHEN ${column} IS NULL THEN '' WHEN ${column} = '' OR substr(${column}, 1, 1) = '"' OR instr(${column}, char(30)) OR instr(${column}, char(31)) THEN json_quote(${column}) ELSE ${column} END`
  })
  return `group_concat(${values.join(' || char(31) || ')}, char(30) ORDER BY ordinal)`
}

function valueText(value: SqlValue, kind: PageKind | undefined): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  if (kind !== 'text') return value
  return value === '' || value.startsWith('"') || value.includes(betweenValues) || value.includes(betweenRows) ? JSON.stringify(value.toWellFormed()) : value
}

/** Fills one table. Rows are arrays in column order; pages are stored one after the other in the background. */
export class PageTableWriter {
  private readonly kinds: PageKind[]
  private readonly store: (page: string) => Promise<void>
  private page = ''
  private rowsInPage = 0
  private storing: Promise<void> = Promise.resolve()
  private failure: { error: unknown } | undefined
  rowsWritten = 0

  constructor(columns: PageColumns, store: (page: string) => Promise<void>) {
    this.kinds = Object.values(columns)
    this.store = store
  }

  add(row: readonly SqlValue[]): void {
    if (this.rowsInPage > 0) this.page += betweenRows
    for (let column = 0; column < row.length; column++) {
      if (column > 0) this.page += betweenValues
      this.page += valueText(row[column] ?? null, this.kinds[column])
    }
    this.rowsInPage += 1
    if (this.rowsInPage === rowsPerPage) this.flush()
  }

  /** Rows that are such a text already. Waits until they are stored. */
  async addPage(page: string, rows: number): Promise<void> {
    this.enqueue(page, rows)
    await this.stored()
  }

  /** Makes everything added so far visible to queries, or says what went wrong. */
  async finish(): Promise<void> {
    this.flush()
    await this.stored()
  }

  /** Resolves when nothing is being stored, whether that worked or not: then the connection may close. */
  async idle(): Promise<void> {
    await this.storing
  }

  private async stored(): Promise<void> {
    await this.storing
    if (this.failure) throw this.failure.error
  }

  private flush(): void {
    const { page, rowsInPage } = this
    if (rowsInPage === 0) return
    this.page = ''
    this.rowsInPage = 0
    this.enqueue(page, rowsInPage)
  }

  private enqueue(page: string, rows: number): void {
    this.rowsWritten += rows
    this.storing = this.storing.then(async () => {
      if (this.failure) return
      try {
        await this.store(page)
      } catch (error) {
        this.failure = { error }
      }
    })
  }
}
