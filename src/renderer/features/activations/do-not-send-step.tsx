import { Checkbox } from '@mantine/core'
import type { FilterGroup } from '../../../contract/definitions.ts'
import { FilterEditor } from '../../app/filter-editor.tsx'
import { useLiveCount } from '../../app/use-live-count.ts'
import { useProduct } from '../../app/use-product.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { sentenceOf } from '../../shared/filter-builder/sentence.ts'
import { Sentence } from '../../shared/filter-builder/sentence-view.tsx'
import { formatNumber } from '../../shared/format.ts'
import { useNow, useZone } from '../../shared/when.tsx'
import classes from './activations.module.css'
import type { StepProps } from './step-props.ts'

const nobody: FilterGroup = { any: [] }

/** Who is held back whatever else holds: unsubscribed, no consent, under investigation. */
export function DoNotSendStep({ activation, onChange }: StepProps) {
  const { product, columns } = useProduct(activation.product)
  const filter = activation.doNotSend
  const live = useLiveCount(activation.product, filter ?? nobody, filter !== undefined && product !== undefined)
  const zone = useZone()
  const now = useNow()
  const { doNotSend: _doNotSend, ...without } = activation
  const empty = filter === undefined || Object.values(filter).every((parts) => (parts as unknown[]).length === 0)
  return (
    <div className={classes['body']}>
      <div className={classes['wide']}>
        <Checkbox
          label="Hold some people back"
          description="Applied last, to everyone: who meets the condition is blocked and counted apart, whatever else holds."
          checked={filter !== undefined}
          onChange={(event) => onChange(event.currentTarget.checked ? { ...without, doNotSend: nobody } : without)}
        />
        {filter !== undefined && product !== undefined && (
          <>
            <p className={classes['sentence']} aria-live="polite">
              {empty ? (
                'Nobody is held back until there is a condition.'
              ) : (
                <>
                  Held back: everyone for whom <Sentence words={sentenceOf(filter, { today: now, zone })} />
                  {live.count !== undefined && !live.counting && (
                    <>
                      . That is <strong>{formatNumber(live.count.inSegment)}</strong> of {formatNumber(live.count.total)} in {product.name}.
                    </>
                  )}
                </>
              )}
            </p>
            <FilterEditor product={activation.product} columns={columns} filter={filter} onChange={(doNotSend) => onChange({ ...activation, doNotSend })} live={live} />
            {live.error !== null && <ErrorNotice error={live.error} />}
          </>
        )}
      </div>
    </div>
  )
}
