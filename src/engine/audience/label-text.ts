/** Several texts of SQL as one, joined by a space; null where none of them has a value. */
export function labelText(texts: readonly string[]): string {
  return texts.length === 0 ? 'NULL::VARCHAR' : `nullif(trim(concat_ws(' ', ${texts.join(', ')})), '')`
}
