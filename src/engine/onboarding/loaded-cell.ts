import type { LoadedCell } from '../../contract/shapes.ts'
import type { Raw } from '../../contract/states.ts'

/** A text of the file beside the value it loads as. `text` is what counts of it: null where it means no value. */
export function loadedCell(before: string | null, text: string | null, after: Raw, isAddress: boolean): LoadedCell {
  if (text === null) return { before, after: null, state: before === null || before.trim() === '' ? 'same' : 'emptied' }
  if (after === null) return { before, after: null, state: 'unfit' }
  if (isAddress && typeof after === 'string' && !address.test(after)) return { before, after, state: 'warned' }
  return { before, after, state: sameValue(before ?? '', after) ? 'same' : 'changed' }
}

/** Nobody can be found by what is none. */
export const address = /^[^@\s]+@[^@\s]+\.[^@\s]+$/

/** Whether the value reads as the text does: 12.50 as 12.5, but not 1,499.00 as 1499. */
function sameValue(before: string, after: Raw): boolean {
  const text = before.trim()
  switch (typeof after) {
    case 'string':
      return after === before || instantText(after) === instantText(text) || plainNumber(after) === plainNumber(text)
    case 'number':
      return plainNumber(text) === plainNumber(String(after))
    case 'boolean':
      return text.toLowerCase() === (after ? 'yes' : 'no')
    default:
      return true
  }
}

function plainNumber(text: string): string {
  if (!/^-?\d*\.?\d+$/.test(text)) return `not ${text}`
  const [whole = '', decimals = ''] = text.split('.')
  const kept = decimals.replace(/0+$/, '')
  return `${whole === '' ? '0' : whole === '-' ? '-0' : whole}${kept === '' ? '' : `.${kept}`}`
}

/** An instant without what two ways to write it may differ in. */
function instantText(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::00)?(?:\.0+)?Z?$/, '$1 $2')
}
