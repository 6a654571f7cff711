/**
 * Characters that nobody sees and that change what a text is equal to: zero-width marks, byte order marks, soft hyphens,
 * marks of direction, fillers. In a key they come from copying, and no system finds the record by it.
 */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u

/** The code point of the first character of a text that cannot be seen, as U+200B; undefined where all can. */
export function invisibleIn(text: string): string | undefined {
  const found = INVISIBLE.exec(text)?.[0].codePointAt(0)
  return found === undefined ? undefined : `U+${found.toString(16).toUpperCase().padStart(4, '0')}`
}
