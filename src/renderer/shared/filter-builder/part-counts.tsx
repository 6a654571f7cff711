import { formatNumber, formatShare } from '../format.ts'
import { useBuilder } from './builder-context.ts'
import classes from './filter-builder.module.css'

/** How many rows a part holds for alone and, where parts narrow one after the other, how many are left with those before it. */
export function PartCounts({ id, narrowing }: { id: string; narrowing: boolean }) {
  const { counts, total, counting } = useBuilder()
  const count = counts.get(id)
  if (count === undefined || total === undefined) return <span className={classes['counts']}>{counting ? <span className={classes['waiting']}>counting</span> : null}</span>
  if (!narrowing) {
    return (
      <span className={classes['counts']} title={`${formatNumber(count.alone)} of ${formatNumber(total)} alone`}>
        <span>
          {formatNumber(count.alone)}
          <span className="visually-hidden"> alone</span>
        </span>
      </span>
    )
  }
  const words = `${formatNumber(count.alone)} alone, ${formatNumber(count.together)} left over of ${formatNumber(total)}`
  return (
    <span className={classes['counts']} title={`${words}, ${formatShare(count.together, total)}`}>
      <span className="visually-hidden">{words}</span>
      <span aria-hidden="true">{formatNumber(count.alone)}</span>
      <span aria-hidden="true" className={classes['together']}>
        {formatNumber(count.together)}
        <i style={{ '--share': total === 0 ? '0' : String(count.together / total) }} />
      </span>
    </span>
  )
}
