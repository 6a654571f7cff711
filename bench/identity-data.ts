import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { openDuckDb, quoteText } from '../src/engine/storage/duckdb.ts'
import { step } from './step.ts'

export interface IdentityInput {
  folder: string
  records: number
}

export const systems = ['crm', 'shop', 'app', 'ads'] as const

/** Records of one person, on average. */
const PER_PERSON = 3

/** A number below `below` that depends on the record and on what it is for, by md5 alone. */
function dice(what: string, below: number): string {
  return `(md5_number_lower(i || '${what}') % ${below})::BIGINT`
}

/**
 * Records of people in four systems: plain and hashed addresses in several spellings, numbers in several forms, shared
 * household addresses (2%), recycled numbers (1%), junk (2%). `changed`: every hundredth record, as it became a day later.
 */
function select(records: number, changed: boolean): string {
  const people = Math.ceil(records / PER_PERSON)
  const near = (what: string, percent: number): string => `CASE WHEN ${dice(what, 100)} < ${percent} THEN p - p % 3 ELSE p END`
  return `WITH person AS (SELECT i, ${dice('p', people)} AS p, [${systems.map((name) => `'${name}'`).join(', ')}][1 + ${dice('s', 4)}] AS source FROM range(${records}) t(i) ${changed ? 'WHERE i % 100 = 37' : ''}),
    raw AS (SELECT *, lower(['ann', 'bob', 'cid', 'dee', 'eva', 'fay', 'gus', 'hal'][1 + p % 8]) || '.' || (${near('e', 2)}) || ${changed ? `'.new' ||` : ''} '@' || ['gmail.com', 'harbour.com', 'work.example.com'][1 + p % 3] AS address,
      (2000000000 + 7 * (${near('t', 1)}))::VARCHAR AS digits FROM person)
    SELECT 'r' || i AS record_id, 'US' AS country,
      CASE WHEN source = 'crm' THEN 'C' || p END AS crm_id,
      CASE WHEN source IN ('shop', 'app') AND ${dice('l', 10)} < 6 THEN 'L' || p END AS loyalty_id,
      CASE WHEN source IN ('crm', 'shop') AND ${dice('m', 10)} < 8 THEN CASE WHEN ${dice('j', 50)} = 0 THEN 'none@none.com' WHEN i % 3 = 0 THEN upper(address) WHEN i % 3 = 1 THEN ' ' || address ELSE address END END AS email,
      CASE WHEN source IN ('app', 'ads') AND ${dice('h', 10)} < 7 THEN CASE WHEN i % 2 = 0 THEN upper(sha256(address)) ELSE sha256(address) END END AS email_sha256,
      CASE WHEN source IN ('crm', 'shop') AND ${dice('n', 10)} < 7 THEN CASE WHEN ${dice('k', 50)} = 0 THEN '0000000000' WHEN i % 2 = 0 THEN '+1' || digits ELSE '(' || digits[1:3] || ') ' || digits[4:6] || '-' || digits[7:10] END END AS phone,
      CASE WHEN source = 'app' THEN CASE WHEN ${dice('z', 50)} = 0 THEN '00000000-0000-0000-0000-000000000000' ELSE upper(md5('${changed ? 'n' : 'd'}' || p || ${dice('d', 2)})) END END AS device_id,
      CASE WHEN source IN ('crm', 'shop') THEN ['Anna', 'Björn', 'Chloé', 'David', 'Élise', 'Fatima', 'Günther', 'Hélène'][1 + p % 8] END AS first_name,
      CASE WHEN source IN ('crm', 'shop') THEN 'Family' || (p % 20011) END AS last_name,
      CASE WHEN source = 'crm' AND ${dice('b', 10)} < 8 THEN (DATE '1940-01-01' + (p * 7919 % 24000)::INTEGER)::VARCHAR END AS dob,
      CASE WHEN source IN ('crm', 'shop') THEN (10000 + p * 31 % 80000)::VARCHAR END AS postcode, source FROM raw`
}

/** The CSV file of one system, and that of what changed a day later. */
export function filesOf(folder: string): { records: string[]; changes: string } {
  return { records: systems.map((name) => `${folder}/${name}.csv`), changes: `${folder}/changes.csv` }
}

if (import.meta.main) {
  await step<IdentityInput>(async ({ folder, records }) => {
    mkdirSync(folder, { recursive: true })
    const { changes } = filesOf(folder)
    if (existsSync(changes)) return {}
    const db = await openDuckDb({ tempFolder: `${folder}/spill`, memoryLimitMb: 2048 })
    for (const name of systems) await db.run(`COPY (SELECT * EXCLUDE (source) FROM (${select(records, false)}) WHERE source = '${name}') TO ${quoteText(`${folder}/${name}.csv`)} (HEADER)`)
    await db.run(`COPY (${select(records, true)}) TO ${quoteText(`${changes}.making`)} (HEADER)`)
    renameSync(`${changes}.making`, changes)
    db.closeInstance()
    return {}
  })
}

/** A CSV file of records as this made it, every value as text. */
export function recordsAsText(file: string): string {
  return `read_csv(${quoteText(file)}, all_varchar = true, header = true, delim = ',', comment = '')`
}
