import { type DuckDb, quoteName, type SqlValue } from './duckdb.ts'

/**
 * Rows on their way into a DuckDB table as text, a page at a time: one text per column, which DuckDB takes apart itself. For
 * many columns of text that costs half of handing over value by value.
 *
 * Values are kept apart by control characters; an empty text is NULL. A text that has one of these, is empty or begins
 * with a quotation mark travels as JSON.
 */
export type PageKind = 'text' | 'plain text' | 'whole number' | 'true or false'

/** `plain text`: never empty and without control characters, such as words of ours, hashes and JSON. */
const sqlTypes: Record<PageKind, string> = { text: 'VARCHAR', 'plain text': 'VARCHAR', 'whole number': 'BIGINT', 'true or false': 'BOOLEAN' }

/** The SQL type of a column of this kind. */
export function sqlTypeOf(kind: PageKind): string {
  return sqlTypes[kind]
}

const betweenValues = '\u001f'
const betweenRows = '\u001e'
/** Enough to be worth a statement, few enough to be little: less than the rows that DuckDB works on at once. */
const rowsPerPage = 2000
/** Texts that are long make a page of fewer rows: what fits the processor's caches is not fetched and freed over and over. */
const charactersPerPage = 4_000_000
/** So that what statements have freed does not pile up while a big table is filled. */
const pagesBeforeGivingBack = 100

/** Columns of the table, in the order of a row's values. */
export type PageColumns = Record<string, PageKind>

async function createTable(duckdb: DuckDb, name: string, columns: PageColumns): Promise<void> {
  const list = Object.entries(columns).map(([column, kind]) => `${quoteName(column)} ${sqlTypes[kind]}`)
  await duckdb.run(`CREATE OR REPLACE TABLE ${quoteName(name)} (${list.join(', ')})`)
}

/** Creates the table and returns a writer that fills it. */
export async function createPageTable(duckdb: DuckDb, name: string, columns: PageColumns): Promise<PageTableWriter> {
  await createTable(duckdb, name, columns)
  const kinds = Object.values(columns)
  const values = kinds.map((kind, index) => valueSql(quoteName(`c${index}`), kind))
  const texts = kinds.map((_kind, index) => `unnest(string_split($${index + 1}, chr(31))) AS ${quoteName(`c${index}`)}`)
  const insert = await duckdb.connection.prepare(`INSERT INTO ${quoteName(name)} SELECT ${values.join(', ')} FROM (SELECT ${texts.join(', ')})`)
  let pages = 0
  return new PageTableWriter(columns, async (page) => {
    for (const [index, text] of page.entries()) insert.bindVarchar(index + 1, text)
    await insert.run()
    if (++pages % pagesBeforeGivingBack === 0) await duckdb.giveBack()
  })
}

/** Creates the table and returns what fills it with pages that {@link pageOfRowsSqlite} made, one after the other. */
export async function createTableOfSqlitePages(duckdb: DuckDb, name: string, columns: PageColumns): Promise<(page: string) => Promise<void>> {
  await createTable(duckdb, name, columns)
  const values = Object.values(columns).map((kind, index) => valueSql(`r[${index + 1}]`, kind))
  const insert = await duckdb.connection.prepare(`INSERT INTO ${quoteName(name)} SELECT ${values.join(', ')} FROM (SELECT string_split(unnest(string_split($1, chr(30))), chr(31)) AS r)`)
  let pages = 0
  return async (page) => {
    insert.bindVarchar(1, page)
    await insert.run()
    if (++pages % pagesBeforeGivingBack === 0) await duckdb.giveBack()
  }
}

function valueSql(value: string, kind: PageKind): string {
  if (kind !== 'text') return `nullif(${value}, '')::${sqlTypes[kind]}`
  return `CASE WHEN ${value} = '' THEN NULL WHEN starts_with(${value}, '"') THEN ${value}::JSON ->> '$' ELSE ${value} END`
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
  if (kind !== 'text') {
    // All values behind it would move into the row before.
    if (value.includes(betweenValues)) throw new Error('a plain text holds a control character')
    return value
  }
  return value === '' || value.startsWith('"') || value.includes(betweenValues) || value.includes(betweenRows) ? JSON.stringify(value.toWellFormed()) : value
}

/** Fills one table. Rows are arrays in column order; pages are stored one after the other in the background. */
export class PageTableWriter {
  private readonly kinds: PageKind[]
  private readonly store: (page: string[]) => Promise<void>
  /** Per column. */
  private texts: string[][]
  private rowsInPage = 0
  private charactersInPage = 0
  private storing: Promise<void> = Promise.resolve()
  private failure: { error: unknown } | undefined
  rowsWritten = 0

  constructor(columns: PageColumns, store: (page: string[]) => Promise<void>) {
    this.kinds = Object.values(columns)
    this.texts = this.kinds.map(() => [])
    this.store = store
  }

  add(row: readonly SqlValue[]): void {
    for (let column = 0; column < this.kinds.length; column++) {
      const text = valueText(row[column] ?? null, this.kinds[column])
      this.charactersInPage += text.length
      this.texts[column]?.push(text)
    }
    this.rowsWritten += 1
    this.rowsInPage += 1
    if (this.rowsInPage === rowsPerPage || this.charactersInPage >= charactersPerPage) this.flush()
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

  /** Resolves when the pages that are full are stored: who reads faster than DuckDB takes waits here. */
  async stored(): Promise<void> {
    await this.storing
    if (this.failure) throw this.failure.error
  }

  private flush(): void {
    if (this.rowsInPage === 0) return
    const page = this.texts.map((texts) => texts.join(betweenValues))
    this.texts = this.kinds.map(() => [])
    this.rowsInPage = 0
    this.charactersInPage = 0
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
