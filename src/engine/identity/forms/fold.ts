/** Letters that do not decompose into a plain letter and an accent. */
const LETTERS: Record<string, string> = { ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe', þ: 'th', ð: 'd', ı: 'i', ħ: 'h', ŋ: 'n', ŧ: 't' }
const LETTER = /[øłđæœþðıħŋŧ]/g

/** Accents of the Latin, Greek and Cyrillic scripts; marks of other scripts are vowels and stay. */
const ACCENTS = /[\u0300-\u036f]/g

/** What is in a text without being seen: joiners, direction marks, soft hyphens, byte order marks. */
const UNSEEN = /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/g

const PLAIN = /^[ -~]*$/

/** Case and accents folded: for comparing only, never for what a destination gets. */
export function foldText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  // Upper case first: ß becomes SS, and so ss. Then both forms of the Greek final sigma are one letter.
  const lower = text.normalize('NFKC').replace(UNSEEN, '').toUpperCase().toLowerCase().replaceAll('ς', 'σ')
  return lower
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
}

/**
 * Case alone folded, accents kept. By way of the upper case, so that every pair of letters that some language holds for
 * upper and lower meets: İ, I, ı and i; ß and SS; both final sigmas.
 */
export function caseFolded(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  const lower = text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ')
  return lower.normalize('NFD').replace(/i\u0307/g, 'i').normalize('NFC')
}

/** The words of a folded text: apostrophes join, every other mark separates. */
export function wordsOf(text: string): string[] {
  return foldText(text)
    .replace(/['’‘`´ʼʹ]/g, '')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '')
}
