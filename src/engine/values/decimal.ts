/** More digits than any warehouse decimal or double needs; stops '1e999999999' from filling memory. */
const MAX_DIGITS = 1000

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/

/**
 * A number as an exact decimal: no exponent, no needless zeros, no minus zero. A JavaScript number
 * stands for its shortest text, so nothing is rounded. Undefined where the input is not a number.
 */
export function decimalText(input: number | bigint | string): string | undefined {
  if (typeof input === 'bigint') return input.toString()
  if (typeof input === 'number') {
    if (Number.isSafeInteger(input)) return input === 0 ? '0' : String(input)
    if (!Number.isFinite(input)) return undefined
    return expand(String(input))
  }
  return expand(input.trim())
}

/**
 * Keeps `digits` after the point, rounding half away from zero on the decimal text itself.
 */
export function roundDecimal(decimal: string, digits: number): string {
  const point = decimal.indexOf('.')
  if (point < 0 || decimal.length - point - 1 <= digits) return decimal
  const kept = decimal.slice(0, point + 1 + digits).replace('.', '')
  const up = decimal.charCodeAt(point + 1 + digits) >= 53
  const negative = kept.startsWith('-')
  const magnitude = BigInt(negative ? kept.slice(1) : kept) + (up ? 1n : 0n)
  const text = magnitude.toString().padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  return place(negative ? '-' : '', whole, text.slice(text.length - digits))
}

/** Less than 0 where the first of two canonical decimals is the smaller, 0 where they are one number. */
export function compareDecimals(left: string, right: string): number {
  const negative = left.startsWith('-')
  if (negative !== right.startsWith('-')) return negative ? -1 : 1
  return negative ? compareMagnitudes(right.slice(1), left.slice(1)) : compareMagnitudes(left, right)
}

function compareMagnitudes(left: string, right: string): number {
  const [whole = '', fraction = ''] = left.split('.')
  const [otherWhole = '', otherFraction = ''] = right.split('.')
  if (whole.length !== otherWhole.length) return whole.length - otherWhole.length
  const one = whole + fraction
  const other = otherWhole + otherFraction
  return one < other ? -1 : one > other ? 1 : 0
}

function expand(text: string): string | undefined {
  const parts = DECIMAL.exec(text)
  if (parts === null) return undefined
  const whole = parts[2] ?? ''
  const fraction = parts[3] ?? ''
  if (whole === '' && fraction === '') return undefined
  const shift = parts[4] === undefined ? 0 : Number(parts[4])
  if (shift === 0) return place(parts[1] ?? '', whole, fraction)
  const digits = whole + fraction
  if (Math.abs(shift) + digits.length > MAX_DIGITS) return /[1-9]/.test(digits) ? undefined : '0'
  const point = whole.length + shift
  if (point <= 0) return place(parts[1] ?? '', '0', '0'.repeat(-point) + digits)
  if (point >= digits.length) return place(parts[1] ?? '', digits + '0'.repeat(point - digits.length), '')
  return place(parts[1] ?? '', digits.slice(0, point), digits.slice(point))
}

function place(sign: string, whole: string, fraction: string): string {
  let start = 0
  while (start < whole.length - 1 && whole.charCodeAt(start) === 48) start++
  let end = fraction.length
  while (end > 0 && fraction.charCodeAt(end - 1) === 48) end--
  const integer = whole.slice(start) || '0'
  const text = end === 0 ? integer : `${integer}.${fraction.slice(0, end)}`
  return sign === '-' && text !== '0' ? `-${text}` : text
}
