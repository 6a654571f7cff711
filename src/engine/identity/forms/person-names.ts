import { foldText, wordsOf } from './fold.ts'

/** A person's name, taken apart: every word folded, particles part of the word that they lead. */
export interface PersonName {
  /** All words in the order as written, given name first where a comma says which is which. */
  words: string[]
  given: string[]
  family: string[]
  /** What tells father from son: jr, sr, ii, iii … */
  generation?: string
}

const TITLES = words(`mr mrs ms miss mx dr doctor prof professor sir dame lord lady madam rev reverend revd honourable honorable capt captain sgt lieutenant rabbi
  herr frau fraulein monsieur mme madame mlle mademoiselle maitre senor senora senorita sra srta signor signora signorina sigra sigrna dott dottssa dottore dottoressa avv
  dhr mevr mevrouw meneer drs mgr mudr judr phdr rndr dipl dipling diplkfm diplkff diplphys diplbetrw privdoz univprof magister froken shri smt`)
/** Titles only where the dot says that they are short for one; people are called Ing and Mag too. */
const DOTTED_TITLES = words('ir ing mag hon me fr hr bc doc sig pd m')
/** What follows a title and belongs to it: Dr. med. dent., Prof. Dr. h. c. mult., Dr.-Ing. */
const AFTER_TITLES = words('med dent vet jur rer nat pol oec phil theol habil mult hc h c ing univ')
const GENERATIONS = new Map(
  'jr:jr jnr:jr junr:jr junior:jr sr:sr snr:sr senr:sr senior:sr ii:ii 2nd:ii iii:iii 3rd:iii iv:iv 4th:iv'.split(' ').map((pair) => pair.split(':') as [string, string]),
)
/** What stands behind a name and is nobody’s name. */
const DEGREES = words('phd dphil mba msc bsc llb llm mphil psyd pharmd dvm cpa cfa esq esquire obe cbe frcs mrcp meng beng bba bcom dipling diplkfm mdphd')
/** Degrees that people are also called, or have as initials: only behind a comma, after a whole name. */
const ALSO_DEGREES = words('md ma ba bs ms do jd rn kc qc mp dds dmd edd mbe dsc dba pmp pe aia ra od')

/** Words that lead a family name: one family whether they stand alone, joined, or with a hyphen or apostrophe. */
const PARTICLES = words(`van von vom vander vanden ver der den de del dela della delle dello degli dei di da das do dos du des la le les los las lo ten ter te zu zum zur am
  af av al el ibn bin ben bint abu o mc mac fitz st saint sankt san santa y e d l t`)
/** Of these one letter: behind it stands an initial as often. */
const LETTERS = words('o y e d l t')
/** Given names too: at the beginning they lead nothing unless they are written small. */
const ALSO_GIVEN = words('al ben mac do e y o d l t')
/** Written behind the given names where lists are ordered by the family without them. */
const TRAILING = words('van von vom zu zum zur der den de del della')

function words(text: string): Set<string> {
  return new Set(text.split(/\s+/))
}

/** A word of a name as written, in its folded form. */
interface Token {
  /** Without any mark: `Ph.D.` is phd. */
  bare: string
  /** As several words where marks part it: Smith-Jones. */
  parts: string[]
  /** Written with a hyphen or apostrophe behind its first part, so that it belongs to what follows. */
  bound: boolean
  /** An abbreviation. */
  dotted: boolean
  lower: boolean
}

/**
 * Takes a name apart. `Family, Given`, `Given Family, Jr.` and `Family, Given, Ph.D.` are known by their commas; without
 * one the given name comes first. Titles, degrees and what tells generations apart are in none of the words.
 */
export function personName(raw: string): PersonName {
  const [first = [], ...others] = withoutSuffixes(raw.split(/[,،、;]/).map(tokensOf).filter((tokens) => tokens.length > 0))
  let generation: string | undefined
  const named = [first, ...others].map((tokens, at) => {
    const bare = withoutEnds(tokens, at > 0)
    generation ??= bare.generation
    return bare.tokens
  })
  generation ??= generationBehind(raw)
  const [before = [], ...after] = named.filter((tokens) => tokens.length > 0)
  const behind = after.flat()
  const [given, family] = behind.length > 0 ? ordered(before, behind) : split(before)
  return { words: [...given, ...family], given, family, ...(generation === undefined ? {} : { generation }) }
}

/** The family stands first; particles that end the given names lead it: `Beethoven, Ludwig van`. */
function ordered(before: readonly Token[], behind: readonly Token[]): [string[], string[]] {
  let end = behind.length
  while (end > 1 && isParticle(behind[end - 1]) && (behind[end - 1]?.lower || TRAILING.has(behind[end - 1]?.bare ?? ''))) end -= 1
  return [joined(behind.slice(0, end), false), joined([...behind.slice(end), ...before], true)]
}

/** Given names and family out of one run of words: the last word with its particles is the family, or the first one that a particle opens. */
function split(tokens: readonly Token[]): [string[], string[]] {
  const leads = startsWithParticle(tokens)
  const groups = grouped(tokens, leads)
  if (leads && groups.length > 1) return [groups.slice(1).flat(), groups[0] ?? []]
  return groups.length < 2 ? [[], groups.flat()] : [groups.slice(0, -1).flat(), groups.at(-1) ?? []]
}

function joined(tokens: readonly Token[], family: boolean): string[] {
  return grouped(tokens, family).flat()
}

/** The words of each token, particles joined to the first word that follows them. The first token is a given name unless a family opens. */
function grouped(tokens: readonly Token[], family: boolean): string[][] {
  const groups: string[][] = []
  let led = ''
  tokens.forEach((token, at) => {
    const last = at === tokens.length - 1
    const opens = at > 0 || family || token.bound
    if (opens && !last && isParticle(token)) {
      led += token.bare
      return
    }
    const parts = boundParts(token)
    groups.push([led + (parts[0] ?? ''), ...parts.slice(1)])
    led = ''
  })
  if (led !== '') groups.push([led])
  return groups
}

/** `al-Sayed` is one word, `Smith-Jones` two. */
function boundParts({ parts }: Token): string[] {
  const [first = '', second, ...others] = parts
  return second !== undefined && PARTICLES.has(first) ? [first + second, ...others] : [...parts]
}

function isParticle(token: Token | undefined): boolean {
  if (token === undefined || token.parts.length !== 1 || !PARTICLES.has(token.bare)) return false
  // D. and O. are initials; St. is a saint.
  return !LETTERS.has(token.bare) || (!token.dotted && (token.lower || token.bare === 'o'))
}

/** A name that its family opens: `van Beethoven Ludwig`, `De la Cruz`. */
function startsWithParticle(tokens: readonly Token[]): boolean {
  const [first, ...others] = tokens
  if (first === undefined || others.length === 0 || !isParticle(first)) return false
  return !ALSO_GIVEN.has(first.bare) || (first.lower && others.some(({ lower }) => !lower))
}

/** Leaves out the parts between commas that only hold titles, degrees or a generation. */
function withoutSuffixes(parts: readonly Token[][]): Token[][] {
  const [first, ...others] = parts.filter((tokens, at) => at > 0 || parts.length === 1 || !tokens.every(isTitle))
  if (first === undefined) return []
  const whole = first.length > 1
  return [first, ...others.filter((tokens) => !tokens.every((token) => isSuffix(token) || isTitle(token) || AFTER_TITLES.has(token.bare) || (whole && ALSO_DEGREES.has(token.bare))))]
}

/** Leaves out titles before a name, and degrees and a generation behind it; a word always stays. */
function withoutEnds(tokens: readonly Token[], behind: boolean): { tokens: Token[]; generation?: string } {
  let start = 0
  while (start < tokens.length - 1 && (isTitle(tokens[start]) || (behind && isSuffix(tokens[start])) || (start > 0 && AFTER_TITLES.has(tokens[start]?.bare ?? '')))) start += 1
  let end = tokens.length
  let generation: string | undefined
  while (end > start + 1 && (isSuffix(tokens[end - 1]) || isFirst(tokens[end - 1]) || (end > start + 2 && tokens[end - 1]?.bare === 'md'))) {
    generation ??= GENERATIONS.get(tokens[end - 1]?.bare ?? '') ?? (isFirst(tokens[end - 1]) ? 'i' : undefined)
    end -= 1
  }
  // Where a column of given names ends with it and the family follows: Morris II Klein.
  const [first, ...rest] = tokens.slice(start, end)
  const within = rest.find(({ bare }) => GENERATIONS.has(bare))
  generation ??= GENERATIONS.get(within?.bare ?? '')
  return { tokens: first === undefined ? [] : [first, ...rest.filter((token) => token !== within)], ...(generation === undefined ? {} : { generation }) }
}

function isTitle(token: Token | undefined): boolean {
  return token !== undefined && (TITLES.has(token.bare) || (token.dotted && DOTTED_TITLES.has(token.bare)) || (token.parts.length > 1 && token.parts.every((part) => TITLES.has(part) || AFTER_TITLES.has(part))))
}

function isSuffix(token: Token | undefined): boolean {
  return token !== undefined && (GENERATIONS.has(token.bare) || DEGREES.has(token.bare))
}

/** The first of his name: Morris I, beside Morris II. With a dot it is an initial. */
function isFirst(token: Token | undefined): boolean {
  return token?.bare === 'i' && !token.dotted && !token.lower
}

/** A generation that stands in a part of its own: `Martin King, Jr.` */
function generationBehind(raw: string): string | undefined {
  for (const part of raw.split(/[,،、;]/).slice(1)) {
    for (const { bare } of tokensOf(part)) if (GENERATIONS.has(bare)) return GENERATIONS.get(bare)
  }
  return undefined
}

/** What a value says of the generation, also where it says nothing else. */
export function generationIn(raw: string): string | undefined {
  const tokens = tokensOf(raw)
  return tokens.length === 1 ? GENERATIONS.get(tokens[0]?.bare ?? '') : personName(raw).generation
}

function tokensOf(text: string): Token[] {
  return text.normalize('NFKC').split(/\s+/).flatMap((word) => {
    // `Prof.Dr.` is two; `Ph.D.` and `J.R.R.` are one.
    const whole = foldText(word).replace(/[^\p{L}\p{N}]/gu, '')
    const pieces = /^\p{L}{2,}\.\p{L}{2,}/u.test(word) && !DEGREES.has(whole) && !TITLES.has(whole) ? word.split(/(?<=\.)/) : [word]
    return pieces.flatMap(tokenOf)
  })
}

function tokenOf(word: string): Token[] {
  const parts = wordsOf(word)
  if (parts.length === 0) return []
  const bare = parts.join('')
  const bound = /^\p{L}+[-'’‘`´ʼʹ]\p{L}/u.test(word) && PARTICLES.has(parts[0] ?? '')
  const known = TITLES.has(bare) || DEGREES.has(bare) || GENERATIONS.has(bare)
  return [{ bare, parts: known ? [bare] : parts, bound, dotted: word.endsWith('.'), lower: word === word.toLowerCase() && word !== word.toUpperCase() }]
}
