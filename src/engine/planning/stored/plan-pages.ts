import { type DuckDb, type SqlValue } from '../../storage/duckdb.ts'

/** Which rows of a plan are listed, and in which order. */
export interface Listing {
  rows: 'records' | 'fields' | 'left_out' | 'unchanged'
  /** Conditions over the rows, all of which hold. */
  where: string[]
  parameters: SqlValue[]
  sort: { column: string; descending: boolean } | undefined
  /** What names `answer`, and so changes with the answers given so far. */
  byAnswer: { where: boolean; sort: boolean }
}

/** Where a listed row is in the plan's files; `field` is empty but for fields. Of the source, `ordinal` is the row in its file. */
export interface Place {
  ordinal: number
  field: string
}

/** Ordinals that are counted together: a page in plan order reads a few of these, wherever it starts. */
const ordinalsPerBlock = 1024
/** Up to here the first rows of a sorted listing are found without sorting all of it. */
const shallow = 2000
/** Sorted listings kept; each holds a few bytes a row. */
const sortedKept = 3

interface Counted {
  total: number
  /** Blocks with rows, in order, with how many rows come before each. */
  blocks: { block: number; before: number; rows: number }[]
}

/**
 * Finds pages in plans of any size. In plan order, rows are counted once per block of ordinals, and a page reads only
 * its blocks. In another order, the first page is picked out and deeper ones come from a list of places that is sorted
 * once. `records`, `fields` and `left_out` are views over files in the order of (ordinal, field); `answers` is a table.
 */
export class PlanPages {
  private readonly duckdb: DuckDb
  private readonly counted = new Map<string, Promise<Counted>>()
  private readonly sorted = new Map<string, Promise<string>>()
  private answersVersion = 0
  private tables = 0
  private fieldNames: Promise<void> | undefined

  constructor(duckdb: DuckDb) {
    this.duckdb = duckdb
  }

  /** Answers were given or taken back. */
  answersChanged(): void {
    this.answersVersion++
  }

  /** How many rows are listed, and where those of one page are, in order. */
  async page(listing: Listing, offset: number, limit: number): Promise<{ total: number; places: Place[] }> {
    // The source has no order of its own.
    if (listing.rows === 'unchanged') return this.unchanged(listing, offset, limit)
    const { total, blocks } = await this.count(listing)
    if (offset >= total || limit === 0) return { total, places: [] }
    if (listing.sort === undefined) return { total, places: await this.inPlanOrder(listing, blocks, offset, limit) }
    if (offset + limit <= shallow) return { total, places: await this.first(listing, offset, limit) }
    return { total, places: await this.fromSorted(listing, offset, limit) }
  }

  private async unchanged(listing: Listing, offset: number, limit: number): Promise<{ total: number; places: Place[] }> {
    const table = await this.sort(listing)
    const counted = await this.duckdb.row<{ total: number }>(`SELECT count(*) AS total FROM ${table}`)
    return { total: counted?.total ?? 0, places: await this.fromSorted(listing, offset, limit) }
  }

  private count(listing: Listing): Promise<Counted> {
    const name = this.nameOf({ ...listing, sort: undefined }, listing.byAnswer.where)
    const known = this.counted.get(name)
    if (known) return known
    if (this.counted.size > 50) this.counted.clear()
    const counting = this.countBlocks(listing)
    this.counted.set(name, counting)
    counting.catch(() => this.counted.delete(name))
    return counting
  }

  private async countBlocks(listing: Listing): Promise<Counted> {
    const groups = await this.duckdb.rows<{ block: number; rows: number }>(`SELECT ordinal // ${ordinalsPerBlock} AS block, count(*) AS rows ${from(listing)} GROUP BY block ORDER BY block`, listing.parameters)
    let total = 0
    const blocks = groups.map(({ block, rows }) => {
      const before = total
      total += rows
      return { block, before, rows }
    })
    return { total, blocks }
  }

  private async inPlanOrder(listing: Listing, blocks: Counted['blocks'], offset: number, limit: number): Promise<Place[]> {
    const touched = blocks.filter(({ before, rows }) => before < offset + limit && before + rows > offset)
    const first = touched[0]
    const last = touched.at(-1)
    if (!first || !last) return []
    const range = `ordinal >= ${first.block * ordinalsPerBlock} AND ordinal < ${(last.block + 1) * ordinalsPerBlock}`
    return this.duckdb.rows<Place>(`SELECT ${places(listing)} ${from(listing, range)} ORDER BY ordinal${listing.rows === 'fields' ? ', field' : ''} LIMIT ${limit} OFFSET ${offset - first.before}`, listing.parameters)
  }

  private first(listing: Listing, offset: number, limit: number): Promise<Place[]> {
    return this.duckdb.rows<Place>(`SELECT ${places(listing)} ${from(listing)} ORDER BY ${order(listing)} LIMIT ${limit} OFFSET ${offset}`, listing.parameters)
  }

  private async fromSorted(listing: Listing, offset: number, limit: number): Promise<Place[]> {
    const table = await this.sort(listing)
    const field = listing.rows === 'fields' ? 'field::VARCHAR' : `''`
    return this.duckdb.rows<Place>(`SELECT ordinal::BIGINT AS ordinal, ${field} AS field FROM ${table} WHERE rowid >= ${offset} AND rowid < ${offset + limit} ORDER BY rowid`)
  }

  private async sort(listing: Listing): Promise<string> {
    const name = this.nameOf(listing, listing.byAnswer.where || listing.byAnswer.sort)
    const known = this.sorted.get(name)
    this.sorted.delete(name)
    const sorting = known ?? this.writeSorted(listing)
    this.sorted.set(name, sorting)
    sorting.catch(() => this.sorted.delete(name))
    const table = await sorting
    for (const [oldest, dropped] of this.sorted) {
      if (this.sorted.size <= sortedKept) break
      this.sorted.delete(oldest)
      await this.duckdb.run(`DROP TABLE IF EXISTS ${await dropped}`)
    }
    return table
  }

  private async writeSorted(listing: Listing): Promise<string> {
    const table = `sorted_${++this.tables}`
    this.fieldNames ??= this.duckdb.run('CREATE TYPE field_name AS ENUM (SELECT DISTINCT field FROM fields ORDER BY field)')
    await this.fieldNames
    const field = listing.rows === 'fields' ? ', field::field_name AS field' : ''
    await this.duckdb.run(`CREATE TABLE ${table} AS SELECT ordinal::UINTEGER AS ordinal${field} ${from(listing)} ORDER BY ${order(listing)}`, listing.parameters)
    return table
  }

  private nameOf(listing: Listing, byAnswer: boolean): string {
    return JSON.stringify([listing.rows, listing.where, listing.parameters, listing.sort, byAnswer ? this.answersVersion : 0])
  }
}

/** Answers are joined only where they matter: the join costs more than the listing. */
function from({ rows, where, byAnswer }: Listing, range?: string): string {
  if (rows === 'unchanged') return `FROM (SELECT key, _label AS label, file_row_number AS ordinal FROM source) WHERE ${where.join(' AND ')}`
  const source = (byAnswer.where || byAnswer.sort) && rows === 'fields' ? '(SELECT f.*, a.kind AS answer FROM fields f LEFT JOIN answers a ON a.key = f.key AND a.field = f.field)' : rows
  return `FROM ${source} WHERE ${[...(range === undefined ? [] : [range]), ...where].join(' AND ')}`
}

function places({ rows }: Listing): string {
  return rows === 'fields' ? 'ordinal, field' : `ordinal, '' AS field`
}

function order({ rows, sort }: Listing): string {
  if (rows === 'unchanged') return 'key'
  const by = sort === undefined ? '' : `${sort.column} ${sort.descending ? 'DESC' : 'ASC'} NULLS LAST, `
  return `${by}ordinal${rows === 'fields' ? ', field' : ''}`
}
