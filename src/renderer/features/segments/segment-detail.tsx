import { Button, TextInput } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProductDefinition, SegmentDefinition } from '../../../contract/definitions.ts'
import { engine } from '../../app/client.ts'
import type { LiveCount } from '../../app/use-live-count.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { columnWords } from '../../shared/filter-builder/sentence.ts'
import { formatNumber, formatRaw, formatShare, isEmpty } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import { When } from '../../shared/when.tsx'
import classes from './segments.module.css'

/** How many are meant, and why a given one is in or out. */
export function SegmentDetail({ segment, product, live }: { segment: SegmentDefinition; product: ProductDefinition | undefined; live: LiveCount }) {
  return (
    <div className={classes['detail']}>
      <Total live={live} />
      {product !== undefined && <Why segment={segment} keyColumn={product.key} />}
    </div>
  )
}

function Total({ live }: { live: LiveCount }) {
  const { count, counting, error } = live
  return (
    <section className={classes['total']} aria-label="In this segment">
      <h2>In this segment</h2>
      {count === undefined && error !== null && error !== undefined ? (
        <p className={classes['quiet']}>Not counted. The reason stands below the conditions.</p>
      ) : count === undefined ? (
        <Loading label="Counting" />
      ) : (
        <>
          <p className={classes['figure']} data-stale={counting || undefined} aria-live="polite" aria-busy={counting}>
            <strong>{formatNumber(count.inSegment)}</strong> of {formatNumber(count.total)}
          </p>
          <div className={classes['bar']} aria-hidden="true">
            <i style={{ '--share': count.total === 0 ? '0' : String(count.inSegment / count.total) }} />
          </div>
          <p className={classes['quiet']}>
            {counting ? 'Counting again' : <>{formatShare(count.inSegment, count.total)}, counted exactly <When at={count.readAt} /></>}
          </p>
          {count.inSegment === 0 && count.total > 0 && <Emptied live={live} />}
        </>
      )}
    </section>
  )
}

/** Names the condition that leaves nobody. */
function Emptied({ live }: { live: LiveCount }) {
  const culprit = live.count?.conditions.find((condition) => condition.together === 0)
  if (culprit === undefined) return null
  return (
    <p>
      <StatusWord meaning="needs you">Nobody is left</StatusWord>
      {culprit.alone === 0 ? ' One condition holds for nobody even alone; look for the zero beside it.' : ' Each condition holds for some, but not for the same people.'}
    </p>
  )
}

function Why({ segment, keyColumn }: { segment: SegmentDefinition; keyColumn: string }) {
  const [typed, setTyped] = useState('')
  const [key, setKey] = useState('')
  const why = useQuery({ ...engine.segments.why.queryOptions({ input: { product: segment.product, filter: segment.filter, key } }), enabled: key !== '' })
  const answer = why.data
  return (
    <section className={classes['why']} aria-label="Why is this person in or out?">
      <h2>Why is this person in or out?</h2>
      <form
        className={classes['whyForm']}
        onSubmit={(event) => {
          event.preventDefault()
          setKey(typed.trim())
        }}
      >
        <TextInput aria-label={columnWords(keyColumn)} placeholder={columnWords(keyColumn)} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        <Button type="submit" disabled={typed.trim() === ''}>
          Explain
        </Button>
      </form>
      {why.error !== null && <ErrorNotice error={why.error} />}
      {answer !== undefined && (
        <div aria-live="polite">
          <p className={classes['verdict']}>
            {!answer.found ? `${answer.key} is not in the data product.` : answer.inside ? `${answer.key} is in the segment.` : `${answer.key} is not in the segment.`}
          </p>
          <ul className={classes['reasons']}>
            {answer.reasons.map((reason) => (
              <li key={reason.at} data-holds={reason.holds || undefined} style={{ '--depth': reason.at.split('.').length - 1 }}>
                {reason.holds ? <IconCheck size={15} aria-hidden="true" /> : <IconX size={15} aria-hidden="true" />}
                <span>
                  <span className="visually-hidden">{reason.holds ? 'Holds: ' : 'Does not hold: '}</span>
                  {reason.words}
                  {!answer.reasons.some((other) => other.at.startsWith(`${reason.at}.`)) && <small>{isEmpty(reason.value) ? 'it has no value' : `it is ${formatRaw(reason.value)}`}</small>}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}
