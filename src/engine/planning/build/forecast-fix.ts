import type { CoverageForecast } from '../../../contract/shapes.ts'
import type { BlockedCause } from '../../../contract/states.ts'
import type { ActivationParts } from '../../workspace/activation-parts.ts'

type Fix = NonNullable<CoverageForecast['bestFix']>

/** The one thing to do that would let most people be reached, in a sentence; undefined where nothing stands against any. */
export function bestFix(parts: ActivationParts, reasons: CoverageForecast['reasons'], toName: string | undefined): Fix | undefined {
  const fixes = reasons.flatMap(({ cause, count }) => {
    const fix = fixFor(cause as BlockedCause, parts, toName)
    return fix === undefined ? [] : [{ words: `${fix.todo}: ${people(count)} could be reached.`, recovers: count, route: fix.route }]
  })
  return fixes.reduce<Fix | undefined>((best, fix) => (best === undefined || fix.recovers > best.recovers ? fix : best), undefined)
}

function fixFor(cause: BlockedCause, { activation, product, connection, identity }: ActivationParts, toName: string | undefined): { todo: string; route: string } | undefined {
  const column = activation.value.match.column.replaceAll('_', ' ')
  const there = toName ?? connection.value.name
  const queue = (show: string): string => `/identity/queues?of=${encodeURIComponent(identity?.id ?? '')}&show=${show}`
  const toProduct = `/products/${product.id}`
  switch (cause) {
    case 'held back':
      return { todo: 'Decide under Identity on those that a guard rail held back', route: queue('ambiguous') }
    case 'several matches':
      return { todo: `Choose under Identity which record stands for each person that is in ${there} more than once`, route: queue('duplicates') }
    case 'same person twice':
      return { todo: `Choose under Identity which row of ${product.value.name} stands for each person`, route: queue('duplicates') }
    case 'key missing':
      return { todo: `Fill the ${column} in ${product.value.name} where it is missing`, route: toProduct }
    case 'key invalid':
      return { todo: `Correct the ${column} in ${product.value.name} where it cannot be used`, route: toProduct }
    case 'key shared':
      return { todo: `Give everybody in ${product.value.name} their own ${column}`, route: toProduct }
    case 'not there':
      return activation.value.mode === 'members' ? undefined : { todo: 'Let the activation make records for people who are not there yet', route: `/activations/${activation.id}/edit?step=mode` }
    default:
      return undefined
  }
}

function people(count: number): string {
  return count === 1 ? 'one more person' : `${count.toLocaleString('en-GB')} more people`
}
