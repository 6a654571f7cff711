/**
 * The order of records in a plan: by the bytes of the key in UTF-8, as DuckDB and SQLite sort text. JavaScript's own
 * `<` compares UTF-16 units, which puts characters beyond U+FFFF before U+E000 to U+FFFF.
 */
export function compareKeys(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index)
    const b = right.charCodeAt(index)
    if (a !== b) return inByteOrder(a) - inByteOrder(b)
  }
  return left.length - right.length
}

/** Moves surrogates, which stand for the highest characters, above all other units. */
function inByteOrder(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}
