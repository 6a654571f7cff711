import type { AuditEntry, AuditFacets, AuditFilter } from '../../contract/shapes.ts'
import type { SqliteValue, StateDatabase } from '../storage/database.ts'
import { describe, toEntry } from './audit.ts'
import type { AuditRow } from './audit.ts'
import { namesFrom } from './names.ts'
import type { Names } from './names.ts'

export interface AuditQuery extends Partial<AuditFilter> {
  /** How many of the newest are passed over. */
  offset?: number
  limit: number
}

/** The activation that an entry is about: that of its plan or run, or the one it names. */
const activationSql = `coalesce(
  (SELECT activation FROM runs WHERE id = audit.subject),
  (SELECT activation FROM plans WHERE id = audit.subject),
  data ->> '$.activation',
  CASE WHEN data ->> '$.kind' = 'activation' THEN subject END)`

/** What an entry is about: `activation:tier-to-crm`, `segment:gold`; of the workspace itself nothing. */
const objectSql = `CASE
  WHEN ${activationSql} IS NOT NULL THEN 'activation:' || ${activationSql}
  WHEN kind = 'secret set' THEN 'connection:' || subject
  WHEN kind LIKE 'identity %' THEN 'identity:' || subject
  WHEN kind LIKE 'definition %' THEN (data ->> '$.kind') || ':' || subject
  WHEN kind = 'policy saved' THEN 'policy:' || subject
  END`

/** The newest entries first, with their sentences, and how many there are of the wanted kind. */
export function listAudit(database: StateDatabase, query: AuditQuery, names: Names = namesFrom(database)): { total: number; entries: AuditEntry[] } {
  const { where, values } = conditionsOf(query)
  const total = database.get<{ total: number }>(`SELECT count(*) AS total FROM audit WHERE ${where}`, ...values)?.total ?? 0
  const rows = database.all<AuditRow>(`SELECT * FROM audit WHERE ${where} ORDER BY sequence DESC LIMIT ? OFFSET ?`, ...values, query.limit, query.offset ?? 0)
  return { total, entries: rows.map((row) => describe(toEntry(row), names)) }
}

function conditionsOf({ kind, actor, object, subject, batches = true }: AuditQuery): { where: string; values: SqliteValue[] } {
  const wanted: [string, string | undefined][] = [['kind = ?', kind], ['actor = ?', actor], [`${objectSql} = ?`, object], ['subject = ?', subject]]
  const given = wanted.filter((one): one is [string, string] => one[1] !== undefined)
  const folded = batches || kind === 'batch' ? [] : ["kind <> 'batch'"]
  return { where: [...given.map(([sql]) => sql), ...folded, 'true'].join(' AND '), values: given.map(([, value]) => value) }
}

/** Who acted, what was done, and what it was about, by how many entries tell of it. */
export function auditFacets(database: StateDatabase, names: Names = namesFrom(database)): AuditFacets {
  const grouped = (sql: string): { value: string; entries: number }[] =>
    database.all<{ value: string; entries: number }>(`SELECT ${sql} AS value, count(*) AS entries FROM audit WHERE ${sql} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1`)
  return {
    actors: grouped('actor').map((one) => ({ ...one, label: one.value })),
    kinds: grouped('kind').map((one) => ({ ...one, label: one.value.charAt(0).toUpperCase() + one.value.slice(1) })),
    objects: grouped(objectSql).map((one) => ({ ...one, label: objectLabel(one.value, names) })),
  }
}

function objectLabel(object: string, names: Names): string {
  const [kind = '', ...rest] = object.split(':')
  const id = rest.join(':')
  return names.definition(kind as Parameters<Names['definition']>[0], id) ?? id
}
