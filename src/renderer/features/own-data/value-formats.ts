import type { CsvColumnFormat } from '../../../contract/csv.ts'

interface FormatOffer {
  format: CsvColumnFormat
  words: string
}

const plain: FormatOffer = { format: {}, words: '1499.00' }
const whole: FormatOffer[] = [
  { format: {}, words: '1499' },
  { format: { thousands: ',' }, words: '1,499' },
  { format: { thousands: '.' }, words: '1.499' },
  { format: { thousands: ' ' }, words: '1 499' },
  { format: { thousands: "'" }, words: '1’499' },
]
const decimals: FormatOffer[] = [
  plain,
  { format: { thousands: ',' }, words: '1,499.00' },
  { format: { decimal: ',' }, words: '1499,00' },
  { format: { thousands: '.', decimal: ',' }, words: '1.499,00' },
  { format: { thousands: ' ', decimal: ',' }, words: '1 499,00' },
  { format: { thousands: ' ' }, words: '1 499.00' },
  { format: { thousands: "'" }, words: '1’499.00' },
]
const orders = ['DD.MM.YYYY', 'DD/MM/YYYY', 'DD-MM-YYYY', 'MM/DD/YYYY', 'MM-DD-YYYY', 'YYYY/MM/DD', 'YYYY.MM.DD'] as const
const days: FormatOffer[] = [{ format: {}, words: 'year-month-day' }, ...orders.map((dates) => ({ format: { dates }, words: dateWords(dates) }))]

function dateWords(order: (typeof orders)[number]): string {
  return order.replace('DD', 'day').replace('MM', 'month').replace('YYYY', 'year')
}

/** The ways in which values of this type may be written, as an example. */
export function formatOffers(type: string): FormatOffer[] {
  if (/INT/.test(type)) return whole
  if (type === 'DOUBLE' || type.startsWith('DECIMAL')) return decimals
  return type === 'DATE' || type.startsWith('TIMESTAMP') ? days : []
}

/** A format as one text, to be found again in a list. */
export function formatKey({ thousands, decimal = '.', dates }: CsvColumnFormat): string {
  return [thousands ?? '', decimal, dates ?? ''].join('|')
}
