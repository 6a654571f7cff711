/**
 * The text of the first statement: everything before the first semicolon that is not inside quotes or a
 * comment. The caller knows from the parser that there is only one.
 */
export function firstStatement(sql: string): string {
  let at = 0
  while (at < sql.length) {
    const end = endOfQuotedPart(sql, at)
    if (end !== undefined) at = end
    else if (sql[at] === ';') return sql.slice(0, at).trimEnd()
    else at += 1
  }
  return sql.trimEnd()
}

/** Where a quoted text, identifier or comment that begins here ends; undefined when none begins here. */
function endOfQuotedPart(sql: string, at: number): number | undefined {
  if (sql.startsWith('--', at)) return after(sql, '\n', at + 2)
  if (sql.startsWith('/*', at)) return after(sql, '*/', at + 2)
  const dollar = /^\$([A-Za-z_]\w*)?\$/.exec(sql.slice(at, at + 65))
  if (dollar && !/[\w$]/.test(sql[at - 1] ?? '')) return after(sql, dollar[0], at + dollar[0].length)
  const quote = sql[at]
  if (quote !== "'" && quote !== '"') return undefined
  const escapes = quote === "'" && /[eE]/.test(sql[at - 1] ?? '') && !/\w/.test(sql[at - 2] ?? '')
  let end = at + 1
  while (end < sql.length) {
    if (escapes && sql[end] === '\\') end += 2
    else if (sql[end] !== quote) end += 1
    else if (sql[end + 1] === quote) end += 2
    else return end + 1
  }
  return sql.length
}

function after(sql: string, mark: string, from: number): number {
  const found = sql.indexOf(mark, from)
  return found < 0 ? sql.length : found + mark.length
}
