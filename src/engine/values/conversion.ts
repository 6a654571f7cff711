import type { ValueType } from '../../contract/definitions.ts'
import { dayOf } from './days.ts'
import { canonicalise, canonicalOfItems, itemsOf, plainOf, quoted, textOf, type CanonicalOptions, type CanonicalResult } from './canonical.ts'

/** How a value of one type becomes one of another. Inputs are canonical and not empty. */
export interface Conversion {
  convert(canonical: string): CanonicalResult
  /** The way back. A conversion without one is lossy: two different values may come out the same. */
  back?(canonical: string): CanonicalResult
}

export interface ConversionOptions extends CanonicalOptions {
  /** The workspace's: the day of an instant is the day there. */
  timezone?: string
}

type Pair = `${ValueType} to ${ValueType}`

/**
 * A day without a time is midnight UTC in a field of instants: vendors read a bare day so, and show it as that day again.
 * The beginning of the day in the workspace's zone would be shown as the day before.
 */
const MIDNIGHT = 'T00:00:00Z'

const same: Conversion = { convert: (canonical) => ({ ok: true, value: canonical }), back: (canonical) => ({ ok: true, value: canonical }) }

/**
 * The conversion from a product column's type to a destination field's type; undefined where none makes sense.
 * `precision` is the field's: digits of a second for instants.
 */
export function conversionOf(from: ValueType, to: ValueType, options: ConversionOptions = {}): Conversion | undefined {
  if (from === to) return same
  const reader = (type: ValueType) => (canonical: string) => canonicalise(type, textOf(canonical), options)
  const conversions: Partial<Record<Pair, Conversion>> = {
    'number to string': { convert: reader('string'), back: reader('number') },
    'boolean to string': { convert: reader('string'), back: reader('boolean') },
    'date to string': { convert: reader('string'), back: reader('date') },
    'instant to string': { convert: reader('string'), back: reader('instant') },
    'json to string': { convert: reader('string'), back: reader('json') },
    // No way back from here: '007' and '7' are one number, 'yes' and 'true' one boolean.
    'string to number': { convert: reader('number') },
    'string to boolean': { convert: reader('boolean') },
    'string to date': { convert: reader('date') },
    'string to instant': { convert: reader('instant') },
    'string to json': { convert: reader('json') },
    'boolean to number': { convert: (canonical) => ({ ok: true, value: canonical === 'b:true' ? 'n:1' : 'n:0' }), back: reader('boolean') },
    'number to boolean': { convert: reader('boolean'), back: (canonical) => ({ ok: true, value: canonical === 'b:true' ? 'n:1' : 'n:0' }) },
    'date to instant': { convert: reader('instant'), back: (canonical) => (canonical.endsWith(MIDNIGHT) ? reader('date')(canonical) : dayIn(canonical, options)) },
    'instant to date': { convert: (canonical) => dayIn(canonical, options) },
    'set to list': itemsTo('list', 'set'),
    'list to set': { convert: itemsTo('set', 'list').convert },
    'set to json': { convert: documentOf, back: reader('set') },
    'list to json': { convert: documentOf, back: reader('list') },
    'json to set': { convert: reader('set') },
    'json to list': { convert: reader('list'), back: documentOf },
    'string to set': single('set'),
    'string to list': single('list'),
    'number to set': single('set'),
    'number to list': single('list'),
  }
  return conversions[`${from} to ${to}`]
}

function dayIn(instant: string, { timezone = 'UTC' }: ConversionOptions): CanonicalResult {
  const day = timezone === 'UTC' ? instant.slice(2, 12) : dayOf({ now: Date.parse(textOf(instant)), timezone })
  return { ok: true, value: `d:${day}` }
}

/** One value as the only item of a set or list. Text that spells several is read as these, or refused: it is no name of one. */
function single(type: 'set' | 'list'): Conversion {
  return {
    convert(canonical) {
      const text = textOf(canonical).trim()
      if (canonical.startsWith('s:') && /^\[.*\]$/s.test(text)) return canonicalise(type, text)
      if (canonical.startsWith('s:') && /^\{.*\}$/s.test(text)) return { ok: false, message: `${quoted(text)} is not a list` }
      return { ok: true, value: canonicalOfItems(type, [canonical]) }
    },
    back: (canonical) => {
      const items = itemsOf(canonical)
      return items.length === 1 ? { ok: true, value: items[0] ?? null } : { ok: false, message: `${quoted(textOf(canonical))} is more than one value` }
    },
  }
}

function itemsTo(to: 'set' | 'list', from: 'set' | 'list'): Required<Conversion> {
  return {
    convert: (canonical) => ({ ok: true, value: canonicalOfItems(to, itemsOf(canonical)) }),
    back: (canonical) => ({ ok: true, value: canonicalOfItems(from, itemsOf(canonical)) }),
  }
}

function documentOf(canonical: string): CanonicalResult {
  return canonicalise('json', plainOf(canonical))
}
