import type { CsvColumnFormat } from '../../contract/csv.ts'
import type { ChosenFormat } from './choose-format.ts'

interface Reason {
  type: string
  textBecause: string | undefined
  /** Somebody chose the type. */
  chosen: boolean
  format: CsvColumnFormat
  eitherWay: ChosenFormat['eitherWay'] | undefined
  /** Values, and different ones among them. */
  values: number
  distinct: number
}

/** Why a column loads as it does, in a few words that stand in a table. */
export function whyWords({ type, textBecause, chosen, format, eitherWay, values, distinct }: Reason): string {
  if (eitherWay !== undefined) return `${eitherWay.text} is read as ${eitherWay.taken}, not ${eitherWay.other}`
  const written = formatWords(format)
  if (written !== undefined) return written
  if (type === 'VARCHAR') {
    if (textBecause !== undefined) return `${textBecause.replace(/^it has |^its /, '')}: kept as written`
    if (values === 0) return 'no values'
    if (chosen) return 'chosen by you'
    return distinct <= 12 && values >= distinct * 5 ? (distinct === 1 ? 'always the same text' : `${distinct} different texts`) : 'kept as written'
  }
  return textBecause === undefined || !chosen ? plainWords(type) : `chosen by you, although ${textBecause}`
}

function plainWords(type: string): string {
  switch (type) {
    case 'BOOLEAN':
      return 'only yes or no, true or false'
    case 'BIGINT':
    case 'INTEGER':
      return 'only whole numbers'
    case 'DATE':
      return 'only days'
    case 'VARCHAR[]':
      return 'only lists'
    default:
      if (type.startsWith('TIMESTAMP')) return 'only days with a time'
      return type === 'DOUBLE' || type.startsWith('DECIMAL') ? 'only numbers' : 'as the file has it'
  }
}

/** How values are written, where it is not plainly. */
function formatWords({ thousands, decimal, dates }: CsvColumnFormat): string | undefined {
  if (dates !== undefined) return `days written as ${dates}`
  const marks = { ',': 'comma', '.': 'point', ' ': 'space', "'": 'apostrophe' } as const
  if (thousands !== undefined) return `with a thousands ${marks[thousands]}${decimal === ',' ? ' and a decimal comma' : ''}`
  return decimal === ',' ? 'with a decimal comma' : undefined
}
