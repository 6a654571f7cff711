import { foldText, wordsOf } from './fold.ts'
import { placeholder, missing } from './key-value.ts'
import type { KeyValue } from './key-value.ts'
import { spoken } from './names.ts'
import type { NameOptions, RawName } from './names.ts'

/** Legal forms and filler words, which one system writes and another leaves out, wherever they stand. */
const ANYWHERE = words(`the and of inc incorporated corp corporation co company companies llc llp lp ltd limited plc gmbh ag kg ohg sa sas sarl srl spa bv nv ab as oy aps pte pty pvt kk
  und et y gmbhco mbh gesmbh ggmbh kgaa aktiengesellschaft kommanditgesellschaft sro spzoo doo oyj asa kft zrt nyrt ltda sociedad bvba sprl sl slu sau scs sca snc sasu eurl
  berhad bhd sdn tbk pjsc ooo oao zao pao ооо оао зао пао тоо proprietary incorporation lllp pllc`)

/** Legal forms that are words or initials of their own elsewhere: only at the end, the longest first. */
const AT_END = phrases(`sp z oo | sp zoo | spol sro | s de rl de cv | sa de cv | s de rl | de rl de cv | ltd sti | de cv | private limited | public limited company | public limited | limited liability company | limited liability partnership |
  proprietary limited |
  gesellschaft mit beschrankter haftung | besloten vennootschap | naamloze vennootschap | societe anonyme | societe par actions simplifiee | sociedad anonima | sociedad limitada | sociedade anonima |
  societa per azioni | societa a responsabilita limitata | osakeyhtio | aktiebolag | aktieselskab | anpartsselskab | sp k | sp j | ug haftungsbeschrankt | ges mbh | sab de cv | sapi de cv | ug | se | sc | cv | vof | ev | ek | eg | gbr | ou | ans | hb | kb |
  ks | is | me | eireli | lda | uab | sia | ad | ead | ood | eood | dd | pt | na | pc | z oo | zoo | sti | stock company | jsc | cjsc | ojsc | ltd co | co ltd`)

/** Legal forms that stand before the name. */
const AT_START = phrases('pt | ooo | oao | zao | pao | ooo | ооо | оао | зао | пао | ао | ab | uab | sia')

/** Legal forms that are written without a space. */
const ATTACHED = /(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|㈱|㈲|股份有限公司|有限责任公司|有限公司|주식회사|\(주\)|㈜)/gu

function words(text: string): Set<string> {
  return new Set(text.split(/\s+/))
}

function phrases(text: string): string[][] {
  return text
    .split('|')
    .map((phrase) => phrase.trim().split(/\s+/))
    .sort((one, other) => other.length - one.length)
}

/**
 * The name of a company without its legal form, whichever way that is written: `Acme S.p.A.`, `Acme SpA` and `Acme S. p. A.`
 * are one. Initials are one word: `I.B.M.` is `IBM`.
 */
export function organisationValue({ raw, placeholders }: RawName, options: NameOptions): KeyValue {
  if (raw.trim() === '') return missing
  const said = companyWords(raw)
  const telling = withoutForm(said)
  if (placeholders.has(raw) || placeholders.hasId(raw) || (telling.length > 0 && telling.every((word) => placeholders.has(word)))) return placeholder(raw, 'a company')
  return spoken(raw, telling.length > 0 ? telling : said, options)
}

/** The folded words, initials joined: `S. p. A.` is one word, `A & B` are two. */
function companyWords(raw: string): string[] {
  const text = foldText(raw.normalize('NFKC').replace(ATTACHED, ' '))
  return text.split(/[&+]/).flatMap((side) => joinInitials(wordsOf(side)))
}

function joinInitials(said: readonly string[]): string[] {
  const joined: string[] = []
  let run = ''
  for (const word of [...said, '']) {
    if (/^\p{L}$/u.test(word)) {
      run += word
      continue
    }
    if (run !== '') joined.push(run)
    if (word !== '') joined.push(word)
    run = ''
  }
  return joined
}

function withoutForm(said: readonly string[]): string[] {
  return withoutPhrases(withoutPhrases(said).filter((word) => !ANYWHERE.has(word)))
}

function withoutPhrases(said: readonly string[]): string[] {
  let rest = [...said]
  for (let before = -1; before !== rest.length; ) {
    before = rest.length
    const ends = AT_END.find((phrase) => phrase.length < rest.length && phrase.every((word, at) => rest[rest.length - phrase.length + at] === word))
    if (ends) rest = rest.slice(0, rest.length - ends.length)
    const starts = AT_START.find((phrase) => phrase.length < rest.length && phrase.every((word, at) => rest[at] === word))
    if (starts) rest = rest.slice(starts.length)
  }
  return rest
}
